"""What ties rows of the case file to cases: the ways along which somebody, or something, is known
from a case. ``incidents.visibility`` is the rule that goes along them."""

from typing import Final

from django.db.models import Model

from incidents.models import (
    CITED_FACTS,
    BodyEntry,
    Capture,
    Citation,
    ImportBatch,
    ImportChange,
    Incident,
    IncidentLink,
    Intervention,
    Involvement,
    LegalAction,
    LegalRelation,
    ListCase,
    ListRow,
    Person,
    PersonRelation,
    Posting,
    Review,
    ReviewComment,
    Source,
    StatusEntry,
    Task,
    Violation,
)

_OF_NO_CASE: Final = {
    "person": Person,
    "legal_action": LegalAction,
    "legal_step__action": LegalAction,
}
"""Ways from a citation to what it supports that can be known from several cases, or from none."""

_OF_A_CASE: Final = {
    column: {"incident": "incident", "element": "element__violation__incident"}.get(
        column, f"{column}__incident"
    )
    for column in CITED_FACTS
    if column not in ("person", "legal_action", "legal_step")
}

CASE_OF_CITATION: Final = tuple(
    {
        **_OF_A_CASE,
        "person": "person__violations__incident",
        "legal_action": "legal_action__incidents",
        "legal_step": "legal_step__action__incidents",
    }[column]
    for column in CITED_FACTS
)
"""Ways from a citation to the incident whose fact it supports."""

Link = tuple[type[Model], str, str]

_PERSON_TOLD_OF: Final[tuple[Link, ...]] = (
    (Violation, "person", "incident"),
    (Involvement, "person", "incident"),
    (StatusEntry, "person", "incident"),
    (BodyEntry, "person", "incident"),
    (Intervention.people.through, "person", "intervention__incident"),
)
_PERSON_BESIDE: Final[tuple[Link, ...]] = (
    (LegalAction, "complainant", "incidents"),
    (LegalAction.people.through, "person", "legalaction__incidents"),
    (PersonRelation, "other", "person__violations__incident"),
    (PersonRelation, "person", "other__violations__incident"),
)
_LEGAL_TOLD_OF: Final[tuple[Link, ...]] = (
    (LegalAction.incidents.through, "legalaction", "incident"),
)
_SOURCE_TOLD_OF: Final[tuple[Link, ...]] = tuple(
    (Citation, "source", way) for way in CASE_OF_CITATION if not way.startswith("person__")
)

LINKS: Final[dict[type[Model], tuple[tuple[Link, ...], tuple[Link, ...]]]] = {
    Person: (_PERSON_TOLD_OF, _PERSON_BESIDE),
    LegalAction: (_LEGAL_TOLD_OF, ()),
    Source: (_SOURCE_TOLD_OF, ()),
}
"""Rows that have no case of their own → what ties them to one, as (rows, column, way to the case):
ties by which a case tells of them, and ties that can conceal them but reveal nothing."""

OUT_OF_SOURCES: Final[tuple[type[Model], ...]] = (Citation, Posting)
"""Rows that say something of a person out of a source, by the columns ``person`` and ``source``:
whatever ties the person to a case ties the source to it as well."""

CASES_OF: Final[dict[type[Model], tuple[str, ...]]] = {
    Review: ("incident",),
    ReviewComment: ("incident",),
    Task: ("incident",),
    Violation: ("incident",),
    Intervention: ("incident",),
    IncidentLink: ("from_incident", "to_incident"),
    Citation: tuple(_OF_A_CASE.values()),
    ListCase: ("incident",),
    ListRow: ("case__incident",),
    ImportChange: ("incident",),
}
"""Rows that belong to a case → the ways to it."""

VISIBLE_WITH: Final[dict[type[Model], tuple[tuple[str, type[Model]], ...]]] = {
    Citation: (("source", Source), *_OF_NO_CASE.items()),
    PersonRelation: (("person", Person), ("other", Person)),
    Posting: (("person", Person), ("source", Source)),
    LegalRelation: (("action", LegalAction), ("other", LegalAction)),
    Capture: (("source", Source),),
    Incident.legal_actions.through: (("legalaction", LegalAction),),
}
"""Rows that tie others together, or lie with one: each that there is has to be visible."""

BROUGHT_BY: Final[dict[type[Model], tuple[tuple[type[Model], str], ...]]] = {
    ImportBatch: ((ListCase, "batch"), (ListCase, "last_batch"), (ImportChange, "batch")),
}
"""Files that bring cases or change them → the rows that tie them to these."""
