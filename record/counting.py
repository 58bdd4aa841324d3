"""Choosing and counting the objects of a resource. The unit is the object, never a joined row."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import NullIf

from record.filter_sets import Conditions
from record.models import Fact
from record.resources import Resource

FEW: Final = 5_000
"""Up to so many objects are gathered from their facts first. Of more, a walk in the order of the
list soon meets a page; of few, it would look through the facts of nearly all that there are."""


def chosen(resource: Resource, conditions: Conditions, *, few: bool = False) -> QuerySet[Any]:
    """The narrow rows of the objects that the conditions choose, one an object, unordered.

    ``few``: they are known to be no more than ``FEW``.
    """
    rows: QuerySet[Any] = resource.keys.objects.all()
    if resource.own_dates:
        rows = rows.alias(date_earliest=F("earliest"), date_latest=F("latest"))
    rows = rows.filter(*conditions.own)
    if resource.keys is Fact:
        # Asked for twice, it would keep the query from being answered by the index alone.
        if not conditions.of_violations:
            rows = rows.filter(type_1__isnull=False)
        return rows.filter(*conditions.facts)
    if conditions.facts or resource.from_facts:
        found = ids(resource, conditions)
        # Distinct, they are gathered before the order is looked at.
        rows = rows.filter(entry_id__in=found.distinct() if few else found)
    return rows


def is_gathered(resource: Resource, conditions: Conditions) -> bool:
    """Whether objects are looked for among facts that each belong to one of them."""
    return resource.keys is not Fact and not resource.set_valued and bool(conditions.facts)


def facts(resource: Resource, conditions: Conditions) -> QuerySet[Fact]:
    """The facts that choose the objects; several of one object among them."""
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
    from_facts_alone = not conditions.own and (conditions.facts or resource.from_facts)
    if resource.keys is not Fact and not resource.set_valued and from_facts_alone:
        return ids(resource, conditions).distinct().count()
    return chosen(resource, conditions).count()


def count_besides(resource: Resource, besides: Conditions, asked: Conditions) -> int:
    """How many objects the conditions ``besides`` choose and the asked ones do not.

    Those are few, so each is looked up among the facts asked for, not the other way round.
    """
    of_facts = resource.keys is not Fact and not resource.set_valued
    if of_facts and besides.facts and not besides.own and not asked.own:
        unit = resource.fact_column
        inside = Fact.objects.filter(*asked.facts, **{unit: OuterRef(unit)})
        found = resource.with_object(Fact.objects.filter(*besides.facts))
        return int(found.filter(~Exists(inside)).values(unit).distinct().count())
    rows = chosen(resource, besides)
    if resource.keys is Fact and besides.apart:
        return rows.count()
    inside_ids = chosen(resource, asked).values(resource.key_id)
    return rows.exclude(**{f"{resource.key_id}__in": inside_ids}).count()


def ordered(resource: Resource, rows: QuerySet[Any], ordering: str) -> QuerySet[Any]:
    """The rows in a total order: what has no value comes last, equal values by id.

    The id runs with the order asked for, so that an index serves both directions.
    """
    key = ordering.removeprefix("-")
    column = resource.orderings[key]
    value: Any = NullIf(F(column), Value("")) if column == "sort_name" else F(column)
    tie = F("id") if resource.keys is Fact else F("entry_id")
    # Said of a column that has always a value, it would keep its index from being walked.
    last = resource.keys._meta.get_field(column).null or column == "sort_name" or None
    if ordering.startswith("-"):
        return rows.order_by(value.desc(nulls_last=last), tie.desc())
    return rows.order_by(value.asc(nulls_last=last), tie.asc())


def page_of(resource: Resource, rows: QuerySet[Any], first: int, size: int) -> list[str]:
    """The documents of a stretch of ordered rows: the ids first, then the documents.

    Rows that carry documents are too fat to sort, and an object withdrawn between the two
    queries is simply left out.
    """
    return documents_of(
        resource, rows.values_list(resource.key_id, flat=True)[first : first + size]
    )


def documents_of(resource: Resource, ids: Iterable[int]) -> list[str]:
    """The documents of these entries, in their order; those that are not live are left out."""
    wanted = list(ids)
    live = resource.entries.objects.live().filter(pk__in=wanted)
    documents = dict(live.values_list("pk", "document"))
    return [documents[pk] for pk in wanted if pk in documents]
