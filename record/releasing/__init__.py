"""Releases of the whole record as files, one folder a date, that stay as they were: with one
exception. What is withdrawn leaves every release, old ones too.

``making`` writes a release, ``honouring`` rewrites those that hold something withdrawn since,
``safety`` says which may be read at this moment. ``manage.py release_dataset`` does the first two.
"""
