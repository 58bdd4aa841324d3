"""Filling a form: its sections in their order, and refusing it where something is in the way."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from incidents.communications.consents import is_named_in_public, uses_in_force
from incidents.communications.elements import Known, elements
from incidents.communications.forms import Form
from incidents.communications.gaps import Gap, Where, gaps
from incidents.communications.gate import Refused, kept_back, names_of_others, out_of_date
from incidents.communications.others import held_back
from incidents.communications.paper import Paper, Row, Section, SourceNotes
from incidents.communications.rows import Rows, organisation
from incidents.communications.subject import Subject
from incidents.communications.words import Telling, number
from incidents.informants import UnreadableTiesError
from incidents.models import Picture, StaffMember
from incidents.names_in_texts import HeldBack
from reference import vocabularies
from reference.publisher import publisher

ELEMENTS_OF: Final = "2026-11"
"""Year and month of our reading of the elements that the two bodies ask for; it stands on each
form, so that an old print tells by which version it was checked."""


def fill(
    form: Form,
    subject: Subject,
    *,
    language: str,
    today: date,
    reader: StaffMember,
    no_steps: str = "",
    picture: Picture | None = None,
) -> Paper:
    """The paper, in one language, for ``reader`` to send out. Raises Refused with everything that
    stands in its way, in the active language; nothing is stored either way. ``picture``, one of
    the person, stands on a communication to WGEID alone: whoever makes it has chosen it for that,
    under the consent without which nothing is made."""
    if not form.is_sheet and subject.disappearance is None:
        raise ValueError("WGEID and COIED are asked about disappearances only")
    if picture is not None and picture.person_id != subject.person.pk:
        raise ValueError("the photograph is of somebody else")
    uses = uses_in_force(subject.person)
    known = Known(subject, uses, publisher(), no_steps.strip(), picture)
    in_the_way = [gap for gap in gaps(elements(form, known)) if gap.refuses]
    in_the_way += [*kept_back(form, subject), *out_of_date(subject, reader)]
    telling = Telling(subject, whole=form.whole)
    try:
        held = held_back(form, subject, known=telling.identifies)
    except UnreadableTiesError as error:
        # Their names could not be kept off it.
        in_the_way.append(Gap("unreadable-ties", str(error), Where.INCIDENT))
        raise Refused(in_the_way) from None
    with override(language):
        paper = _paper(form, known, telling, held, language, today)
    in_the_way += names_of_others(paper, held)
    if in_the_way:
        raise Refused(in_the_way)
    return paper


def _reference_of(subject: Subject, *, public: bool) -> str:
    """What the paper is filed under: public references, or the numbers of the case file. A paper
    with a name must not say as whom the public knows somebody who has no name there."""
    incident, person = subject.incident, subject.person
    if not public:
        return f"case-{incident.pk}-person-{person.pk}"
    case = incident.reference or f"case-{incident.pk}"
    return f"{case}-{person.reference or f'person-{person.pk}'}"


def _paper(
    form: Form, known: Known, telling: Telling, held: HeldBack, language: str, today: date
) -> Paper:
    subject = known.subject
    notes = SourceNotes(held)
    named = is_named_in_public(subject)
    rows = Rows(telling, notes, named_in_public=named)
    sections = [each for each in _SECTIONS[form](rows, known) if each.rows]
    if (sources := notes.section()) is not None:
        sections.append(sources)
    return Paper(
        form=form,
        language=language,
        heading=str(form.label),
        follows=_FOLLOWS[form](),
        reference=_reference_of(subject, public=named or not form.whole),
        made_on=today,
        sections=tuple(sections),
        closing=_closing(form),
    )


def _wgeid(rows: Rows, known: Known) -> list[Section]:
    """Six elements in the order in which the Working Group names them, each with its letter."""
    return [
        _element(
            "wgeid-a", rows.names() + rows.identity(known.picture) + rows.traits(), Where.PERSON
        ),
        _element("wgeid-b", rows.time()),
        _element("wgeid-c", rows.place() + rows.event()),
        _element("wgeid-d", rows.responsible()),
        _element("wgeid-e", rows.steps(known.no_steps) + rows.since()),
        _element("wgeid-f", organisation(known.submitter, _agreed()), Where.ORGANISATION),
    ]


def _coied(rows: Rows, known: Known) -> list[Section]:
    """Four elements in the order in which the Commission checks them, then the circumstances."""
    tehsil, district = rows.tehsil_and_district()
    return [
        _element("coied-1", rows.names() + rows.traits(), Where.PERSON),
        _element("coied-2", rows.time()),
        _element("coied-3", tehsil),
        _element("coied-4", district),
        _section(_("Circumstances"), rows.event() + rows.responsible()),
        _section(_("Steps taken"), rows.steps(known.no_steps) + rows.since()),
        Section(
            _("Submitted by"), tuple(organisation(known.submitter, _agreed())), Where.ORGANISATION
        ),
    ]


def _sheet(rows: Rows, known: Known) -> list[Section]:
    """What a family or a court looks for, in that order."""
    return [
        Section(_("The person"), tuple(rows.names() + rows.traits()), Where.PERSON),
        _section(_("What happened"), rows.time() + rows.place() + rows.event()),
        _section(_("Who is said to be responsible"), rows.responsible()),
        _section(_("What became of the person"), rows.since()),
        _section(_("Legal steps and appeals"), rows.steps()),
        _section(_("What of this is public"), rows.public()),
        Section(_("Kept by"), tuple(organisation(known.submitter)), Where.ORGANISATION),
    ]


def _element(code: str, rows: list[Row], where: Where = Where.INCIDENT) -> Section:
    vocabulary, _slash, mark = code.rpartition("-")
    title = vocabularies.label(f"{vocabulary}-element", code)
    return Section(f"{number(mark.upper())}. {title}", tuple(rows), where)


def _section(title: str, rows: list[Row]) -> Section:
    return Section(title, tuple(rows))


def _agreed() -> str:
    return _("The consent that this use needs is recorded and in force; nobody is named here.")


def _closing(form: Form) -> str:
    if form.whole:
        return _(
            "Confidential: for its addressee alone. It names no confidential source. “Not known” "
            "means that nobody has told us, or that it cannot be told here, not that it did not "
            "happen."
        )
    return _(
        "Holds what our protection rules allow the public to learn. “Not known” means that nobody "
        "has told us, or that it is not for the public."
    )


def _follows_wgeid() -> str:
    return _(
        "Our own form, modelled on the six elements that the Working Group on Enforced or "
        "Involuntary Disappearances asks for, as we read them in %(version)s. It is not the "
        "Group’s form."
    ) % {"version": number(ELEMENTS_OF)}


def _follows_coied() -> str:
    return _(
        "Our own form, modelled on the four elements for lack of which the Commission of Inquiry "
        "on Enforced Disappearances has turned back lists, as we read them in %(version)s. It is "
        "not the Commission’s form."
    ) % {"version": number(ELEMENTS_OF)}


def _follows_nothing() -> str:
    return ""


_FOLLOWS: Final[dict[Form, Callable[[], str]]] = {
    Form.WGEID: _follows_wgeid,
    Form.COIED: _follows_coied,
    Form.SHEET: _follows_nothing,
    Form.FAMILY: _follows_nothing,
    Form.COURT: _follows_nothing,
}
_SECTIONS: Final[dict[Form, Callable[[Rows, Known], list[Section]]]] = {
    Form.WGEID: _wgeid,
    Form.COIED: _coied,
    Form.SHEET: _sheet,
    Form.FAMILY: _sheet,
    Form.COURT: _sheet,
}
