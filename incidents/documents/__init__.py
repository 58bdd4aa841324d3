"""Allow-list builders: the only road from the case file to a public document.

Each builder names every field it lets out. A field of a model that no builder names does not
exist for the public, whatever anybody ticks.
"""
