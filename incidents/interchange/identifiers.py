"""What a row is called everywhere: ``INSTALLATION:KIND:NUMBER``, for good.

The installation that first had the row gives it its identifier, by its own code and its own number.
Others keep that identifier beside their row (``Arrival``) and call the row by it too.
"""

import re
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from incidents.interchange.declared import KIND, Kind
from incidents.models import Arrival, Installation

_SIGNS: Final = "23456789bcdfghjkmnpqrstvwxz"
"""No vowels, so that no word comes of it, and nothing that is read as something else."""
_LENGTH: Final = 10
_CODE: Final = re.compile(rf"[{_SIGNS}]{{{_LENGTH}}}")
_FORM: Final = re.compile(rf"({_CODE.pattern}):([a-z-]{{1,24}}):([1-9][0-9]{{0,17}})")


def own_code() -> str:
    """What this installation is called. Drawn by lot when it is asked for the first time."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    found, _created = Installation.objects.get_or_create(pk=1, defaults={"code": code})
    return found.code


def is_code(text: str) -> bool:
    """Whether an installation can be called so."""
    return _CODE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier in its parts."""

    installation: str
    kind: str
    number: int

    @classmethod
    def parse(cls, text: str) -> "Name":
        """Raises ValueError for what is no identifier of a kind that travels."""
        found = _FORM.fullmatch(text)
        if found is None or found[2] not in KIND:
            raise ValueError(text)
        return cls(found[1], found[2], int(found[3]))

    def __str__(self) -> str:
        return f"{self.installation}:{self.kind}:{self.number}"


def identifiers_of(kind: Kind, rows: Iterable[int]) -> dict[int, str]:
    """Number here → identifier, of rows that are here."""
    wanted, own = set(rows), own_code()
    brought = Arrival.objects.filter(kind=kind.name, row__in=wanted, brought=True)
    foreign = dict(brought.values_list("row", "identifier"))
    return {row: foreign.get(row) or str(Name(own, kind.name, row)) for row in wanted}


@dataclass(frozen=True, slots=True)
class Known:
    """Which of some identifiers are known here, and by what number."""

    here: dict[str, int]
    """Rows that are here."""
    same: frozenset[str]
    """Those of them that were here before and were taken for the same: ours stay as they are."""
    gone: dict[str, int]
    """Rows that were here once."""


def known_of(identifiers: Collection[str]) -> Known:
    """Look identifiers up. Raises ValueError for what is none."""
    own = own_code()
    number: dict[str, int] = {}
    same: set[str] = set()
    for arrival in Arrival.objects.filter(identifier__in=identifiers):
        number[arrival.identifier] = arrival.row
        if not arrival.brought:
            same.add(arrival.identifier)
    for identifier in identifiers:
        name = Name.parse(identifier)
        if name.installation == own:
            number.setdefault(identifier, name.number)
    there = _there(number)
    here = {name: row for name, row in number.items() if name in there}
    gone = {name: row for name, row in number.items() if name not in there}
    return Known(here, frozenset(same & here.keys()), gone)


def _there(number: dict[str, int]) -> set[str]:
    """Identifiers whose rows are here now."""
    by_kind: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for identifier, row in number.items():
        by_kind[Name.parse(identifier).kind][row].append(identifier)
    found: set[str] = set()
    for name, rows in by_kind.items():
        manager = KIND[name].model._default_manager
        for row in manager.filter(pk__in=rows).values_list("pk", flat=True):
            found.update(rows[row])
    return found
