"""Choosing and counting the objects of a resource. The unit is the object, never a joined row."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, Count, F, Func, Q, QuerySet
from django.db.models.expressions import RawSQL

from record.filter_sets import Conditions
from record.kinds import Kind
from record.models import Fact
from record.resources import Resource
from record.where import FACTS, speak_of, where_of

FEW: Final = 5_000
"""Up to so many objects are gathered from their facts first. Of more, a walk in the order of the
list soon meets a page; of few, it would look through the facts of nearly all that there are."""

DENSE: Final = 40
"""A page out of so many is soon met on a walk that is entered where a short range ends."""

_INDEXED: Final = frozenset(
    (
        *("type_1", "type_2", "type_3", "province", "district", "start_earliest", "start_latest"),
        *("incident", "victim", "pk"),
    )
)
"""The columns that the indexes hold by which lists are walked."""

_LONG: Final = timedelta(days=365)
_SHORT: Final = timedelta(days=62)


class Gathered(StrEnum):
    """How objects are looked for before they are ordered."""

    NOT = "walked in their order until a page is full"
    FEW = "few, each looked up by its id"
    MANY = "far from the beginning of their order, however many"


def chosen(
    resource: Resource, conditions: Conditions, gathered: Gathered = Gathered.NOT
) -> QuerySet[Any]:
    """The narrow rows of the objects that the conditions choose, one an object, unordered."""
    rows: QuerySet[Any] = resource.keys.objects.all()
    if resource.own_dates:
        rows = rows.alias(date_earliest=F("earliest"), date_latest=F("latest"))
    rows = rows.filter(*conditions.own)
    if resource.keys is Fact:
        # Asked for twice, it would keep the query from being answered by the index alone.
        if not conditions.of_violations:
            rows = rows.filter(type_1__isnull=False)
        return rows.filter(*conditions.facts)
    if is_gathered(resource, conditions):
        # Distinct, they are gathered before the order is looked at.
        distinct = "" if gathered is Gathered.NOT else "DISTINCT "
        statement, values = select_objects(resource, conditions, distinct)
        if gathered is Gathered.FEW:
            # The database knows badly how many facts lie in a range, and would read the rows of
            # all objects where it expects many. Of an array it expects few.
            return rows.filter(_is_among("entry_id", statement, values))
        return rows.filter(entry_id__in=RawSQL(statement, values))  # noqa: S611 - our own text
    if conditions.facts:
        rows = rows.filter(entry_id__in=ids(resource, conditions))
    return rows


def is_gathered(resource: Resource, conditions: Conditions) -> bool:
    """Whether objects are looked for among facts that each belong to one of them."""
    of_facts = resource.keys is not Fact and not resource.set_valued
    return of_facts and bool(conditions.facts or resource.from_facts)


def is_of_facts(resource: Resource, conditions: Conditions) -> bool:
    """Whether what is counted are facts, or objects by nothing but their facts."""
    gathered = is_gathered(resource, conditions) and not conditions.own
    return resource.keys is Fact or gathered


def is_long_past(last: date | None) -> bool:
    """Whether a range ends so long ago that a walk from the newest would pass over many objects
    before it meets the first of it."""
    return last is not None and last < datetime.now(UTC).date() - _LONG


def is_short(first: date | None, last: date | None) -> bool:
    """Whether a range has few enough days that a walk may pass over all that lies in them."""
    return first is not None and last is not None and last - first <= _SHORT


def facts(resource: Resource, conditions: Conditions, *, gathered: bool = False) -> QuerySet[Fact]:
    """The facts that choose the objects; several of one object among them.

    ``gathered``: they are not many, and more is asked of them than indexes hold. Where an index
    holds all that chooses them, they are found in it before any of them is read.
    """
    if gathered and not conditions.own and speak_of(conditions.facts, _INDEXED):
        where = conditions.where
        statement = f"SELECT id FROM {FACTS} WHERE {where.sql}"  # noqa: S608 - compiled
        among = _is_among("pk", statement, list(where.values))
        return resource.with_object(Fact.objects.filter(among))
    if resource.keys is Fact:
        return chosen(resource, conditions)
    found = Fact.objects.filter(*conditions.facts)
    if conditions.own:
        own = resource.keys.objects.filter(*conditions.own).values("entry_id")
        found = found.filter(**{f"{resource.fact_column}__in": own})
    return resource.with_object(found)


def ids(resource: Resource, conditions: Conditions) -> QuerySet[Any, Any]:
    """The ids of the objects of the facts that the conditions choose, with repetitions."""
    return resource.ids_in(Fact.objects.filter(*conditions.facts))


def count(resource: Resource, conditions: Conditions) -> int:
    """How many objects the conditions choose: exact, in one query."""
    if is_of_facts(resource, conditions) and resource.keys is not Fact:
        objects, values = select_objects(resource, conditions, "DISTINCT ")
        return _number(f"SELECT count(*) FROM ({objects}) AS found", values)  # noqa: S608
    return chosen(resource, conditions).count()


def count_sure(resource: Resource, asked: Conditions, certain: Q) -> tuple[int, int]:
    """How many objects the conditions choose, and how many of them by a fact that is ``certain``
    too: in one query, of what ``is_of_facts``."""
    if resource.keys is Fact:
        rows = chosen(resource, asked)
        both = rows.aggregate(found=Count("pk"), surely=Count("pk", filter=certain))
        return both["found"], both["surely"]
    where = where_of((certain,))
    objects, values = select_objects(resource, asked, also=f", bool_or({where.sql}) AS surely")
    # Only our own names and compiled conditions stand in this text.
    statement = f"""
        SELECT count(*), count(*) FILTER (WHERE surely)
        FROM ({objects} GROUP BY {resource.fact_column}) AS object
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*where.values, *values])
        found, surely = cursor.fetchone()
    return int(found), int(surely)


