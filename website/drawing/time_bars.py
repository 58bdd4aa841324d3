"""Counts over months or years as upright bars on one unbroken axis of time.

Every period between the first and the last has its place, so that a gap is seen as one. What is
known only to the year stands after the twelve months of that year; what spans several years and
what has no date stand apart, at the end. Lengths along the axis are shares of the width, so that
the words beside the bars keep their size on every screen; heights are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.dates import MONTHS

from reference.dates import BUCKET_SPANNING, BUCKET_UNKNOWN
from website.drawing.lengths import length, percent, scale_steps
from website.presentation.counted import Counted
from website.presentation.counts import number

Sort = Literal["dated", "partly", "spanning", "unknown"]

PLOT: Final = 170
"""Height of the tallest bar, in pixels."""

HEAD: Final = 22
FOOT: Final = 34
MAX_SLOTS: Final = 900
"""Periods that are still drawn: 75 years of months. Beyond that the table alone is shown."""

_START: Final = 5.0
"""Share of the width kept for the numbers of the scale."""

_GAP: Final = 4.0
_WIDEST, _NARROWEST_END = 7.0, 4.5
_NAMED: Final = 4
"""Months of one year that are still written out below the axis; of more, their numbers."""

_ROOM_OF_A_NAME: Final = 20.0
"""Share of the width for a month whose name has to fit on a telephone; its bar stays narrow."""

_YEAR_STEPS: Final = (1, 5, 10, 50, 100)
_LABELS_NARROW, _LABELS_WIDE = 7, 18


@dataclass(frozen=True, slots=True)
class TimeBar:
    """A bar: where it stands, with the certain part below and the only possible one on top."""

    sort: Sort
    counted: Counted
    x: str
    width: str
    y: str
    possible_height: str
    certain_y: str
    certain_height: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word below the axis; ``wide`` ones are left out on narrow screens."""

    x: str
    words: str
    wide: bool


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A line across, at a round number."""

    y: str
    words: str


@dataclass(frozen=True, slots=True)
class TimeChart:
    """A chart of time, ready to be written. ``size`` names a width that suits its bars."""

    bars: tuple[TimeBar, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[str, ...]
    lines: tuple[ScaleLine, ...]
    base: str
    height: str
    foot: str
    first_end: str
    size: str
    partly: bool
    spanning: bool
    right_to_left: bool


def time_chart(rows: Sequence[Counted], by: str, *, right_to_left: bool) -> TimeChart | None:
    """Lay out the buckets of ``month`` or ``year``; None where there is nothing on the axis, or
    more than can be told apart."""
    ends = [row for row in rows if row.code in (BUCKET_SPANNING, BUCKET_UNKNOWN)]
    dated = {row.code: row for row in rows if row.code not in (BUCKET_SPANNING, BUCKET_UNKNOWN)}
    codes = _axis(sorted(dated), by)
    if not codes or len(codes) > MAX_SLOTS:
        return None
    return _Layout(codes, dated, ends, right_to_left).chart()


def _axis(codes: Sequence[str], by: str) -> list[str]:
    """Every period from the first to the last, in order."""
    if not codes:
        return []
    first, last = int(codes[0][:4]), int(codes[-1][:4])
    if last - first > MAX_SLOTS:
        return [str(year) for year in range(first, last + 1)]
    if by == "year":
        return [f"{year:04d}" for year in range(first, last + 1)]
    partly = {code for code in codes if code.endswith("-XX")}
    months = [code for code in codes if code not in partly]
    if first == last and not partly:
        return _months(first, int(months[0][5:]), int(months[-1][5:]))
    axis = []
    for year in range(first, last + 1):
        axis += _months(year, 1, 12)
        # A place in every year where any year needs one: all years are equally wide.
        axis += [f"{year:04d}-XX"] if partly else []
    return axis


def _months(year: int, first: int, last: int) -> list[str]:
    return [f"{year:04d}-{month:02d}" for month in range(first, last + 1)]


class _Layout:
    """A chart on its way from codes to lengths."""

    def __init__(
        self,
        codes: list[str],
        dated: dict[str, Counted],
        ends: list[Counted],
        right_to_left: bool,
    ) -> None:
        self.codes, self.dated, self.ends = codes, dated, ends
        self.right_to_left = right_to_left
        self.steps = scale_steps(max(row.count for row in [*dated.values(), *ends]))
        room = 100 - _START - _GAP
        slot = min(room / (len(codes) + len(ends)), _WIDEST)
        self.end = max(slot, _NARROWEST_END)
        self.named = len(codes) <= _NAMED and _of_one_year(codes)
        widest = _ROOM_OF_A_NAME if self.named else _WIDEST
        self.slot = min((room - self.end * len(ends)) / len(codes), widest)

    def chart(self) -> TimeChart:
        bars = [
            self._bar(_sort(code), self.dated[code], self._left(position), self.slot)
            for position, code in enumerate(self.codes)
            if code in self.dated
        ]
        after = self._left(len(self.codes)) + _GAP
        bars += [
            self._bar(_sort(row.code), row, after + number * self.end, self.end)
            for number, row in enumerate(self.ends)
        ]
        return TimeChart(
            bars=tuple(bars),
            ticks=tuple(self._ticks()),
            marks=tuple(self._year_marks()),
            lines=tuple(
                ScaleLine(length(self._y(step)), number(step)) for step in (0, *self.steps)
            ),
            base=length(HEAD + PLOT),
            height=length(HEAD + PLOT + FOOT),
            foot=length(HEAD + PLOT + 17),
            first_end=self._x(after - _GAP / 2, 0),
            size=self._size(),
            partly=any(code.endswith("-XX") for code in self.dated),
            spanning=any(row.code == BUCKET_SPANNING for row in self.ends),
            right_to_left=self.right_to_left,
        )

    def _left(self, position: int) -> float:
        return _START + position * self.slot

    def _x(self, left: float, width: float) -> str:
        return percent(100 - left - width if self.right_to_left else left)

    def _y(self, count: int) -> float:
        return HEAD + PLOT - PLOT * count / self.steps[-1]

    def _bar(self, sort: Sort, row: Counted, left: float, slot: float) -> TimeBar:
        width = min(slot, _WIDEST) * (0.82 if slot > 1 else 0.9)
        top, certain_top = self._y(row.count), self._y(row.certain)
        base = HEAD + PLOT
        return TimeBar(
            sort=sort,
            counted=row,
            x=self._x(left + (slot - width) / 2, width),
            width=percent(width),
            y=length(top),
            possible_height=length(certain_top - top),
            certain_y=length(certain_top),
            certain_height=length(base - certain_top),
        )

    def _ticks(self) -> list[Tick]:
        ticks = self._month_ticks() if _of_one_year(self.codes) else self._year_ticks()
        after = self._left(len(self.codes)) + _GAP
        signs = {BUCKET_SPANNING: "*", BUCKET_UNKNOWN: "?"}
        return ticks + [
            Tick(self._x(after + (place + 0.5) * self.end, 0), signs[row.code], False)
            for place, row in enumerate(self.ends)
        ]

    def _month_ticks(self) -> list[Tick]:
        ticks = []
        for position, code in enumerate(self.codes):
            if code.endswith("-XX"):
                continue
            words = str(MONTHS[int(code[5:])]) if self.named else number(int(code[5:]))
            ticks.append(Tick(self._x(self._left(position) + self.slot / 2, 0), words, False))
        return ticks

    def _year_ticks(self) -> list[Tick]:
        years = sorted({int(code[:4]) for code in self.codes})
        narrow = _step(len(years), _LABELS_NARROW)
        wide = _step(len(years), _LABELS_WIDE)
        each = len(self.codes) / len(years)
        return [
            Tick(
                self._x(_START + (place + 0.5) * each * self.slot, 0),
                number(year).replace(",", "").replace("٬", ""),
                bool(year % narrow),
            )
            for place, year in enumerate(years)
            if not year % wide
        ]

    def _year_marks(self) -> list[str]:
        """Short lines between the years of a chart of months."""
        if len(self.codes[0]) == 4:
            return []
        each = len(self.codes) // len({code[:4] for code in self.codes})
        return [
            self._x(self._left(position), 0)
            for position in range(0, len(self.codes) + 1, max(each, 1))
        ]

    def _size(self) -> str:
        slots = len(self.codes) + len(self.ends)
        sizes = ((10, "few"), (30, "some"), (90, "many"), (220, "crowded"))
        return next((name for most, name in sizes if slots <= most), "packed")


def _of_one_year(codes: Sequence[str]) -> bool:
    """Whether these are months, and all of one year."""
    return len({code[:4] for code in codes}) == 1 and len(codes[0]) > 4


def _step(years: int, labels: int) -> int:
    return next((step for step in _YEAR_STEPS if years / step <= labels), _YEAR_STEPS[-1])


def _sort(code: str) -> Sort:
    if code == BUCKET_SPANNING:
        return "spanning"
    if code == BUCKET_UNKNOWN:
        return "unknown"
    return "partly" if code.endswith("-XX") else "dated"
