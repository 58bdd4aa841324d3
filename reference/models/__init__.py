"""Models of the ground floor."""

from reference.models.area import Area, AreaName, AreaQuerySet
from reference.models.vocabulary import Term, TermQuerySet

__all__ = ["Area", "AreaName", "AreaQuerySet", "Term", "TermQuerySet"]
