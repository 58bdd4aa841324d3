"""What holds for every date, whatever its form."""

import json
from calendar import monthrange
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reference.dates import Match, UncertainDate, UncertainDateError, match_ongoing
from tests.reference.date_strategies import (
    closed_ranges,
    days,
    known_dates,
    marks,
    ranges,
    stems,
    texts,
    uncertain_dates,
)

parse = UncertainDate.parse
FOUND = {Match.CERTAIN, Match.POSSIBLE}


@given(uncertain_dates)
def test_reading_the_canonical_text_gives_the_same_date(value):
    assert parse(value.text) == value
    assert parse(str(value)) == value


@given(texts)
def test_an_accepted_text_is_kept_as_it_is(text):
    assert parse(text).text == text


@given(uncertain_dates)
def test_earliest_is_never_after_latest(value):
    if value.earliest and value.latest:
        assert value.earliest <= value.latest


@given(stems, marks)
def test_a_mark_never_changes_the_bounds(stem, mark):
    plain, marked = parse(stem), parse(stem + mark)
    assert (marked.earliest, marked.latest) == (plain.earliest, plain.latest)


@given(uncertain_dates)
def test_a_date_survives_its_document_also_as_json(value):
    assert UncertainDate.from_document(json.loads(json.dumps(value.as_document()))) == value


@given(known_dates, days)
def test_a_date_can_be_a_day_exactly_when_the_day_lies_within_its_bounds(value, day):
    within = (value.earliest or date.min) <= day <= (value.latest or date.max)
    assert (value.match(day, day) in FOUND) == within


@given(known_dates, closed_ranges)
def test_a_certain_date_has_every_possible_day_in_the_range(value, limits):
    first, last = limits
    if value.match(first, last) is Match.CERTAIN:
        assert first <= value.earliest <= value.latest <= last


@given(uncertain_dates, ranges(), ranges())
def test_a_wider_range_keeps_what_a_narrower_one_holds(value, one, other):
    narrow, wide = sorted_by_width(one, other)
    assume(narrow is not None)
    if value.match(*narrow) is Match.CERTAIN:
        assert value.match(*wide) is Match.CERTAIN
    if value.match(*narrow) in FOUND:
        assert value.match(*wide) in FOUND


@given(uncertain_dates, uncertain_dates, st.booleans(), ranges(), ranges())
def test_a_wider_range_keeps_what_was_going_on_in_a_narrower_one(
    start, end, open_ended, one, other
):
    narrow, wide = sorted_by_width(one, other)
    assume(narrow is not None)
    in_narrow = match_ongoing(start, end, open_ended, *narrow)
    in_wide = match_ongoing(start, end, open_ended, *wide)
    if in_narrow in FOUND:
        assert in_wide in FOUND
    if in_narrow is Match.CERTAIN:
        assert in_wide is Match.CERTAIN


@given(uncertain_dates, uncertain_dates, ranges())
def test_what_began_in_the_range_and_has_no_end_was_going_on_in_it(start, end, limits):
    began = start.match(*limits)
    for open_ended in (True, False):
        going_on = match_ongoing(start, parse(""), open_ended, *limits)
        if began is Match.CERTAIN:
            assert going_on is Match.CERTAIN
        if began is Match.POSSIBLE:
            assert going_on in FOUND


@given(uncertain_dates)
def test_a_month_bucket_means_certain_for_that_month(value):
    month = value.month_of()
    if month:
        year, number = int(month[:4]), int(month[5:])
        last = date(year, number, monthrange(year, number)[1])
        assert value.match(date(year, number, 1), last) is Match.CERTAIN
        assert value.bucket("month") == month


@given(uncertain_dates)
def test_a_year_bucket_means_certain_for_that_year(value):
    year = value.year_of()
    if year:
        assert value.match(date(int(year), 1, 1), date(int(year), 12, 31)) is Match.CERTAIN
        assert value.bucket("year") == year


@given(uncertain_dates, st.sampled_from(["month", "year"]))
def test_coarsening_keeps_the_marks_and_never_narrows(value, to):
    told = value.coarsened(to)
    assert (told.earliest or date.min) <= (value.earliest or date.min)
    assert (told.latest or date.max) >= (value.latest or date.max)
    assert (told.approximate, told.uncertain) == (value.approximate, value.uncertain)
    assert told.coarsened(to) == told


@given(uncertain_dates)
def test_coarsening_to_months_names_no_day(value):
    assert all(len(end.text.rstrip("~?%")) <= 7 for end in value.coarsened("month").ends)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    with suppress(UncertainDateError):
        assert parse(parse(text).text) == parse(text)


@given(st.text("0123456789-/.X~?%", max_size=23))
def test_what_looks_like_a_date_is_read_or_refused(text):
    try:
        value = parse(text)
    except UncertainDateError:
        return
    assert value.text == text


def sorted_by_width(one, other):
    """The two ranges, narrower first; (None, None) if neither lies within the other."""
    for narrow, wide in ((one, other), (other, one)):
        starts = wide[0] is None or (narrow[0] is not None and narrow[0] >= wide[0])
        ends = wide[1] is None or (narrow[1] is not None and narrow[1] <= wide[1])
        if starts and ends:
            return narrow, wide
    return None, None


@pytest.mark.parametrize("text", ["2023-10-29", "2009/2010~", "../2023", ""])
def test_a_date_can_be_a_key(text):
    assert {parse(text): 1}[parse(text)] == 1
