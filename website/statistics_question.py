"""The question behind a page of statistics: the one filter, a unit and what it is counted by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext

from record.boundaries import PLACES, Boundaries
from record.groupings import GROUPINGS
from record.parameter_fields import DayField, split_members
from record.parameters import ParameterError, nearest
from record.questions import Question, ask
from record.statistics import COUNTED, Statistics, grouping_errors
from website.addresses import page_address
from website.presentation.narrowing import Narrowing, narrowings

DEFAULT_UNIT: Final = "violations"
DEFAULT_GROUPING: Final = "year"
DAY: Final = DayField()
OWN: Final = ("unit", "group_by", "boundaries")

OF_LISTS: Final = ("page", "page_size", "ordering", "fields", "format", "cursor")
"""Parameters that mean nothing where everything found is shown at once."""


@dataclass(frozen=True, slots=True)
class StatisticsQuestion:
    """What is counted, by what, and everything that is wrong with the question."""

    unit: str
    group_by: tuple[str, ...]
    question: Question
    errors: list[ParameterError]
    day: date | None = None
    """The day by whose boundaries places are counted, if they are."""

    def answer(self) -> Statistics:
        """The counts. Only while there are no errors."""
        boundaries = None if self.day is None else Boundaries(self.day, self.group_by)
        return self.question.statistics(self.group_by, boundaries)

    @property
    def is_of_places(self) -> bool:
        """Whether boundaries make a difference to what it is counted by."""
        return any(name in PLACES for name in self.group_by)

    def query(self, **changes: str | None) -> str:
        """The query string of this page, with parameters of the filter exchanged or left out."""
        return _joined(self._own(), self.question.link(page=None, **changes))

    def counted_by(self, *group_by: str) -> str:
        """The query string of the same question counted by something else."""
        day = self.day if any(name in PLACES for name in group_by) else None
        return _joined(_spelled(self.unit, group_by, day), self.question.canonical)

    def narrowings(self, language: str) -> list[Narrowing]:
        """What narrows the question; taking one off keeps what is counted by what."""
        found = narrowings(self.question, language)
        return [replace(each, query=_joined(self._own(), each.query)) for each in found]

    def hidden(self) -> list[tuple[str, str]]:
        """The parameters of the filter, to carry along in a form."""
        values = self.question.values
        return [(name, ",".join(self.question.spelled(name))) for name in values]

    def _own(self) -> str:
        return _spelled(self.unit, self.group_by, self.day)


def read_statistics(params: QueryDict) -> StatisticsQuestion:
    """Read a question. A repeated ``group_by`` is as good as a comma: forms send it so."""
    unit, errors = _unit(params)
    group_by = tuple(split_members(params.getlist("group_by"))) or (DEFAULT_GROUPING,)
    errors += grouping_errors(unit, group_by)
    message = gettext("Statistics are given whole, without this.")
    errors += [ParameterError(name, message) for name in OF_LISTS if name in params]
    day, faults = _day(params) if any(name in PLACES for name in group_by) else (None, [])
    errors += faults
    question = ask(unit, params, lenient_blanks=True, also=OWN)
    known = {error.parameter for error in errors}
    errors += [error for error in question.errors if error.parameter not in known]
    return StatisticsQuestion(unit, group_by, question, errors, day)


def statistics_address(query: str = "", name: str = "statistics") -> str:
    """The path of the statistics, or of one of their files, with a query string."""
    path = page_address(f"website:{name}")
    return f"{path}?{query}" if query else path


def dimension_labels() -> Mapping[str, str]:
    """What can be counted by, in the order in which it is offered."""
    return {name: str(grouping.label) for name, grouping in GROUPINGS.items()}


def _unit(params: QueryDict) -> tuple[str, list[ParameterError]]:
    given = params.getlist("unit")
    if not given:
        return DEFAULT_UNIT, []
    if len(given) == 1 and given[0] in COUNTED:
        return given[0], []
    message = gettext("Statistics count one of: %(units)s.") % {"units": ", ".join(COUNTED)}
    return DEFAULT_UNIT, [ParameterError("unit", message, nearest(given[0], COUNTED))]


def _day(params: QueryDict) -> tuple[date | None, list[ParameterError]]:
    """The day whose boundaries are asked for. A form's choice of one means nothing, and is not
    read, while nothing is counted by place."""
    try:
        return DAY.clean(params.getlist("boundaries")), []
    except ValidationError as error:
        return None, [ParameterError("boundaries", " ".join(error.messages))]


def _spelled(unit: str, group_by: Sequence[str], day: date | None) -> str:
    own = {"unit": unit, "group_by": ",".join(group_by)}
    return urlencode(own if day is None else {**own, "boundaries": day.isoformat()}, safe=",")


def _joined(first: str, second: str) -> str:
    return f"{first}&{second}" if second else first
