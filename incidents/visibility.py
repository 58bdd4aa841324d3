"""What a member of staff may see: the one rule behind lists, choices, links and history.

A restricted case does not exist for anybody who is not assigned to it. Neither does whoever or
whatever is known from such cases: a victim, a witness, a legal action, a source. Only what an open
case tells of by itself stays visible; that somebody is related to a person of an open case, or a
party to the same petition, reveals nobody.
"""

from collections.abc import Sequence
from typing import Any, Final, TypeVar, cast

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from incidents.informants import readable_informants_of, told_by
from incidents.models import (
    CITED_FACTS,
    BodyEntry,
    Capture,
    Citation,
    ImportBatch,
    ImportChange,
    ImportProblem,
    Incident,
    IncidentLink,
    Intervention,
    Involvement,
    LegalAction,
    LegalRelation,
    ListCase,
    ListRow,
    Merger,
    Person,
    PersonRelation,
    Review,
    ReviewComment,
    Source,
    StaffMember,
    StatusEntry,
    Task,
    Violation,
)

SEES_ALL = "incidents.view_all_restricted"

_Row = TypeVar("_Row", bound=Model)

_PATH_OF_FACT = {
    "incident": "incident",
    "person": "person__violations__incident",
    "element": "element__violation__incident",
    "legal_action": "legal_action__incidents",
    "legal_step": "legal_step__action__incidents",
}
CASE_OF_CITATION = tuple(_PATH_OF_FACT.get(column, f"{column}__incident") for column in CITED_FACTS)
"""Ways from a citation to the incident whose fact it supports."""

_Link = tuple[type[Model], str, str]

_PERSON_TOLD_OF: tuple[_Link, ...] = (
    (Violation, "person", "incident"),
    (Involvement, "person", "incident"),
    (StatusEntry, "person", "incident"),
    (BodyEntry, "person", "incident"),
    (Intervention.people.through, "person", "intervention__incident"),
)
_PERSON_BESIDE: tuple[_Link, ...] = (
    (LegalAction, "complainant", "incidents"),
    (LegalAction.people.through, "person", "legalaction__incidents"),
    (PersonRelation, "other", "person__violations__incident"),
    (PersonRelation, "person", "other__violations__incident"),
)
_LEGAL_LINKS: tuple[_Link, ...] = ((LegalAction.incidents.through, "legalaction", "incident"),)
_SOURCE_LINKS: tuple[_Link, ...] = tuple((Citation, "source", path) for path in CASE_OF_CITATION)

_LINKS: dict[type[Model], tuple[tuple[_Link, ...], tuple[_Link, ...]]] = {
    Person: (_PERSON_TOLD_OF, _PERSON_BESIDE),
    LegalAction: (_LEGAL_LINKS, ()),
    Source: (_SOURCE_LINKS, ()),
}
"""Rows that have no case of their own → what ties them to one, as (rows, column, way to the case):
ties by which a case tells of them, and ties that can conceal them but reveal nothing."""

_CASES_OF: dict[type[Model], tuple[str, ...]] = {
    Review: ("incident",),
    ReviewComment: ("incident",),
    Task: ("incident",),
    Violation: ("incident",),
    Intervention: ("incident",),
    IncidentLink: ("from_incident", "to_incident"),
    Citation: CASE_OF_CITATION,
    ListCase: ("incident",),
    ListRow: ("case__incident",),
    ImportChange: ("incident",),
}
"""Rows that belong to a case → the ways to it."""

_BROUGHT_BY: tuple[tuple[type[Model], str], ...] = (
    (ListCase, "batch"),
    (ListCase, "last_batch"),
    (ImportChange, "batch"),
)
"""Rows that tie a case to the file that brought or changed it."""

_VISIBLE_WITH: dict[type[Model], tuple[tuple[str, type[Model]], ...]] = {
    PersonRelation: (("person", Person), ("other", Person)),
    LegalRelation: (("action", LegalAction), ("other", LegalAction)),
    Capture: (("source", Source),),
    Incident.legal_actions.through: (("legalaction", LegalAction),),
}
"""Rows that tie two others together, or lie with one: each has to be visible."""


