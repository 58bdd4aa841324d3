"""The public document of a legal action with its steps and its place in the chain."""

from incidents.documents.facts import Builder
from incidents.documents.parts import parts
from incidents.documents.protection import Protection, appears, shown_name
from incidents.documents.values import Document, chosen, coded, coded_path, dated
from incidents.models import DateProtection, LegalAction, LegalStep

_INVERSE = {
    "implements": {"code": "implemented-by", "label": "implemented by"},
    "challenges": {"code": "challenged-by", "label": "challenged by"},
    "follows": {"code": "followed-by", "label": "followed by"},
    "joined-with": {"code": "joined-with", "label": "joined with"},
    "transferred-to": {"code": "transferred-from", "label": "transferred from"},
}
"""How the other action stands to this one, where the relation was entered there."""


def legal_action_document(builder: Builder, action: LegalAction) -> Document:
    """What was filed or ordered, each step, and whether it was obeyed."""
    protection = _protection(builder, action)
    return {
        "title": action.title,
        "title_local": action.title_local,
        "type": coded(action.type),
        "types": coded_path(action.type, builder.case.terms),
        "forum": builder.party(action.forum_id, "", ""),
        "number": action.number,
        "district": builder.area_alone(action.district_id, protection),
        "filed": dated(protection.coarsen(action.filed)),
        "decided": dated(protection.coarsen(action.decided)),
        "filed_by": action.filed_by,
        "accused_text": action.accused_text,
        "accused_low": action.accused_low,
        "accused_high": action.accused_high,
        "offences": action.offences,
        "subject": action.subject,
        "subject_local": action.subject_local,
        "stage": coded(action.stage),
        "outcome": coded(action.outcome),
        "compliance": coded(action.compliance),
        "relations": _relations(builder, action),
        "steps": [_step(builder, row, protection) for row in parts(action, "steps")],
        "incidents": incidents_of(builder, action),
        "victims": _victims(builder, action),
        **builder.cited(action),
    }


def _protection(builder: Builder, action: LegalAction) -> Protection:
    """What holds for everybody the action concerns, and for the victims of this case."""
    return Protection.strictest([*builder.case.people, *parts(action, "people")])


def legal_action_summary(document: Document, reference: str) -> Document:
    """What the document of an incident shows of a legal action: its own, less what points back."""
    return {
        "reference": reference,
        **{
            key: document[key]
            for key in (
                "title",
                "title_local",
                "type",
                "forum",
                "filed",
                "decided",
                "accused_text",
                "stage",
                "outcome",
                "compliance",
                "relations",
                "steps",
                "citations",
                "confidential_sources",
            )
        },
    }


def _relations(builder: Builder, action: LegalAction) -> list[Document]:
    """Both directions, to legal actions that are public or become so with this case."""
    here = {row.pk for row in builder.case.legal_actions}
    outward = [
        (chosen(row, "kind"), row.other)
        for row in parts(action, "relations")
        if row.other_id in here or row.other.reference in builder.standing
    ]
    inward = [
        (_INVERSE[row.kind], row.action)
        for row in parts(action, "relations_to")
        if row.action_id in here or row.action.reference in builder.standing
    ]
    return [{"relation": kind, **builder.mention(other)} for kind, other in outward + inward]


def _step(builder: Builder, row: LegalStep, protection: Protection) -> Document:
    return {
        "date": dated(protection.coarsen(row.date)),
        "what": row.what,
        "what_local": row.what_local,
        "result": row.result,
        "result_local": row.result_local,
        "compliance": coded(row.compliance),
        "next_date": row.next_date.isoformat()
        if row.next_date and protection.date == DateProtection.DAY
        else None,
        **builder.cited(row),
    }


def incidents_of(builder: Builder, action: LegalAction) -> list[Document]:
    """The incidents of an action that the world can see, this one included."""
    this = builder.case.incident
    return [
        builder.mention(row)
        for row in parts(action, "incidents")
        if row.pk == this.pk or row.reference in builder.standing
    ]


def _victims(builder: Builder, action: LegalAction) -> list[Document]:
    """The victims concerned, of those who appear in this case or already stand in the record."""
    here = {person.pk for person in builder.case.people}
    shown = []
    for person in parts(action, "people"):
        if person.pk in here:
            name = shown_name(person)
            shown.append(
                {
                    "reference": builder.refer(person),
                    "name": name.text,
                    "name_local": name.text_local,
                    "name_shown": name.shown,
                }
            )
        elif appears(person) and (standing := builder.standing.get(person.reference or "")):
            shown.append(
                {
                    "reference": builder.refer(person),
                    **{key: standing[key] for key in ("name", "name_local", "name_shown")},
                }
            )
    return shown
