"""The public document of an incident: everything that is known of it, and who says so."""

from incidents.documents.casefile import CaseFile
from incidents.documents.facts import Builder, belonging_to
from incidents.documents.parts import parts
from incidents.documents.source import source_summary
from incidents.documents.values import Document, chosen, coded, dated
from incidents.models import Account, Attribution, Incident, Intervention, Protest
from incidents.models.account import Stance
from record.sentence_marks import counting
from reference.models import Term

DENYING_ATTRIBUTIONS = frozenset(
    {
        "officials-deny",
        "officials-not-us",
        "officials-other-version",
        "group-deny",
        "group-not-us",
        "group-other-version",
    }
)


def incident_document(
    builder: Builder,
    violations: list[Document],
    victims: list[Document],
    legal_actions: list[Document],
) -> Document:
    """The incident with its parts; ``violations`` and the rest are finished, with references."""
    case, incident = builder.case, builder.case.incident
    protection = case.protection
    return {
        "title": incident.title,
        "title_local": incident.title_local,
        "incident_kind": coded(incident.kind),
        "date": dated(protection.coarsen(incident.date), incident.date_basis),
        "end": dated(protection.coarsen(incident.end)),
        "time_of_day": incident.time_of_day if protection.date == "day" else "",
        "place": builder.place(incident, protection),
        "account": _with_public_marks(incident.public_account, incident),
        "account_local": _with_public_marks(incident.public_account_local, incident),
        "grade": coded(incident.grade),
        "grade_reason": incident.grade_reason,
        "violation_status": coded(incident.violation_status),
        "contested": _is_contested(case.accounts, list(parts(incident, "attributions")), incident),
        "casualties": [
            {
                "kind": chosen(row, "harm"),
                "low": row.low,
                "best": row.best,
                "high": row.high,
                "claimant": builder.claimant(row),
                **builder.cited(row),
            }
            for row in parts(incident, "casualties")
        ],
        "violations": violations,
        "victims": victims,
        "attributions": builder.attributions(
            belonging_to(parts(incident, "attributions"), None), protection
        ),
        "involvements": builder.involvements(belonging_to(parts(incident, "involvements"), None)),
        "protest": _protest(incident),
        "accounts": builder.accounts(case.accounts, protection),
        "legal_actions": legal_actions,
        "interventions": [_intervention(builder, row) for row in parts(incident, "interventions")],
        "links": incident_links(builder),
        "sources": [source_summary(builder, source) for source in case.sources],
        **builder.cited(incident),
    }


def _with_public_marks(account: str, incident: Incident) -> str:
    """An account whose marks count the citations that are let out. A mark that names a
    confidential source is left out: which sentence rests on it could tell who spoke."""
    cited = parts(incident, "citations")
    return counting(account, (not citation.source.confidential for citation in cited))


def _is_contested(
    accounts: list[Account], attributions: list[Attribution], incident: Incident
) -> bool:
    """Whether sides still disagree: an account or a response that nobody has replaced."""
    replaced = {row.replaces_id for row in accounts if row.replaces_id}
    answered = {row.replaces_id for row in attributions if row.replaces_id}
    return (
        incident.grade.code == "contested"
        or any(row.stance != Stance.ASSERTS and row.pk not in replaced for row in accounts)
        or any(
            row.attribution.code in DENYING_ATTRIBUTIONS and row.pk not in answered
            for row in attributions
        )
    )


def _protest(incident: Incident) -> Document | None:
    protest: Protest | None = getattr(incident, "protest", None)
    if protest is None:
        return None
    return {
        "kinds": [coded(term) for term in parts(protest, "kinds")],
        "organisers": protest.organisers,
        "crowd_low": protest.crowd_low,
        "crowd_high": protest.crowd_high,
        "crowd_text": protest.crowd_text,
        "demands": list(protest.demands),
        "demands_local": list(protest.demands_local),
        "route": protest.route,
        "state_responses": [coded(term) for term in parts(protest, "state_responses")],
    }


def _intervention(builder: Builder, row: Intervention) -> Document:
    return {
        "type": [coded(term) for term in parts(row, "types")],
        "by": row.by_text,
        "by_local": row.by_text_local,
        "date": dated(builder.case.protection.coarsen(row.date)),
        "text": row.text,
        "text_local": row.text_local,
        "to": [
            {
                "party": builder.party(addressee.agency_id, "", ""),
                "response": coded(addressee.response),
                "responded": dated(builder.case.protection.coarsen(addressee.responded)),
            }
            for addressee in parts(row, "addressees")
        ],
        **builder.cited(row),
    }


def incident_links(builder: Builder) -> list[Document]:
    """Links in both directions, to incidents that the world can see."""
    incident = builder.case.incident
    outward = [(row.kind, row.to_incident) for row in parts(incident, "links_out")]
    inward = [
        (inverse, row.from_incident)
        for row in parts(incident, "links_in")
        if (inverse := inverse_of(builder.case, row.kind)) is not None
    ]
    return [
        {"relation": coded(kind), **builder.mention(other)}
        for kind, other in outward + inward
        if other.reference in builder.standing
    ]


def inverse_of(case: CaseFile, kind: Term) -> Term | None:
    """The kind of a link as it is read from its other end, if it has one."""
    code = kind.attributes.get("inverse")
    return next(
        (
            term
            for term in case.terms.values()
            if term.vocabulary == "incident-link" and term.code == code
        ),
        None,
    )
