"""What a file is linked to: every fact that rests on a source which holds it, and who said so when.

A file hangs on its source, and the source is cited by facts: the citation is the link, with who
made it and when. The same bytes can be held of several sources.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Model, QuerySet

from incidents.models import (
    CITED_FACTS,
    Capture,
    Citation,
    Incident,
    LegalAction,
    Person,
    Source,
    StaffMember,
)
from incidents.visibility import visible_to

MOST: Final = 200
"""Links that are told of one by one."""

_RECORDS: Final[dict[str, tuple[type[Model], str]]] = {
    "incident": (Incident, "incident_id"),
    "person": (Person, "person_id"),
    "element": (Incident, "element__violation__incident_id"),
    "legal_action": (LegalAction, "legal_action_id"),
    "legal_step": (LegalAction, "legal_step__action_id"),
}


@dataclass(frozen=True, slots=True)
class FileLink:
    """The record to which a file is linked, by which kind of fact, by whom and when."""

    record: Model
    fact: str
    linked_by: StaffMember | None
    linked_at: datetime


def links_of(capture: Capture, *, seen_by: StaffMember) -> tuple[list[FileLink], int]:
    """The first links of a file that this person may know of, and how many more there are. The
    number of queries does not depend on how many there are."""
    sources = visible_to(seen_by, Source.objects.filter(captures__sha256=capture.sha256))
    citations = visible_to(seen_by, Citation.objects.filter(source__in=sources))
    rows = list(_with_records(citations).order_by("pk")[:MOST])
    more = 0 if len(rows) < MOST else citations.count() - MOST
    staff = StaffMember.objects.in_bulk({row["entered_by"] for row in rows} - {None})
    records: dict[type[Model], dict[int, Any]] = {
        model: visible_to(seen_by, _named(model)).in_bulk(_keys(rows, model))
        for model in (Incident, Person, LegalAction)
    }
    found = []
    for row in rows:
        column, model, key = _record(row)
        if (record := records[model].get(key)) is not None:
            fact = str(CITED_FACTS[column]._meta.verbose_name)
            found.append(FileLink(record, fact, staff.get(row["entered_by"]), row["entered_at"]))
    return found, more


def _with_records(citations: QuerySet[Citation]) -> Any:
    records = {f"record_{column}": F(_path(column)) for column in CITED_FACTS}
    return citations.values("entered_by", "entered_at", **records)


def _path(column: str) -> str:
    return _RECORDS[column][1] if column in _RECORDS else f"{column}__incident_id"


def _record(row: dict[str, Any]) -> tuple[str, type[Model], int]:
    column = next(name for name in CITED_FACTS if row[f"record_{name}"] is not None)
    model = _RECORDS[column][0] if column in _RECORDS else Incident
    return column, model, row[f"record_{column}"]


def _keys(rows: Iterable[dict[str, Any]], model: type[Model]) -> set[int]:
    return {key for _column, kind, key in map(_record, rows) if kind is model}


def _named(model: type[Model]) -> Any:
    rows = model._default_manager.all()
    return rows.prefetch_related("names") if model is Person else rows
