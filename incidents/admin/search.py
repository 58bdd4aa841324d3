"""Finding rows by what somebody remembers: a name in any spelling, a place, a few words."""

from collections.abc import Callable
from functools import reduce
from operator import and_

from django.db.models import Q

from incidents.models import Merger, Person, Violation
from reference.models import Area
from reference.models.area import fold_place


def in_any_order(text: str, matching: Callable[[str], Q]) -> Q:
    """What matches the whole text, or each of its words somewhere."""
    words = text.split()
    whole = matching(text)
    return whole if len(words) < 2 else whole | reduce(and_, map(matching, words))


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
    areas = areas_like(text)
    victims = Violation.objects.filter(person__in=Person.objects.named_like(text))
    found = (
        Q(title__icontains=text)
        | Q(title_local__icontains=text)
        | Q(reference__iexact=text)
        | Q(place_text__icontains=text)
        | Q(place_text_local__icontains=text)
        | Q(pk__in=victims.values("incident"))
    )
    return found | Q(area__path__overlap=areas) if areas else found


def people_like(text: str) -> Q:
    """People by any of their names, description or reference, also a former one of theirs."""
    former = Person.objects.filter(reference__iexact=text, pk__in=Merger.objects.losers())
    return (
        Q(pk__in=Person.objects.named_like(text).values("pk"))
        | Q(description__icontains=text)
        | Q(description_local__icontains=text)
        | Q(reference__iexact=text)
        | Q(pk__in=[Merger.objects.survivor_of(person).pk for person in former])
    )
