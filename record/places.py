"""The areas that documents name, as ids with everything above them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from django.db import connection

from record.reading import Document
from reference.models import Area, AreaName

_PLACES = ("place", "place_end", "district", "area")
"""The members of documents, and of violations in them, that hold a place."""

_AREAS: Final = f"""
    SELECT id, code, level, path, ARRAY(
        SELECT folded FROM {AreaName._meta.db_table} AS named WHERE named.area_id = area.id
    )
    FROM {Area._meta.db_table} AS area
    WHERE id = ANY (ARRAY(
        SELECT unnest(path) FROM {Area._meta.db_table} WHERE code = ANY (%s)
    ))
    """  # noqa: S608 - the tables' own names


def area_codes(document: Document) -> set[str]:
    """The codes of all areas that the places of a document name."""
    parts = [document, *document.get("violations", ())]
    places = [part[member] for part in parts for member in _PLACES if part.get(member)]
    return {area["code"] for place in places for area in place["areas"]}


@dataclass(frozen=True, slots=True)
class Places:
    """The areas of some documents, loaded together.

    ``paths`` gives, for each code, the ids from the country down to the area itself; ``levels``
    the level of each id; ``names`` all its names, aliases and known misspellings too, folded.
    """

    paths: Mapping[str, list[int]]
    levels: Mapping[int, str]
    names: Mapping[int, list[str]]

    @classmethod
    def named_in(cls, documents: Iterable[Document]) -> Self:
        """Load every area the documents name and all above them: one query, or none."""
        codes = set().union(*map(area_codes, documents))
        if not codes:
            return cls({}, {}, {})
        with connection.cursor() as cursor:
            cursor.execute(_AREAS, [list(codes)])
            areas = cursor.fetchall()
        return cls(
            {code: path for _id, code, _level, path, _names in areas},
            {id_: level for id_, _code, level, _path, _names in areas},
            {id_: names for id_, _code, _level, _path, names in areas},
        )

    def names_in(self, document: Document) -> Iterator[str]:
        """The folded names of every area that a document names, and of all above it."""
        ids = {id_ for code in area_codes(document) for id_ in self.paths[code]}
        return (name for id_ in ids for name in self.names.get(id_, ()))

    def path(self, place: Document | None) -> list[int]:
        """The ids of the smallest area a place names and of all above it, country first.

        Raises KeyError for a code that the gazetteer does not have.
        """
        areas = place["areas"] if place else []
        return max((self.paths[area["code"]] for area in areas), key=len, default=[])

    def at_level(self, path: list[int], level: str) -> int | None:
        """The id of the area of one level in a path."""
        return next((id_ for id_ in path if self.levels[id_] == level), None)
