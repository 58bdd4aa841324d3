"""What cases of a list share and the list itself brings: its areas, agencies and sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from incidents.confidential import SILENT
from incidents.importing.copying import copy_lines
from incidents.importing.drafts import Wanted
from incidents.importing.file_areas import PlannedArea
from incidents.importing.lookups import Lookups
from incidents.importing.rows import Table, UnfitValue, new_ids
from incidents.models import Agency, ImportBatch, ImportChange, Source, StaffMember
from reference.models import Area, AreaName


@dataclass(frozen=True, slots=True)
class _Faulty:
    """Why something could not be made."""

    reason: str


class Shared:
    """Makes what drafts want, before the drafts themselves are stored.

    Each thing that was made is noted as a change by the batch, so that undo finds it.
    """

    def __init__(self, lookups: Lookups, batch: ImportBatch, *, by: StaffMember) -> None:
        self._lookups = lookups
        self._batch = batch
        self._by = by
        self._made: dict[Wanted, int | _Faulty] = {}

    def make_areas(self) -> None:
        """Make every place that the file brings, those that others lie in first."""
        waiting = list(self._lookups.wanted_areas.values())
        while waiting:
            codes = {planned.code for planned in waiting}
            ready = [planned for planned in waiting if planned.parent_code not in codes]
            areas = _areas(ready)
            AreaName.objects.record({area: [] for area in areas})
            self._note(areas)
            for area in areas:
                self._made[Wanted("area", area.code)] = area.pk
                self._lookups.made(Wanted("area", area.code), area.pk)
            waiting = [planned for planned in waiting if planned.parent_code in codes]

    def make(self, values: Iterable[Any]) -> None:
        """Make the agencies and sources among these values of drafts that are not there yet."""
        wanted = dict.fromkeys(
            value for value in values if isinstance(value, Wanted) and value not in self._made
        )
        for each in wanted:
            if each.kind == "agency":
                self._make_agency(each)
        self._make_sources([each for each in wanted if each.kind == "source"])

    def resolved(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values with ids for what was wanted. Raises UnfitValue where it could not be made.

        What was not made, because no draft that is to be stored names it, stays as it is.
        """
        wanted = [(name, value) for name, value in values.items() if isinstance(value, Wanted)]
        if not wanted:
            return values
        found = dict(values)
        for attname, value in wanted:
            made = self._made.get(value, value)
            if isinstance(made, _Faulty):
                raise UnfitValue(made.reason)
            found[attname] = made
        return found

    def _make_agency(self, wanted: Wanted) -> None:
        values = self.resolved(dict(self._lookups.wanted_agencies[wanted.key].values))
        agency = Agency(**{"name": wanted.key, **values}, entered_by=self._by, changed_by=self._by)
        made = self._saved(agency)
        self._made[wanted] = made
        if isinstance(made, int):
            self._note([agency])
            self._lookups.made(wanted, made)

    def _make_sources(self, wanted: list[Wanted]) -> None:
        """Together: a list may name another source in each row."""
        if not wanted:
            return
        given = [dict(self._lookups.wanted_sources[each.key].values) for each in wanted]
        try:
            with transaction.atomic():
                keys = self._copied(Source, given)
        except (DatabaseError, UnfitValue):
            made = [
                self._saved(Source(**values, entered_by=self._by, changed_by=self._by))
                for values in given
            ]
        else:
            made = list(keys)
        for each, key in zip(wanted, made, strict=True):
            self._made[each] = key
            # Not ``Lookups.made``, which looks through all sources for each: there may be many.
            self._lookups.wanted_sources.pop(each.key, None)
        rows = Source.objects.in_bulk([key for key in made if isinstance(key, int)])
        self._note(rows.values())

    def _copied(self, model: type[models.Model], given: list[dict[str, Any]]) -> list[int]:
        table = Table(model, by=self._by.pk, now=timezone.now())
        [keys] = new_ids({table.name: len(given)}).values()
        for values in given:
            table.check(values)
        lines = [
            table.line(key, values, in_trust=bool(values.get("confidential")))
            for key, values in zip(keys, given, strict=True)
        ]
        copy_lines(table.name, table.columns, lines)
        return keys

    def _saved(self, row: models.Model) -> int | _Faulty:
        try:
            row.full_clean(exclude=["folded"])
            with transaction.atomic():
                row.save()
        except ValidationError as error:
            return _Faulty(f"{row._meta.verbose_name}: {' '.join(error.messages)}")
        return int(row.pk)

    def _note(self, rows: Iterable[models.Model]) -> None:
        ImportChange.objects.bulk_create(
            ImportChange(
                batch=self._batch,
                path=row._meta.model_name or "",
                model=row._meta.model_name or "",
                object_id=row.pk,
                # Of what was told in trust the note says that there is something, not what.
                after=SILENT if getattr(row, "told_in_trust", False) else str(row),
            )
            for row in rows
        )


def _areas(planned: list[PlannedArea]) -> list[Area]:
    """New areas whose parents exist. Not by ``save``, which goes through all areas for each."""
    parents = {
        area.code: area
        for area in Area.objects.filter(code__in={each.parent_code for each in planned})
    }
    [keys] = new_ids({Area._meta.db_table: len(planned)}).values()
    areas = []
    for key, each in zip(keys, planned, strict=True):
        parent = parents[each.parent_code] if each.parent_code else None
        areas.append(
            Area(
                pk=key,
                code=each.code,
                level=each.level,
                parent=parent,
                name=each.name,
                latitude=each.latitude,
                longitude=each.longitude,
                path=[*(parent.path if parent else []), key],
            )
        )
    return Area.objects.bulk_create(areas)
