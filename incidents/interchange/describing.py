"""Rows in the terms of the file: codes for terms and areas, identifiers for other rows.

The same words serve to write a file and to compare one with what is here.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import models

from incidents.evidence.custody import pseudonym_of
from incidents.interchange.declared import KIND_OF, Kind
from incidents.interchange.identifiers import identifiers_of
from incidents.models import Arrival
from incidents.models.sealed import Unreadable
from incidents.models.sealed_key import UnreadableKey
from reference.dates import UncertainDate
from reference.models import Area, Term

_AT_ONCE: Final = 500


class UnreadableRow(Exception):
    """Something of a row lies sealed under a key that is not here."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row in the terms of the file."""

    kind: str
    identifier: str
    values: Mapping[str, Any]
    entered_at: str = ""
    entered_by: str = ""
    reference: str = ""
    left_out: tuple[str, ...] = field(default=())
    """Columns that say something which stays where it is."""

    def line(self) -> str:
        """The line of the file; the same for the same row wherever it is written."""
        told: dict[str, Any] = {
            "id": self.identifier,
            "kind": self.kind,
            "entered": {"at": self.entered_at, "by": self.entered_by},
            "values": self.values,
        }
        if self.reference:
            told["reference"] = self.reference
        if self.left_out:
            told["left_out"] = list(self.left_out)
        return canonical(told)


def canonical(told: Any) -> str:
    """JSON of which there is one form only."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Within:
    """Which rows a description may name: kind → numbers. None for all there are."""

    rows: Mapping[str, Collection[int]] | None = None
    hidden: Collection[tuple[str, int]] = ()
    """Of these not even that there is one."""

    def has(self, kind: Kind, row: int) -> bool:
        """Whether a row may be named."""
        return self.rows is None or row in self.rows.get(kind.name, ())


def describe(kind: Kind, rows: Collection[int], within: Within) -> Iterator[Record]:
    """The rows with these numbers, in the order in which they were entered.

    Raises UnreadableRow.
    """
    ordered = sorted(rows)
    for first in range(0, len(ordered), _AT_ONCE):
        yield from _describe(kind, ordered[first : first + _AT_ONCE], within)


def _describe(kind: Kind, numbers: list[int], within: Within) -> Iterator[Record]:
    manager: Any = kind.model._default_manager
    found = manager.filter(pk__in=numbers).order_by("pk").select_related("entered_by")
    rows = list(found)
    names = identifiers_of(kind, numbers)
    arrivals = {
        arrival.row: arrival
        for arrival in Arrival.objects.filter(kind=kind.name, row__in=numbers, brought=True)
    }
    ends = _ends(kind, rows)
    terms, areas = _codes_of_terms(kind, rows), _codes_of_areas(kind, rows)
    sets = dict(_sets(kind, numbers, within))
    for row in rows:
        values: dict[str, Any] = {each.name: _plain(row, each) for each in kind.plain}
        values |= {each.name: terms.get(getattr(row, each.attname)) for each in kind.terms}
        values |= {each.name: areas.get(getattr(row, each.attname)) for each in kind.areas}
        left_out = []
        for each in kind.links:
            values[each.name], is_left_out = _end(row, each, ends, within)
            if is_left_out:
                left_out.append(each.name)
        values |= {name: found.get(row.pk, []) for name, found in sets.items()}
        yield _record(kind, row, names[row.pk], values, arrivals.get(row.pk), tuple(left_out))


def _record(
    kind: Kind,
    row: Any,
    identifier: str,
    values: dict[str, Any],
    arrival: Arrival | None,
    left_out: tuple[str, ...],
) -> Record:
    if arrival is not None:
        at, by, reference = arrival.entered_at, arrival.entered_by, arrival.reference
    else:
        at, by = row.entered_at, pseudonym_of(row.entered_by)
        reference = (row.reference or "") if kind.has_reference else ""
    return Record(kind.name, identifier, values, _moment(at) if at else "", by, reference, left_out)


def _plain(row: Any, column: Any) -> Any:
    value = getattr(row, column.attname)
    if isinstance(value, Unreadable):
        raise UnreadableRow
    if isinstance(value, UncertainDate):
        return value.text
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return str(value) if isinstance(value, str) else value


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


Ends = Mapping[str, Mapping[int, str]]


def _ends(kind: Kind, rows: list[Any]) -> Ends:
    """Column → number of the other end → its identifier."""
    found = {}
    for link in kind.links:
        there = {getattr(row, link.attname) for row in rows} - {None}
        if any(isinstance(number, UnreadableKey) for number in there):
            raise UnreadableRow
        numbers = {int(number) for number in there}
        found[link.name] = identifiers_of(_kind_of(link), numbers) if numbers else {}
    return found


def _end(row: Any, link: Any, ends: Ends, within: Within) -> tuple[str | None, bool]:
    """The identifier of the other end, and whether there is one that is not told."""
    number = getattr(row, link.attname)
    if number is None:
        return None, False
    kind = _kind_of(link)
    if within.has(kind, int(number)):
        return ends[link.name][int(number)], False
    return None, (kind.name, int(number)) not in within.hidden


def _kind_of(link: Any) -> Kind:
    return KIND_OF[link.related_model]


def _codes_of_terms(kind: Kind, rows: list[Any]) -> dict[int, str]:
    keys = {getattr(row, each.attname) for row in rows for each in kind.terms} - {None}
    found = Term.objects.filter(pk__in=keys).values_list("pk", "code") if keys else ()
    return dict(found)


def _codes_of_areas(kind: Kind, rows: list[Any]) -> dict[int, str]:
    keys = {getattr(row, each.attname) for row in rows for each in kind.areas} - {None}
    found = Area.objects.filter(pk__in=keys).values_list("pk", "code") if keys else ()
    return dict(found)


def _sets(
    kind: Kind, numbers: list[int], within: Within
) -> Iterator[tuple[str, dict[int, list[str]]]]:
    """Column → number of the row → codes or identifiers, sorted."""
    for each in kind.term_sets:
        codes: dict[int, list[str]] = defaultdict(list)
        for row, code in _linked(each, numbers, "code"):
            codes[row].append(code)
        yield each.name, {row: sorted(found) for row, found in codes.items()}
    for each in kind.link_sets:
        ties = [(row, end) for row, end in _linked(each, numbers, "pk")]
        other = _kind_of(each)
        names = identifiers_of(other, {end for _row, end in ties}) if ties else {}
        linked: dict[int, list[str]] = defaultdict(list)
        for row, end in ties:
            if within.has(other, end):
                linked[row].append(names[end])
        yield each.name, {row: sorted(found) for row, found in linked.items()}


def _linked(field: Any, numbers: list[int], value: str) -> list[tuple[int, Any]]:
    through: type[models.Model] = field.remote_field.through
    owner, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    ties = through._default_manager.filter(**{f"{owner}__in": numbers})
    return list(ties.values_list(f"{owner}_id", f"{other}__{value}"))
