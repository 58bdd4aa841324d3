"""People who came back: they, and no longer their families, decide what may be told of them."""

from typing import Final

from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce, TruncDate

from incidents.models import Consent, Person, StatusEntry
from incidents.models.consent import ConsentQuerySet
from reference.vocabularies import codes_where

BY_RIGHT: Final = ("self", "guardian")
"""Codes of ``consent-giver``: the person, or whom the law lets answer also for one who is free."""


def came_back() -> QuerySet[Person]:
    """People whose current status says that they can answer for themselves again.

    Each has ``free_since``, the earliest day of the status, or the day on which it was entered.
    An entry without any day is current only where no other has one: nobody knows whether it
    came later.
    """
    dated = Q(date_earliest__isnull=False) | Q(date_latest__isnull=False)
    latest = (
        StatusEntry.objects.filter(person=OuterRef("pk"))
        .alias(dated=ExpressionWrapper(dated, BooleanField()))
        .order_by(
            "-dated",
            F("date_latest").desc(nulls_first=True),
            F("date_earliest").desc(nulls_last=True),
            "-pk",
        )
    )
    since = Coalesce("date_earliest", TruncDate("entered_at"))
    return Person.objects.annotate(
        status_now=Subquery(latest.values("status__code")[:1]),
        free_since=Subquery(latest.annotate(since=since).values("since")[:1]),
    ).filter(status_now__in=codes_where("victim-status", reconsent=True))


def counting(consents: ConsentQuerySet) -> ConsentQuerySet:
    """Those of these consents that count: of people who came back, only what they gave themselves.

    A consent given for a missing person ends with the return (DESIGN section 6), for every use.
    """
    returned = came_back().filter(pk=OuterRef("person"))
    return consents.filter(_given_by_right() | ~Exists(returned))


def to_be_asked_anew() -> QuerySet[Person]:
    """People who came back, for whom somebody else has consented, and of whom there is neither
    an own consent in force nor an own answer of any kind since.

    Each has ``free_since``, as of ``came_back``.
    """
    given = Consent.objects.filter(
        person=OuterRef("pk"), answer__code="granted", withdrawn_on__isnull=True
    )
    own = Consent.objects.filter(_given_by_right(), person=OuterRef("pk"))
    answered = own.filter(
        Q(given_on__gte=OuterRef("free_since"))
        | Q(given_on__isnull=True, entered_at__date__gte=OuterRef("free_since"))
    )
    return came_back().filter(
        Exists(given.exclude(giver__code__in=BY_RIGHT)),
        ~Exists(own.in_force()),
        ~Exists(answered),
    )


def _given_by_right() -> Q:
    return Q(giver__code__in=BY_RIGHT)
