"""Models of the ground floor."""

from reference.models.area import Area, AreaName, AreaQuerySet
from reference.models.boundary import Boundary
from reference.models.organisation import Organisation, PageText
from reference.models.vocabulary import Term, TermQuerySet

__all__ = [
    "Area",
    "AreaName",
    "AreaQuerySet",
    "Boundary",
    "Organisation",
    "PageText",
    "Term",
    "TermQuerySet",
]
