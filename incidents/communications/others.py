"""Names that are not for the reader of a paper, and whether they stand in a text.

Looked for are the names of everybody whom the incident knows, its internal rows included, less
those who may be named. The names of the person whom the paper is about hide no others: a name
counts unless it stands inside one of theirs.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet, Value

from incidents.communications.consents import PUBLISH_NAME, agreed_to_name
from incidents.communications.forms import Form
from incidents.communications.subject import Subject
from incidents.documents.parts import parts
from incidents.documents.protection import accused_may_be_named, shown_name
from incidents.models import (
    BodyEntry,
    Consent,
    Intervention,
    Involvement,
    LegalAction,
    Person,
    PersonRelation,
    Source,
    StatusEntry,
    Violation,
)
from incidents.readiness import is_telling, without_possessives
from incidents.visibility import CASE_OF_CITATION
from reference.names import fold_and_skeleton, script_of, split_parentage

_SHORTEST_BONES: Final = 3
"""Consonants of a name below which it is not looked for in the other script."""

_MORE: Final = 2
"""Words by which a name may be longer in a text than it is compared: titles, articles."""

_AROUND: Final = " \t\n.,;:!?()[]«»“”\"'’‘،؛۔؟·–-"

_VICTIM, _ACCUSED, _INFORMANT, _BESIDE = "victim", "accused", "informant", "beside"


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is looked for; by its consonants in the scripts in which it is not recorded."""

    words: tuple[str, ...]
    bones: tuple[str, ...]
    unwritten: frozenset[str]


class _Said:
    """The words of a text, as names are compared."""

    def __init__(self, text: str) -> None:
        folded, bones = fold_and_skeleton(without_possessives(text))
        self.words, self.bones = folded.split(), bones.split()

    def exactly(self, name: _Name) -> Iterator[range]:
        """Where the name stands in its own script."""
        yield from _places(self.words, name.words)

    def across(self, name: _Name) -> Iterator[range]:
        """Where something stands that sounds like the name, in a script in which nobody has
        written it down."""
        if not name.unwritten or len("".join(name.bones)) < _SHORTEST_BONES:
            return
        for place in _places(self.bones, name.bones):
            if all(script_of(self.words[index]) in name.unwritten for index in place):
                yield place


class HeldBack:
    """The names that must not stand on one paper."""

    def __init__(self, sought: Iterable[_Name], own: Iterable[_Name]) -> None:
        self._sought = tuple(dict.fromkeys(sought))
        self._own = tuple(dict.fromkeys(own))

    def standing_in(self, text: str) -> list[str]:
        """What of a text is such a name, in the words of the text itself: a reader who may not
        know of somebody learns nothing more of them."""
        said = _Said(text)
        own = [place for name in self._own for place in (*said.exactly(name), *said.across(name))]
        found: dict[str, None] = {}
        for name in self._sought:
            if _any_outside(said.exactly(name), own):
                found[_as_written(text, name) or " ".join(name.words)] = None
            elif _any_outside(said.across(name), own) and (likely := _as_written(text, name)):
                found[likely] = None
        return list(found)


def held_back(form: Form, subject: Subject, *, known: bool) -> HeldBack:
    """The names that must not stand on this paper; ``known``: whether its reader learns who the
    person is. Six queries, however many people there are."""
    roles = _roles(subject)
    ids = [*roles, subject.person.pk]
    agreed = agreed_to_name(form, ids)
    people = Person.objects.filter(pk__in=roles).exclude(pk=subject.person.pk)
    sought = [
        name
        for person in people.select_related("publication_ground").prefetch_related("names")
        if not _may_stand(person, roles[person.pk], form, agreed)
        for name in _names_of(person)
    ]
    givers = Consent.objects.filter(person__in=ids).exclude(giver_name="")
    for giver in givers.order_by().values_list("giver_name", flat=True).distinct():
        text = split_parentage(giver).name
        sought += _looked_for([text], {script_of(text)})
    own = _own_names(subject.person)
    if known:
        return HeldBack(sought, own)
    return HeldBack([*sought, *_names_of(subject.person, fathers=True)], ())


