"""What WGEID and COIED need in order to take up a case, and what of it a case file still lacks.

Pure functions over a case file that was read and the consents in force; they ask nothing of the
database. The elements are those of the vocabularies ``wgeid-element`` and ``coied-element``. Which
answer passes is our own rule, modelled on what the two bodies publish; docs/casework.md says so.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from incidents.communications.forms import Form
from incidents.communications.gaps import Element, Gap, Where
from incidents.communications.subject import Subject
from incidents.communications.words import Telling, joined, label, number, path_of
from incidents.documents.parts import parts
from incidents.models import Involvement, PersonName, Picture
from reference import vocabularies
from reference.dates import Precision
from reference.models import Area
from reference.publisher import Publisher

_SMALL: Final = (Area.Level.TEHSIL, Area.Level.TOWN)
_BELOW_PROVINCE: Final = (Area.Level.DIVISION, Area.Level.DISTRICT, *_SMALL)

_SUGGESTING_THE_STATE: Final = (
    *("witness-identified", "official-statement", "court-named"),
    *("uniform-or-vehicle", "area-inferred"),
)
"""Codes of ``involvement-basis`` that say why the State is suspected behind men whom nobody
knows. That a group calls the act its own, or an author says so without more, does not."""

_NO_OCCUPATION: Final = ("other", "not-applicable", "unknown")
"""Codes of ``occupation`` that tell nobody from a namesake."""

_AGAINST_THE_PERSON: Final = ("counter-fir", "preventive-order")
"""Codes of ``legal-action-type`` that are no step to find anybody."""

_PROGRAM: Final = "Gawah"
"""What the organisation is called before anybody has named it."""

_SUSPECTING: Final = ("alleged", "evidenced")
"""Codes of ``element-finding`` by which somebody links the State to an act."""

_NOBODY_KNOWN: Final = "U"
"""The attribute ``sdg`` of types of agency of which nobody can say whose they are."""


@dataclass(frozen=True)
class Known:
    """What the checks look at: ``uses`` are the codes of ``consent-use`` to which there is a
    consent in force that counts; ``no_steps`` says why nothing could be done, if somebody said;
    ``picture`` is the photograph that somebody chose for this paper."""

    subject: Subject
    uses: Collection[str]
    submitter: Publisher
    no_steps: str = ""
    picture: Picture | None = None
    telling: Telling = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "telling", Telling(self.subject, whole=True))


def elements(form: Form, known: Known) -> list[Element]:
    """What a form needs, each with what is there and what is missing."""
    match form:
        case Form.WGEID:
            checks = _WGEID
        case Form.COIED:
            checks = _COIED
        case _:
            checks = {}
    found = [
        Element(code, vocabularies.label(f"{form.code}-element", code), *check(known))
        for code, check in checks.items()
    ]
    if form.use is not None and form is not Form.WGEID:  # WGEID has it among its elements
        found.append(_consent_element(form, known))
    return found


_Found = tuple[str, tuple[Gap, ...]]


def _full_name(known: Known) -> _Found:
    """A person with a name, and something besides by which they can be told from namesakes."""
    subject = known.subject
    if not subject.person.is_individual:
        return known.telling.names(), (
            _person_gap("group", _("This is a group. The Working Group asks for one person.")),
        )
    if not _own_names(subject):
        return "", (_person_gap("name", _("The name is missing.")),)
    second = _second_identifier(known)
    value = joined((known.telling.names(), second))
    if second:
        return value, ()
    message = _(
        "Namesakes cannot be told apart: the father’s name, the birth or age, an identity number, "
        "the tribe or the occupation is missing."
    )
    return value, (_person_gap("second-identifier", message),)


def _second_identifier(known: Known) -> str:
    telling, act = known.telling, known.subject.act
    if fathers := telling.fathers_names():
        return _("father: %(name)s") % {"name": fathers}
    if born := telling.birth():
        return _("born: %(date)s") % {"date": born}
    if act.age_low is not None or act.age_high is not None:
        return _("age: %(age)s") % {"age": telling.age()}
    if known.subject.person.identity_number:
        return _("an identity number")
    if any(name.tribe_or_place for name in _own_names(known.subject)):
        return joined(name.tribe_or_place for name in _own_names(known.subject))
    note, occupation = known.subject.person.occupation_note, known.subject.person.occupation
    tells = occupation is not None and occupation.code not in _NO_OCCUPATION
    return telling.occupation() if note or tells else ""


def _day(known: Known) -> _Found:
    """The day; what is known less exactly is told as it is known."""
    began = known.subject.began
    value = known.telling.date(began)
    if began.is_unknown:
        return "", (Gap("date", _("The date is missing."), Where.INCIDENT),)
    if began.precision is Precision.DAY and (began.approximate or began.uncertain):
        message = _("The day is not certain. The form tells it as it is known.")
        return value, (Gap("day", message, Where.INCIDENT, refuses=False),)
    if began.precision is Precision.DAY:
        return value, ()
    message = _("The day is not known. The form tells the date as it is known.")
    return value, (Gap("day", message, Where.INCIDENT, refuses=False),)


def _place(known: Known) -> _Found:
    """A place smaller than a province, or one in words."""
    placed = known.subject.placed
    value = known.telling.place(known.subject.act)
    in_words = placed.place_text or placed.place_text_local
    if in_words or _levels(known) & {*_BELOW_PROVINCE}:
        return value, ()
    return value, (Gap("place", _("The place is missing: a district at least."), Where.INCIDENT),)


def _believed_responsible(known: Known) -> _Found:
    """Whoever is alleged; of people whom nobody knows also why the State is suspected."""
    subject, telling = known.subject, known.telling
    value = joined(telling.alleged(row) for row in subject.involvements)
    if not value:
        message = _("Nobody is named as believed responsible; “unidentified men” is an answer.")
        return "", (Gap("responsible", message, Where.INCIDENT),)
    if any(_names_somebody(row, known) for row in subject.involvements):
        return value, ()
    if reasons := _suspicion(known):
        return joined((value, *reasons)), ()
    message = _(
        "The people described are unidentified, and why the State is suspected is missing: enter "
        "on what the allegation rests, or the finding on the link to the State."
    )
    return value, (Gap("state", message, Where.INCIDENT),)


def _names_somebody(row: Involvement, known: Known) -> bool:
    if row.agency_id is not None:
        agency = known.subject.case.agencies[row.agency_id]
        return bool(agency.type.attributes.get("sdg") != _NOBODY_KNOWN)
    return bool(row.post) or row.person_id is not None


def _suspicion(known: Known) -> list[str]:
    """Why the State is suspected: what allegations rest on, and findings on that element."""
    rests = [
        label(row.basis)
        for row in known.subject.involvements
        if row.basis is not None and row.basis.code in _SUGGESTING_THE_STATE
    ]
    found = [
        joined((label(row.element), label(row.finding), row.note))
        for row in parts(known.subject.act, "elements")
        if row.element.code == "el-state" and row.finding.code in _SUSPECTING
    ]
    return [each for each in (*rests, *found) if each]


def _steps(known: Known) -> _Found:
    """A legal action or an appeal, or why there is none."""
    subject = known.subject
    actions = [row for row in subject.legal_actions if row.type.code not in _AGAINST_THE_PERSON]
    number_of = len(actions) + len(subject.interventions)
    if number_of:
        return _("recorded: %(number)s") % {"number": number(number_of)}, ()
    if known.no_steps:
        return known.no_steps, ()
    message = _(
        "No step to find the person is recorded. Enter one, or say below why there is none."
    )
    return "", (Gap("steps", message, Where.LEGAL_ACTION),)


def _submitter(known: Known) -> _Found:
    """The organisation with a way to reach it, and the consent of the family."""
    name, reach = known.submitter.name, known.submitter.contacts
    missing = []
    if not any(known.submitter.names.values()) and name == _PROGRAM:
        message = _("The organisation has not said what it is called.")
        missing.append(Gap("submitter-name", message, Where.ORGANISATION))
    if not reach:
        message = _("The organisation has no address or other contact.")
        missing.append(Gap("submitter", message, Where.ORGANISATION))
    return joined((name, *reach)), (*missing, *_consent_gap(Form.WGEID, known))


def _parentage(known: Known) -> _Found:
    """The name and the father's name."""
    subject, telling = known.subject, known.telling
    missing = []
    if not subject.person.is_individual:
        missing.append(
            _person_gap("group", _("This is a group. The Commission asks for one person."))
        )
    elif not _own_names(subject):
        missing.append(_person_gap("name", _("The name is missing.")))
    if not telling.fathers_names():
        missing.append(_person_gap("parentage", _("The father’s name is missing.")))
    return joined((telling.names(), telling.fathers_names())), tuple(missing)


