"""What must not leave the office: papers that nobody consented to or that are not true any more,
and names of other people."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from incidents.communications.consents import is_back, who_agreed
from incidents.communications.forms import Form
from incidents.communications.gaps import Gap, Where
from incidents.communications.paper import Paper
from incidents.communications.subject import Subject
from incidents.documents.protection import appears
from incidents.models import Incident, Publication, StaffMember, Stage, StatusEntry
from incidents.names_in_texts import HeldBack
from incidents.readiness import may_be_shown
from incidents.reviewing import approvals_of_all, fingerprints_of_all

_TAKEN_BACK: Final = ("discounted", "retracted")
"""Codes of ``grade`` of what nobody stands up for any more."""


class Refused(Exception):
    """A paper that is not made. ``gaps``: everything that stands in its way."""

    def __init__(self, gaps: list[Gap]) -> None:
        self.gaps = gaps
        super().__init__("; ".join(gap.code for gap in gaps))


def kept_back(form: Form, subject: Subject) -> list[Gap]:
    """Why this paper cannot be made of somebody, whatever is entered about what happened."""
    if not form.whole:
        return [*_kept_from_public(subject)]
    if form is Form.FAMILY:
        return [*_kept_from_family(subject)]
    return []


def out_of_date(subject: Subject, reader: StaffMember) -> list[Gap]:
    """Why no paper should tell of this case as it stands: it was dropped, or another case that
    the reader may see knows better what became of the person. One query."""
    return [*_dropped(subject), *_told_elsewhere(subject, reader)]


def names_of_others(paper: Paper, held: HeldBack) -> list[Gap]:
    """Names on a paper that are not for its reader, each with the section in which it stands."""
    found: dict[tuple[str, str], Gap] = {}
    for section in paper.sections:
        for row in section.rows:
            for text in (row.label, *row.statements):
                for name in held.standing_in(text):
                    message = _(
                        "Under “%(section)s” the paper would say “%(name)s”: a name, or what is "
                        "written like one, that is not for its reader. Reword that text."
                    ) % {"section": section.title, "name": name}
                    gap = Gap("name-of-others", message, row.where or section.where)
                    found.setdefault((section.title, name), gap)
    return list(found.values())


def _kept_from_public(subject: Subject) -> Iterator[Gap]:
    """Only what is published, or was approved to be, may be on a sheet for everybody."""
    incident, person = subject.incident, subject.person
    if not appears(person):
        message = _(
            "It was decided that this person does not appear in public. Only the sheet for the "
            "family or for courts can be made."
        )
        yield Gap("hidden", message, Where.PERSON)
    elif not may_be_shown(person):
        message = _(
            "There is neither consent in force nor a recorded ground for showing this person in "
            "public."
        )
        yield Gap("not-to-be-shown", message, Where.CONSENTS)
    if incident.restricted:
        message = _("The case is restricted. Nothing of it is for the public.")
        yield Gap("restricted", message, Where.INCIDENT)
    if incident.publication in (Publication.WITHDRAWN, Publication.MERGED):
        message = _("The case was withdrawn or merged. Nothing of it is for the public.")
        yield Gap("ended", message, Where.INCIDENT)
    elif not _stands_approved(incident):
        message = _(
            "What the sheet would tell was not approved as it stands now. Have the case approved "
            "first."
        )
        yield Gap("not-approved", message, Where.INCIDENT)


def _stands_approved(incident: Incident) -> bool:
    if incident.stage != Stage.APPROVED:
        return False
    approval = approvals_of_all([incident]).get(incident.pk)
    return approval is not None and (
        approval.fingerprint == fingerprints_of_all([incident])[incident.pk]
    )


def _kept_from_family(subject: Subject) -> Iterator[Gap]:
    """“Keep” is what a family has let us keep. It lets us give nothing of somebody to others."""
    person = subject.person
    if is_back(person):
        message = _(
            "This person came back. What is kept of them is theirs alone: no sheet is made for "
            "the family."
        )
        yield Gap("came-back", message, Where.PERSON)
    elif who_agreed(person, Form.FAMILY.use or "") == {"self"}:
        message = _(
            "Only the person themselves has let us keep this. That gives the family no right to "
            "read it."
        )
        yield Gap("kept-for-themselves", message, Where.CONSENTS)


def _dropped(subject: Subject) -> Iterator[Gap]:
    grade = subject.grade
    if grade.code in _TAKEN_BACK:
        message = _("The case is graded “%(grade)s”. Nothing of it is sent out.")
        yield Gap("grade", message % {"grade": grade.label}, Where.INCIDENT)


def _told_elsewhere(subject: Subject, reader: StaffMember) -> Iterator[Gap]:
    entries = StatusEntry.objects.filter(
        person=subject.person,
        internal=False,
        incident__in=Incident.objects.visible_to(reader),
    )
    newest = entries.in_order().select_related("status", "incident").last()
    if newest is None or newest.incident_id == subject.incident.pk:
        return
    began, ended = subject.began.earliest, newest.date_latest
    if began is not None and ended is not None and ended < began:
        return  # it was so before this happened
    shown = subject.statuses
    if shown and shown[-1].status_id == newest.status_id:
        return
    message = _(
        "According to the case “%(incident)s” the person is now: %(status)s. The paper would not "
        "say so. Enter it in this case too."
    ) % {"incident": newest.incident, "status": newest.status.label}
    yield Gap("status-elsewhere", message, Where.INCIDENT, newest.incident_id)
