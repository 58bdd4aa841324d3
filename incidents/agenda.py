"""Dates that somebody has to keep: what was promised, what courts have set, what runs out.

Only tasks are stored. Hearings, the time for an urgent appeal and consents are read from the case
file each time, so that they appear and disappear with what is entered there. Which dates there are
is found first, for all; what each is about is read for those that are shown.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final, TypeVar, overload

from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from incidents.concealing import concealed_from
from incidents.models import (
    Consent,
    Incident,
    LegalAction,
    LegalStep,
    Person,
    StaffMember,
    Task,
    Violation,
)
from incidents.returned import to_be_asked_anew
from incidents.urgency import last_urgent_day, urgent_violations
from incidents.visibility import SEES_ALL, visible_to
from reference.vocabularies import term

_Row = TypeVar("_Row", bound=Model)

AHEAD: Final = timedelta(days=30)
"""How far one looks ahead."""

BACK: Final = timedelta(days=365)
"""How far one looks back for hearings: an old archive must not hide what is due now."""


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


@dataclass(frozen=True, slots=True)
class _Date:
    """A date before anything is told of it: ``key`` of what sets it, ``opens`` of the row that
    has to be opened."""

    day: date
    reason: Reason
    key: int
    opens: int
    mine: bool

    @property
    def place(self) -> tuple[Any, ...]:
        """Where it stands among the others."""
        return self.day, not self.mine, self.reason.name, self.opens


class Agenda(Sequence[Due]):
    """Dates in order. How many there are is known; what they are about is read for those that are
    taken out, in six queries at most for a part of any length."""

    def __init__(self, dates: Iterable[_Date]) -> None:
        self._dates = sorted(dates, key=lambda each: each.place)

    def __len__(self) -> int:
        return len(self._dates)

    @overload
    def __getitem__(self, part: int) -> Due: ...
    @overload
    def __getitem__(self, part: slice) -> list[Due]: ...
    def __getitem__(self, part: int | slice) -> Due | list[Due]:
        return (
            _told(self._dates[part]) if isinstance(part, slice) else _told([self._dates[part]])[0]
        )

    def __iter__(self) -> Iterator[Due]:
        return iter(self[:])


def agenda(user: StaffMember, *, today: date | None = None, own: bool = False) -> Agenda:
    """All that is due within 30 days or was due before and is not done, by day; ``own``: only what
    is theirs. Hearings are looked for during a year.

    Holds only what this member of staff may see. The number of queries does not depend on how
    much there is.
    """
    today = today or timezone.localdate()
    found = [
        *_tasks(user, today),
        *_hearings(user, today),
        *_urgent_appeals(user, today),
        *_of_people(user, today),
    ]
    return Agenda(each for each in found if each.mine or not own)


# ------------------------------------------------------------------------------ finding dates


def _theirs(user: StaffMember, case: str) -> "ExpressionWrapper[Any]":
    """Whether a case was entered by them or is assigned to them; ``case`` is the way to it."""
    given = Incident.assigned.through.objects.filter(staffmember=user, incident=OuterRef(case))
    return ExpressionWrapper(
        Q(**{f"{case}__entered_by": user}) | Q(Exists(given)), output_field=BooleanField()
    )


def _tasks(user: StaffMember, today: date) -> Iterator[_Date]:
    tasks = visible_to(user, Task.objects.open().filter(due__lte=today + AHEAD))
    found = tasks.order_by().annotate(in_own_case=_theirs(user, "incident"))
    for key, due, assignee, in_own in found.values_list("pk", "due", "assignee", "in_own_case"):
        mine = in_own if assignee is None else assignee == user.pk
        yield _Date(due, Reason.TASK, key, key, bool(mine))


def _hearings(user: StaffMember, today: date) -> Iterator[_Date]:
    """Days of the last year and the next weeks set for a step of which nothing was entered."""
    since = LegalStep.objects.filter(
        # Something happened on that day or later, or another day was set.
        Q(date_latest__gte=OuterRef("next_date"))
        | Q(next_date__isnull=False, pk__gt=OuterRef("pk")),
        action=OuterRef("action"),
    )
    cases = LegalAction.incidents.through.objects.filter(legalaction=OuterRef("action"))
    steps = LegalStep.objects.filter(
        ~Exists(since),
        next_date__gte=today - BACK,
        next_date__lte=today + AHEAD,
        action__in=visible_to(user, LegalAction.objects.all()).values("pk"),
    )
    mine = Exists(cases.filter(_theirs(user, "incident")))
    found: QuerySet[Any, Any] = steps.order_by().annotate(mine=mine)
    for key, day, action, own in found.values_list("pk", "next_date", "action", "mine"):
        yield _Date(day, Reason.HEARING, key, action, own)


def _urgent_appeals(user: StaffMember, today: date) -> Iterator[_Date]:
    cases = visible_to(user, Incident.objects.all()).order_by().values("pk")
    urgent = urgent_violations(today).filter(incident__in=cases)
    found = urgent.order_by().annotate(mine=_theirs(user, "incident"))
    for key, began, case, own in found.values_list("pk", "began", "incident", "mine"):
        last = last_urgent_day(began)
        # Months differ in length, so that some day may be within three of them and past the last.
        if last >= today:
            yield _Date(last, Reason.URGENT_APPEAL, key, case, bool(own))


def _of_people(user: StaffMember, today: date) -> list[_Date]:
    """Consents that end, and people to be asked anew: of those whom they may know of. Whom they
    may not is found out once, and for these few."""
    found = [*_ending_consents(user, today), *_people_to_ask(user)]
    people = Person.objects.filter(pk__in={each.opens for each in found})
    known = set(visible_to(user, people).order_by().values_list("pk", flat=True))
    return [each for each in found if each.opens in known]


def _ending_consents(user: StaffMember, today: date) -> Iterator[_Date]:
    """Consents that end and were not renewed; of people in the record those, too, that ended."""
    granted = Consent.objects.filter(
        answer=term("consent-answer", "granted").pk, withdrawn_on__isnull=True
    )
    renewed = granted.filter(
        Q(expires__isnull=True) | Q(expires__gt=OuterRef("expires")),
        person=OuterRef("person"),
        use=OuterRef("use"),
    )
    ending = granted.filter(
        Q(expires__gte=today) | Q(person__reference__isnull=False),
        ~Exists(renewed),
        expires__lte=today + AHEAD,
    )
    columns = ("pk", "expires", "person", "entered_by")
    for key, expires, person, by in ending.order_by().values_list(*columns):
        yield _Date(expires, Reason.CONSENT_ENDS, key, person, by == user.pk)


def _people_to_ask(user: StaffMember) -> Iterator[_Date]:
    """Those of whose return they may know: a concealed case tells even of people who are known
    from an open one what that does not."""
    people: QuerySet[Any, Any] = to_be_asked_anew().order_by()
    if not user.has_perm(SEES_ALL):
        people = people.exclude(told_in__in=concealed_from(user).order_by().values("pk"))
    for key, since, by in people.values_list("pk", "free_since", "entered_by"):
        yield _Date(since, Reason.ASK_ANEW, key, key, by == user.pk)


# ------------------------------------------------------------------------- telling what they are

_Told = tuple[str, str, Model]
"""What is due, what it is about, and the row that has to be opened."""


def _told(dates: list[_Date]) -> list[Due]:
    keys: dict[Reason, list[int]] = defaultdict(list)
    for each in dates:
        keys[each.reason].append(each.key)
    told = {reason: _READ[reason](those) for reason, those in keys.items()}
    return [
        Due(each.day, each.reason, *told[each.reason][each.key], each.mine)
        for each in dates
        if each.key in told[each.reason]
    ]


def _read_tasks(keys: Collection[int]) -> dict[int, _Told]:
    rows = Task.objects.filter(pk__in=keys).select_related("incident")
    return {
        row.pk: (row.what, row.incident.title, row) for row in rows.only("what", "incident__title")
    }


def _read_hearings(keys: Collection[int]) -> dict[int, _Told]:
    rows = LegalStep.objects.filter(pk__in=keys).select_related("action")
    return {row.pk: (row.what, row.action.title, row.action) for row in rows}


def _read_urgent(keys: Collection[int]) -> dict[int, _Told]:
    rows = Violation.objects.filter(pk__in=keys).select_related("incident", "person")
    shown = rows.only("incident__title", "person__description").prefetch_related("person__names")
    return {row.pk: (str(row.person), row.incident.title, row.incident) for row in shown}


def _read_consents(keys: Collection[int]) -> dict[int, _Told]:
    rows = Consent.objects.filter(pk__in=keys).select_related("use", "person")
    shown = rows.prefetch_related("person__names")
    return {row.pk: (row.use.label, str(row.person), row.person) for row in shown}


def _read_people(keys: Collection[int]) -> dict[int, _Told]:
    rows = Person.objects.filter(pk__in=keys).prefetch_related("names")
    return {row.pk: ("", str(row), row) for row in rows}


_READ: Final[dict[Reason, Callable[[Collection[int]], dict[int, _Told]]]] = {
    Reason.TASK: _read_tasks,
    Reason.HEARING: _read_hearings,
    Reason.URGENT_APPEAL: _read_urgent,
    Reason.CONSENT_ENDS: _read_consents,
    Reason.ASK_ANEW: _read_people,
}
