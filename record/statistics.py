"""Counts in buckets. The unknown has a bucket of its own, and every bucket a question.

The unit is that of the question and stands in the answer: incidents, victims or violations,
never rows of a join. By one value a fact, violations add up to their total; an incident or
victim with facts in several buckets is counted in each, and so is a fact with several agencies.
``adds_up`` says whether the buckets of this answer do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from record import counting
from record.groupings import GROUPINGS, BucketValue, Grouping
from record.models import VictimKey
from record.parameters import ParameterError, nearest
from record.resources import Resource
from record.tallies.covering import covered
from record.tallies.grouping import grouped

if TYPE_CHECKING:
    from record.questions import Question

COUNTED: Final = ("incidents", "victims", "violations")
"""The resources that statistics are made of."""

MAX_DIMENSIONS: Final = 2


class GroupingError(ValueError):
    """The dimensions asked for cannot be used; ``errors`` say why, each with ``group_by``."""

    def __init__(self, errors: list[ParameterError]) -> None:
        self.errors = errors
        super().__init__("; ".join(error.message for error in errors))


@dataclass(frozen=True, slots=True)
class People:
    """How many people some victims are: individuals and groups of known size together, and how
    many groups of unknown size come on top."""

    known: int
    groups_of_unknown_size: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """The objects with these values, one value a dimension.

    ``certain`` is the number that lies in the range of dates for certain. ``link`` is the query
    string that finds exactly these objects; None for an empty bucket.
    """

    values: tuple[BucketValue, ...]
    count: int
    certain: int
    link: str | None
    people: People | None = None

    @property
    def code(self) -> str:
        """The codes of its values."""
        return ",".join(value.code for value in self.values)

    @property
    def label(self) -> str:
        """The labels of its values."""
        return ", ".join(value.label for value in self.values)

    @property
    def unknown(self) -> bool:
        """Whether one of its values is not known."""
        return any(value.unknown for value in self.values)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is grouped by, and the values that occur, in order, with the unknown last."""

    name: str
    label: str
    values: tuple[BucketValue, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of ``unit`` in buckets. Combinations of two dimensions that do not occur have no
    bucket, but the wholly unknown one is always there."""

    unit: str
    dimensions: tuple[Dimension, ...]
    buckets: tuple[Bucket, ...]
    total: int
    total_certain: int
    people: People | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the counts of the buckets add up to the total: no object is in two."""
        return sum(bucket.count for bucket in self.buckets) == self.total


def grouping_errors(resource: str, group_by: Sequence[str]) -> list[ParameterError]:
    """What is wrong with the dimensions; empty when ``statistics`` may be called."""
    if resource not in COUNTED:
        message = _("Statistics count one of: %(units)s.") % {"units": ", ".join(COUNTED)}
        return [ParameterError("group_by", message)]
    if not 1 <= len(group_by) <= MAX_DIMENSIONS:
        return [ParameterError("group_by", _("Group by one or two dimensions."))]
    errors = [_unknown_dimension(name) for name in group_by if name not in GROUPINGS]
    if len(set(group_by)) < len(group_by):
        errors.append(ParameterError("group_by", _("The same dimension is given twice.")))
    return errors


def _unknown_dimension(name: str) -> ParameterError:
    message = _("There is no such dimension. There are: %(valid)s.")
    valid = {"valid": ", ".join(GROUPINGS)}
    return ParameterError("group_by", message % valid, nearest(name, GROUPINGS))


def statistics(question: "Question", group_by: Sequence[str]) -> Statistics:
    """Count what a question finds, by one or two dimensions.

    Raises GroupingError. Four to six queries and one for each kind of label, whatever is counted.
    """
    with translation.override(question.language):
        if errors := grouping_errors(question.unit, group_by):
            raise GroupingError(errors)
        return _Count(question, group_by).statistics()


class _Count:
    """One count on its way from grouped rows to buckets."""

    def __init__(self, question: "Question", group_by: Sequence[str]) -> None:
        self.question = question
        self.names = tuple(group_by)
        self.groupings = tuple(GROUPINGS[name] for name in group_by)
        self.resource: Resource = question.resource
        self.conditions = question.filters.conditions()
        self.given = set(question.values)
        self.link = question.links()
        self.columns = [f"dimension_{position}" for position in range(len(self.names))]

    def statistics(self) -> Statistics:
        rows = self._rows()
        people = self._people() if self.resource.name == "victims" else {}
        readings = [
            grouping.values({row[0][position] for row in rows}, self.question.language)
            for position, grouping in enumerate(self.groupings)
        ]
        buckets = {
            values: Bucket(values, count, certain, self._link(values, count), people.get(key))
            for key, count, certain in rows
            for values in [tuple(r[raw] for r, raw in zip(readings, key, strict=True))]
        }
        nothing = [
            grouping.nothing(reading, self.question.unit)
            for grouping, reading in zip(self.groupings, readings, strict=True)
        ]
        self._add_unknown(buckets, tuple(nothing))
        return Statistics(
            unit=self.question.unit,
            dimensions=self._dimensions(buckets),
            buckets=tuple(sorted(buckets.values(), key=lambda bucket: _order(bucket.values))),
            total=self.question.count(),
            total_certain=self.question.count_certain(),
            people=self._all_people() if people or self.resource.name == "victims" else None,
        )

    def _facts(self) -> QuerySet[Any, Any]:
        """The chosen facts with the columns they are grouped by."""
        dimensions = {
            column: grouping.expression()
            for column, grouping in zip(self.columns, self.groupings, strict=True)
        }
        return counting.facts(self.resource, self.conditions).annotate(**dimensions)

    def _rows(self) -> list[tuple[tuple[Any, ...], int, int]]:
        """Grouped values, and how many objects, possibly and certainly in the range."""
        tallied = self._tallied()
        return self._rows_of_facts() if tallied is None else tallied

    def _tallied(self) -> list[tuple[tuple[Any, ...], int, int]] | None:
        """The same from the tallies; None where they do not tell."""
        filters = self.question.filters
        asked, sure = covered(filters), covered(filters, certainly=True)
        if asked is None or sure is None:
            return None
        certainly = filters.conditions(certainly=True)
        return grouped(asked, sure, self.names, self.resource, self.conditions, certainly)

    def _rows_of_facts(self) -> list[tuple[tuple[Any, ...], int, int]]:
        unit = self.resource.fact_column
        # Each violation has one fact; only other objects can come more than once to a bucket.
        distinct = self.resource.name != "violations"
        certain = self.question.filters.dates.certain() or Q()
        counted = (
            self._facts()
            .order_by()
            .values_list(*self.columns)
            .annotate(
                objects=Count(unit, distinct=distinct),
                certainly=Count(unit, distinct=distinct, filter=certain),
            )
        )
        return [(_hashable(row[:-2]), row[-2], row[-1]) for row in counted]

    def _people(self) -> dict[tuple[Any, ...], People]:
        """People in each bucket: each victim once, whatever the number of facts."""
        once = self._facts().order_by().values_list(*self.columns, "victim_id").distinct()
        sql, params = once.query.get_compiler(connection=connection).as_sql()
        columns = ", ".join(self.columns)
        table = connection.ops.quote_name(VictimKey._meta.db_table)
        # Only our own column names and the statement that Django compiled stand in this text.
        statement = f"""
            SELECT {columns}, coalesce(sum(people), 0), count(*) FILTER (WHERE people IS NULL)
            FROM ({sql}) AS facts ({columns}, victim_id)
            JOIN {table} AS victim ON victim.entry_id = facts.victim_id
            GROUP BY {columns}
        """  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return {_hashable(row[:-2]): People(int(row[-2]), row[-1]) for row in cursor}

    def _all_people(self) -> People:
        chosen = counting.chosen(self.resource, self.conditions)
        sums = chosen.aggregate(
            known=Sum("people"), unknown=Count("pk", filter=Q(people__isnull=True))
        )
        return People(sums["known"] or 0, sums["unknown"])

    def _link(self, values: tuple[BucketValue, ...], count: int) -> str | None:
        if not count:
            return None
        changes: dict[str, Sequence[str]] = {}
        for grouping, value in zip(self.groupings, values, strict=True):
            step = self._step(grouping, value, self.given | changes.keys())
            if step is None:
                return None
            changes |= step
        return self.link(changes)

    def _step(
        self, grouping: Grouping, value: BucketValue, given: set[str]
    ) -> dict[str, Sequence[str]] | None:
        """The parameters that choose a value out of what the question finds."""
        name = grouping.parameter
        if grouping.overlapping and name in given:
            name = f"{name}__and"
            if name in given:
                return None
        step: dict[str, Sequence[str]] = {name: (value.code,)}
        if value.without:
            left_out = self.question.spelled(f"{grouping.parameter}__not")
            step[f"{grouping.parameter}__not"] = sorted({*left_out, *value.without})
        return step

    def _add_unknown(
        self, buckets: dict[tuple[BucketValue, ...], Bucket], unknown: tuple[BucketValue, ...]
    ) -> None:
        if unknown not in buckets:
            people = People(0, 0) if self.resource.name == "victims" else None
            buckets[unknown] = Bucket(unknown, 0, 0, None, people)

    def _dimensions(self, buckets: dict[tuple[BucketValue, ...], Bucket]) -> tuple[Dimension, ...]:
        return tuple(
            Dimension(
                name,
                str(grouping.label),
                tuple(sorted({values[position] for values in buckets}, key=_place)),
            )
            for position, (name, grouping) in enumerate(
                zip(self.names, self.groupings, strict=True)
            )
        )


def _hashable(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(tuple(sorted(raw)) if isinstance(raw, list) else raw for raw in row)


def _place(value: BucketValue) -> tuple[Any, ...]:
    return (value.unknown, value.rank, value.code)


def _order(values: tuple[BucketValue, ...]) -> tuple[Any, ...]:
    return tuple(_place(value) for value in values)
