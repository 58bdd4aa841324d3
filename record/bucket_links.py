"""The question of each bucket, written for thousands of them: what they share is quoted once."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from record.groupings import BucketValue, Grouping

if TYPE_CHECKING:
    from record.questions import Question

_PLACES = ("page", "cursor")
"""Parameters that say where in the list one is; a bucket's list begins at its beginning."""


class _Step(NamedTuple):
    """The parameters that choose one value out of what a question finds: names and quoted parts of
    the query string."""

    names: tuple[str, ...]
    parts: tuple[str, ...]


class BucketLinks:
    """The query strings that find exactly what lies in a bucket.

    ``dimensions`` are what is counted by, each with its values; a bucket is named by the places
    of its values among these.
    """

    def __init__(
        self, question: "Question", dimensions: Sequence[tuple[Grouping, Sequence[BucketValue]]]
    ) -> None:
        self._question = question
        self._dimensions = dimensions
        self._steps: dict[tuple[int, tuple[str, ...]], list[_Step | None]] = {}
        self._forms: dict[tuple[str, ...], str] = {}

    def link(self, places: Sequence[int]) -> str | None:
        """The normalised query string; None where no parameter is left to say it with."""
        names: tuple[str, ...] = ()
        parts: tuple[str, ...] = ()
        for position, place in enumerate(places):
            steps = self._steps.get((position, names))
            if steps is None:
                steps = self._steps[position, names] = self._steps_of(position, names)
            step = steps[place]
            if step is None:
                return None
            names, parts = names + step.names, parts + step.parts
        form = self._forms.get(names)
        if form is None:
            form = self._forms[names] = self._form(names)
        return form.format(*parts)

    def _steps_of(self, position: int, before: Collection[str]) -> list[_Step | None]:
        """What chooses each value, where the parameters ``before`` choose one already."""
        grouping, values = self._dimensions[position]
        return [self._step(grouping, value, before) for value in values]

    def _step(
        self, grouping: Grouping, value: BucketValue, before: Collection[str]
    ) -> _Step | None:
        if value.asked_by is None:
            return None
        name = grouping.parameter
        given = self._given.keys() | before
        if grouping.overlapping and name in given:
            name = f"{name}__and"
            if name in given:
                return None
        step = {name: list(value.asked_by or (value.code,))}
        if value.without:
            left_out = f"{grouping.parameter}__not"
            step[left_out] = sorted({*self._question.spelled(left_out), *value.without})
        return _Step(tuple(step), tuple(quoted(*each) for each in step.items()))

    def _form(self, names: tuple[str, ...]) -> str:
        """The query string with a gap for each of the named; of one named twice the last counts.
        Braces are quoted wherever they are meant, so that none stands in what is given."""
        gaps = {name: f"{{{number}}}" for number, name in enumerate(names)}
        parts = {**self._given, **gaps}
        return "&".join(parts[name] for name in self._question.filters.filters if name in parts)

    @cached_property
    def _given(self) -> dict[str, str]:
        question = self._question
        names = [name for name in question.values if name not in _PLACES]
        return {name: quoted(name, question.spelled(name)) for name in names}


def quoted(name: str, values: Sequence[str]) -> str:
    """A parameter with its values, as it stands in a query string."""
    # Names are our own words; a comma separates members and may stand as it is.
    return f"{name}={quote(','.join(values), safe=',')}"
