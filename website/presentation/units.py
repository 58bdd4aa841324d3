"""What is or was part of an agency, gathered from the documents of its units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A ``unit`` right below the agency; ``place`` has ``from`` and ``until``, as far as known."""

    unit: Document
    place: Mapping[str, Any]


def units_of(agency: str, documents: Iterable[Document]) -> list[Unit]:
    """The units that were at any time right below the agency with this reference, in the order of
    the documents; one that left and came back stands as often as it was there."""
    return [
        Unit(document, place)
        for document in documents
        for place in document.get("parents") or ()
        if place["reference"] == agency
    ]
