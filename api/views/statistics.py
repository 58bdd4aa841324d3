"""Counts by area, time, type and other groups, with what is unknown beside them."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from rest_framework.request import Request

from api.envelope import write_envelope
from api.errors import wrong_parameters
from api.meta import question_meta
from api.parameters import read_field
from api.views.base import json_response
from api.views.questions import QuestionView, asked, question_address
from record.parameter_fields import OneOfField, split_members
from record.parameters import ParameterError
from record.statistics import COUNTED, Bucket, People, Statistics, grouping_errors

DEFAULT_UNIT: Final = "violations"

UNIT: Final = OneOfField(choices=[(unit, unit) for unit in COUNTED])
OF_LISTS: Final = ("page", "page_size", "ordering", "fields")
_OWN: Final = ("unit", "group_by")


class StatisticsView(QuestionView):
    """What the parameters choose, counted in buckets by one or two dimensions."""

    def answer(self, request: Request, version: int) -> HttpResponse:
        """Every bucket, each with the address of the list that holds what it counts."""
        unit, group_by, errors = _read(request.query_params)
        question = asked(unit, request, also=_OWN, errors=errors)
        found = question.statistics(group_by)
        address = question_address(request, question, f"unit={unit}&group_by={','.join(group_by)}")
        base = request.build_absolute_uri(reverse(f"api:{unit}"))
        buckets = [
            json.dumps(_bucket(each, group_by, base), ensure_ascii=False) for each in found.buckets
        ]
        body = write_envelope(
            _head(found), buckets, question_meta(question, version, address), results="buckets"
        )
        return json_response(body)


def _read(params: QueryDict) -> tuple[str, list[str], list[ParameterError]]:
    """The unit, the dimensions and what is wrong with either. Raises ``Problem`` where the unit
    is unknown, since nothing else can be judged then."""
    unit, errors = read_field(params, "unit", UNIT)
    if errors:
        raise wrong_parameters(errors)
    unit = unit or DEFAULT_UNIT
    group_by = split_members(params.getlist("group_by"))
    errors = grouping_errors(unit, group_by)
    for name in OF_LISTS:
        if name in params:
            errors.append(ParameterError(name, "Statistics are given whole, without this."))
    return unit, group_by, errors


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
    }


def _bucket(bucket: Bucket, group_by: list[str], base: str) -> Mapping[str, Any]:
    values = zip(group_by, bucket.values, strict=True)
    return {
        **{
            name: {"code": value.code, "label": value.label, "unknown": value.unknown}
            for name, value in values
        },
        "count": bucket.count,
        "count_certain": bucket.certain,
        "people": _people(bucket.people),
        "url": None if bucket.link is None else f"{base}?{bucket.link}",
    }


def _people(people: People | None) -> dict[str, int] | None:
    """People among the victims counted; null where the unit is not victims."""
    if people is None:
        return None
    return {"known": people.known, "groups_of_unknown_size": people.groups_of_unknown_size}
