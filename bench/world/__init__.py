"""A record of any size, made up: published objects as publishing leaves them, and all that filters,
counts and files derive from them.

The same seed and number of incidents give the same documents and rows. Nobody in it is real.
"""
