"""Everybody who ever wrote any row of a case, read from its history.

The rows themselves name only whoever came first and last, and a row that was removed names nobody.
Each row's events name all: every version with its ``entered_by`` and ``changed_by``, and the person
in whose name the statement ran. What deciding on a case and publishing it writes into its rows
(its stage, references) makes nobody an author.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db import connection, models

from incidents.models import (
    CITED_FACTS,
    Account,
    Agency,
    AgencyParent,
    Attribution,
    BodyEntry,
    Capture,
    Casualties,
    Citation,
    Consent,
    Contact,
    Decision,
    DisappearanceElement,
    Incident,
    IncidentLink,
    Intervention,
    InterventionAddressee,
    Involvement,
    LegalAction,
    LegalRelation,
    LegalStep,
    Person,
    PersonName,
    PersonRelation,
    Picture,
    Protest,
    Review,
    Source,
    StatusEntry,
    Violation,
    links,
)

_DECIDED: Final = (
    *("stage", "publication", "published_at", "reference", "changed_at", "changed_by_id"),
    *("pgh_id", "pgh_created_at", "pgh_label", "pgh_context_id"),
)
"""Columns of an event in which a decision or a publication differs from the version before it."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one table that belong to rows of another, as their history says."""

    model: type[models.Model]
    owner: str
    """Column of the history that names the row they belong to."""
    of: str
    """Kind of that row."""
    name: str = ""
    """Their own kind, where others belong to them."""
    row: str = "pgh_obj_id"
    """Column that names them, or for a link the other side."""
    person: bool = False
    """Whether they name a person who thereby belongs to the case."""
    decided: bool = False
    """Whether decisions and publishing write into them too."""


_TIERS: Final = (
    (
        _Rows(Incident, "pgh_obj_id", "incident", decided=True),
        _Rows(Violation, "incident_id", "incident", "violation", person=True, decided=True),
        _Rows(Attribution, "incident_id", "incident", "attribution"),
        _Rows(Involvement, "incident_id", "incident", "involvement", person=True),
        _Rows(StatusEntry, "incident_id", "incident", "status", person=True),
        _Rows(BodyEntry, "incident_id", "incident", "body_entry", person=True),
        _Rows(Casualties, "incident_id", "incident", "casualties"),
        _Rows(Account, "incident_id", "incident", "account"),
        _Rows(Intervention, "incident_id", "incident", "intervention"),
        _Rows(Protest, "incident_id", "incident", "protest"),
        _Rows(IncidentLink, "from_incident_id", "incident"),
        _Rows(IncidentLink, "to_incident_id", "incident"),
        _Rows(
            links.LegalActionIncident, "incident_id", "incident", "legal_action", "legalaction_id"
        ),
        _Rows(Attribution, "incident_id", "incident", "agency", "speaker_id"),
        _Rows(Involvement, "incident_id", "incident", "agency", "agency_id"),
        _Rows(Involvement, "incident_id", "incident", "agency", "alleged_by_agency_id"),
        *(
            _Rows(claim, "incident_id", "incident", "agency", "claimant_agency_id")
            for claim in (StatusEntry, BodyEntry, Casualties, Account)
        ),
    ),
    (
        _Rows(Person, "pgh_obj_id", "person", decided=True),
        _Rows(PersonName, "person_id", "person"),
        _Rows(PersonRelation, "person_id", "person"),
        _Rows(PersonRelation, "other_id", "person"),
        _Rows(Contact, "person_id", "person"),
        _Rows(Consent, "person_id", "person"),
        _Rows(Picture, "person_id", "person"),
        _Rows(DisappearanceElement, "violation_id", "violation", "element"),
        _Rows(links.ViolationMethod, "violation_id", "violation"),
        _Rows(links.ViolationIntent, "violation_id", "violation"),
        _Rows(LegalAction, "pgh_obj_id", "legal_action", "agency", "forum_id", decided=True),
        _Rows(LegalStep, "action_id", "legal_action", "legal_step"),
        _Rows(LegalRelation, "action_id", "legal_action"),
        _Rows(LegalRelation, "other_id", "legal_action"),
        _Rows(links.LegalActionPerson, "legalaction_id", "legal_action"),
        _Rows(InterventionAddressee, "intervention_id", "intervention", "agency", "agency_id"),
        _Rows(links.InterventionKind, "intervention_id", "intervention"),
        _Rows(links.InterventionPerson, "intervention_id", "intervention"),
        _Rows(links.ProtestKind, "protest_id", "protest"),
        _Rows(links.ProtestResponse, "protest_id", "protest"),
    ),
    tuple(_Rows(Citation, f"{column}_id", column, "source", "source_id") for column in CITED_FACTS),
)
"""Each tier after the one that finds the rows to which it belongs."""

