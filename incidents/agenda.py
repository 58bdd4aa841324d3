"""Dates that somebody has to keep: what was promised, what courts have set, what runs out.

Only tasks are stored. Hearings, the time for an urgent appeal and consents are read from the case
file each time, so that they appear and disappear with what is entered there.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final, TypeVar

from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from incidents.models import (
    Consent,
    Incident,
    Intervention,
    LegalAction,
    LegalStep,
    Person,
    StaffMember,
    StatusEntry,
    Task,
    Violation,
)
from incidents.returned import to_be_asked_anew
from incidents.visibility import visible_to
from reference.vocabularies import codes_where, subtree

_Row = TypeVar("_Row", bound=Model)

AHEAD: Final = timedelta(days=30)
"""How far one looks ahead."""

BACK: Final = timedelta(days=365)
"""How far one looks back for hearings: an old archive must not hide what is due now."""

URGENT_MONTHS: Final = 3
"""A disappearance is urgent for the UN Working Group on Enforced or Involuntary Disappearances
when it is less than three months old on receipt (its methods of work)."""


class Reason(Enum):
    """Why there is a date; the value is the label for people."""

    TASK = pgettext_lazy("date to keep", "task")
    HEARING = pgettext_lazy("date to keep", "hearing")
    URGENT_APPEAL = pgettext_lazy("date to keep", "last day for an urgent appeal")
    CONSENT_ENDS = pgettext_lazy("date to keep", "consent ends")
    ASK_ANEW = pgettext_lazy("date to keep", "free: ask for consent anew")

    @property
    def label(self) -> Promise:
        """The reason in words."""
        return self.value


@dataclass(frozen=True, slots=True)
class Due:
    """One date. ``row`` is what has to be opened to deal with it; ``about`` is the case or person.

    ``mine``: the task is theirs, or the case was entered by them or is assigned to them.
    """

    day: date
    reason: Reason
    what: str
    about: str
    row: Model
    mine: bool

    def days_left(self, today: date) -> int:
        """Days from today, negative once it has passed."""
        return (self.day - today).days


def agenda(user: StaffMember, *, today: date | None = None) -> list[Due]:
    """All that is due within 30 days or was due before and is not done, by day. Hearings are looked
    for during a year.

    Holds only what this member of staff may see. The number of queries does not depend on how
    much there is.
    """
    today = today or timezone.localdate()
    own = _Own(user)
    found = [
        *_tasks(own, today),
        *_hearings(own, today),
        *_urgent_appeals(own, today),
        *_ending_consents(own, today),
        *_people_to_ask(own),
    ]
    return sorted(found, key=lambda due: (due.day, not due.mine, due.reason.name, due.row.pk))


def urgent_violations(today: date) -> QuerySet[Violation]:
    """Enforced disappearances, possibly less than three months old, with ``began``: neither ended
    nor clarified, and without an urgent appeal for this victim."""
    appeals = Intervention.objects.filter(
        Q(people__isnull=True) | Q(people=OuterRef("person")),
        incident=OuterRef("incident"),
        types__code__in=subtree("intervention-type", "urgent-appeal"),
    )
    # What was known of them before they were taken clarifies nothing.
    clarified = StatusEntry.objects.filter(
        Q(incident=OuterRef("incident")) | Q(date_earliest__gte=OuterRef("began")),
        person=OuterRef("person"),
        status__code__in=codes_where("victim-status", fate_clarified=True),
    )
    # A violation without a start of its own began with its incident.
    began = Case(
        When(start_earliest=None, start_latest=None, then="incident__date_earliest"),
        default="start_earliest",
    )
    return Violation.objects.annotate(began=began).filter(
        ~Exists(appeals),
        ~Exists(clarified),
        type__code__in=subtree("violation-type", "enforced-disappearance"),
        end_latest__isnull=True,
        began__gt=_months_after(today, -URGENT_MONTHS),
        began__lte=today,
    )


def last_urgent_day(began: date) -> date:
    """The last day on which a disappearance is less than three months old."""
    return _months_after(began, URGENT_MONTHS) - timedelta(days=1)


def review_queue(user: StaffMember, *, today: date | None = None) -> QuerySet[Incident]:
    """Cases that wait for a decision: those with an ``urgent`` disappearance first, then those
    that have waited longest."""
    urgent = urgent_violations(today or timezone.localdate()).filter(incident=OuterRef("pk"))
    cases = Incident.objects.visible_to(user).awaiting_review()
    return (
        cases.annotate(urgent=Exists(urgent))
        .order_by("-urgent", "changed_at")
        .select_related("changed_by")
    )


class _Own:
    """What a member of staff may see, and which cases are theirs."""

    def __init__(self, user: StaffMember) -> None:
        self.user = user

    def seen(self, rows: QuerySet[_Row]) -> QuerySet[_Row]:
        return visible_to(self.user, rows)

    def case(self, **of: OuterRef) -> Exists:
        """Whether such a case was entered by them or is assigned to them."""
        theirs = Q(entered_by=self.user) | Q(pk__in=self.user.assigned_incidents.values("pk"))
        return Exists(Incident.objects.filter(theirs, **of))


def _tasks(own: _Own, today: date) -> Iterator[Due]:
    tasks: QuerySet[Any] = own.seen(Task.objects.open().filter(due__lte=today + AHEAD))
    found = tasks.annotate(in_own_case=own.case(pk=OuterRef("incident")))
    shown = found.select_related("incident").only("what", "due", "assignee", "incident__title")
    for task in shown:
        free = task.assignee_id is None
        mine = task.in_own_case if free else task.assignee_id == own.user.pk
        yield Due(task.due, Reason.TASK, task.what, task.incident.title, task, mine)


def _hearings(own: _Own, today: date) -> Iterator[Due]:
    """Days of the last year and the next weeks set for a step of which nothing was entered."""
    since = LegalStep.objects.filter(
        # Something happened on that day or later, or another day was set.
        Q(date_latest__gte=OuterRef("next_date"))
        | Q(next_date__isnull=False, pk__gt=OuterRef("pk")),
        action=OuterRef("action"),
    )
    steps: QuerySet[Any] = LegalStep.objects.filter(
        ~Exists(since),
        next_date__gte=today - BACK,
        next_date__lte=today + AHEAD,
        action__in=own.seen(LegalAction.objects.all()).values("pk"),
    )
    found = steps.annotate(mine=own.case(legal_actions=OuterRef("action")))
    for step in found.select_related("action").only("what", "next_date", "action__title"):
        title = step.action.title
        yield Due(step.next_date, Reason.HEARING, step.what, title, step.action, step.mine)


def _urgent_appeals(own: _Own, today: date) -> Iterator[Due]:
    cases = own.seen(Incident.objects.all()).values("pk")
    urgent: QuerySet[Any] = urgent_violations(today).filter(incident__in=cases)
    found = urgent.annotate(mine=own.case(pk=OuterRef("incident")))
    shown = found.select_related("incident", "person").prefetch_related("person__names")
    for violation in shown.only("incident__title", "person__description"):
        case = violation.incident
        last = last_urgent_day(violation.began)
        # Months differ in length, so that some day may be within three of them and past the last.
        if last >= today:
            person = str(violation.person)
            yield Due(last, Reason.URGENT_APPEAL, person, case.title, case, violation.mine)


def _ending_consents(own: _Own, today: date) -> Iterator[Due]:
    """Consents that end and were not renewed; of people in the record those, too, that ended."""
    renewed = Consent.objects.filter(
        Q(expires__isnull=True) | Q(expires__gt=OuterRef("expires")),
        person=OuterRef("person"),
        use=OuterRef("use"),
        answer__code="granted",
        withdrawn_on__isnull=True,
    )
    consents: QuerySet[Any] = Consent.objects.filter(
        Q(expires__gte=today) | Q(person__reference__isnull=False),
        ~Exists(renewed),
        answer__code="granted",
        withdrawn_on__isnull=True,
        expires__lte=today + AHEAD,
        person__in=own.seen(Person.objects.all()).values("pk"),
    )
    for consent in consents.select_related("person", "use").prefetch_related("person__names"):
        person = consent.person
        mine = consent.entered_by_id == own.user.pk
        yield Due(
            consent.expires, Reason.CONSENT_ENDS, consent.use.label, str(person), person, mine
        )


def _people_to_ask(own: _Own) -> Iterator[Due]:
    people: QuerySet[Any] = own.seen(to_be_asked_anew()).only("description", "entered_by")
    for person in people.prefetch_related("names"):
        yield Due(
            person.free_since,
            Reason.ASK_ANEW,
            "",
            str(person),
            person,
            person.entered_by_id == own.user.pk,
        )


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
