"""People as a clerk writes them down, one a line: name, father, age, occupation, in either script.

``Balach s/o Mola Bakhsh, 22, student``; ``بالاچ ولد مولا بخش، ۲۲ سال``; both names with a stroke
between them; ``about 20 unnamed people``. Behind a colon may stand what was done to this one.
What is read is a proposal: everything doubtful is said, and the clerk looks at every line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from incidents.entry.nameless import SEX_OF, Nameless, read_nameless
from incidents.importing.drafting.ages import read_age
from incidents.importing.drafting.converting import full_name
from incidents.importing.drafting.unusable import Unusable
from reference.models import Term
from reference.names import Relation, fold, script_of, split_parentage
from reference.vocabularies import terms

MOST: Final = 60
"""Lines that are entered at once: more are a list, and lists have an import of their own."""

LONGEST: Final = 300
"""Characters of a line."""

_NUMBERING: Final = re.compile(r"^\s*(?:[0-9]{1,3}\s*[.)۔-]\s+|[-–*•]\s+)")
_PARTS: Final = re.compile(r"[,،;؛]")
_TWO_SCRIPTS: Final = re.compile(r"\s+[/|=·]\s+|\s*\(([^)]*)\)")


@dataclass(slots=True)
class ReadPerson:
    """What one line seems to say of one person or group. ``doubts`` are sentences for the clerk."""

    line: str
    honorific: str = ""
    given: str = ""
    fathers_name: str = ""
    given_local: str = ""
    fathers_name_local: str = ""
    age: str = ""
    sex: str = "unknown"
    occupation: Term | None = None
    occupation_note: str = ""
    is_group: bool = False
    group_size: int | None = None
    size_estimated: bool = False
    description: str = ""
    acts: list[Term] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_lines(text: str) -> list[ReadPerson]:
    """Everybody in a text of lines, in its order; empty lines are nobody."""
    lines = [_NUMBERING.sub("", line).strip() for line in text.splitlines()]
    found = [_read(line) for line in lines if line]
    _note_repeated(found)
    return found


def _read(line: str) -> ReadPerson:
    person = ReadPerson(line)
    said, acts = _behind_colon(line)
    for name in _PARTS.split(acts):
        _read_act(person, name.strip())
    parts = [part.strip() for part in _PARTS.split(said)]
    first = parts[0] if parts else ""
    nameless = read_nameless(said)
    if nameless is None:
        _read_names(person, first)
    else:
        _take(person, nameless)
    if not person.is_group and (nameless is None or nameless.name or nameless.description):
        for part in parts[1:]:
            _read_detail(person, part)
    return person


def _behind_colon(line: str) -> tuple[str, str]:
    said, _colon, acts = line.partition(":")
    return said.strip(), acts.strip()


def _read_act(person: ReadPerson, name: str) -> None:
    if not name:
        return
    found = _term("violation-type", name)
    if found is None:
        person.doubts.append(
            _("“%(text)s” is not called like that in the list of what can be done to somebody.")
            % {"text": name}
        )
    else:
        person.acts.append(found)


def _take(person: ReadPerson, found: Nameless) -> None:
    person.description, person.sex = found.description, found.sex
    person.is_group, person.group_size = found.size is not None, found.size
    person.size_estimated = found.estimated
    person.doubts += found.doubts
    if found.name:
        _read_names(person, found.name)


def _read_names(person: ReadPerson, text: str) -> None:
    for written in _by_script(text):
        try:
            name = full_name(written)
        except Unusable as error:
            person.doubts.append(error.reason)
            continue
        if name.honorific and not person.honorific:
            person.honorific = name.honorific
        if script_of(name.given) == "arabic":
            person.given_local, person.fathers_name_local = name.given, name.fathers_name
        else:
            person.given, person.fathers_name = name.given, name.fathers_name
        _note_relation(person, written)
    if not (person.given or person.given_local):
        person.doubts.append(_("No name was found in this line."))
    elif not (person.fathers_name or person.fathers_name_local):
        person.doubts.append(_("No father’s name: namesakes are many, so add it if it is known."))


def _by_script(text: str) -> Iterator[str]:
    """The name, or the two names where the line gives one in each script."""
    halves = [half.strip() for half in _TWO_SCRIPTS.split(text) if half and half.strip()]
    if len(halves) == 2 and {script_of(half) for half in halves} == {"latin", "arabic"}:
        yield from halves
    else:
        yield text


def _note_relation(person: ReadPerson, written: str) -> None:
    parentage = split_parentage(written)
    if parentage.relation is Relation.WIFE:
        person.sex = "woman"
        person.doubts.append(
            _("“%(name)s” is read as the husband’s name, which is not kept with the name.")
            % {"name": parentage.parent}
        )
    elif parentage.relation is Relation.DAUGHTER:
        person.sex = "woman"
    elif parentage.relation is Relation.SON:
        person.sex = "man"


def _read_detail(person: ReadPerson, text: str) -> None:
    """Age, sex or occupation, whichever it is; anything else is the occupation in words."""
    if not text:
        return
    if any(char.isdigit() for char in text) and _read_age(person, text):
        return
    if code := SEX_OF.get(text.lower()):
        person.sex = code
        return
    if occupation := _term("occupation", text):
        person.occupation = occupation
        return
    person.occupation_note = ", ".join(filter(None, (person.occupation_note, text)))
    person.doubts.append(
        _("“%(text)s” is kept as the occupation in words. Is that what it is?") % {"text": text}
    )


def _read_age(person: ReadPerson, text: str) -> bool:
    told = re.sub(r"^(?:aged?|عمر)\s+", "", text, flags=re.IGNORECASE)
    try:
        read_age(told)
    except Unusable:
        return False
    person.age = told
    return True


def _term(vocabulary: str, text: str) -> Term | None:
    """The offered term that is called so, in any language, or has this code."""
    wanted = text.strip().casefold()
    for each in terms(vocabulary):
        names = (each.code, each.label_in("en"), each.label_in("ur"))
        if wanted in (name.casefold() for name in names):
            return each
    return None


def _note_repeated(people: Sequence[ReadPerson]) -> None:
    """Two lines with one name and father are perhaps one person, written down twice."""
    seen: dict[tuple[str, str], int] = {}
    for number, person in enumerate(people, start=1):
        key = (
            fold(person.given or person.given_local),
            fold(person.fathers_name or person.fathers_name_local),
        )
        if not key[0]:
            continue
        if key in seen:
            person.doubts.append(
                _("Line %(number)d has the same name. If it is the same person, leave one out.")
                % {"number": seen[key]}
            )
        seen.setdefault(key, number)
