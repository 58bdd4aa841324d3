"""Every exported column, declared once for each kind of object: CSV, XLSX and GeoJSON are
written from it, and so is whatever describes them.

Columns are an allow-list over documents that are finished and allow-listed themselves. What a
row cannot hold (accounts that contradict each other, steps of a court case) is counted here and
stands whole in JSON and NDJSON.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from record.column_kinds import (
    Column,
    ColumnType,
    both_scripts,
    bounds,
    coded,
    coded_list,
    counted,
    dated,
    in_area,
    listed,
    placed,
    plain,
    references,
    truth,
    whole,
)
from record.kinds import Kind
from record.reading import Document

_ALLEGED: Final = _("Alleged by somebody, not found by a court; the documents say by whom.")
_SIDE: Final = _("What officials, or the group accused, say of it.")
_AT_THE_TIME: Final = _("At the time of what was done.")
_UNTIL_ADMITTED: Final = _("Days from the taking until custody was first admitted.")
_SENSITIVE: Final = _("As far as it may be known.")
_DAYS: Final = _("days")
_YEARS: Final = _("years")
_PEOPLE: Final = _("people")
_CITED: Final = _("citations")


def _name_of(part: Any) -> Any:
    return part["name"]


def _involvements(document: Document) -> Iterator[Document]:
    """Of an incident as a whole and of its violations."""
    yield from document.get("involvements") or ()
    for violation in document.get("violations") or ():
        yield from violation["involvements"]


def _attributions(document: Document) -> Iterator[Document]:
    for part in (document, *(document.get("violations") or ())):
        yield from (each["attribution"] for each in part.get("attributions") or ())


def _types_of_violations(document: Document) -> Iterator[Document]:
    yield from (violation["type"] for violation in document.get("violations") or ())


def _harm(part: Any) -> str:
    """``killed 3-5, best 4``: what is not known is left out."""
    span = "-".join(
        dict.fromkeys(str(part[end]) for end in ("low", "high") if part[end] is not None)
    )
    best = "" if part["best"] is None else f"best {part['best']}"
    code = part["kind"]["code"] if part["kind"] else ""
    return " ".join(filter(None, (code, ", ".join(filter(None, (span, best))))))


def _responsible() -> list[Column]:
    return [
        *listed(
            "involvements",
            "involvements",
            _("Alleged responsible"),
            _ALLEGED,
            of=_involvements,
            each=lambda part: part["party"] and part["party"]["name"],
        ),
        *listed(
            "involvements_agencies",
            "involvements",
            _("Agencies alleged responsible"),
            _ALLEGED,
            of=_involvements,
            each=lambda part: part["party"] and part["party"]["agency"],
        ),
        *coded_list(
            "attributions",
            "attributions",
            "attribution",
            _("The accused side's version"),
            _SIDE,
            of=_attributions,
        ),
    ]


_ENVELOPE: Final = [
    *plain("reference", _("Reference"), _("Permanent, and never used again for anything else.")),
    *plain("kind", _("Kind of record")),
    *whole("version", _("Version"), _("Number of the revision, from 1.")),
    *plain("first_published", _("First published"), type=ColumnType.TIME),
    *plain("published_at", _("Published in this version"), type=ColumnType.TIME),
]

_CITATIONS: Final = [
    *counted("citations", _("Citations"), unit=_CITED),
    *truth(
        "confidential_sources",
        _("Confidential sources"),
        _("Whether it rests on sources that cannot be named too."),
    ),
]

_TITLE: Final = both_scripts("title", _("Title"))
_NAME: Final = both_scripts("name", _("Name"), _SENSITIVE)

_INCIDENT: Final = [
    *_ENVELOPE,
    *_TITLE,
    *coded("incident_kind", "incident-kind", _("Kind of incident")),
    *dated("date", _("Date")),
    *dated("end", _("End")),
    *plain("time_of_day", _("Time of day")),
    *placed("place", _("Place")),
    *both_scripts("account", _("What happened")),
    *coded("grade", "grade", _("How well established")),
    *plain("grade_reason", _("Reason for the grade")),
    *coded("violation_status", "violation-status", _("Violation status")),
    *truth("contested", _("Accounts disagree")),
    *listed("casualties", "casualties", _("Casualties"), _("As claimed."), each=_harm),
    *references("violations", _("Violations")),
    *coded_list(
        "violations_types",
        "violations",
        "violation-type",
        _("Types of violation"),
        of=_types_of_violations,
    ),
    *references("victims", _("Victims")),
    *listed("victims_names", "victims", _("Names of victims"), _SENSITIVE, each=_name_of),
    *_responsible(),
    *coded_list(
        "protest_kinds",
        "protest",
        "protest-kind",
        _("Kinds of protest"),
        of=lambda document: (document.get("protest") or {}).get("kinds") or (),
    ),
    *whole(
        "protest_crowd_low",
        _("People at the protest, lowest estimate"),
        unit=_PEOPLE,
        path=("protest", "crowd_low"),
    ),
    *whole(
        "protest_crowd_high",
        _("People at the protest, highest estimate"),
        unit=_PEOPLE,
        path=("protest", "crowd_high"),
    ),
    *counted(
        "accounts",
        _("Accounts"),
        _("How many versions of how many questions there are."),
        unit=_("accounts"),
    ),
    *references("legal_actions", _("Legal actions")),
    *counted("interventions", _("Appeals to bodies"), unit=_("appeals")),
    *references("links", _("Linked incidents")),
    *references("sources", _("Sources")),
    *listed("sources_titles", "sources", _("Titles of sources"), each=lambda part: part["title"]),
    *_CITATIONS,
]

_VIOLATION: Final = [
    *_ENVELOPE,
    *coded("type", "violation-type", _("Type of violation")),
    *coded_list(
        "types",
        "types",
        "violation-type",
        _("Type with all above it"),
        of=lambda document: document.get("types") or (),
    ),
    *plain("victim", _("Victim"), path=("victim", "reference")),
    *both_scripts("victim_name", _("Name of the victim"), _SENSITIVE, path=("victim", "name")),
    *plain("victim_name_shown", _("How the name is shown"), path=("victim", "name_shown")),
    *truth("victim_named", _("Victim named"), path=("victim", "named")),
    *whole(
        "victim_people",
        _("People"),
        _("1 for a person; empty for a group of unknown size."),
        unit=_PEOPLE,
        path=("victim", "people"),
    ),
    *truth("victim_estimated", _("Number is an estimate"), path=("victim", "estimated")),
    *coded("victim_sex", "sex", _("Sex"), path=("victim", "sex")),
    *bounds("victim_age", _("Age"), _AT_THE_TIME, unit=_YEARS, path=("victim", "age")),
    *coded(
        "victim_age_group", "age-group", _("Age group"), _AT_THE_TIME, path=("victim", "age_group")
    ),
    *coded("victim_occupation", "occupation", _("Occupation"), path=("victim", "occupation")),
    *coded("victim_function", "victim-function", _("Function"), path=("victim", "function")),
    *coded(
        "victim_status",
        "victim-status",
        _("Status of the victim"),
        _("What is known of the victim now."),
        path=("victim", "status"),
    ),
    *plain("incident", _("Incident"), path=("incident", "reference")),
    *both_scripts("incident_title", _("Title of the incident"), path=("incident", "title")),
    *dated("start", _("Start")),
    *dated("end", _("End")),
    *coded("end_meaning", "", _("What ended it")),
    *truth("open_ended", _("Not known to have ended")),
    *bounds(
        "unacknowledged_days",
        _("Days unacknowledged"),
        _UNTIL_ADMITTED,
        unit=_DAYS,
        path=("unacknowledged_days",),
    ),
    *placed("place", _("Place")),
    *in_area("place_end", _("Where it ended")),
    *coded("place_type", "place-type", _("Kind of place")),
    *coded_list(
        "methods",
        "methods",
        "method",
        _("Methods"),
        of=lambda document: document.get("methods") or (),
    ),
    *plain("stated_reason", _("Stated reason")),
    *plain("outcome", _("Outcome")),
    *coded("civilian_status", "civilian-status", _("Part in hostilities")),
    *listed(
        "elements",
        "elements",
        _("Elements of the definition"),
        _("Of a disappearance: each element and what was found of it."),
        each=lambda part: f"{part['element']['code']}: {part['finding']['code']}",
    ),
    *_responsible(),
    *coded("grade", "grade", _("How well established")),
    *_CITATIONS,
]

_VICTIM: Final = [
    *_ENVELOPE,
    *_NAME,
    *listed("names", "names", _("All names"), _SENSITIVE, each=_name_of),
    *truth("named", _("Victim named")),
    *plain("name_shown", _("How the name is shown")),
    *both_scripts("fathers_name", _("Father's name"), _SENSITIVE),
    *whole(
        "people", _("People"), _("1 for a person; empty for a group of unknown size."), unit=_PEOPLE
    ),
    *truth("estimated", _("Number is an estimate")),
    *coded("unit", "counting-unit", _("One person or a group")),
    *coded("sex", "sex", _("Sex")),
    *dated("birth", _("Birth")),
    *bounds("age", _("Age"), _AT_THE_TIME, unit=_YEARS, path=("age",)),
    *coded("age_group", "age-group", _("Age group"), _AT_THE_TIME),
    *coded("occupation", "occupation", _("Occupation")),
    *plain("occupation_note", _("Occupation, as told"), _SENSITIVE),
    *coded("function", "victim-function", _("Function")),
    *both_scripts("about", _("About the person"), _SENSITIVE),
    *coded(
        "status", "victim-status", _("Status of the victim"), _("What is known of the victim now.")
    ),
    *coded_list(
        "statuses",
        "statuses",
        "victim-status",
        _("Statuses over time"),
        of=lambda document: (each["status"] for each in document.get("statuses") or ()),
    ),
    *coded_list(
        "body_events",
        "body_events",
        "body-event",
        _("What was done with the body"),
        of=lambda document: (each["event"] for each in document.get("body_events") or ()),
    ),
    *bounds(
        "unacknowledged_days",
        _("Days unacknowledged"),
        _UNTIL_ADMITTED,
        unit=_DAYS,
        path=("unacknowledged_days",),
    ),
    *references("violations", _("Violations")),
    *coded_list(
        "violations_types",
        "violations",
        "violation-type",
        _("Types of violation"),
        of=_types_of_violations,
    ),
    *references("legal_actions", _("Legal actions")),
    *_CITATIONS,
]

_AGENCY: Final = [
    *_ENVELOPE,
    *both_scripts("name", _("Name")),
    *plain("abbreviation", _("Abbreviation")),
    *listed("other_names", "other_names", _("Other names"), each=str),
    *coded("type", "agency-type", _("Kind of agency")),
    *coded_list(
        "types",
        "types",
        "agency-type",
        _("Type with all above it"),
        of=lambda document: document.get("types") or (),
    ),
    *truth("is_state", _("Part of the State")),
    *references("parents", _("Belongs to"), _("At any time.")),
    *listed("parents_names", "parents", _("Names of what it belongs to"), each=_name_of),
    *in_area("area", _("Area")),
    *both_scripts("note", _("Note")),
    *plain("seat", _("Seat")),
]

_LEGAL_ACTION: Final = [
    *_ENVELOPE,
    *_TITLE,
    *coded("type", "legal-action-type", _("Kind of legal action")),
    *coded_list(
        "types",
        "types",
        "legal-action-type",
        _("Type with all above it"),
        of=lambda document: document.get("types") or (),
    ),
    *both_scripts("forum", _("Court or body"), path=("forum", "name")),
    *plain("forum_agency", _("Reference of the court or body"), path=("forum", "agency")),
    *plain("number", _("Number")),
    *in_area("district", _("Place")),
    *dated("filed", _("Filed")),
    *dated("decided", _("Decided")),
    *plain("filed_by", _("Filed by")),
    *plain("accused_text", _("Accused")),
    *whole("accused_low", _("Number of accused, lowest"), unit=_PEOPLE),
    *whole("accused_high", _("Number of accused, highest"), unit=_PEOPLE),
    *plain("offences", _("Offences")),
    *both_scripts("subject", _("Subject")),
    *coded("stage", "legal-stage", _("Stage")),
    *coded("outcome", "legal-outcome", _("Outcome")),
    *coded("compliance", "legal-compliance", _("Compliance"), _("Whether orders were obeyed.")),
    *references("relations", _("Related legal actions")),
    *counted("steps", _("Steps"), unit=_("steps")),
    *references("incidents", _("Incidents")),
    *references("victims", _("Victims")),
    *listed("victims_names", "victims", _("Names of victims"), _SENSITIVE, each=_name_of),
    *_CITATIONS,
]

_SOURCE: Final = [
    *_ENVELOPE,
    *_TITLE,
    *coded("type", "source-type", _("Kind of source")),
    *coded_list(
        "types",
        "types",
        "source-type",
        _("Type with all above it"),
        of=lambda document: document.get("types") or (),
    ),
    *plain("publisher", _("Publisher")),
    *plain("author", _("Author")),
    *dated("published", _("Published")),
    *plain("accessed", _("Read on"), type=ColumnType.DATE),
    *coded("language", "language", _("Language")),
    *plain("url", _("Address on the web")),
    *plain("archived_url", _("Address of an archived copy")),
    *coded("scale", "source-scale", _("Reach")),
    *coded("perspective", "source-perspective", _("Perspective")),
    *coded("independence", "source-independence", _("Independence")),
    *plain(
        "origin",
        _("Rests on"),
        _("Reference of the source that this one repeats."),
        path=("origin", "reference"),
    ),
    *plain("origin_title", _("Title of what it rests on"), path=("origin", "title")),
    *coded("reliability", "source-reliability", _("Reliability")),
    *listed(
        "captures",
        "captures",
        _("Captured files"),
        _("SHA-256 of each file we hold."),
        each=lambda part: part["sha256"],
    ),
    *plain("note", _("Note")),
]

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    Kind.INCIDENT: tuple(_INCIDENT),
    Kind.VIOLATION: tuple(_VIOLATION),
    Kind.VICTIM: tuple(_VICTIM),
    Kind.AGENCY: tuple(_AGENCY),
    Kind.LEGAL_ACTION: tuple(_LEGAL_ACTION),
    Kind.SOURCE: tuple(_SOURCE),
}
"""The columns of each kind, in the order in which files have them."""


def column_names(kind: Kind) -> tuple[str, ...]:
    """What ``fields`` may name where columns are written: members, and single columns."""
    columns = COLUMNS[kind]
    return tuple(dict.fromkeys(name for each in columns for name in (each.member, each.name)))


def chosen_columns(kind: Kind, names: Iterable[str] | None) -> Sequence[Column]:
    """The columns that ``fields`` names, in its order: all of a member, or single ones; every
    column for None."""
    columns = COLUMNS[kind]
    if names is None:
        return columns
    found: dict[str, Column] = {}
    for name in names:
        of_member = [each for each in columns if each.member == name]
        for column in of_member or [each for each in columns if each.name == name]:
            found[column.name] = column
    return tuple(found.values())
