"""What the page of communications shows of each form: its elements, and where gaps are closed."""

from dataclasses import dataclass

from django.urls import reverse

from incidents.communications.consents import uses_in_force
from incidents.communications.elements import Known, elements
from incidents.communications.forms import Form
from incidents.communications.gaps import Element, Gap, Where
from incidents.communications.gate import kept_back, out_of_date
from incidents.communications.subject import Subject
from incidents.models import StaffMember
from reference.publisher import publisher


@dataclass(frozen=True, slots=True)
class Lacking:
    """A gap with the page on which it is closed; blank where this person has no such page."""

    gap: Gap
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """An element as the page shows it."""

    element: Element
    lacking: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A form with its elements, and whether it can be made now."""

    form: Form
    lines: tuple[Line, ...]
    lacking: tuple[Lacking, ...]
    ready: bool
    asks_why_no_steps: bool


def offers_of(subject: Subject, user: StaffMember, no_steps: str) -> list[Offer]:
    """Every form that can be asked for about this person. ``no_steps``: why nothing was done to
    find them, if somebody has typed it on the page. The number of queries does not depend on how
    much the case holds."""
    outdated = out_of_date(subject, user)
    known = Known(subject, uses_in_force(subject.person), publisher(), no_steps.strip())
    found = []
    for form in Form:
        if not form.is_sheet and subject.disappearance is None:
            continue
        lines = tuple(
            Line(each, tuple(lacking_of(subject, user, gap) for gap in each.gaps))
            for each in elements(form, known)
        )
        others = tuple(
            lacking_of(subject, user, gap) for gap in (*kept_back(form, subject), *outdated)
        )
        missing = {each.gap.code for line in lines for each in line.lacking if each.gap.refuses}
        asks = form is Form.WGEID and ("steps" in missing or bool(no_steps))
        # Why there are no steps is said on this page, in the moment of making the form.
        ready = not others and missing <= {"steps"}
        found.append(Offer(form, lines, others, ready, asks))
    return found


def lacking_of(subject: Subject, user: StaffMember, gap: Gap) -> Lacking:
    """A gap with its page, for this member of staff."""
    if gap.incident is not None:
        return Lacking(gap, reverse("admin:incidents_incident_change", args=[gap.incident]))
    return Lacking(gap, _page_of(gap.where, subject, user))


def _page_of(where: Where, subject: Subject, user: StaffMember) -> str:
    person = reverse("admin:incidents_person_change", args=[subject.person.pk])
    match where:
        case Where.PERSON:
            return person
        case Where.CONSENTS:
            return f"{person}#consents-group"
        case Where.LEGAL_ACTION:
            add = reverse("admin:incidents_legalaction_add")
            return f"{add}?incidents={subject.incident.pk}&people={subject.person.pk}"
        case Where.ORGANISATION:
            may = user.has_perm("reference.change_organisation")
            return reverse("admin:reference_organisation_changelist") if may else ""
        case Where.HERE:
            return "#no-steps"
        case _:
            return reverse("admin:incidents_incident_change", args=[subject.incident.pk])
