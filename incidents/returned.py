"""People who came back: they, and no longer their families, decide what may be told of them."""

from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce, TruncDate

from incidents.among import IsAmong
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


def came_back() -> QuerySet[Person]:
    """People whose current status says that they can answer for themselves again.

    Each has ``free_since``, the earliest day of the status, or the day on which it was entered, and
    ``told_in``, the case that says so.
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
        told_in=Subquery(latest.values("incident")[:1]),
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

    Each has ``free_since`` and ``told_in``, as of ``came_back``.
    """
    given = Consent.objects.filter(
        person=OuterRef("pk"),
        answer=term("consent-answer", "granted").pk,
        withdrawn_on__isnull=True,
    ).exclude(_given_by_right())
    own = Consent.objects.filter(_given_by_right())
    answered = own.filter(
        Q(given_on__gte=OuterRef("free_since"))
        | Q(given_on__isnull=True, entered_at__date__gte=OuterRef("free_since")),
        person=OuterRef("pk"),
    )
    one = {} if person is None else {"person": person.pk}
    ever = StatusEntry.objects.filter(status__in=_freeing(), **one).order_by().values("person")
    agreed = own.in_force().filter(**one).order_by().values("person")
    # Who ever came back and does not agree now: these are few, and found first. The rest is
    # looked up for each of them.
    those = IsAmong("pk", ArraySubquery(ever.difference(agreed)))
    return came_back().filter(those, Exists(given), ~Exists(answered))


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
    return Q(giver__in=[term("consent-giver", code).pk for code in BY_RIGHT])
