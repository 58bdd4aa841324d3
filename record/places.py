"""The areas that documents name, as ids with everything above them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import F, Func

from record.reading import Document
from reference.models import Area

_PLACES = ("place", "place_end", "district", "area")
"""The members of documents, and of violations in them, that hold a place."""


def area_codes(document: Document) -> set[str]:
    """The codes of all areas that the places of a document name."""
    parts = [document, *document.get("violations", ())]
    places = [part[member] for part in parts for member in _PLACES if part.get(member)]
    return {area["code"] for place in places for area in place["areas"]}


@dataclass(frozen=True, slots=True)
class Places:
    """The areas of some documents, loaded together.

    ``named`` are the codes each document names, in the order of the documents; ``paths`` gives,
    for each code, the ids from the country down to the area itself; ``levels`` the level of each
    id.
    """

    named: list[set[str]]
    paths: dict[str, list[int]]
    levels: dict[int, str]

    @classmethod
    def named_in(cls, documents: Iterable[Document]) -> Self:
        """Load every area the documents name and all above them: one query, or none."""
        named = [area_codes(document) for document in documents]
        codes = set().union(*named)
        if not codes:
            return cls(named, {}, {})
        ancestors = Area.objects.filter(code__in=codes).values_list(
            Func(F("path"), function="unnest"), flat=True
        )
        areas = list(Area.objects.filter(pk__in=ancestors).only("code", "level", "path"))
        return cls(
            named,
            {area.code: list(area.path) for area in areas},
            {area.pk: area.level for area in areas},
        )

    def path(self, place: Document | None) -> list[int]:
        """The ids of the smallest area a place names and of all above it, country first.

        Raises KeyError for a code that the gazetteer does not have.
        """
        areas = place["areas"] if place else []
        return max((self.paths[area["code"]] for area in areas), key=len, default=[])

    def at_level(self, path: list[int], level: str) -> int | None:
        """The id of the area of one level in a path."""
        return next((id_ for id_ in path if self.levels[id_] == level), None)
