"""Reading values out of finished documents: coded values, dates, citations, nested objects.

The shapes are those of the documents (``docs/``); absent coded values are None. Codes become
term ids here and nowhere else. A code that no vocabulary knows is an error: a document with it
could not be found by that code.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from reference.vocabularies import term

Document = dict[str, Any]

_NESTED: Final = (dict, list)


def objects(node: Any) -> Iterator[Document]:
    """Every JSON object in ``node``, itself included, in no particular order."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            found = found.values()
        waiting += [value for value in found if value and isinstance(value, _NESTED)]


def term_id(vocabulary: str, coded: Document | None) -> int | None:
    """The id of the term a coded value names."""
    return None if coded is None else term(vocabulary, coded["code"]).pk


def term_path(vocabulary: str, coded: Document | None) -> list[int]:
    """The ids of the term a coded value names and of all above it, top level first."""
    return [] if coded is None else list(term(vocabulary, coded["code"]).path)


def term_paths(vocabulary: str, values: Iterable[Document | None]) -> set[int]:
    """The ids of all these terms and of all above them."""
    return {id_ for coded in values for id_ in term_path(vocabulary, coded)}


def bounds(value: Document | None) -> tuple[date | None, date | None]:
    """The first and the last possible day of a date; None where it is open or unknown."""
    if value is None:
        return None, None
    earliest, latest = value["earliest"], value["latest"]
    return (
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
    )


def cited_sources(node: Any) -> set[str]:
    """The references of all sources cited anywhere in ``node``."""
    return {
        citation["source"]
        for found in objects(node)
        for citation in found.get("citations") or ()
        if citation["source"]
    }
