"""Counts as a reader meets them: a table with a bar in each row, or rows against columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, ngettext

from record.groupings import BucketValue
from record.statistics import Bucket, Dimension, People, Statistics
from reference.date_text import render_bucket
from reference.dates import BUCKET_SPANNING
from website.drawing.lengths import percent
from website.presentation.counts import number

BY_SIZE: Final = frozenset({"province", "division", "district", "type", "type_group", "agency"})
"""Dimensions whose values have no order of their own that a reader expects: largest first."""

PERIODS: Final = frozenset({"month", "year"})

_MOST_YEARS: Final = 100

Address = Callable[[str], str]
"""From the query string of a bucket to the address of its list."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One bucket: its number, its parts, its list and its bar, in percent of the largest."""

    label: str
    code: str
    unknown: bool
    count: int
    certain: int
    address: str
    certain_width: str
    possible_width: str
    people: str = ""

    @property
    def vague(self) -> bool:
        """Whether it is not known, or for a date not known well enough for its period."""
        return self.unknown or self.code == BUCKET_SPANNING or self.code.endswith("-XX")

    @property
    def words(self) -> str:
        """The count as the reader's language writes it."""
        return number(self.count)

    @property
    def certain_words(self) -> str:
        """The part that lies in the range of dates for certain."""
        return number(self.certain)

    @property
    def possible(self) -> int:
        """The part that only possibly does."""
        return self.count - self.certain

    @property
    def possible_words(self) -> str:
        """The part that only possibly does, as the reader's language writes it."""
        return number(self.possible)


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One value of the row dimension; a cell of None is a combination that does not occur."""

    label: str
    unknown: bool
    cells: tuple[Counted | None, ...]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Two dimensions against each other; the one with fewer values stands across."""

    down: str
    across: str
    columns: tuple[BucketValue, ...]
    rows: tuple[CrossRow, ...]


def counted_rows(found: Statistics, address: Address) -> list[Counted]:
    """The buckets of one dimension, in the order in which a reader looks for them."""
    buckets = sorted(found.buckets, key=lambda bucket: bucket.unknown)
    if found.dimensions[0].name in BY_SIZE:
        buckets.sort(key=lambda bucket: (bucket.unknown, -bucket.count))
    most = _most(found.buckets)
    return [_counted(bucket, most, address) for bucket in buckets]


def cross_table(found: Statistics, address: Address) -> CrossTable:
    """The buckets of two dimensions as a table."""
    first, second = found.dimensions
    turned = len(first.values) < len(second.values)
    down, across = (second, first) if turned else (first, second)
    most = _most(found.buckets)
    cells = {
        (bucket.values[::-1] if turned else bucket.values): _counted(bucket, most, address)
        for bucket in found.buckets
    }
    columns = _in_order(across, found.buckets, 0 if turned else 1)
    rows = [
        CrossRow(row.label, row.unknown, tuple(cells.get((row, column)) for column in columns))
        for row in _in_order(down, found.buckets, 1 if turned else 0)
    ]
    return CrossTable(down.label, across.label, tuple(columns), tuple(rows))


def people_words(people: People | None) -> str:
    """How many people some victims are, groups of unknown size told apart."""
    if people is None:
        return ""
    known = ngettext("%(n)s person", "%(n)s people", people.known) % {"n": number(people.known)}
    if people.estimated:
        known = gettext("%(people)s (%(n)s of them estimated)") % {
            "people": known,
            "n": number(people.estimated),
        }
    groups = people.groups_of_unknown_size
    if not groups:
        return known
    more = ngettext("%(n)s group of unknown size", "%(n)s groups of unknown size", groups) % {
        "n": number(groups)
    }
    return gettext("%(people)s and %(groups)s") % {"people": known, "groups": more}


def _in_order(
    dimension: Dimension, buckets: Sequence[Bucket], position: int
) -> Sequence[BucketValue]:
    if dimension.name == "year":
        return _without_gaps(dimension.values)
    if dimension.name not in BY_SIZE:
        return dimension.values
    sizes: dict[BucketValue, int] = {}
    for bucket in buckets:
        value = bucket.values[position]
        sizes[value] = sizes.get(value, 0) + bucket.count
    return sorted(dimension.values, key=lambda value: (value.unknown, -sizes[value]))


def _without_gaps(values: Sequence[BucketValue]) -> list[BucketValue]:
    """Every year from the first to the last: one without a record is a row of zeros, not none."""
    years = {int(value.code): value for value in values if value.code.isdigit()}
    others = [value for value in values if not value.code.isdigit()]
    if not years or max(years) - min(years) > _MOST_YEARS:
        return list(values)
    every = range(min(years), max(years) + 1)
    filled = [
        years.get(year) or BucketValue(f"{year:04d}", render_bucket(f"{year:04d}"))
        for year in every
    ]
    return [*filled, *others]


def _most(buckets: Sequence[Bucket]) -> int:
    return max((bucket.count for bucket in buckets), default=0) or 1


def _counted(bucket: Bucket, most: int, address: Address) -> Counted:
    return Counted(
        label=bucket.label,
        code=bucket.code,
        unknown=bucket.unknown,
        count=bucket.count,
        certain=bucket.certain,
        address=address(bucket.link) if bucket.link else "",
        certain_width=percent(100 * bucket.certain / most),
        possible_width=percent(100 * (bucket.count - bucket.certain) / most),
        people=people_words(bucket.people),
    )
