"""Columns of dates that must not go back, whether or not a field is filled from them."""

import itertools

from incidents.importing.drafting.building import start_after_end
from incidents.importing.drafting.dates import read_date
from incidents.importing.drafting.reading_rows import MOST_REMEMBERED, RowReading
from incidents.importing.drafting.unusable import Unusable
from incidents.importing.mapping.shape import DateOptions, Order
from incidents.models import Severity
from reference.dates import UNKNOWN, UncertainDate


class RisingDates:
    """Checks one ``[[rows.order]]`` of a mapping."""

    def __init__(self, order: Order, dates: DateOptions) -> None:
        self._order = order
        self._dates = dates
        self._remembered: dict[str, UncertainDate] = {}

    def check(self, reading: RowReading) -> None:
        """Report where a later column lies before an earlier one, and leave out what is told."""
        columns = self._order.columns
        for first, last in itertools.pairwise(columns):
            start, end = self._date(reading, first), self._date(reading, last)
            if start.earliest and end.latest and start.earliest > end.latest:
                self._report(reading, first, last)

    def _report(self, reading: RowReading, first: str, last: str) -> None:
        start, end = reading.cells[first], reading.cells[last]
        otherwise = self._order.otherwise
        broken = start_after_end(start, end, otherwise)
        reading.report(
            broken.code,
            broken.reason,
            broken.remedy,
            column=f"{first}, {last}",
            value=f"{start} / {end}",
            severity=Severity.REFUSED if otherwise == "refuse" else Severity.LEFT_OUT,
        )
        if otherwise != "refuse":
            del reading.cells[last]
        if otherwise == "leave-all":
            del reading.cells[first]

    def _date(self, reading: RowReading, column: str) -> UncertainDate:
        """The date of a cell; unknown where it cannot be read, which its own field reports."""
        text = reading.cells.get(column)
        if text is None:
            return UNKNOWN
        found = self._remembered.get(text)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            try:
                found = read_date(text, self._dates)
            except Unusable:
                found = UNKNOWN
            self._remembered[text] = found
        return found