def _roles(subject: Subject) -> dict[int, set[str]]:
    """Everybody whom the incident knows, rows that are kept internal included, and as what."""
    incident = subject.incident.pk
    of_victims = {"person__violations__incident": incident}
    rows: list[tuple[QuerySet[Any], str, str]] = [
        (Violation.objects.filter(incident=incident), "person", _VICTIM),
        (Involvement.objects.filter(incident=incident), "person", _ACCUSED),
        (StatusEntry.objects.filter(incident=incident), "person", _BESIDE),
        (BodyEntry.objects.filter(incident=incident), "person", _BESIDE),
        (
            LegalAction.people.through._default_manager.filter(legalaction__incidents=incident),
            "person",
            _BESIDE,
        ),
        (
            Intervention.people.through._default_manager.filter(intervention__incident=incident),
            "person",
            _BESIDE,
        ),
        (PersonRelation.objects.filter(**of_victims), "other", _BESIDE),
        (
            PersonRelation.objects.filter(other__violations__incident=incident),
            "person",
            _BESIDE,
        ),
        (Source.objects.filter(pk__in=_told_in_trust(subject)), "informant", _INFORMANT),
        *(
            (Source.objects.filter(**{f"citations__{path}": incident}), "informant", _INFORMANT)
            for path in CASE_OF_CITATION
        ),
    ]
    found = [
        each.filter(~Q(**{column: None}))
        .order_by()
        .annotate(as_what=Value(what))
        .values_list(column, "as_what")
        for each, column, what in rows
    ]
    roles: dict[int, set[str]] = {}
    for person, what in found[0].union(*found[1:]):
        roles.setdefault(person, set()).add(what)
    return roles


def _told_in_trust(subject: Subject) -> list[int]:
    """The confidential sources of the case, those included on which others rest."""
    return [pk for pk, source in subject.case.all_sources.items() if source.confidential]


def _may_stand(
    person: Person, roles: set[str], form: Form, agreed: frozenset[tuple[int, str]]
) -> bool:
    """Whether somebody may be named. What one family lets us keep is not for another, and whoever
    told us in trust is named in no other part of a case either."""
    if form.use is not None and form is not Form.FAMILY and (person.pk, form.use) in agreed:
        return True
    if _VICTIM not in roles and _INFORMANT in roles:
        return False
    if _VICTIM not in roles and _ACCUSED in roles:
        return accused_may_be_named(person)
    has_agreed = person.publication_ground_id is not None or (person.pk, PUBLISH_NAME) in agreed
    return has_agreed and shown_name(person).shown == "full"


def _names_of(person: Person, *, fathers: bool = False) -> list[_Name]:
    """The names of somebody, and if asked for those of the father."""
    names = parts(person, "names")
    texts = [name.given for name in names]
    if fathers:
        texts += [name.fathers_name for name in names]
    return _looked_for(texts, {script_of(name.given) for name in names})


def _looked_for(texts: Iterable[str], written: Set[str]) -> list[_Name]:
    return [_name(text, written) for text in texts if is_telling(text)]


def _own_names(person: Person) -> list[_Name]:
    """The names of whom the paper is about, and of the father, alone and together."""
    names = parts(person, "names")
    written = {script_of(name.given) for name in names}
    texts = {
        text
        for name in names
        for text in (
            name.given,
            name.full(),
            name.fathers_name,
            f"{name.full()} {name.fathers_name}",
        )
    }
    return [_name(text, written) for text in sorted(texts) if text.strip()]


def _name(text: str, written: Set[str]) -> _Name:
    words, bones = fold_and_skeleton(text)
    unwritten = frozenset({"latin", "arabic"} - written)
    return _Name(tuple(words.split()), tuple(bones.split()), unwritten)


def _places(words: list[str], sought: tuple[str, ...]) -> Iterator[range]:
    """Where one run of words stands in another."""
    if not sought or sought[0] not in words:
        return
    for start in range(len(words) - len(sought) + 1):
        if tuple(words[start : start + len(sought)]) == sought:
            yield range(start, start + len(sought))


def _any_outside(places: Iterable[range], own: list[range]) -> bool:
    return any(
        not any(each.start <= place.start and place.stop <= each.stop for each in own)
        for place in places
    )


def _as_written(text: str, name: _Name) -> str:
    """The fewest words of a text in which a name stands. What only sounds like it has to begin
    like a name, where the script has capitals: “crime” is not Karim. Empty where there is none."""
    words = text.split()
    for length in range(1, len(name.words) + _MORE + 1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            said = _Said(part)
            alone = range(len(said.words)) in said.across(name) and not part.islower()
            if alone or any(said.exactly(name)):
                return part.strip(_AROUND)
    return ""