_PUBLISHED_ALONG: Final = (
    _Rows(Source, "pgh_obj_id", "source", "source", "origin_id", decided=True),
    _Rows(Capture, "source_id", "source"),
    _Rows(Agency, "pgh_obj_id", "agency", decided=True),
    _Rows(AgencyParent, "agency_id", "agency", "agency", "parent_id"),
)
"""What is published with every case that names it, and what that rests on or stands under."""


def authors_of(incident: Incident) -> set[int]:
    """Everybody who wrote any row of a case or handed it in: none of them may approve or
    publish it."""
    return authors_of_all([incident.pk])[incident.pk]


def authors_of_all(incidents: Iterable[int]) -> dict[int, set[int]]:
    """The same for many cases, by id, in as many queries as one.

    There is one query more for each level of agencies and of origins of sources.
    """
    cases = list(incidents)
    found: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    found["incident"] = {pk: {pk} for pk in cases}
    authors: dict[int, set[int]] = {pk: set() for pk in cases}
    for tier in _TIERS:
        _add(tier, found, authors)
    before = None
    while before != (now := _ties(found)):
        _add(_PUBLISHED_ALONG, found, authors)
        before = now
    submitted = Review.objects.filter(incident__in=cases, decision=Decision.SUBMITTED)
    for case, submitter in submitted.values_list("incident", "reviewer"):
        authors[case].add(submitter)
    return authors


def _add(
    tier: tuple[_Rows, ...], found: dict[str, dict[int, set[int]]], authors: dict[int, set[int]]
) -> None:
    """Note who wrote the rows of a tier, and what else belongs to the cases by them."""
    for rows, owner, row, person, writers in _written(tier, found):
        for case in tuple(found[rows.of][owner]):
            authors[case] |= writers
            if rows.name and row is not None:
                found[rows.name][row].add(case)
            if person is not None:
                found["person"][person].add(case)


def _ties(found: dict[str, dict[int, set[int]]]) -> int:
    """How many sources and agencies are known to belong to how many cases."""
    return sum(len(cases) for kind in ("source", "agency") for cases in found[kind].values())


def _written(
    tier: tuple[_Rows, ...], found: Mapping[str, Mapping[int, Collection[int]]]
) -> Iterator[tuple[_Rows, int, int | None, int | None, set[int]]]:
    """Rows of a tier that belong to what was found, with who wrote them."""
    asked = [index for index, rows in enumerate(tier) if found[rows.of]]
    if not asked:
        return
    statement = " UNION ".join(_statement(index, tier[index]) for index in asked)
    ids = {kind: list(rows) for kind, rows in found.items()}
    with connection.cursor() as cursor:
        cursor.execute(statement, ids)
        for index, owner, row, person, entered_by, changed_by, user in cursor.fetchall():
            writers = {pk for pk in (entered_by, changed_by) if pk is not None}
            if user is not None and user.isdigit():
                writers.add(int(user))
            yield tier[index], owner, row, person, writers


def _statement(index: int, rows: _Rows) -> str:
    """Who wrote such rows: entered by, changed by, and in whose name it was done."""
    event = apps.get_model("incidents", f"{rows.model.__name__}Event")
    columns = {field.column for field in event._meta.concrete_fields}
    row = rows.row if rows.row in columns else "NULL::bigint"
    person = "person_id" if rows.person else "NULL::bigint"
    signed = "entered_by_id" in columns
    entered, changed = ("entered_by_id", "changed_by_id") if signed else ("NULL::bigint",) * 2
    versions, user = event._meta.db_table, "metadata ->> 'user'"
    if rows.decided:
        versions = _with_decisions_marked(versions, rows)
        user = f"CASE WHEN written THEN {user} END"
    return f"""
        SELECT {index}, {rows.owner}, {row}, {person}, {entered}, {changed}, {user}
        FROM {versions} AS version
        LEFT JOIN pghistory_context AS context ON context.id = version.pgh_context_id
        WHERE {rows.owner} = ANY(%({rows.of})s)
        """  # noqa: S608 - names of our own tables and columns


def _with_decisions_marked(table: str, rows: _Rows) -> str:
    """Versions of rows, and whether more was written than a decision or a publication."""
    decided = ", ".join(f"'{column}'" for column in _DECIDED)
    return f"""(
        SELECT *, content IS DISTINCT FROM
            lag(content) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS written
        FROM (
            SELECT *, to_jsonb(version) - ARRAY[{decided}] AS content
            FROM {table} AS version WHERE {rows.owner} = ANY(%({rows.of})s)
        ) AS version
    )"""  # noqa: S608 - names of our own tables and columns
