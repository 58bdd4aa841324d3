"""The public document of a violation: who did what to whom."""

from incidents.documents.facts import Builder, belonging_to
from incidents.documents.parts import parts
from incidents.documents.protection import (
    is_identified,
    shown_name,
)
from incidents.documents.values import Document, chosen, coded, coded_path, dated
from incidents.models import EndMeaning, Person, Violation
from reference.dates import UNKNOWN, UncertainDate


def violation_document(builder: Builder, violation: Violation, status: Document | None) -> Document:
    """One act. ``status`` is the victim's current status, which several incidents may decide."""
    incident = builder.case.incident
    # What victims share follows the strictest of them: another one's exact date would tell it.
    protection = builder.case.protection
    start = protection.coarsen(_start(violation))
    end = protection.coarsen(_end(violation))
    return {
        "type": coded(violation.type),
        "types": coded_path(violation.type, builder.case.terms),
        "victim": victim_block(builder, violation, status),
        "incident": builder.mention(incident),
        "start": dated(start, _start_basis(violation)),
        "end": dated(end, "derived" if violation.end.is_unknown and not end.is_unknown else ""),
        "end_meaning": chosen(violation, "end_meaning"),
        "open_ended": violation.is_continuing and end.is_unknown,
        "unacknowledged_days": _unacknowledged_days(
            violation, start, _acknowledged(builder, violation)
        ),
        "place": builder.place(violation, protection) or builder.place(incident, protection),
        "place_end": builder.area_alone(violation.area_end_id, protection),
        "place_type": coded(violation.place_type) if protection.lets_out_place_text else None,
        "methods": [coded(method) for method in parts(violation, "methods")],
        "stated_reason": violation.stated_reason,
        "outcome": violation.outcome,
        "civilian_status": coded(violation.civilian_status),
        "elements": [
            {
                "element": coded(row.element),
                "finding": coded(row.finding),
                "note": row.note,
                **builder.cited(row),
            }
            for row in parts(violation, "elements")
        ],
        "attributions": builder.attributions(
            belonging_to(parts(incident, "attributions"), violation.pk), protection
        ),
        "involvements": builder.involvements(
            belonging_to(parts(incident, "involvements"), violation.pk)
        ),
        "grade": coded(violation.grade or incident.grade),
        **builder.cited(violation),
    }


def victim_block(builder: Builder, violation: Violation, status: Document | None) -> Document:
    """The victim as they appear beside a violation, with the age they had then.

    Of somebody whose name is withheld only sex, age group and general occupation are shown: what
    would single a person out stays in the case file.
    """
    person = violation.person
    name = shown_name(person)
    known = is_identified(person)
    return {
        "reference": builder.refer(person),
        "name": name.text,
        "name_local": name.text_local,
        "name_shown": name.shown,
        "named": name.shown == "full",
        "people": people_of(person),
        "estimated": person.size_estimated,
        "sex": coded(person.sex),
        "age": _age(violation) if known else None,
        "age_group": coded(violation.age_group),
        "occupation": coded(person.occupation),
        "function": coded(person.function),
        "status": status,
    }


def people_of(person: Person) -> int | None:
    """How many people the row stands for: 1, the size of the group, or None for unknown."""
    return 1 if person.is_individual else person.group_size


def _start(violation: Violation) -> UncertainDate:
    """The start, or the date of the incident where no start of its own was entered."""
    return violation.incident.date if violation.start.is_unknown else violation.start


def _start_basis(violation: Violation) -> str:
    if violation.start.is_unknown:
        return violation.incident.date_basis
    return violation.start_basis


def _end(violation: Violation) -> UncertainDate:
    """The end; a death is over when it happens, so it ends when it starts."""
    if violation.end.is_unknown and violation.type.attributes.get("death"):
        return _start(violation)
    return violation.end


def _age(violation: Violation) -> Document | None:
    if violation.age_low is None and violation.age_high is None:
        return None
    return {"low": violation.age_low, "high": violation.age_high}


def _acknowledged(builder: Builder, violation: Violation) -> UncertainDate:
    """When custody was first admitted: the end of the act, where that is what it means, else the
    first official words that admit it. Unknown where nobody did, or nobody knows when.

    Words about the whole case count where it has one act that goes on and no more: of three who
    were taken, officials may have admitted holding one.
    """
    protection = builder.case.protection
    if violation.end_meaning == EndMeaning.ACKNOWLEDGED:
        return protection.coarsen(_end(violation))
    if not violation.is_continuing:
        return UNKNOWN
    start = protection.coarsen(_start(violation))
    spoken = parts(builder.case.incident, "attributions")
    said = belonging_to(spoken, violation.pk)
    if _is_only_one(builder, violation):
        said += belonging_to(spoken, None)
    admitted = [
        protection.coarsen(row.date)
        for row in said
        if row.custody is not None and row.custody.attributes.get("admits")
    ]
    known = [
        (date.latest, date.earliest, date)
        for date in admitted
        if date.earliest and date.latest and start.earliest and date.latest >= start.earliest
    ]
    return min(known, key=lambda each: each[:2])[2] if known else UNKNOWN


def _is_only_one(builder: Builder, violation: Violation) -> bool:
    """Whether this is the only act of the case that goes on, those that are kept internal and of
    which no more is known here than the victim among them."""
    going_on = [row for row in parts(builder.case.incident, "violations") if row.is_continuing]
    others = {person.pk for person in builder.case.concealed} - {violation.person_id}
    return len(going_on) == 1 and not others


def _unacknowledged_days(
    violation: Violation, start: UncertainDate, acknowledged: UncertainDate
) -> Document | None:
    """Days between the taking and the first admission of custody, as a range."""
    if None in (start.earliest, start.latest, acknowledged.earliest, acknowledged.latest):
        return None
    return {
        "low": max((acknowledged.earliest - start.latest).days, 0),  # type: ignore[operator]
        "high": max((acknowledged.latest - start.earliest).days, 0),  # type: ignore[operator]
    }
