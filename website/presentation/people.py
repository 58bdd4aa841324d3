"""Who somebody was, in a few words, and the person's part in one incident."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext, ngettext, pgettext, pgettext_lazy

from reference.date_text import localise_digits
from website.presentation.language import Bilingual, Text, read_both
from website.presentation.terms import term_label

Person = Mapping[str, Any]
Bounds = Mapping[str, int | None]
"""``low`` and ``high``, either of which may be None."""

_SAYS_NOTHING = {"unknown", "not-applicable", "none"}

HARMS = {
    "killed": pgettext_lazy("number of people", "%(n)s killed"),
    "injured": pgettext_lazy("number of people", "%(n)s injured"),
    "taken": pgettext_lazy("number of people", "%(n)s taken"),
}


@dataclass(slots=True)
class VictimPart:
    """A victim with what was done to them in one incident, in the document's order."""

    victim: Person
    violations: list[Mapping[str, Any]] = field(default_factory=list)


def victims_of(document: Mapping[str, Any]) -> list[VictimPart]:
    """The victims of an incident, in its order, each with their violations.

    What a violation says of the person at that time (age, occupation) completes the entry.
    Violations of which nobody is the recorded victim (a newspaper closed) are left out.
    """
    parts: dict[str, VictimPart] = {
        victim["reference"]: VictimPart(victim) for victim in document.get("victims") or ()
    }
    for violation in document.get("violations") or ():
        victim = violation["victim"]
        if victim is None:
            continue
        part = parts.setdefault(victim["reference"], VictimPart(victim))
        part.victim = {**victim, **{k: v for k, v in part.victim.items() if v is not None}}
        part.violations.append(violation)
    return list(parts.values())


def violations_without_victim(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The violations of an incident that no recorded victim stands beside."""
    return [each for each in document.get("violations") or () if each["victim"] is None]


def name_in_words(person: Person, reader: str) -> Bilingual:
    """The name in the reader's script first; a withheld name is said to be withheld."""
    nameless = not (person.get("name") or person.get("name_local"))
    if person.get("name_shown") == "withheld" or nameless:
        words = Text(gettext("Name withheld"), reader)
        return Bilingual(words)
    return read_both(person, "name", reader)


def person_words(person: Person) -> list[str]:
    """What is published of the person beside the name: age, sex, occupation, in that order."""
    words = [
        people_words(person),
        age_words(person.get("age")) or _known(person.get("age_group"), "age-group"),
        _known(person.get("sex"), "sex"),
        _known(person.get("occupation"), "occupation"),
        _known(person.get("function"), "victim-function"),
    ]
    return [word for word in words if word]


def parentage_words(person: Person, reader: str) -> Text | None:
    """ "son of Mola Bakhsh", in the reader's script where both are known; None without a father."""
    father = read_both(person, "fathers_name", reader).first
    if not father.value:
        return None
    sex = (person.get("sex") or {}).get("code")
    if sex == "man":
        words = pgettext("before the father's name", "son of %(father)s")
    elif sex == "woman":
        words = pgettext("before the father's name", "daughter of %(father)s")
    else:
        words = pgettext("before the father's name", "child of %(father)s")
    return Text(words % {"father": father.value}, reader)


def age_words(age: Bounds | None) -> str:
    """ "24 years old", "24 to 26 years old"; empty where no bound is known."""
    low, high = _bounds(age)
    if low is None:
        if high is None:
            return ""
        return gettext("at most %(years)s years old") % {"years": _digits(high)}
    if high is None:
        return gettext("at least %(years)s years old") % {"years": _digits(low)}
    if low == high:
        return ngettext("%(years)s year old", "%(years)s years old", low) % {"years": _digits(low)}
    return gettext("%(low)s to %(high)s years old") % {"low": _digits(low), "high": _digits(high)}


def people_words(person: Person) -> str:
    """ "a group of about 200 people"; empty for one person."""
    people = person.get("people", 1)
    if people == 1:
        return ""
    if people is None:
        return gettext("a group of unknown size")
    pattern = (
        gettext("a group of about %(n)s")
        if person.get("estimated")
        else gettext("a group of %(n)s")
    )
    return pattern % {"n": _digits(people)}


def days_words(days: Bounds | None) -> str:
    """ "22 days", "22 to 23 days", "at least 22 days"; empty where nothing can be counted."""
    low, high = _bounds(days)
    if low is None:
        if high is None:
            return ""
        return ngettext("at most %(n)s day", "at most %(n)s days", high) % {"n": _digits(high)}
    if high is None:
        return ngettext("at least %(n)s day", "at least %(n)s days", low) % {"n": _digits(low)}
    if low == high:
        return ngettext("%(n)s day", "%(n)s days", low) % {"n": _digits(low)}
    return gettext("%(low)s to %(high)s days") % {"low": _digits(low), "high": _digits(high)}


def range_words(low: int | None, best: int | None, high: int | None) -> str:
    """A number of people as low, best and high say it: "4", "3 to 4, most likely 4"."""
    known = [number for number in (low, best, high) if number is not None]
    if not known:
        return gettext("number unknown")
    first, last = min(known), max(known)
    words = _digits(first)
    if first != last:
        words = gettext("%(low)s to %(high)s") % {"low": words, "high": _digits(last)}
        if best is not None:
            words = gettext("%(range)s, most likely %(best)s") % {
                "range": words,
                "best": _digits(best),
            }
    if high is None and best is None:
        words = gettext("at least %(n)s") % {"n": words}
    return words


def harm_words(casualties: Mapping[str, Any]) -> str:
    """ "4 killed", "3 to 4 injured"."""
    count = range_words(casualties["low"], casualties["best"], casualties["high"])
    return HARMS[casualties["kind"]["code"]] % {"n": count}


def _known(value: Mapping[str, Any] | None, vocabulary: str) -> str:
    """The label, unless all it says is that nothing is known or nothing applies."""
    if not value or value["code"] in _SAYS_NOTHING:
        return ""
    return term_label(value, vocabulary)


def _bounds(bounds: Bounds | None) -> tuple[int | None, int | None]:
    return (bounds["low"], bounds["high"]) if bounds else (None, None)


def _digits(number: int) -> str:
    return localise_digits(f"{number:,}" if number >= 10_000 else str(number), get_language())
