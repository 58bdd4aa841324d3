"""Facts of the case file in words of the active language, as they stand on a paper."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _

from incidents.communications.subject import Subject
from incidents.documents.casefile import CaseFile
from incidents.documents.parts import parts
from incidents.documents.protection import (
    Protection,
    accused_may_be_named,
    birth_year,
    is_identified,
    script,
    shown_name,
)
from incidents.documents.victim import LET_OUT_NAMES
from incidents.models import Involvement, Person, PersonName, Violation
from incidents.models.base import Claim
from incidents.readiness import may_be_shown
from reference.date_text import localise_digits, render_date
from reference.dates import UncertainDate
from reference.models import Area

BETWEEN: Final = " · "


def number(value: object) -> str:
    """A number, or a text with numbers, in the digits of the active language."""
    return localise_digits(str(value), get_language())


def told(row: Any, name: str) -> str:
    """A text that is kept in two languages: in the reader's where there is one, else the other."""
    texts = [getattr(row, name), getattr(row, f"{name}_local")]
    if (get_language() or "en").split("-")[0] != "en":
        texts.reverse()
    return next((text.strip() for text in texts if text.strip()), "")


class Telling:
    """How exactly the facts of a subject are told: as they are known, or as the public learns
    them."""

    def __init__(self, subject: Subject, *, whole: bool) -> None:
        self.subject = subject
        self.whole = whole
        self.protection = Protection() if whole else Protection.strictest(_sharing(subject))
        self.may_be_shown = whole or may_be_shown(subject.person)
        self.identifies = whole or (is_identified(subject.person) and self.may_be_shown)
        """Whether the reader learns who this is."""

    # ---------------------------------------------------------------------------- the person

    @property
    def person(self) -> Person:
        """Whom it is about."""
        return self.subject.person

    def names(self) -> str:
        """The person's own names in every script, or as much of them as may be shown."""
        if self.identifies:
            own = [name for name in _names(self.person) if name.kind == PersonName.Kind.OWN]
            if own:
                return joined(name.full() for name in own)
            return told(self.person, "description")
        shown = shown_name(self.person)
        allowed = shown.shown == "unnamed" or self.may_be_shown
        text = joined((shown.text, shown.text_local)) if allowed else ""
        return text or _("name withheld")

    def fathers_names(self) -> str:
        """The father's name in every script in which it is known; in public only as it goes with
        the person's own name."""
        if not self.identifies:
            return ""
        return joined(
            name.fathers_name
            for name in _names(self.person)
            if self.whole or name.kind == PersonName.Kind.OWN
        )

    def other_names(self) -> str:
        """Aliases, and names as others have written them; in public those that may stand there."""
        if not self.identifies:
            return ""
        return joined(
            name.full()
            for name in _names(self.person)
            if name.kind != PersonName.Kind.OWN and (self.whole or name.kind in LET_OUT_NAMES)
        )

    def birth(self) -> str:
        """When the person was born; in public the year alone."""
        value = self.person.birth if self.whole else birth_year(self.person)
        return "" if value.is_unknown or not self.identifies else render_date(value)

    def age(self) -> str:
        """The age at the time."""
        act = self.subject.act
        if not self.identifies or (act.age_low is None and act.age_high is None):
            return label(act.age_group)
        ages = dict.fromkeys(str(age) for age in (act.age_low, act.age_high) if age is not None)
        return number("–".join(ages))

    def occupation(self) -> str:
        """What the person does, as a source puts it or as a term."""
        note = self.person.occupation_note if self.identifies else ""
        return note or label(self.person.occupation)

    def about(self) -> str:
        """Who the person is."""
        return told(self.person, "about") if self.identifies else ""

    # ------------------------------------------------------------------------- what happened

    def date(self, value: UncertainDate) -> str:
        """A date in words, no finer than allowed; empty where it is not known."""
        return "" if value.is_unknown else render_date(self.protection.coarsen(value))

    def place(self, act: Violation) -> str:
        """Where an act was, the words of the source first and then each area up to the
        province."""
        placed, open_to_all = self.subject.placed_of(act), self.protection.lets_out_place_text
        words = told(placed, "place_text") if open_to_all else ""
        return listed((words, *self.areas(self.subject.area_of(act))))

    def areas(self, area_id: int | None) -> list[str]:
        """The area and those it lies in, the smallest first, each with what it is."""
        return [
            f"{area.label} ({area.get_level_display()})"
            for area in reversed(path_of(self.subject.case, area_id))
            if self.protection.lets_out(area) and area.level != Area.Level.DIVISION
        ]

    def areas_by_level(self, area_id: int | None) -> dict[str, str]:
        """The names of the area and of those it lies in, by level, as far as allowed."""
        path = path_of(self.subject.case, area_id)
        return {area.level: area.label for area in path if self.protection.lets_out(area)}

    def act(self, violation: Violation) -> str:
        """What was done, how, for what reason as they say, and whether it goes on. Of an act that
        was not when or where the paper is about, when and where first."""
        subject = self.subject
        began, place = self.date(subject.began_of(violation)), self.place(violation)
        ended = self.date(violation.end)
        methods = listed(label(method) for method in parts(violation, "methods"))
        return joined(
            (
                began if began != self.date(subject.began) else "",
                place if place != self.place(subject.act) else "",
                label(violation.type),
                methods,
                *labelled(_("reason given by those responsible"), violation.stated_reason),
                violation.outcome,
                _("ended %(date)s") % {"date": ended} if ended else "",
                violation.get_end_meaning_display() if ended else "",
            )
        )

    # ------------------------------------------------------------------------------- who says

    def claimant(self, claim: Claim) -> str:
        """Who says so."""
        if claim.claimant_agency_id is not None:
            return self.agency(claim.claimant_agency_id)
        return told(claim, "claimant_text")

    def alleged(self, row: Involvement) -> str:
        """Who is alleged to be responsible. A private person is never named (domain rule U18)."""
        who: list[str] = []
        if row.agency_id is not None:
            who.append(self.agency(row.agency_id))
        if row.person is not None and accused_may_be_named(row.person):
            name = shown_name(row.person)
            who.append(joined((name.text, name.text_local)))
        return joined((*who, row.post, told(row, "description")))

    def alleger(self, row: Involvement) -> str:
        """Who alleges it."""
        if row.alleged_by_agency_id is not None:
            return self.agency(row.alleged_by_agency_id)
        return told(row, "alleged_by_text")

    def agency(self, pk: int) -> str:
        """The name of an agency that the case mentions."""
        agency = self.subject.case.agencies[pk]
        return told(agency, "name")


