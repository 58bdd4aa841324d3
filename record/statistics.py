"""Counts in buckets. The unknown has a bucket of its own, and every bucket a question.

The unit is that of the question and stands in the answer: incidents, victims or violations,
never rows of a join. By one value a fact, violations add up to their total; an incident or
victim with facts in several buckets is counted in each, and so is a fact with several agencies.
``adds_up`` says whether the buckets of this answer do.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from record import counting
from record.bucket_links import BucketLinks
from record.buckets import Bucket, Dimension, People, Row, Statistics
from record.groupings import GROUPINGS, BucketValue
from record.models import VictimKey
from record.models.keys import GROUPS
from record.parameters import ParameterError, nearest
from record.resources import Resource
from record.tallies.covering import covered
from record.tallies.grouping import grouped, tells
from record.tallies.trait_questions import tells_traits, trait_rows
from record.tallies.traits import TRAITS

if TYPE_CHECKING:
    from record.questions import Question

__all__ = ["Bucket", "Dimension", "GroupingError", "People", "Row", "Statistics", "statistics"]

COUNTED: Final = ("incidents", "victims", "violations")
"""The resources that statistics are made of."""

MAX_DIMENSIONS: Final = 2

_NOTHING: Final = "nothing"
"""Stands for what is not known among grouped values, whatever value the database has for it."""


class GroupingError(ValueError):
    """The dimensions asked for cannot be used; ``errors`` say why, each with ``group_by``."""

    def __init__(self, errors: list[ParameterError]) -> None:
        self.errors = errors
        super().__init__("; ".join(error.message for error in errors))


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


def is_tallied(question: "Question", dimension: str) -> bool:
    """Whether statistics by this dimension cost little, however much the question finds."""
    if dimension in TRAITS:
        return tells_traits(question.filters)
    asked = covered(question.filters)
    return asked is not None and tells(asked, [dimension])


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
        self.columns = [f"dimension_{position}" for position in range(len(self.names))]

    def statistics(self) -> Statistics:
        counted = self._counted()
        dimensions, places = self._dimensions([key for key, _count, _certain in counted])
        rows = {
            tuple([of[raw] for of, raw in zip(places, key, strict=True)]): (count, certain)
            for key, count, certain in counted
        }
        # The unknown is shown even where it is empty; it stands last in each dimension.
        rows.setdefault(tuple(of[_NOTHING] for of in places), (0, 0))
        total = self.question.count()
        people = self._people(places, rows)
        return Statistics(
            unit=self.question.unit,
            dimensions=dimensions,
            rows=tuple(
                Row(key, count, certain, None if people is None else people[key])
                for key, (count, certain) in sorted(rows.items())
            ),
            total=total,
            total_certain=self.question.count_certain(),
            links=BucketLinks(
                self.question,
                [(each, of.values) for each, of in zip(self.groupings, dimensions, strict=True)],
            ),
            people=None if people is None else self._all_people(total),
        )

    def _dimensions(
        self, keys: Sequence[tuple[Any, ...]]
    ) -> tuple[tuple[Dimension, ...], list[dict[Any, int]]]:
        """The values of each dimension in order, and the place there of what was grouped by; that
        of the unknown is under ``_NOTHING`` too."""
        dimensions, places = [], []
        for position, (name, grouping) in enumerate(zip(self.names, self.groupings, strict=True)):
            raws = {key[position] for key in keys}
            found = grouping.values(raws, self.question.language)
            found[_NOTHING] = grouping.nothing(found, self.question.unit)
            values = sorted({found[raw] for raw in (*raws, _NOTHING)}, key=_place)
            place = {value: number for number, value in enumerate(values)}
            dimensions.append(Dimension(name, str(grouping.label), tuple(values)))
            places.append({raw: place[value] for raw, value in found.items() if value in place})
        return tuple(dimensions), places

    def _facts(self) -> QuerySet[Any, Any]:
        """The chosen facts with the columns they are grouped by."""
        dimensions = {
            column: grouping.expression()
            for column, grouping in zip(self.columns, self.groupings, strict=True)
        }
        return counting.facts(self.resource, self.conditions).annotate(**dimensions)

    def _counted(self) -> list[tuple[tuple[Any, ...], int, int]]:
        """Grouped values, and how many objects, possibly and certainly in the range."""
        tallied = self._tallied()
        return self._of_facts() if tallied is None else tallied

    def _tallied(self) -> list[tuple[tuple[Any, ...], int, int]] | None:
        """The same from the tallies; None where they do not tell."""
        filters = self.question.filters
        if len(self.names) == 1 and (rows := trait_rows(filters, self.names[0])) is not None:
            return rows
        asked, sure = covered(filters), covered(filters, certainly=True)
        if asked is None or sure is None:
            return None
        certainly = filters.conditions(certainly=True)
        return grouped(asked, sure, self.names, self.resource, self.conditions, certainly)

    def _of_facts(self) -> list[tuple[tuple[Any, ...], int, int]]:
        size = len(self.columns)
        # There may be thousands: as the database gives them, without objects made of each.
        try:
            sql, params = self._statement()
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [(_hashable(row[:size]), row[size], row[-1]) for row in cursor]

    def _statement(self) -> tuple[str, Sequence[Any]]:
        """The SELECT that counts facts, and its values. Raises EmptyResultSet."""
        unit = self.resource.fact_column
        certain = self.question.filters.dates.certain() if self.question.has_range else None
        surely = {} if certain is None else {"surely": Count(unit, filter=certain)}
        facts = self._facts().order_by()
        if self.resource.name == "violations":
            # Each has one fact; only other objects can come more than once to a bucket.
            counted = facts.values_list(*self.columns).annotate(objects=Count(unit), **surely)
            return _compiled(counted)
        # Counting the distinct within each bucket would sort the facts; these are hashed.
        once = facts.values_list(*self.columns, unit)
        sql, params = _compiled(once.annotate(**surely) if surely else once.distinct())
        buckets = ", ".join(self.columns)
        names = ", ".join((*self.columns, "object", *surely))
        sure = ", count(*) FILTER (WHERE surely > 0)" if surely else ""
        # Only our own names and a compiled query stand in this text.
        return (
            f"SELECT {buckets}, count(*){sure} FROM ({sql}) AS found ({names})"  # noqa: S608
            f" GROUP BY {buckets}",
            params,
        )

    def _people(
        self, places: Sequence[Mapping[Any, int]], rows: Mapping[tuple[int, ...], tuple[int, int]]
    ) -> Mapping[tuple[int, ...], People] | None:
        """People in each bucket, each victim once; None where something else is counted.

        Nearly all victims are one person each, and how many these are is known already. Only the
        groups are looked up, for what they are more than one.
        """
        if self.resource.name != "victims":
            return None
        people = {key: People(count, 0) for key, (count, _certain) in rows.items()}
        groups = VictimKey.objects.filter(GROUPS)
        once = (
            self._facts()
            .filter(victim__in=groups.values("entry_id"))
            .order_by()
            .values_list(*self.columns, "victim_id", "victim__key__people")
            .distinct()
        )
        for *raws, _victim, size in once:
            key = tuple([of[raw] for of, raw in zip(places, _hashable(raws), strict=True)])
            people[key] = people[key].with_group(size)
        return people

    def _all_people(self, total: int) -> People:
        groups = counting.chosen(self.resource, self.conditions).filter(GROUPS)
        sums = groups.aggregate(groups=Count("pk"), known=Sum("people"), sizes=Count("people"))
        return People(total - sums["groups"] + (sums["known"] or 0), sums["groups"] - sums["sizes"])


def _compiled(rows: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return str(sql), params


def _hashable(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple([tuple(sorted(raw)) if isinstance(raw, list) else raw for raw in row])


def _place(value: BucketValue) -> tuple[Any, ...]:
    return (value.unknown, value.rank, value.code)
