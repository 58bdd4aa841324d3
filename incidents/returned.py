"""People who came back: they, and no longer their families, decide what may be told of them."""

from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce, TruncDate

from incidents.models import Consent, Person, StatusEntry
from incidents.models.consent import ConsentQuerySet
from reference.vocabularies import codes_where, term

BY_RIGHT: Final = ("self", "guardian")
"""Codes of ``consent-giver``: the person, or whom the law lets answer also for one who is free."""


_LATEST_FIRST: Final = (
    "-dated",
    F("date_latest").desc(nulls_first=True),
    F("date_earliest").desc(nulls_last=True),
    "-pk",
)
_DATED: Final = ExpressionWrapper(
    Q(date_earliest__isnull=False) | Q(date_latest__isnull=False), BooleanField()
)


class _AnyOf(Func):
    """Whether a key is in an array that is made once, before any row is looked at."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def came_back() -> QuerySet[Person]:
    """People whose current status says that they can answer for themselves again.

    Each has ``free_since``, the earliest day of the status, or the day on which it was entered.
    An entry without any day is current only where no other has one: nobody knows whether it
    came later. Asked of each person by itself: ``_all_who_came_back`` asks it of everybody.
    """
    latest = (
        StatusEntry.objects.filter(person=OuterRef("pk"))
        .alias(dated=_DATED)
        .order_by(*_LATEST_FIRST)
    )
    since = Coalesce("date_earliest", TruncDate("entered_at"))
    return Person.objects.annotate(
        status_now=Subquery(latest.values("status")[:1]),
        free_since=Subquery(latest.annotate(since=since).values("since")[:1]),
    ).filter(status_now__in=_freeing())


def counting(consents: ConsentQuerySet, *, of_all: bool = False) -> ConsentQuerySet:
    """Those of these consents that count: of people who came back, only what they gave themselves.

    A consent given for a missing person ends with the return (DESIGN section 6), for every use.
    ``of_all`` finds out once who came back: worth it where the consents are those of everybody.
    """
    if of_all:
        return consents.filter(_given_by_right() | ~Q(person__in=_all_who_came_back()))
    returned = came_back().filter(pk=OuterRef("person"))
    return consents.filter(_given_by_right() | ~Exists(returned))


def to_be_asked_anew(person: Person | None = None) -> QuerySet[Person]:
    """People who came back, for whom somebody else has consented, and of whom there is neither
    an own consent in force nor an own answer of any kind since; or this person, if so.

    Each has ``free_since``, as of ``came_back``.
    """
    given = Consent.objects.filter(
        person=OuterRef("pk"),
        answer=term("consent-answer", "granted").pk,
        withdrawn_on__isnull=True,
    ).exclude(giver__in=[term("consent-giver", code).pk for code in BY_RIGHT])
    own = Consent.objects.filter(_given_by_right(), person=OuterRef("pk"))
    answered = own.filter(
        Q(given_on__gte=OuterRef("free_since"))
        | Q(given_on__isnull=True, entered_at__date__gte=OuterRef("free_since"))
    )
    perhaps = Person.objects.filter(
        Exists(given),
        ~Exists(own.in_force()),
        pk__in=StatusEntry.objects.filter(status__in=_freeing()).values("person"),
        **({} if person is None else {"pk": person.pk}),
    )
    # These few are found first: who came back, and since when, is looked up for each.
    those = _AnyOf("pk", ArraySubquery(perhaps.order_by().values("pk")))
    return came_back().filter(those, ~Exists(answered))


def _all_who_came_back() -> QuerySet[StatusEntry, int]:
    """The keys of everybody whom ``came_back`` finds, by sorting the statuses of all who ever came
    back instead of asking of each person."""
    ever = StatusEntry.objects.filter(status__in=_freeing()).values("person")
    latest = (
        StatusEntry.objects.filter(person__in=ever)
        .alias(dated=_DATED)
        .order_by("person_id", *_LATEST_FIRST)
        .distinct("person_id")
    )
    current = StatusEntry.objects.filter(pk__in=latest.values("pk"))
    return current.filter(status__in=_freeing()).values_list("person", flat=True)


def _freeing() -> list[int]:
    """Keys of the statuses in which people answer for themselves again: by them the database knows
    how few there are."""
    codes = codes_where("victim-status", reconsent=True)
    return [term("victim-status", code).pk for code in sorted(codes)]


def _given_by_right() -> Q:
    return Q(giver__code__in=BY_RIGHT)
