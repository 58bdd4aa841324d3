"""The three months in which a disappearance is urgent for WGEID."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.communications.subject import Subject
from incidents.communications.words import number
from incidents.urgency import last_urgent_day
from reference.date_text import render_date
from reference.dates import UncertainDate


@dataclass(frozen=True, slots=True)
class Clock:
    """``days_left`` counts from today, both days included; 0 once they are over, None where no
    day is known from which to count. ``within_a_year``: it began less than a year ago."""

    days_left: int | None
    last: date | None
    within_a_year: bool = False

    @classmethod
    def of(cls, subject: Subject, today: date) -> Self | None:
        """Counted from the earliest day on which it can have begun, so that nobody is late; from
        the latest where that alone is known and its months are over. None where nobody is to be
        found any more: it has ended, or what became of the person is clarified."""
        if subject.disappearance is None or _is_over(subject):
            return None
        began, latest = subject.began.earliest, subject.began.latest
        if began is None and latest is not None and last_urgent_day(latest) < today:
            began = latest
        if began is None or began > today:
            return cls(None, None)
        last = last_urgent_day(began)
        return cls(max(0, (last - today).days + 1), last, _a_year_after(began) > today)

    @property
    def is_urgent(self) -> bool:
        """Whether the urgent procedure is still open."""
        return bool(self.days_left)

    def __str__(self) -> str:
        if self.days_left is None or self.last is None:
            return _("It is not known from which day the three months count.")
        last = render_date(UncertainDate.parse(self.last.isoformat()))
        if not self.days_left:
            over = _(
                "The three months of the urgent procedure ended on %(day)s. The standard "
                "procedure stays open."
            ) % {"day": last}
            return f"{over} {_of_the_year()}" if self.within_a_year else over
        left = ngettext(
            "Urgent: %(days)s day left of three months; the last is %(day)s.",
            "Urgent: %(days)s days left of three months; the last is %(day)s.",
            self.days_left,
        )
        return left % {"days": number(self.days_left), "day": last}


def _of_the_year() -> str:
    return _(
        "Until a year has passed, a case that is connected with one of the last three months can "
        "be sent on together with it: say so."
    )


def _is_over(subject: Subject) -> bool:
    """Whether the act has ended, or an entry since it began says what became of the person."""
    if not subject.act.end.is_unknown:
        return True
    return any(row.status.attributes.get("fate_clarified") for row in subject.statuses)


def _a_year_after(day: date) -> date:
    """The same day a year later; the first of March for the last of February of a leap year."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
