"""The question a reader asks about dates: a range, how sure to be of it, or the undated.

Matching is that of ``reference.date_queries``; here it is bound to the columns of a fact (when
it began, when it ended) or to the single date of a legal action or source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from record.models.claimed_date import LONG_CLAIM
from record.models.tally import ORDINARY
from reference.date_queries import (
    certain_between,
    date_unknown,
    ongoing_certain,
    ongoing_possible,
    ongoing_unknown,
    possible_between,
)

OWN_DATE: Final = "date"
"""Prefix under which a legal action's filing date or a source's publication date is asked for."""

FACT_DATE: Final = "start"
_ONGOING: Final = (FACT_DATE, "end", "open_ended")

_CLAIMED: Final = "claimed"


class DateMode(StrEnum):
    """How a date must lie to the range."""

    POSSIBLE = "possible"
    CERTAIN = "certain"
    ONGOING = "ongoing"


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """What is asked about dates. Bounds of None are open; ``unknown`` asks for the undated
    (True), for the dated (False) or for neither (None)."""

    first: date | None
    last: date | None
    mode: DateMode
    unknown: bool | None
    own: bool

    @property
    def has_range(self) -> bool:
        """Whether a range is asked for at all."""
        return self.first is not None or self.last is not None

    @property
    def prefix(self) -> str:
        """The prefix of the date columns."""
        return OWN_DATE if self.own else FACT_DATE

    def asked(self) -> Q | None:
        """The rows chosen; None where nothing is asked."""
        condition = self._in_range()
        if self.unknown is None:
            return condition
        undated = date_unknown(self.prefix)
        return undated if self.unknown else (condition or ~undated)

    def certain(self) -> Q | None:
        """The rows that lie in the range for certain; all chosen ones where there is no range."""
        if not self.has_range:
            return self.asked()
        if self.mode is DateMode.ONGOING:
            return ongoing_certain(*_ONGOING, self.first, self.last)
        return certain_between(self.prefix, self.first, self.last)

    def undecided(self) -> Q | None:
        """The rows of which nobody can say whether they lie in the range."""
        if not self.has_range:
            return None
        if self.mode is DateMode.ONGOING:
            return ongoing_unknown(*_ONGOING, self.first, self.last)
        return date_unknown(self.prefix)

    def by_claims(self) -> Q | None:
        """The rows of ``ClaimedDate`` whose fact is not in the range, and would be if what is
        claimed were its date; None where no range is asked for, or one of dates that nobody
        else tells."""
        if not self.has_range or self.own:
            return None
        return self._near() & self._asks(_CLAIMED) & ~self._asks(FACT_DATE)

    def _near(self) -> Q:
        """What all claims in the range meet, and few others: by it they are found in indexes."""
        if self.mode is DateMode.ONGOING:
            return Q()
        condition = Q()
        if self.first and self.first > date.min + ORDINARY:
            condition &= Q(claimed_earliest__gte=self.first - ORDINARY)
        if self.last:
            condition &= Q(claimed_earliest__lte=self.last)
        return condition | LONG_CLAIM if condition else condition

    def _in_range(self) -> Q | None:
        if not self.has_range:
            return None
        return self._asks(self.prefix)

    def _asks(self, start: str) -> Q:
        """That a date with this prefix is in the range, as the mode has it."""
        if self.mode is DateMode.ONGOING:
            return ongoing_possible(start, *_ONGOING[1:], self.first, self.last)
        if self.mode is DateMode.CERTAIN:
            return certain_between(start, self.first, self.last)
        return possible_between(start, self.first, self.last)

    def tell(self, what: str, phrases: Mapping[str, Any]) -> str:
        """The sentence so far, with the dates told too; ``phrases`` are the resource's own."""
        if self.has_range:
            phrase = phrases[f"{self.mode}-{self._shape()}"]
            bounds = {"first": _iso(self.first), "last": _iso(self.last)}
            return str(phrase) % {"what": what, **bounds}
        if self.unknown is None:
            return what
        return str(_UNDATED if self.unknown else _DATED) % {"what": what}

    def _shape(self) -> str:
        if self.first is None:
            return "until"
        if self.last is None:
            return "from"
        return "on" if self.first == self.last else "between"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


_UNDATED: Final = _("%(what)s, date unknown")
_DATED: Final = _("%(what)s, date known")

FACT_PHRASES: Final[Mapping[str, Any]] = {
    "possible-between": _("%(what)s, possibly between %(first)s and %(last)s"),
    "possible-on": _("%(what)s, possibly on %(first)s"),
    "possible-from": _("%(what)s, possibly on or after %(first)s"),
    "possible-until": _("%(what)s, possibly on or before %(last)s"),
    "certain-between": _("%(what)s, certainly between %(first)s and %(last)s"),
    "certain-on": _("%(what)s, certainly on %(first)s"),
    "certain-from": _("%(what)s, certainly on or after %(first)s"),
    "certain-until": _("%(what)s, certainly on or before %(last)s"),
    "ongoing-between": _("%(what)s, ongoing at some time between %(first)s and %(last)s"),
    "ongoing-on": _("%(what)s, ongoing on %(first)s"),
    "ongoing-from": _("%(what)s, ongoing at some time on or after %(first)s"),
    "ongoing-until": _("%(what)s, ongoing at some time on or before %(last)s"),
}

FILED_PHRASES: Final[Mapping[str, Any]] = {
    "possible-between": _("%(what)s, possibly filed between %(first)s and %(last)s"),
    "possible-on": _("%(what)s, possibly filed on %(first)s"),
    "possible-from": _("%(what)s, possibly filed on or after %(first)s"),
    "possible-until": _("%(what)s, possibly filed on or before %(last)s"),
    "certain-between": _("%(what)s, certainly filed between %(first)s and %(last)s"),
    "certain-on": _("%(what)s, certainly filed on %(first)s"),
    "certain-from": _("%(what)s, certainly filed on or after %(first)s"),
    "certain-until": _("%(what)s, certainly filed on or before %(last)s"),
}

PUBLISHED_PHRASES: Final[Mapping[str, Any]] = {
    "possible-between": _("%(what)s, possibly published between %(first)s and %(last)s"),
    "possible-on": _("%(what)s, possibly published on %(first)s"),
    "possible-from": _("%(what)s, possibly published on or after %(first)s"),
    "possible-until": _("%(what)s, possibly published on or before %(last)s"),
    "certain-between": _("%(what)s, certainly published between %(first)s and %(last)s"),
    "certain-on": _("%(what)s, certainly published on %(first)s"),
    "certain-from": _("%(what)s, certainly published on or after %(first)s"),
    "certain-until": _("%(what)s, certainly published on or before %(last)s"),
}
