"""The objects that a question with words finds, gathered once: they are counted as they are
gathered, and pages and what is counted besides are read from among them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from record import counting
from record.filter_sets import Conditions
from record.kinds import Kind
from record.resources import Resource
from record.search_matches import Matches
from record.where import where_of

if TYPE_CHECKING:
    from record.filter_sets import ParameterSet

_WORDS = "q"


@dataclass(frozen=True, slots=True)
class FoundObjects:
    """Their ids, and how many of them are found by a fact that is certain."""

    matches: Matches
    certain: int


def found_objects(
    filters: "ParameterSet", resource: Resource, asked: Conditions
) -> FoundObjects | None:
    """The objects of a question with words; None where it has none, and where what is listed is
    not chosen by facts alone or is itself a fact. One query, and the one that finds the words."""
    parameter = filters.filters[_WORDS]
    if _WORDS not in filters.values or parameter.own or asked.own:
        return None
    if not counting.is_gathered(resource, asked):
        return None
    if resource.kind is Kind.INCIDENT and len(asked.facts) == 1:
        # Nothing but the words is asked for, and what has words is listed.
        found = filters.values[_WORDS].found_in(parameter.texts)
        return FoundObjects(found, found.number)
    return _gathered(resource, asked, filters.dates.certain() if filters.dates.has_range else None)


def count_others(resource: Resource, besides: Conditions, found: FoundObjects) -> int:
    """How many objects the conditions ``besides`` choose that are not found already. One query."""
    objects, values = counting.select_objects(resource, besides, "DISTINCT ")
    # Only our own names and compiled conditions stand in this text.
    statement = f"""
        SELECT count(*) FROM ({objects}) AS besides (id)
        WHERE id NOT IN (SELECT unnest(%s::bigint[]))
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, found.matches.ids])
        return int(cursor.fetchone()[0])


def _gathered(resource: Resource, asked: Conditions, certain: Q | None) -> FoundObjects:
    surely = where_of(() if certain is None else (certain,))
    objects, values = counting.select_objects(
        resource, asked, also=f", bool_or({surely.sql}) AS surely"
    )
    # Only our own names and compiled conditions stand in this text.
    statement = f"""
        SELECT coalesce(array_agg(id), '{{}}')::text, count(*), count(*) FILTER (WHERE surely)
        FROM ({objects} GROUP BY {resource.fact_column}) AS object (id, surely)
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*surely.values, *values])
        ids, number, sure = cursor.fetchone()
    return FoundObjects(Matches(ids, int(number)), int(sure))
