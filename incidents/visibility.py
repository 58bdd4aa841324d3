"""What a member of staff may see: the one rule behind lists, choices, links and history.

A restricted case does not exist for anybody who is not assigned to it. Neither does whoever or
whatever is known from such cases: a victim, a witness, a legal action, a source. Only what an open
case tells of by itself stays visible; that somebody is related to a person of an open case, or a
party to the same petition, reveals nobody.
"""

from collections.abc import Collection
from typing import Any, TypeVar, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Exists, Func, Model, OuterRef, QuerySet

from incidents.concealing import concealed_from, hidden_from
from incidents.informants import told_by
from incidents.models import (
    Citation,
    ImportProblem,
    Incident,
    ListRow,
    Person,
    Source,
    StaffMember,
)
from incidents.ties import (
    BROUGHT_BY,
    CASE_OF_CITATION,
    CASES_OF,
    LINKS,
    OUT_OF_SOURCES,
    VISIBLE_WITH,
)

SEES_ALL = "incidents.view_all_restricted"

_Row = TypeVar("_Row", bound=Model)


def visible_to(user: StaffMember, rows: QuerySet[_Row]) -> QuerySet[_Row]:
    """The rows that this member of staff may know of. Rows of no case are visible to all."""
    model = rows.model._meta.concrete_model or rows.model
    if user.has_perm(SEES_ALL):
        return rows
    if model is Incident:
        return cast("QuerySet[_Row]", cast("Any", rows).visible_to(user))
    if model in LINKS:
        return rows.exclude(pk__in=hidden_from(user, model))
    concealed = concealed_from(user)
    if model is ImportProblem:
        return rows.exclude(Exists(_rows_reported(concealed)))
    if model is Citation:
        return rows.exclude(pk__in=_citations_kept_from(user))
    for path in CASES_OF.get(model, ()):
        rows = rows.exclude(**{f"{path}__in": concealed})
    for name, other in VISIBLE_WITH.get(model, ()):
        rows = rows.exclude(**{f"{name}__in": hidden_from(user, other)})
    return rows


def _citations_kept_from(user: StaffMember) -> Func:
    """Keys of the citations that somebody may not know of. Looked up along each way by itself:
    there are many, and asked of every row together they join as many tables."""
    concealed = _few(concealed_from(user).order_by().values("pk"))
    ways: list[tuple[str, Any]] = [(path, concealed) for path in CASES_OF[Citation]]
    ways += [(path, hidden_from(user, other)) for path, other in VISIBLE_WITH[Citation]]
    kept = [Citation.objects.filter(**{f"{path}__in": keys}) for path, keys in ways]
    keys = [each.order_by().values("pk") for each in kept]
    return _few(keys[0].union(*keys[1:]))


def _few(keys: QuerySet[Any, Any]) -> Func:
    """These keys out of an array: the planner takes them for few."""
    array = ArraySubquery(keys)
    return Func(array, template="(SELECT unnest(%(expressions)s))", output_field=BigIntegerField())


def _rows_reported(concealed: QuerySet[Incident]) -> QuerySet[ListRow]:
    """The row of a concealed case of which a problem tells: the two know each other by the key."""
    return ListRow.objects.filter(
        list=OuterRef("batch__list"), key=OuterRef("key"), case__incident__in=concealed
    )


def restricted_cases(model: type[Model], pk: int) -> set[int]:
    """Primary keys of the restricted cases that a row belongs to or is told of in.

    For the log of who read them: it asks what there is, not what somebody may see.
    """
    concrete = model._meta.concrete_model or model
    if concrete is Incident:
        rows = Incident.objects.filter(pk=pk, restricted=True)
        return set(rows.values_list("pk", flat=True))
    found = [
        link._default_manager.filter(**of, **{f"{path}__restricted": True})
        .order_by()
        .values_list(f"{path}__pk", flat=True)
        for link, of, path in _ways_to_cases(concrete, pk)
    ]
    return set(found[0].union(*found[1:])) if found else set()


_Way = tuple[type[Model], dict[str, Any], str]
"""Rows, which of them, and the way from these to cases."""


def _ways_to_cases(model: type[Model], pk: int) -> list[_Way]:
    """Everything that ties a row to cases."""
    ways: list[_Way] = [(model, {"pk": pk}, path) for path in CASES_OF.get(model, ())]
    ways += [(link, {column: pk}, "incident") for link, column in BROUGHT_BY.get(model, ())]
    ways += _along_links(model, [pk])
    if model is Citation:
        ways += [(Citation, {"pk": pk}, path) for path in CASE_OF_CITATION]
        ways += _along_links(Person, _people(Citation, pk=pk))
    if model is Source:
        people = {person for link in OUT_OF_SOURCES for person in _people(link, source=pk)}
        ways += _along_links(Person, people)
    if model is Person and (told := told_by(pk)):
        ways += [(Citation, {"source__in": told}, path) for path in CASE_OF_CITATION]
    return ways


def _along_links(model: type[Model], keys: Collection[int]) -> list[_Way]:
    """The ways from rows that have no case of their own; none from no rows."""
    telling, beside = LINKS.get(model, ((), ()))
    if not keys:
        return []
    return [(link, {f"{column}__in": keys}, path) for link, column, path in (*telling, *beside)]


def _people(link: type[Model], **of: int) -> list[int]:
    rows = link._default_manager.filter(**of, person__isnull=False).order_by()
    return list(rows.values_list("person", flat=True))
