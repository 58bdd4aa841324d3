"""Photographs of people: taken in safely, kept as they came, and copied without what they carry.

``opening`` decides what is a picture and says why something is not; ``copying`` makes the working
copy from its pixels alone; ``receiving`` keeps both. What of this the public sees is decided in
``incidents.documents.photograph``.
"""
