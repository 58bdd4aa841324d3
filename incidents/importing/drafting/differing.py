"""Values of one incident, or of one person, that several rows give."""

from typing import Any

from django.utils.translation import gettext as _

from incidents.importing.drafting.building import Builder, Given
from incidents.importing.drafting.dates import span_of
from incidents.importing.drafting.reading_rows import RowReading
from incidents.importing.mapping.catalogue import FieldSpec
from reference.dates import UncertainDate


def combined(builder: Builder, readings: list[RowReading]) -> tuple[Given, bool]:
    """The values of several rows as one, and whether any was read from a row.

    Rows that say nothing of a field do not differ from those that do. Where rows disagree, the
    mapping says what happens (``differ``); unless it does, the case is refused.
    """
    if len(readings) == 1:
        return builder.given(readings[0])
    given: Given = {}
    spoken = False
    for spec, rule, reads in builder.rules:
        found = [(reading, rule(reading)) for reading in readings]
        told = [(reading, value) for reading, value in found if value is not None]
        if not told:
            continue
        spoken = spoken or reads
        value = _one(builder, spec, told)
        if value is not None:
            given[spec.name] = value
    return given, spoken


def _one(builder: Builder, spec: FieldSpec, told: list[tuple[RowReading, Any]]) -> Any:
    first = told[0][1]
    other = next((reading for reading, value in told if value != first), None)
    if other is None:
        return first
    match builder.block.fields[spec.name].differ:
        case "first":
            return first
        case "leave":
            return None
        case "span" if isinstance(first, UncertainDate):
            return span_of([value for _reading, value in told])
    _report(builder, spec, told[0][0], other)
    return first


def _report(builder: Builder, spec: FieldSpec, first: RowReading, other: RowReading) -> None:
    columns = builder.columns(spec.name)
    shown = [
        " / ".join(reading.cells.get(column, "") for column in columns.split(", "))
        for reading in (first, other)
    ]
    reason = _(
        "Rows %(first)d and %(other)d tell of one %(what)s, but differ: “%(one)s”, “%(two)s”."
    )
    other.report(
        "rows-differ",
        reason
        % {
            "first": first.row.number,
            "other": other.row.number,
            "what": builder.table.model._meta.verbose_name if builder.table.model else "",
            "one": shown[0],
            "two": shown[1],
        },
        _('Correct the cells, or say in the mapping what happens then: differ = "first".'),
        column=columns,
        value=shown[1],
    )