def according_to(text: str, who: str) -> str:
    """A statement with whoever makes it."""
    if not (text and who):
        return text
    return pgettext("claim", "%(text)s – according to: %(who)s") % {"text": text, "who": who}


def dated(day: str, text: str) -> str:
    """A statement with its day before it; the one alone where the other is missing."""
    if not (day and text):
        return text or day
    return pgettext("dated", "%(date)s: %(text)s") % {"date": day, "text": text}


def labelled(name: str, value: str) -> Iterator[str]:
    """A value with what it is; nothing where there is none."""
    if value:
        yield pgettext("labelled", "%(name)s: %(value)s") % {"name": name, "value": value}


def label(term: Any) -> str:
    """A term in the active language; empty where nothing was chosen or nobody knows."""
    return "" if term is None or term.code == "unknown" else str(term.label)


def joined(texts: Iterable[str], between: str = BETWEEN) -> str:
    """What there is of these texts, each once."""
    return between.join(dict.fromkeys(text for text in texts if text))


def listed(texts: Iterable[str]) -> str:
    """What there is of these texts as a list in a sentence."""
    return joined(texts, pgettext("between the items of a list", ", "))


def path_of(case: CaseFile, area_id: int | None) -> list[Area]:
    """An area with all above it, the country first."""
    return [] if area_id is None else [case.areas[pk] for pk in case.areas[area_id].path]


def _sharing(subject: Subject) -> list[Person]:
    """Everybody whose protection holds for what stands on an open sheet: an incident and a court
    case have one date and one place for all whom they concern."""
    concerned = (person for row in subject.legal_actions for person in parts(row, "people"))
    return [subject.person, *subject.case.people, *concerned]


def _names(person: Person) -> list[PersonName]:
    """The names, those in the reader's script first."""
    own = "arabic" if get_language_bidi() else "latin"
    return sorted(parts(person, "names"), key=lambda name: script(name) != own)
