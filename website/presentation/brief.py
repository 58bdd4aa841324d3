"""What an incident was, in the few words that a list has room for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from website.presentation.counts import number
from website.presentation.language import punctuation
from website.presentation.people import name_in_words
from website.presentation.terms import term_label

Person = Mapping[str, Any]

_NAMED_AT_MOST = 3


def acts_in_brief(document: Mapping[str, Any], reader: str) -> list[str]:
    """ "Staged encounter: Balaach and 3 others", one line for each type, in document order."""
    by_type: dict[str, list[Person]] = {}
    labels: dict[str, str] = {}
    for violation in document.get("violations") or ():
        code = violation["type"]["code"]
        labels[code] = term_label(violation["type"], "violation-type")
        victims = by_type.setdefault(code, [])
        if violation["victim"] is not None:
            victims.append(violation["victim"])
    return [
        pgettext("violation: victim", "%(what)s: %(who)s")
        % {"what": labels[code], "who": people_in_brief(victims, reader)}
        if victims
        else labels[code]
        for code, victims in by_type.items()
    ]


def people_in_brief(people: list[Person], reader: str) -> str:
    """The first names, and how many others there are; a number alone where none is named."""
    named = [person for person in people if person.get("name_shown") != "unnamed"]
    if not named:
        return _unnamed(people, reader)
    shown = named[:_NAMED_AT_MOST]
    names = punctuation(",", reader).join(
        str(name_in_words(person, reader).first) for person in shown
    )
    others = [person for person in people if not any(person is each for each in shown)]
    if not others:
        return names
    count = _number_of(others)
    if count is None:
        return gettext("%(names)s and others") % {"names": names}
    return ngettext("%(names)s and %(n)s other", "%(names)s and %(n)s others", count) % {
        "names": names,
        "n": number(count),
    }


def _unnamed(people: list[Person], reader: str) -> str:
    if len(people) == 1:
        return str(name_in_words(people[0], reader).first)
    count = _number_of(people)
    if count is None:
        return gettext("people whose names are not known")
    return ngettext(
        "%(n)s person whose name is not known", "%(n)s people whose names are not known", count
    ) % {"n": number(count)}


def _number_of(people: Iterable[Person]) -> int | None:
    """How many people these are; None where a group among them is of unknown size."""
    sizes = [person.get("people", 1) for person in people]
    return None if None in sizes else sum(sizes)
