"""What statistics answer with: counts of a unit in buckets, and the people among the victims."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from record.bucket_links import BucketLinks
from record.groupings import BucketValue

if TYPE_CHECKING:
    from record.boundaries import Boundaries


@dataclass(frozen=True, slots=True)
class People:
    """How many people some victims are: individuals and groups of known size together, how many
    groups of unknown size come on top, and how many of the known are somebody's estimate."""

    known: int
    groups_of_unknown_size: int
    estimated: int = 0

    def with_group(self, size: int | None, *, estimated: bool) -> "People":
        """The same where one of the victims is no single person but a group of this size."""
        if size is None:
            return replace(
                self,
                known=self.known - 1,
                groups_of_unknown_size=self.groups_of_unknown_size + 1,
            )
        more = size if estimated else 0
        return replace(self, known=self.known - 1 + size, estimated=self.estimated + more)


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


class Row(NamedTuple):
    """A bucket with as little as can be, since there may be thousands: ``places`` are those of its
    values in their dimensions, the rest is as in ``Bucket``."""

    places: tuple[int, ...]
    number: int
    certain: int
    people: People | None


@dataclass(frozen=True)
class Statistics:
    """Counts of ``unit`` in buckets. Combinations of two dimensions that do not occur have no
    bucket, but the wholly unknown one is always there.

    ``boundaries``: the day whose units areas are counted by; None where they are those of today.
    ``rows`` and ``buckets`` are the same in the same order; who only writes them down takes the
    rows, and their addresses from ``link``.
    """

    unit: str
    dimensions: tuple[Dimension, ...]
    rows: tuple[Row, ...]
    total: int
    total_certain: int
    links: BucketLinks
    people: People | None = None
    boundaries: "Boundaries | None" = None

    @cached_property
    def buckets(self) -> tuple[Bucket, ...]:
        """Each row with its values and its link."""
        values = [dimension.values for dimension in self.dimensions]
        return tuple(
            Bucket(
                tuple(of[place] for of, place in zip(values, row.places, strict=True)),
                row.number,
                row.certain,
                self.link(row),
                row.people,
            )
            for row in self.rows
        )

    def link(self, row: Row) -> str | None:
        """The query string that finds exactly what a row counts; None where that is nothing."""
        return self.links.link(row.places) if row.number else None

    @property
    def adds_up(self) -> bool:
        """Whether the counts of the buckets add up to the total: no object is in two."""
        return sum(row.number for row in self.rows) == self.total
