"""Rows of a file as rows of the case file."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from incidents.importing.rows import new_ids
from incidents.interchange.comparing import Keys
from incidents.interchange.declared import KIND, KINDS, Kind
from incidents.interchange.describing import Record
from incidents.interchange.refusing import CasesRefused, Problem
from incidents.models import Arrival, StaffMember

_ORDER: Final = {kind.name: place for place, kind in enumerate(KINDS)}


class Maker:
    """Makes the rows of one file that are not here; call it in one transaction."""

    def __init__(self, keys: Keys, here: Mapping[str, int], by: StaffMember) -> None:
        """``here``: identifier → number of the rows that are here."""
        self._keys = keys
        self._numbers = dict(here)
        self._by = by

    def make(self, records: Iterable[Record]) -> Iterator[Record]:
        """Save each row under a new number, in the order in which they were entered, and give it
        back when it is there. Raises CasesRefused for one that the case file does not take."""
        ordered = sorted(records, key=lambda record: _ORDER[record.kind])
        counts = {kind.model._meta.db_table: 0 for kind in KINDS}
        for record in ordered:
            counts[KIND[record.kind].model._meta.db_table] += 1
        ids = new_ids({table: count for table, count in counts.items() if count})
        numbers = {table: iter(found) for table, found in ids.items()}
        # All numbers first: a row may point to one that comes behind it.
        for record in ordered:
            table = KIND[record.kind].model._meta.db_table
            self._numbers[record.identifier] = next(numbers[table])
        for record in ordered:
            row = self._row(record)
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except (DatabaseError, ValueError) as error:
                raise _unfit(record, str(error).splitlines()[0]) from error
            self._add_terms(KIND[record.kind], record, row)
            yield record

    def add_links(self, records: Iterable[Record]) -> int:
        """Add the members of sets of other rows that are missing, also of rows that were here; how
        many. None is taken away."""
        added = 0
        for record in records:
            for field in KIND[record.kind].link_sets:
                wanted = {self._numbers[end] for end in record.values[field.name]}
                manager = getattr(self._found(record), field.name)
                new = wanted - set(manager.order_by().values_list("pk", flat=True))
                if new:
                    manager.add(*sorted(new))
                    added += len(new)
        return added

    def number(self, record: Record) -> int:
        """Its number here."""
        return self._numbers[record.identifier]

    def _found(self, record: Record) -> Any:
        model = KIND[record.kind].model
        return model(pk=self.number(record))

    def _row(self, record: Record) -> Any:
        kind = KIND[record.kind]
        values = {each.attname: record.values[each.name] for each in kind.plain}
        for term in kind.terms:
            code = record.values[term.name]
            values[term.attname] = code and self._keys.terms[term.vocabulary, code]
        for area in kind.areas:
            code = record.values[area.name]
            values[area.attname] = code and self._keys.areas[code]
        for link in kind.links:
            end = record.values[link.name]
            values[link.attname] = end and self._numbers[end]
        try:
            row: Any = kind.model(
                pk=self._numbers[record.identifier],
                entered_by=self._by,
                changed_by=self._by,
                **values,
            )
            row.clean_fields(exclude=_not_from_the_file(kind))
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise _unfit(record, f"“{name}”: {messages[0]}") from None
        except (AttributeError, TypeError, ValueError) as error:
            # Columns expect texts and numbers; a list in place of a day is no error to them.
            raise _unfit(record, str(error)) from None
        return row

    def _add_terms(self, kind: Kind, record: Record, row: Any) -> None:
        for many in kind.term_sets:
            codes = record.values[many.name]
            if codes:
                keys = [self._keys.terms[many.vocabulary, code] for code in codes]
                getattr(row, many.name).set(keys)


def arrival_of(record: Record, number: int, *, brought: bool = True) -> Arrival:
    """What is kept of where a row came from."""
    return Arrival(
        identifier=record.identifier,
        kind=record.kind,
        row=number,
        brought=brought,
        entered_at=datetime.fromisoformat(record.entered_at) if record.entered_at else None,
        entered_by=record.entered_by,
        reference=record.reference,
    )


def _not_from_the_file(kind: Kind) -> set[str]:
    """Columns that were looked up or that the program fills in itself."""
    plain = {each.name for each in kind.plain}
    return {each.name for each in kind.model._meta.concrete_fields if each.name not in plain}


def _unfit(record: Record, why: str) -> CasesRefused:
    return CasesRefused(
        Problem(
            _("%(row)s is not taken: %(why)s") % {"row": record.identifier, "why": why},
            _("Correct it where it comes from, and ask for the file again."),
        )
    )