def visible_to(user: StaffMember, rows: QuerySet[_Row]) -> QuerySet[_Row]:
    """The rows that this member of staff may know of. Rows of no case are visible to all."""
    model = rows.model._meta.concrete_model or rows.model
    if user.has_perm(SEES_ALL):
        return rows
    if model is Incident:
        return cast("QuerySet[_Row]", cast("Any", rows).visible_to(user))
    concealed = Incident.objects.filter(restricted=True).exclude(assigned=user)
    if model in _LINKS:
        if model is not Person:
            return rows.filter(_known_otherwise(*_LINKS[model], concealed, user))
        told = readable_informants_of(_sources_of(concealed))
        known = rows.filter(_known_otherwise(*_LINKS[model], concealed, user, hidden=told))
        return known.exclude(pk__in=_gone_into(concealed, told))
    if model is ImportProblem:
        return rows.exclude(Exists(_rows_reported(concealed)))
    for path in _CASES_OF.get(model, ()):
        rows = rows.exclude(**{f"{path}__in": concealed})
    for name, other in _VISIBLE_WITH.get(model, ()):
        rows = rows.filter(**{f"{name}__in": visible_to(user, other._default_manager.all())})
    return rows


def _rows_reported(concealed: QuerySet[Incident]) -> QuerySet[ListRow]:
    """The row of a concealed case of which a problem tells: the two know each other by the key."""
    return ListRow.objects.filter(
        list=OuterRef("batch__list"), key=OuterRef("key"), case__incident__in=concealed
    )


_GONE: Final = f"""
    WITH RECURSIVE gone (id) AS (
        SELECT loser_id FROM {Merger._meta.db_table}
        WHERE undone_at IS NULL AND survivor_id IN (%s)
        UNION
        SELECT loser_id FROM {Merger._meta.db_table} JOIN gone ON survivor_id = gone.id
        WHERE undone_at IS NULL
    ) SELECT id FROM gone
    """  # noqa: S608 - the table's own name


def _sources_of(cases: QuerySet[Incident]) -> QuerySet[Source]:
    """The sources on which these cases rest."""
    cited = Q()
    for path in CASE_OF_CITATION:
        cited |= Q(pk__in=Citation.objects.filter(**{f"{path}__in": cases}).values("source"))
    return Source.objects.filter(cited)


def _gone_into(concealed: QuerySet[Incident], told: list[int]) -> RawSQL:
    """People who live on in a record that a concealed case touches, at any remove; ``told`` are
    those who told us of such a case.

    They left all their ties to that record, so that nothing of their own says whose case it was.
    """
    first, *others = [
        model._default_manager.filter(**{f"{path}__in": concealed})
        .exclude(**{column: None})
        .order_by()
        .values_list(column)
        for model, column, path in (*_PERSON_TOLD_OF, *_PERSON_BESIDE)
    ]
    touched, values = first.union(*others).query.sql_with_params()
    touched = f"{touched} UNION SELECT unnest(%s::bigint[])"
    return RawSQL(_GONE % touched, (*values, told))  # noqa: S611 - the ORM's own statement


def _known_otherwise(
    telling: tuple[_Link, ...],
    beside: tuple[_Link, ...],
    concealed: QuerySet[Incident],
    user: StaffMember,
    hidden: Sequence[int] = (),
) -> Q:
    """Rows that no concealed case touches, and those that an open case tells of as well; ``hidden``
    are touched in a way that the database cannot follow."""
    open_cases = Incident.objects.visible_to(user)
    untouched, told_of = ~Q(pk__in=hidden) if hidden else Q(), Q()
    for model, column, path in (*telling, *beside):
        inside = model._default_manager.filter(**{f"{path}__in": concealed})
        untouched &= ~Q(pk__in=inside.exclude(**{column: None}).values(column))
    for model, column, path in telling:
        tie = {column: OuterRef("pk"), f"{path}__in": open_cases}
        told_of |= Q(Exists(model._default_manager.filter(**tie)))
    return untouched | told_of


def restricted_cases(model: type[Model], pk: int) -> set[int]:
    """Primary keys of the restricted cases that a row belongs to or is told of in.

    For the log of who read them: it asks what there is, not what somebody may see.
    """
    concrete = model._meta.concrete_model or model
    if concrete is Incident:
        rows = Incident.objects.filter(pk=pk, restricted=True)
        return set(rows.values_list("pk", flat=True))
    if concrete in _LINKS:
        telling, beside = _LINKS[concrete]
        ways: list[tuple[Any, dict[str, Any], str]] = [
            (link, {column: pk}, path) for link, column, path in (*telling, *beside)
        ]
        if concrete is Person and (told := told_by(pk)):
            ways += [(Citation, {"source__in": told}, path) for path in CASE_OF_CITATION]
    elif concrete is ImportBatch:
        ways = [(link, {column: pk}, "incident") for link, column in _BROUGHT_BY]
    else:
        ways = [(concrete, {"pk": pk}, path) for path in _CASES_OF.get(concrete, ())]
    found = [
        link._default_manager.filter(**of, **{f"{path}__restricted": True})
        .order_by()
        .values_list(f"{path}__pk", flat=True)
        for link, of, path in ways
    ]
    return set(found[0].union(*found[1:])) if found else set()
