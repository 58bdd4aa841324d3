"""Counts in buckets. The unknown has a bucket of its own, and every bucket a question.

The unit is that of the question and stands in the answer: incidents, victims or violations,
never rows of a join. By one value a fact, violations add up to their total; an incident or
victim with facts in several buckets is counted in each, and so is a fact with several agencies.
``adds_up`` says whether the buckets of this answer do.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from record import counting
from record.boundaries import PLACES, Boundaries, UnitGrouping, merged
from record.bucket_links import BucketLinks
from record.buckets import Bucket, Dimension, People, Row, Statistics
from record.groupings import GROUPINGS, AreaGrouping, BucketValue, Grouping
from record.models import VictimKey
from record.models.keys import GROUPS
from record.narrow_statistics import MANY, narrow_rows
from record.parameters import ParameterError, nearest
from record.people import all_people
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


def statistics(
    question: "Question", group_by: Sequence[str], boundaries: Boundaries | None = None
) -> Statistics:
    """Count what a question finds, by one or two dimensions, areas by the ``boundaries`` of a day.

    Raises GroupingError. Four to six queries and one for each kind of label, whatever is counted.
    """
    with translation.override(question.language):
        if errors := grouping_errors(question.unit, group_by):
            raise GroupingError(errors)
        return _Count(question, group_by, boundaries).statistics()


class _Count:
    """One count on its way from grouped rows to buckets."""

    def __init__(
        self, question: "Question", group_by: Sequence[str], boundaries: Boundaries | None
    ) -> None:
        self.question = question
        self.names = tuple(group_by)
        self.boundaries = boundaries
        self.groupings = tuple(self._grouping(name) for name in group_by)
        self.resource: Resource = question.resource
        self.conditions = question.filters.conditions()
        self.columns = [f"dimension_{position}" for position in range(len(self.names))]
        sets = [of for of, each in zip(self.columns, self.groupings, strict=True) if _is_set(each)]
        # Two sets unnested beside each other are paired member by member, and counted wrong: the
        # second stays a set until each row has one member of the first.
        self.kept_whole = sets[1] if len(sets) > 1 else None

    def _grouping(self, name: str) -> Grouping:
        grouping = GROUPINGS[name]
        if self.boundaries is None or not isinstance(grouping, AreaGrouping):
            return grouping
        given = self.question.values.get(name)
        within = None if given is None else frozenset(area.pk for area in given.items)
        return UnitGrouping(grouping, self.boundaries, within)

    def statistics(self) -> Statistics:
        counted = self._by_units(self.boundaries) if self.boundaries else self._counted()
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
            people=None if people is None else all_people(self.resource, self.conditions, total),
            boundaries=self.boundaries,
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
        """The chosen facts with the columns they are grouped by, one of them maybe a set."""
        dimensions = {
            column: grouping.members() if column == self.kept_whole else grouping.expression()
            for column, grouping in zip(self.columns, self.groupings, strict=True)
        }
        few = self.question.has_range and self.question.count() <= MANY
        return counting.facts(self.resource, self.conditions, gathered=few).annotate(**dimensions)

    def _counted(self) -> list[tuple[tuple[Any, ...], int, int]]:
        """Grouped values, and how many objects, possibly and certainly in the range."""
        tallied = self._tallied()
        if tallied is not None:
            return tallied
        narrow = narrow_rows(self.question, self.names, self.conditions)
        return self._of_facts() if narrow is None else narrow

    def _by_units(self, boundaries: Boundaries) -> list[tuple[tuple[Any, ...], int, int]]:
        """The same by the units of a day. What lies in one area alone may be added up; of all else
        the facts are grouped by those units."""
        areas = [place for place, name in enumerate(self.names) if name in PLACES]
        if self.resource.name != "violations":
            return self._of_facts()
        tallied = self._tallied()
        return self._of_facts() if tallied is None else merged(tallied, areas, boundaries)

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
        if self.resource.name == "violations" and self.kept_whole is None:
            # Each has one fact; only other objects can come more than once to a bucket.
            counted = facts.values_list(*self.columns).annotate(objects=Count(unit), **surely)
            return _compiled(counted)
        # Counting the distinct within each bucket would sort the facts; these are hashed.
        once = facts.values_list(*self.columns, unit)
        sql, params = _compiled(once.annotate(**surely) if surely else once.distinct())
        buckets = ", ".join(self.columns)
        names = ", ".join((*self.columns, "object", *surely))
        if self.kept_whole is not None:
            sql = self._spread(sql, names, surely)
        sure = ", count(*) FILTER (WHERE surely > 0)" if surely else ""
        # Only our own names and a compiled query stand in this text.
        return (
            f"SELECT {buckets}, count(*){sure} FROM ({sql}) AS found ({names})"  # noqa: S608
            f" GROUP BY {buckets}",
            params,
        )

    def _spread(self, sql: str, names: str, surely: Collection[str]) -> str:
        """The same rows with one member in place of the set that was kept whole."""
        each = [f"unnest({of}) AS {of}" if of == self.kept_whole else of for of in self.columns]
        sure = ", sum(surely) AS surely" if surely else ""
        grouped_by = ", ".join(str(number + 1) for number in range(len(each) + 1))
        # Only our own names and a compiled query stand in this text.
        return (
            f"SELECT {', '.join(each)}, object{sure} FROM ({sql}) AS kept ({names})"  # noqa: S608
            f" GROUP BY {grouped_by}"
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
            .values_list(
                *self.columns, "victim_id", "victim__key__people", "victim__key__estimated"
            )
            .distinct()
        )
        found = {
            (key, victim, size, estimated)
            for *raws, victim, size, estimated in once
            for key in self._keys(raws, places)
        }
        for key, _victim, size, estimated in found:
            people[key] = people[key].with_group(size, estimated=estimated)
        return people

    def _keys(
        self, raws: Sequence[Any], places: Sequence[Mapping[Any, int]]
    ) -> Iterator[tuple[int, ...]]:
        """The buckets in which a row of grouped values lies: several where one is a whole set."""
        of_each = [
            raw if column == self.kept_whole else _hashable([raw])
            for column, raw in zip(self.columns, raws, strict=True)
        ]
        for values in product(*of_each):
            yield tuple([of[raw] for of, raw in zip(places, values, strict=True)])


def _is_set(grouping: Grouping) -> bool:
    return grouping.members() is not None


def _compiled(rows: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return str(sql), params


def _hashable(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple([tuple(sorted(raw)) if isinstance(raw, list) else raw for raw in row])


def _place(value: BucketValue) -> tuple[Any, ...]:
    return (value.unknown, value.rank, value.code)
