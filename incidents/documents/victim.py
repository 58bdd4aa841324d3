"""The public document of a victim: the person first, then what was done and what became of it."""

from datetime import date

from incidents.documents.facts import Builder
from incidents.documents.legal_action import incidents_of
from incidents.documents.parts import parts
from incidents.documents.photograph import photograph
from incidents.documents.protection import (
    birth_year,
    is_identified,
    script,
    shown_name,
)
from incidents.documents.values import Document, coded, dated
from incidents.documents.violation import people_of
from incidents.models import LegalAction, Person, PersonName, StatusEntry

LET_OUT_NAMES = (
    PersonName.Kind.OWN,
    PersonName.Kind.ALIAS,
    PersonName.Kind.AS_PRINTED,
    PersonName.Kind.TRANSLITERATION,
)
"""Kinds of names that the public may read: not as an identity document has them."""


def victim_document(
    builder: Builder, person: Person, violations: list[Document], published: Document
) -> Document:
    """A person across all published incidents.

    ``violations`` are those of this case. Whatever ``published``, the document that stands now,
    holds from other incidents is carried over as it was approved there.
    """
    this = _own_references(builder)
    statuses = _carried(published, "statuses", this) + _statuses(builder, person)
    name = shown_name(person)
    known = is_identified(person)
    own = {act["reference"] for act in violations}
    carried = [
        act for act in _carried(published, "violations", this) if act["reference"] not in own
    ]
    acts = carried + [violation_line(act) for act in violations]
    return {
        "name": name.text,
        "name_local": name.text_local,
        "name_shown": name.shown,
        "named": name.shown == "full",
        "names": _names(person) if known else [],
        "fathers_name": _fathers_name(person, "latin") if known else "",
        "fathers_name_local": _fathers_name(person, "arabic") if known else "",
        "unit": coded(person.unit),
        "people": people_of(person),
        "estimated": person.size_estimated,
        "sex": coded(person.sex),
        "birth": dated(birth_year(person)),
        **_age_then(violations, published),
        "occupation": coded(person.occupation),
        "occupation_note": person.occupation_note if known else "",
        "function": coded(person.function),
        "about": person.about if known else "",
        "about_local": person.about_local if known else "",
        "photograph": photograph(person),
        "status": current_status(statuses),
        "statuses": sorted(statuses, key=in_time),
        "body_events": sorted(
            _carried(published, "body_events", this) + _body_events(builder, person), key=in_time
        ),
        "unacknowledged_days": next(
            (act["unacknowledged_days"] for act in acts if act["unacknowledged_days"]), None
        ),
        "violations": sorted(acts, key=lambda act: act["start"]["earliest"] or ""),
        "legal_actions": _legal_actions(builder, person, published, this),
        **builder.cited(person),
    }


def statuses_in_case(builder: Builder, person: Person, published: Document) -> Document | None:
    """The current status of a person once this case is published."""
    this = _own_references(builder)
    return current_status(_carried(published, "statuses", this) + _statuses(builder, person))


def current_status(statuses: list[Document]) -> Document | None:
    """The last status in order of time; derived, never stored."""
    return sorted(statuses, key=in_time)[-1]["status"] if statuses else None


def in_time(entry: Document) -> tuple[bool, str, str]:
    """Order of things that happened: open to the past first, undated last, else by day.

    Sorting keeps the order of entry for things of one day.
    """
    latest, earliest = entry["date"]["latest"], entry["date"]["earliest"]
    undated = latest is None and earliest is None
    return (
        undated,
        latest or date.max.isoformat(),
        earliest or date.min.isoformat(),
    )


def victim_summary(document: Document, reference: str, incident: str) -> Document:
    """What the document of an incident shows of a victim: the person, and the line of this case."""
    return {
        "reference": reference,
        **{
            key: document[key]
            for key in (
                "name",
                "name_local",
                "name_shown",
                "named",
                "fathers_name",
                "fathers_name_local",
                "people",
                "estimated",
                "sex",
                "occupation",
                "function",
                "status",
                "unacknowledged_days",
            )
        },
        **{
            part: [row for row in document[part] if row["incident"]["reference"] == incident]
            for part in ("statuses", "body_events")
        },
    }