def _tehsil(known: Known) -> _Found:
    """The tehsil, or an area inside the district."""
    small = [area for area in _path(known) if area.level in _SMALL]
    if small:
        return joined(f"{area.label} ({area.get_level_display()})" for area in small), ()
    return "", (Gap("tehsil", _("The tehsil is missing."), Where.INCIDENT),)


def _district(known: Known) -> _Found:
    """The district."""
    for area in _path(known):
        if area.level == Area.Level.DISTRICT:
            return area.label, ()
    return "", (Gap("district", _("The district is missing."), Where.INCIDENT),)


def _consent_element(form: Form, known: Known) -> Element:
    """That somebody who may has agreed."""
    use = vocabularies.label("consent-use", form.use or "")
    lacking = tuple(_consent_gap(form, known))
    return Element("consent", _("Consent"), "" if lacking else use, lacking)


def _consent_gap(form: Form, known: Known) -> Iterator[Gap]:
    if form.use is not None and form.use not in known.uses:
        message = _(
            "There is no consent in force to “%(use)s” from the family, or, once free, from the "
            "person themselves."
        ) % {"use": vocabularies.label("consent-use", form.use)}
        yield Gap("consent", message, Where.CONSENTS)


def _person_gap(code: str, message: str) -> Gap:
    return Gap(code, message, Where.PERSON)


def _own_names(subject: Subject) -> list[PersonName]:
    names: list[PersonName] = list(parts(subject.person, "names"))
    return [name for name in names if name.kind == PersonName.Kind.OWN]


def _path(known: Known) -> list[Area]:
    return path_of(known.subject.case, known.subject.area_id)


def _levels(known: Known) -> set[str]:
    return {area.level for area in _path(known)}


_Check = Callable[[Known], _Found]

_WGEID: Final[dict[str, _Check]] = {
    "wgeid-a": _full_name,
    "wgeid-b": _day,
    "wgeid-c": _place,
    "wgeid-d": _believed_responsible,
    "wgeid-e": _steps,
    "wgeid-f": _submitter,
}
_COIED: Final[dict[str, _Check]] = {
    "coied-1": _parentage,
    "coied-2": _day,
    "coied-3": _tehsil,
    "coied-4": _district,
}
