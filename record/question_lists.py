"""The objects that a question finds, in order: page by page, from a cursor on, or all of them."""

from collections.abc import Generator
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from record import counting, pages
from record.counting import Gathered
from record.cursors import Cursor, Keyset
from record.date_question import DateQuestion
from record.kinds import Kind
from record.question_counts import Counts
from record.resources import Resource
from record.sampling import Sample, sampled
from record.walking import Batch, Text, walk


class Listing:
    """What ``counts`` counts, listed in one order. ``reached``: how many rows the page asked for
    and those before it hold."""

    def __init__(
        self, counts: Counts, ordering: str, reached: int, sample: Sample | None = None
    ) -> None:
        self.counts = counts
        self.ordering = ordering
        self.reached = reached
        self.sample = sample

    def page(self, first: int, size: int) -> list[bytes]:
        """The documents of a stretch counted from the beginning, in UTF-8."""
        if self.sample is None and not self._gathered and self._keyset.enters_an_index:
            # A walk is entered where the range ends, and not at the newest of all.
            return self._keyset.page(self._chosen, first, size)
        return pages.page_of(self._resource, self._ordered, first, size)

    def stretch(
        self, cursor: Cursor, size: int
    ) -> tuple[list[bytes], Cursor | None, Cursor | None]:
        """The documents behind a cursor, and the cursors that lead to what follows and to what
        precedes them; None at the ends."""
        found = self._keyset.stretch(self._chosen, cursor, size)
        return found.documents, found.next, found.previous

    def behind(self, number: int) -> Cursor:
        """The cursor that reads on behind so many rows; there must be as many."""
        return self._keyset.behind(self._ordered, number)

    def everything(self, text: Text) -> Generator[Batch]:
        """This text of all objects, many at a time; call it in a transaction."""
        return walk(self._resource, self._ordered, text)

    @property
    def _resource(self) -> Resource:
        return self.counts.resource

    @property
    def _dates(self) -> DateQuestion:
        return self.counts.filters.dates

    @property
    def _chosen(self) -> QuerySet[Any]:
        if self.counts.objects is not None:
            found = self.counts.objects.matches.walked(self._resource.key_id)
            rows: QuerySet[Any] = self._resource.keys.objects.filter(found)
            return rows
        gathered = Gathered.NOT
        if self._gathered:
            gathered = Gathered.FEW if self.counts.all <= counting.FEW else Gathered.MANY
        return counting.chosen(self._resource, self.counts.asked, gathered)

    @cached_property
    def _gathered(self) -> bool:
        """Whether the objects are gathered before they are ordered: they are few, or stand far
        from the beginning of an order that cannot be entered where they are."""
        if self.counts.objects is not None:
            return self.counts.objects.matches.number <= counting.FEW
        if not counting.is_gathered(self._resource, self.counts.asked):
            return False
        keyset = Keyset(self._resource, self.ordering, until=self._dates.last)
        far = counting.is_long_past(self._dates.last) and keyset.until is None
        if far or self._dates.unknown:
            return True
        # Many victims have something earlier, and each of these would be looked at.
        walked = self._resource.kind is Kind.INCIDENT and keyset.until is not None
        at_hand = walked and counting.is_short(self._dates.first, self._dates.last)
        enough = counting.DENSE * self.reached if at_hand else counting.FEW
        return self.counts.all <= min(counting.FEW, enough)

    @property
    def _ordered(self) -> QuerySet[Any]:
        rows = self._chosen
        if self.sample is not None:
            rows = sampled(self._resource, rows, self.sample)
        return pages.ordered(self._resource, rows, self.ordering)

    @property
    def _keyset(self) -> Keyset:
        """The total order of the list, to be walked."""
        until = None if self._gathered else self._dates.last
        return Keyset(self._resource, self.ordering, until=until)
