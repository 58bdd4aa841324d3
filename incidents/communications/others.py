"""Names that are not for the reader of a paper.

Looked for are the names of everybody whom the incident knows, its internal rows included, less
those who may be named. The names of the person whom the paper is about hide no others: a name
counts unless it stands inside one of theirs.
"""

from typing import Any

from django.db.models import Q, QuerySet, Value

from incidents.communications.consents import PUBLISH_NAME, agreed_to_name
from incidents.communications.forms import Form
from incidents.communications.subject import Subject
from incidents.documents.parts import parts
from incidents.documents.protection import accused_may_be_named, shown_name
from incidents.informants import informants_of
from incidents.models import (
    BodyEntry,
    Citation,
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
from incidents.names_in_texts import HeldBack, SoughtName, is_telling, names_of, sought_name
from incidents.ties import CASE_OF_CITATION
from reference.names import script_of, split_parentage

_VICTIM, _ACCUSED, _INFORMANT, _BESIDE = "victim", "accused", "informant", "beside"


def held_back(form: Form, subject: Subject, *, known: bool) -> HeldBack:
    """The names that must not stand on this paper; ``known``: whether its reader learns who the
    person is. Seven queries, however many people there are. Raises UnreadableTiesError."""
    roles = _roles(subject)
    ids = [*roles, subject.person.pk]
    agreed = agreed_to_name(form, ids)
    people = Person.objects.filter(pk__in=roles).exclude(pk=subject.person.pk)
    sought = [
        name
        for person in people.select_related("publication_ground").prefetch_related("names")
        if not _may_stand(person, roles[person.pk], form, agreed)
        for name in names_of(person)
    ]
    givers = Consent.objects.filter(person__in=ids).exclude(giver_name="")
    for giver in givers.order_by().values_list("giver_name", flat=True).distinct():
        text = split_parentage(giver).name
        sought += [sought_name(text, {script_of(text)})] if is_telling(text) else []
    own = _own_names(subject.person)
    if known:
        return HeldBack(sought, own)
    return HeldBack([*sought, *names_of(subject.person, fathers=True)], ())


def _roles(subject: Subject) -> dict[int, set[str]]:
    """Everybody whom the incident knows, rows that are kept internal included, and as what."""
    incident = subject.incident.pk
    of_victims = {"person__violations__incident": incident}
    rows: list[tuple[QuerySet[Any], str, str]] = [
        (Violation.objects.filter(incident=incident), "person", _VICTIM),
        (Involvement.objects.filter(incident=incident), "person", _ACCUSED),
        (StatusEntry.objects.filter(incident=incident), "person", _BESIDE),
        (BodyEntry.objects.filter(incident=incident), "person", _BESIDE),
        (LegalAction.objects.filter(incidents=incident), "complainant", _BESIDE),
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
    for person in informants_of(_sources(subject)):
        roles.setdefault(person, set()).add(_INFORMANT)
    return roles


def _sources(subject: Subject) -> QuerySet[Source]:
    """The sources that the incident cites, and the confidential ones of the case, those included on
    which others rest."""
    told = [pk for pk, source in subject.case.all_sources.items() if source.confidential]
    cited = Q(pk__in=told)
    for path in CASE_OF_CITATION:
        citations = Citation.objects.filter(**{path: subject.incident.pk})
        cited |= Q(pk__in=citations.order_by().values("source"))
    return Source.objects.filter(cited)


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


def _own_names(person: Person) -> list[SoughtName]:
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
    return [
        sought_name(text, written, keep_honorifics=titled)
        for text in sorted(texts)
        if text.strip()
        for titled in (True, False)
    ]
