"""What is urgent: disappearances for which an appeal can still be sent, and the cases that wait."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from incidents.among import IsAmong
from incidents.models import Incident, Intervention, StaffMember, StatusEntry, Violation
from reference.vocabularies import codes_where, subtree, term

URGENT_MONTHS: Final = 3
"""A disappearance is urgent for the UN Working Group on Enforced or Involuntary Disappearances
when it is less than three months old on receipt (its methods of work)."""


def urgent_violations(today: date) -> QuerySet[Violation]:
    """Enforced disappearances, possibly less than three months old, with ``began``: neither ended
    nor clarified, and without an urgent appeal for this victim."""
    appeals = Intervention.objects.filter(
        Q(people__isnull=True) | Q(people=OuterRef("person")),
        incident=OuterRef("incident"),
        types__in=_keys("intervention-type", subtree("intervention-type", "urgent-appeal")),
    )
    # What was known of them before they were taken clarifies nothing.
    clarified = StatusEntry.objects.filter(
        Q(incident=OuterRef("incident")) | Q(date_earliest__gte=OuterRef("began")),
        person=OuterRef("person"),
        status__in=_keys("victim-status", codes_where("victim-status", fate_clarified=True)),
    )
    begun = _begun(_months_after(today, -URGENT_MONTHS), today)
    # A violation without a start of its own began with its incident.
    began = Case(
        When(start_earliest=None, start_latest=None, then="incident__date_earliest"),
        default="start_earliest",
    )
    return Violation.objects.annotate(began=began).filter(
        IsAmong("pk", ArraySubquery(begun)),
        ~Exists(appeals),
        ~Exists(clarified),
        type__in=_keys("violation-type", subtree("violation-type", "enforced-disappearance")),
        end_latest__isnull=True,
    )


def last_urgent_day(began: date) -> date:
    """The last day on which a disappearance is less than three months old."""
    return _months_after(began, URGENT_MONTHS) - timedelta(days=1)


def review_queue(user: StaffMember, *, today: date | None = None) -> QuerySet[Incident]:
    """Cases that wait for a decision: those with an ``urgent`` disappearance first, then those
    that have waited longest. Of each what a line about it shows."""
    urgent = urgent_violations(today or timezone.localdate()).order_by().values("incident")
    waiting = Incident.objects.visible_to(user).awaiting_review()
    shown = ("title", "stage", "changed_at", "changed_by__username", "changed_by__pseudonym")
    return (
        waiting.annotate(urgent=Case(When(pk__in=urgent, then=True), default=False))
        .order_by("-urgent", "changed_at")
        .select_related("changed_by")
        .only(*shown)
    )


def _begun(after: date, today: date) -> QuerySet[Any, Any]:
    """Keys of what began in these days, found by the one date and by the other: each has an index,
    and no index holds both."""
    dated = Violation.objects.filter(start_earliest__gt=after, start_earliest__lte=today)
    cases = Incident.objects.filter(date_earliest__gt=after, date_earliest__lte=today)
    undated = Violation.objects.filter(start_earliest=None, start_latest=None, incident__in=cases)
    return dated.order_by().values("pk").union(undated.order_by().values("pk"))


def _keys(vocabulary: str, codes: frozenset[str]) -> list[int]:
    """Keys of terms, by which the database knows how many rows have them."""
    return [term(vocabulary, code).pk for code in sorted(codes)]


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
