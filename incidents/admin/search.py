"""Finding rows by what somebody remembers: a name in any spelling, a place, a few words."""

from collections.abc import Callable
from functools import reduce
from operator import and_
from typing import Final

from django.db.models import Q, QuerySet

from incidents.models import (
    Citation,
    Incident,
    Merger,
    Person,
    PersonName,
    Review,
    Source,
    Violation,
)
from reference.models import Area
from reference.models.area import fold_place

MOST_SEALED: Final = 1_000
"""Confidential sources that are opened for one search, the latest entered. Older ones are found by
their reference and in the cases that cite them."""

_OF_REFERENCES: Final = frozenset("INC-0123456789")
"""What references of incidents are made of."""

_SEARCHED: Final = ("title", "title_local", "publisher", "author", "url")


def in_any_order(text: str, matching: Callable[[str], Q]) -> Q:
    """What matches the whole text, or each of its words somewhere."""
    words = text.split()
    whole = matching(text)
    return whole if len(words) < 2 else whole | reduce(and_, map(matching, words))


def sealed_sources_like(text: str, sources: QuerySet[Source]) -> list[int]:
    """Those of the confidential among these sources that have the words, which the database
    cannot read: they are opened one by one."""
    rows = sources.model._default_manager.filter(
        pk__in=sources.order_by().values("pk"), confidential=True
    )
    words = [word.casefold() for word in text.split()]
    found = []
    for pk, *texts in rows.order_by("-pk").values_list("pk", *_SEARCHED)[:MOST_SEALED]:
        whole = "\n".join(texts).casefold()
        if all(word in whole for word in words):
            found.append(pk)
    return found


def areas_like(text: str) -> list[int]:
    """Areas that are called so, or whose name begins like this: for somebody still typing."""
    folded = fold_place(text)
    if not folded:
        return []
    begun = Q(names__folded__startswith=folded)
    named = Area.objects.named(text).values("pk")
    return list(Area.objects.filter(begun | Q(pk__in=named)).values_list("pk", flat=True))


def incidents_like(text: str) -> Q:
    """Incidents by title, reference, place, or the name of a victim in either script."""
    victims = Violation.objects.filter(person__in=PersonName.objects.owners_like(text))
    # Each by an index of its own, which one condition of several tables could not use.
    found = [
        Incident.objects.saying(text).order_by().values("pk"),
        Incident.objects.filter(reference=text.upper()).order_by().values("pk"),
        victims.order_by().values("incident"),
    ]
    if areas := areas_like(text):
        within = Area.objects.filter(path__overlap=areas)
        found.append(Incident.objects.filter(area__in=within).order_by().values("pk"))
    return Q(pk__in=found[0].union(*found[1:]))


def people_like(text: str) -> Q:
    """People by any of their names, description or reference, also a former one of theirs."""
    former = Person.objects.filter(reference=text.upper(), pk__in=Merger.objects.losers())
    # Each by an index of its own, as for incidents.
    found = [
        Person.objects.named_like(text).order_by().values("pk"),
        Person.objects.described_as(text).order_by().values("pk"),
        Person.objects.filter(reference=text.upper()).order_by().values("pk"),
    ]
    survivors = [Merger.objects.survivor_of(person).pk for person in former]
    return Q(pk__in=found[0].union(*found[1:])) | Q(pk__in=survivors)


def reviews_like(text: str) -> Q:
    """Decisions by the title, place or reference of their case, or by their reason."""
    cases = Incident.objects.saying(text).order_by().values("pk")
    found = [
        Review.objects.filter(incident__in=cases).order_by().values("pk"),
        Review.objects.filter(reason__icontains=text).order_by().values("pk"),
    ]
    if set(text.upper()) <= _OF_REFERENCES:
        numbered = Review.objects.filter(incident__reference__icontains=text)
        found.append(numbered.order_by().values("pk"))
    return Q(pk__in=found[0].union(*found[1:]))


def citations_like(word: str) -> Q:
    """Citations with a word in the title or publisher of their source, or as a place in it."""
    named = Q(title__icontains=word) | Q(publisher__icontains=word)
    sources = Source.objects.filter(named).order_by().values("pk")
    found = [
        Citation.objects.filter(source__in=sources).order_by().values("pk"),
        Citation.objects.filter(locator__icontains=word).order_by().values("pk"),
    ]
    return Q(pk__in=found[0].union(*found[1:]))
