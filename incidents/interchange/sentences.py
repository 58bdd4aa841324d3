"""Marks in the accounts of cases. Each installation counts citations by its own numbers; in a file
a mark counts those that the file holds, in its order, as whoever receives it will."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from incidents.interchange.declared import KIND
from incidents.interchange.describing import Record
from incidents.interchange.identifiers import identifiers_of
from incidents.marked_accounts import ACCOUNTS
from incidents.models import Citation
from record.sentence_marks import renumbered, without_marks


def counted_in_file(records: Sequence[Record], cases: Collection[int]) -> list[Record]:
    """All the rows of a file, in order, with marks that count its citations. A mark that names one
    which stays is left out: which sentence rests on it could tell who spoke."""
    here, there = _cited_here(cases), _cited_there(records)
    return [
        _counted(record, here.get(record.identifier, []), there.get(record.identifier, []))
        if record.kind == "incident"
        else record
        for record in records
    ]


def told_alike(name: str, one: object, other: object) -> bool:
    """Whether two values of a column say the same, in whatever way each counts its citations."""
    if name in ACCOUNTS and isinstance(one, str) and isinstance(other, str):
        return without_marks(one) == without_marks(other)
    return one == other


def _cited_here(cases: Collection[int]) -> dict[str, list[str]]:
    """Identifier of a case → those of all its citations, as its marks count them here."""
    rows = Citation.objects.filter(incident__in=cases).order_by("pk")
    ties = list(rows.values_list("incident", "pk"))
    case_names = identifiers_of(KIND["incident"], cases)
    names = identifiers_of(KIND["citation"], [key for _case, key in ties])
    found: dict[str, list[str]] = defaultdict(list)
    for case, key in ties:
        found[case_names[case]].append(names[key])
    return found


def _cited_there(records: Sequence[Record]) -> dict[str, list[str]]:
    """The same of the citations that are in the file, in its order."""
    found: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if record.kind == "citation" and record.values["incident"] is not None:
            found[record.values["incident"]].append(record.identifier)
    return found


def _counted(record: Record, here: Sequence[str], there: Sequence[str]) -> Record:
    place = {name: number for number, name in enumerate(there, start=1)}
    numbers = {number: place.get(name) for number, name in enumerate(here, start=1)}
    accounts = {name: renumbered(record.values[name], numbers) for name in ACCOUNTS}
    return replace(record, values={**record.values, **accounts})
