"""Hypothesis strategies for uncertain dates: every form, in years so few that they often meet."""

from datetime import date, timedelta

from hypothesis import strategies as st

from reference.dates import UncertainDate, UncertainDateError

FIRST_DAY, LAST_DAY = date(2008, 11, 1), date(2011, 3, 1)

days = st.integers(0, (LAST_DAY - FIRST_DAY).days).map(lambda n: FIRST_DAY + timedelta(n))


@st.composite
def ranges(draw: st.DrawFn) -> tuple[date | None, date | None]:
    """A range of days, either side perhaps open."""
    first, last = sorted((draw(days), draw(days)))
    return (draw(st.sampled_from([first, first, None])), draw(st.sampled_from([last, last, None])))


closed_ranges = st.tuples(days, days).map(sorted).map(tuple)
marks = st.sampled_from(["", "", "~", "?", "%"])
stems = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
    days.map(lambda day: day.isoformat()[:4] + "-XX"),
    days.map(lambda day: day.isoformat()[:9] + "X"),
    days.map(lambda day: day.isoformat()[:3] + "X"),
)
points = st.builds("{}{}".format, stems, marks)


@st.composite
def intervals(draw: st.DrawFn) -> str:
    """Two dates joined by a slash, the earlier one first."""
    first, last = draw(points), draw(points)
    try:
        UncertainDate.parse(f"{first}/{last}")
    except UncertainDateError:
        return f"{last}/{first}"
    return f"{first}/{last}"


texts = st.one_of(
    points,
    intervals(),
    points.map("../{}".format),
    points.map("{}/..".format),
)
known_dates = texts.map(UncertainDate.parse)
uncertain_dates = st.one_of(known_dates, known_dates, st.just(UncertainDate.parse("")))
