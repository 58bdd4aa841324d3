"""Sources of the case file found again by what a list says of them."""

from collections.abc import Mapping
from typing import Any, Self

from incidents.models import Source

_NAMING = ("title", "publisher", "published")
_TELLING_APART = ("url", "author")
"""What two articles of one paper and day differ in."""

Key = tuple[str, ...]


def name_of(values: Mapping[str, Any]) -> str:
    """What names a source in a run: another name is another source."""
    told = [text for text in _texts(values, _TELLING_APART) if text]
    if values.get("confidential"):
        told.append("confidential")
    return " / ".join([*_texts(values, _NAMING), *told])


class KnownSources:
    """Every source by digests of what names it: a list may cite another one in each row.

    An address and an author count where a list gives them. Two sources of one title and day, one
    with an address, are told apart by it; a list that gives none means the one that has none, if
    there is one.
    """

    def __init__(self) -> None:
        self._exact: dict[int, int] = {}
        self._in_part: dict[int, int] = {}

    @classmethod
    def read(cls) -> Self:
        """The sources that there are now. Of several alike the first one is known."""
        known = cls()
        columns = (*_NAMING, *_TELLING_APART, "confidential", "pk")
        for values in Source.objects.order_by("-pk").values(*columns).iterator():
            named, (url, author) = _texts(values, _NAMING), _texts(values, _TELLING_APART)
            confidential, pk = values["confidential"], values["pk"]
            known._exact[_digest(named, (url, author), confidential)] = pk
            for told in {(url, ""), ("", author), ("", "")} - {(url, author)}:
                known._in_part[_digest(named, told, confidential)] = pk
        return known

    def find(self, values: Mapping[str, Any]) -> int | None:
        """The source that these values mean.

        What a list was told in trust never rests on an open source of the same title. The other
        way round it may: somebody has closed the source since, and it stays closed.
        """
        named, told = _texts(values, _NAMING), _texts(values, _TELLING_APART)
        for confidential in (True,) if values.get("confidential") else (False, True):
            digest = _digest(named, told, confidential)
            for known in (self._exact, self._in_part):
                if digest in known:
                    return known[digest]
        return None


def _texts(values: Mapping[str, Any], names: tuple[str, ...]) -> Key:
    return tuple(str(values.get(name) or "") for name in names)


def _digest(named: Key, told: Key, confidential: bool) -> int:
    return hash((named, told, confidential))