def violation_line(act: Document) -> Document:
    """The line that stands for a violation in the document of its victim."""
    return {
        key: act[key]
        for key in (
            "reference",
            "type",
            "start",
            "end",
            "open_ended",
            "unacknowledged_days",
            "place",
            "incident",
            "grade",
        )
    }


def _age_then(violations: list[Document], published: Document) -> Document:
    """The age at the time of the violations of this case, as far as a violation may show it."""
    then = violations[0]["victim"] if violations else published
    return {"age": then.get("age"), "age_group": then.get("age_group")}


def _own_references(builder: Builder) -> set[str]:
    """Under what this incident may be named: its reference, and its stand-in in a preview."""
    incident = builder.case.incident
    return {builder.refer(incident), *([incident.reference] if incident.reference else [])}


def _carried(published: Document, part: str, this: set[str]) -> list[Document]:
    """What other incidents contributed to a part of the document that stands now."""
    return [
        entry for entry in published.get(part, []) if entry["incident"]["reference"] not in this
    ]


def _incident(builder: Builder) -> Document:
    return builder.mention(builder.case.incident)


def _statuses(builder: Builder, person: Person) -> list[Document]:
    protection = builder.case.protection
    return [
        {
            "status": coded(row.status),
            "date": dated(protection.coarsen(row.date)),
            "claimant": builder.claimant(row),
            "note": row.note,
            "note_local": row.note_local,
            "incident": _incident(builder),
            **builder.cited(row),
        }
        for row in sorted(parts(builder.case.incident, "statuses"), key=_true_order)
        if row.person_id == person.pk
    ]


def _true_order(row: StatusEntry) -> tuple[bool, date, date]:
    """Order of what happened by the dates themselves, before protection makes them equal."""
    return (
        row.date.is_unknown,
        row.date.latest or date.max,
        row.date.earliest or date.min,
    )


def _body_events(builder: Builder, person: Person) -> list[Document]:
    protection = builder.case.protection
    return [
        {
            "event": coded(row.event),
            "date": dated(protection.coarsen(row.date)),
            "place_text": row.place_text if protection.lets_out_place_text else "",
            "claimant": builder.claimant(row),
            "note": row.note,
            "incident": _incident(builder),
            **builder.cited(row),
        }
        for row in parts(builder.case.incident, "body_entries")
        if row.person_id == person.pk
    ]


def _names(person: Person) -> list[Document]:
    return [
        {"name": name.full(), "script": script(name), "kind": name.kind}
        for name in parts(person, "names")
        if name.kind in LET_OUT_NAMES
    ]


def _fathers_name(person: Person, written_in: str) -> str:
    return next(
        (
            name.fathers_name
            for name in parts(person, "names")
            if name.kind == PersonName.Kind.OWN and script(name) == written_in and name.fathers_name
        ),
        "",
    )


def _legal_actions(
    builder: Builder, person: Person, published: Document, this: set[str]
) -> list[Document]:
    own = [
        action
        for action in builder.case.legal_actions
        if any(row.pk == person.pk for row in parts(action, "people"))
    ]
    taken = {action.reference for action in own}
    carried = [
        line
        for line in published.get("legal_actions", [])
        if line["reference"] not in taken
        and {each["reference"] for each in line["incidents"]} - this
    ]
    return carried + [legal_action_line(builder, action) for action in own]


def legal_action_line(builder: Builder, action: LegalAction) -> Document:
    """The line that stands for a legal action in the document of a victim."""
    return {
        "reference": builder.refer(action),
        "type": coded(action.type),
        "title": action.title,
        "title_local": action.title_local,
        "filed": dated(builder.case.protection.coarsen(action.filed)),
        "incidents": incidents_of(builder, action),
    }
