"""The shape of every published document, declared once in the terms of JSON Schema.

``parts`` are what several documents share, ``documents`` the six kinds. The members that
``fields`` may name and the published description of the API are both read from here. A shape
names every member and leaves room for more: members are added, and never taken away.
"""

from record.document_shapes.documents import DOCUMENTS
from record.document_shapes.making import Shape
from record.document_shapes.parts import PARTS

__all__ = ["DOCUMENTS", "PARTS", "Shape"]
"""``DOCUMENTS``: the shape by kind. ``PARTS``: the shapes these refer to, by name."""