def count_ongoing(
    resource: Resource, asked: Conditions, certain: Q, undecided: Conditions
) -> tuple[int, int, int]:
    """How many objects the conditions choose, how many of them by a fact that is ``certain`` too,
    and how many more are ``undecided``: in one query, of what ``is_of_facts``.

    All three are many where it is asked what was going on, so the facts are gone through once.
    """
    where, surely, open_ = asked.where, where_of((certain,)), undecided.where
    unit = resource.fact_column
    # Only our own names and compiled conditions stand in this text.
    statement = f"""
        SELECT count(*) FILTER (WHERE found), count(*) FILTER (WHERE surely),
            count(*) FILTER (WHERE found IS NOT TRUE)
        FROM (
            SELECT {unit}, bool_or({where.sql}) AS found,
                bool_or({where.sql} AND {surely.sql}) AS surely
            FROM {FACTS} WHERE ({where.sql} OR {open_.sql}) AND {_of_object(resource)}
            GROUP BY {unit}
        ) AS object
    """  # noqa: S608
    values = (*where.values, *where.values, *surely.values, *where.values, *open_.values)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found, sure, more = cursor.fetchone()
    return int(found), int(sure), int(more)


def _of_object(resource: Resource) -> str:
    """The facts that have one: every one an incident, not every one a victim or a violation."""
    if resource.keys is Fact:
        return "type_1_id IS NOT NULL"
    return f"{resource.fact_column} IS NOT NULL"


def count_besides(resource: Resource, besides: Conditions, asked: Conditions) -> int:
    """How many objects the conditions ``besides`` choose and the asked ones do not.

    Those are few, so each is looked up among the facts asked for, not the other way round.
    """
    if is_gathered(resource, besides) and not besides.own and not asked.own:
        more, values = select_objects(resource, besides, "DISTINCT ")
        inside = f"{select_objects(resource, asked)[0]} AND {resource.fact_column} = more.id"
        return _number(
            f"SELECT count(*) FROM ({more}) AS more (id) WHERE NOT EXISTS ({inside})",  # noqa: S608
            [*values, *asked.where.values],
        )
    rows = chosen(resource, besides)
    if resource.keys is Fact and besides.apart:
        return rows.count()
    inside_ids = chosen(resource, asked).values(resource.key_id)
    return rows.exclude(**{f"{resource.key_id}__in": inside_ids}).count()


def select_objects(
    resource: Resource, conditions: Conditions, distinct: str = "", *, also: str = ""
) -> tuple[str, list[Any]]:
    """A SELECT of the ids of the objects of the facts chosen and of what is wanted ``also``, and
    the values in its conditions."""
    unit, where = resource.fact_column, conditions.where
    # Every fact has an incident, and not every one a victim.
    known = "" if resource.kind is Kind.INCIDENT else f" AND {unit} IS NOT NULL"
    # Only our own names and compiled conditions stand in this text.
    statement = f"SELECT {distinct}{unit}{also} FROM {FACTS} WHERE {where.sql}{known}"  # noqa: S608
    return statement, list(where.values)


def _is_among(column: str, statement: str, values: list[Any]) -> Func:
    """Whether a column is one of the ids that a statement of ours gives, taken as an array. The
    column is Django's to write: it calls the table otherwise where the rows are drawn from."""
    array = RawSQL(f"ARRAY({statement})", values)  # noqa: S611
    template, joined = "%(expressions)s", " = ANY "
    return Func(F(column), array, template=template, arg_joiner=joined, output_field=BooleanField())


def _number(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])
