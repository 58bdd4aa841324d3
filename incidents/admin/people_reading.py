"""The lines of a text as forms: read, sent again, held against who is known, judged together."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import staff_member, visible_rows
from incidents.admin.labels import joined, person_label
from incidents.admin.people_forms import Known, PersonForm
from incidents.duplicates.candidates import hints_for_each
from incidents.duplicates.evidence import Candidate, agreements, disagreements
from incidents.entry.people_lines import LONGEST, MOST, ReadPerson, read_lines
from incidents.models import Person, Strength
from reference.dates import UncertainDate
from reference.models import Term
from reference.vocabularies import term

SHOWN: Final = 4
ASKED_FOR: Final = 12
"""More than are shown, since some of them may be concealed from the reader."""

COUNT: Final = "people_count"
"""Hidden field: how many lines a page shows."""

PAGE: Final = "page"
"""Hidden field: the page that a form was sent from, "1" or "2"."""

ACTS_BEFORE: Final = "acts_before"
"""Hidden fields: what was to be done to all when the lines were looked over."""

_LINE_FIELDS: Final = tuple(name for name in PersonForm.base_fields if name != "line")


def forms_of_lines(
    text: str,
    acts: Sequence[Term],
    *,
    with_acts: bool = True,
    looked_over: QueryDict | None = None,
) -> list[PersonForm]:
    """A form for each line. A line that names acts of its own has these ticked, others all.

    ``looked_over`` may carry corrections: a line that did not change keeps them.
    """
    people = read_lines(text)
    corrections = _corrections(looked_over or QueryDict(), acts)
    offered = list({each.pk: each for each in [*acts, *_named(people)]}.values())
    found = []
    for number, person in enumerate(people):
        form = PersonForm(
            initial={**_initial(person, acts), **_next(corrections, person.line)},
            prefix=f"person-{number}",
            offered=offered if with_acts else None,
        )
        form.doubts = person.doubts
        found.append(form)
    return found


def forms_of_post(
    data: QueryDict, acts: Sequence[Term], *, with_acts: bool = True
) -> list[PersonForm]:
    """The forms that were sent, with the doubts that their lines raised."""
    number = _count(data)
    lines = [data.get(f"person-{place}-line", "")[:LONGEST] for place in range(number)]
    people = [read_lines(line) for line in lines]
    named = _named([person for found in people for person in found])
    offered = list({each.pk: each for each in [*acts, *named]}.values())
    found = []
    for place in range(number):
        form = PersonForm(data, prefix=f"person-{place}", offered=offered if with_acts else None)
        form.doubts = [doubt for person in people[place] for doubt in person.doubts]
        found.append(form)
    return found


def look_for_known(
    request: HttpRequest, people: Sequence[PersonForm], happened: UncertainDate | None
) -> None:
    """Tell each form who is known and resembles its person, as far as the reader may know."""
    found = hints_for_each(
        [form.typed(happened) for form in people], reader=staff_member(request), limit=ASKED_FOR
    )
    chosen = [_key(form.chosen) for form in people]
    keys = {candidate.other for candidates in found for candidate in candidates} | set(chosen)
    rows = visible_rows(request, Person).prefetch_related("names").in_bulk(list(keys - {0}))
    for form, candidates, choice in zip(people, found, chosen, strict=True):
        known = [_known(each, rows[each.other]) for each in candidates if each.other in rows]
        shown = known[:SHOWN]
        if choice in rows and choice not in {each.person.pk for each in shown}:
            # Chosen before the name was corrected: it stays chosen until somebody chooses anew.
            shown.append(_chosen_before(rows[choice]))
        form.say_who_is_known(shown)


def carried(data: QueryDict) -> list[tuple[str, str]]:
    """Corrections of the second page, as hidden fields of the first."""
    if COUNT not in data:
        return []
    before = data.getlist("acts" if data.get(PAGE) == "2" else ACTS_BEFORE)
    lines = [
        (name, value)
        for name, values in data.lists()
        if name.startswith("person-") or name == COUNT
        for value in values
    ]
    return [*lines, *((ACTS_BEFORE, act) for act in before)]


def are_valid(people: Sequence[PersonForm]) -> bool:
    """Whether every line can be entered, somebody is, and nobody twice."""
    # Each of them, so that the page shows all that is to be mended.
    judged = [form.is_valid() for form in people]
    valid = all(judged)
    if not valid:
        return False
    seen: set[int] = set()
    for form in people:
        known = None if form.is_left_out else form.known_person
        if known is not None and known.pk in seen:
            form.add_error("same_as", _("This person was chosen for another line as well."))
            valid = False
        elif known is not None:
            seen.add(known.pk)
    return valid


def _known(candidate: Candidate, person: Person) -> Known:
    return Known(
        person,
        person_label(person),
        candidate.strength or Strength.WEAK,
        joined((*agreements(candidate.agrees), *disagreements(candidate.differs))),
    )


def _chosen_before(person: Person) -> Known:
    return Known(person, person_label(person), Strength.WEAK, gettext("chosen before"))


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _count(data: QueryDict) -> int:
    return min(_key(data.get(COUNT, "")), MOST)


def _corrections(data: QueryDict, acts: Sequence[Term]) -> dict[str, list[dict[str, Any]]]:
    """What was looked over of each line, as values of its boxes: a list, for lines twice there."""
    same_acts = set(data.getlist(ACTS_BEFORE)) == {str(act.pk) for act in acts}
    found: dict[str, list[dict[str, Any]]] = {}
    for place in range(_count(data)):
        prefix = f"person-{place}-"
        values: dict[str, Any] = {name: data.get(prefix + name, "") for name in _LINE_FIELDS}
        values["acts"] = data.getlist(prefix + "acts")
        if not same_acts:
            # What was done to all has changed, and with it what is ticked here.
            del values["acts"]
        found.setdefault(data.get(prefix + "line", ""), []).append(values)
    return found


def _next(corrections: dict[str, list[dict[str, Any]]], line: str) -> dict[str, Any]:
    waiting = corrections.get(line)
    return waiting.pop(0) if waiting else {}


def _named(people: Sequence[ReadPerson]) -> list[Term]:
    return [act for person in people for act in person.acts]


def _initial(person: ReadPerson, acts: Sequence[Term]) -> dict[str, Any]:
    return {
        "line": person.line,
        "honorific": person.honorific,
        "given": person.given,
        "fathers_name": person.fathers_name,
        "given_local": person.given_local,
        "fathers_name_local": person.fathers_name_local,
        "age": person.age,
        "sex": term("sex", person.sex).pk,
        "occupation": person.occupation,
        "occupation_note": person.occupation_note,
        "description": person.description,
        "group_size": person.group_size,
        "size_estimated": person.size_estimated,
        "acts": [each.code for each in person.acts or acts],
    }
