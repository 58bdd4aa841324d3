"""The description of the API by OpenAPI 3.1, made from what the views themselves are made of.

``operations`` names what each address answers, ``parameters`` reads what it takes, ``answers``
has the shapes of JSON answers, and ``document`` puts all of it together.
"""
