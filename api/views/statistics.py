"""Counts by area, time, type and other groups, with what is unknown beside them."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from rest_framework.request import Request

from api.envelope import write_envelope
from api.errors import wrong_parameters
from api.meta import question_meta
from api.parameters import read_field
from api.views.base import json_response
from api.views.questions import QuestionView, asked, question_address
from record.boundaries import UNMAPPED, Boundaries, boundary_errors
from record.groupings import BucketValue
from record.parameter_fields import DayField, OneOfField, split_members
from record.parameters import ParameterError
from record.statistics import COUNTED, People, Statistics, grouping_errors

DEFAULT_UNIT: Final = "violations"

UNIT: Final = OneOfField(choices=[(unit, unit) for unit in COUNTED])
OF_LISTS: Final = ("page", "page_size", "ordering", "fields")
DAY: Final = DayField()
_OWN: Final = ("unit", "group_by", "boundaries")


class _Counted(NamedTuple):
    """What is counted, by what, and by the boundaries of which day."""

    unit: str
    group_by: list[str]
    day: date | None

    @property
    def boundaries(self) -> Boundaries | None:
        """The units of that day; None where they are those of today. Two queries at most."""
        return None if self.day is None else Boundaries(self.day, self.group_by)

    @property
    def spelled(self) -> str:
        """The parameters of this, as a query string."""
        own = f"unit={self.unit}&group_by={','.join(self.group_by)}"
        return own if self.day is None else f"{own}&boundaries={self.day.isoformat()}"


class StatisticsView(QuestionView):
    """What the parameters choose, counted in buckets by one or two dimensions."""

    def answer(self, request: Request, version: int) -> HttpResponse:
        """Every bucket, each with the address of the list that holds what it counts."""
        counted, errors = _read(request.query_params)
        question = asked(counted.unit, request, also=_OWN, errors=errors)
        boundaries = counted.boundaries
        found = question.statistics(counted.group_by, boundaries)
        address = question_address(request, question, counted.spelled)
        base = request.build_absolute_uri(reverse(f"api:{counted.unit}"))
        body = write_envelope(
            _head(found),
            [",\n".join(_buckets(found, base))],  # one text, encoded at once
            question_meta(question, version, address, boundaries=boundaries),
            results="buckets",
        )
        return json_response(body)


def _read(params: QueryDict) -> tuple[_Counted, list[ParameterError]]:
    """What is counted by what, and what is wrong with it. Raises ``Problem`` where the unit is
    unknown, since nothing else can be judged then."""
    unit, errors = read_field(params, "unit", UNIT)
    if errors:
        raise wrong_parameters(errors)
    unit = unit or DEFAULT_UNIT
    group_by = split_members(params.getlist("group_by"))
    errors = grouping_errors(unit, group_by)
    day, faults = read_field(params, "boundaries", DAY)
    errors += faults
    if day is not None and not errors:
        errors += boundary_errors(group_by)
    for name in OF_LISTS:
        if name in params:
            errors.append(ParameterError(name, "Statistics are given whole, without this."))
    return _Counted(unit, group_by, day), errors


def _head(found: Statistics) -> dict[str, Any]:
    """``adds_up`` is false where something is counted in several buckets."""
    return {
        "count": found.total,
        "count_certain": found.total_certain,
        "people": _people(found.people),
        "adds_up": found.adds_up,
        "group_by": [
            {"name": dimension.name, "label": dimension.label} for dimension in found.dimensions
        ],
        "boundaries": _boundaries(found.boundaries),
    }


def _boundaries(of: Boundaries | None) -> dict[str, Any] | None:
    """The day, and what did not exist then with the unit under which it is counted."""
    if of is None:
        return None
    return {
        "date": of.day.isoformat(),
        "rolled_up": [
            {
                "level": each.level,
                "code": UNMAPPED if each.unit is None else each.unit.code,
                "areas": [
                    {"code": area.code, "name": area.name, "name_local": area.name_local}
                    for area in each.areas
                ],
            }
            for each in of.rolled_up
        ],
    }


def _buckets(found: Statistics, base: str) -> Iterator[str]:
    """Each bucket as JSON text. There may be thousands that share some dozens of values: what a
    value contributes is written once, and a bucket is put together from it."""
    members = [
        [f'"{of.name}": {_json(_value(value))}' for value in of.values] for of in found.dimensions
    ]
    # Query strings are quoted already and hold nothing that JSON would write otherwise.
    start = _json(f"{base}?")[:-1]
    for row in found.rows:
        places, count, certain, of_people = row
        values = ", ".join([of[place] for of, place in zip(members, places, strict=True)])
        people = "null" if of_people is None else _json(_people(of_people))
        link = found.link(row)
        url = "null" if link is None else f'{start}{link}"'
        yield (
            f'{{{values}, "count": {count}, "count_certain": {certain},'
            f' "people": {people}, "url": {url}}}'
        )


def _value(value: BucketValue) -> dict[str, Any]:
    return {"code": value.code, "label": value.label, "unknown": value.unknown}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def _people(people: People | None) -> dict[str, int] | None:
    """People among the victims counted; null where the unit is not victims."""
    if people is None:
        return None
    return {
        "known": people.known,
        "estimated": people.estimated,
        "groups_of_unknown_size": people.groups_of_unknown_size,
    }
