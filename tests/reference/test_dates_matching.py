"""Whether a date lies in a range of days, and whether an act was going on in it."""

from datetime import date

import pytest

from reference.dates import Match, UncertainDate, match_ongoing, parse_range_bound

parse = UncertainDate.parse

TAKEN = ("2023-10-29", "2023-11-20/2023-11-21", True)
TAKEN_AS_OFFICIALS_SAY = ("2023-11-20", "2023-11-20/2023-11-21", True)
BEFORE_2010 = ("../2009-12-31", "", True)
IN_2009_OR_2010 = ("2009/2010", "", True)
SIT_IN = ("2023-11-23", "2023-12-08/2023-12-10", False)
UNDATED = ("", "", True)


def limits(text):
    first, _, last = text.partition(" to ")
    return parse_range_bound(first, end=False), parse_range_bound(last or first, end=True)


def ongoing(record, asked):
    start, end, open_ended = record
    return match_ongoing(parse(start), parse(end), open_ended, *limits(asked))


@pytest.mark.parametrize(
    ("record", "asked", "start", "going_on"),
    [
        (TAKEN, "2023-10", "certain", "certain"),
        (TAKEN, "2023-11-01 to 2023-11-19", "none", "certain"),
        (TAKEN, "2023-11-21 to 2023-11-30", "none", "possible"),
        (TAKEN, "2023-11-22 to 2023-11-30", "none", "none"),
        (TAKEN_AS_OFFICIALS_SAY, "2023-11", "certain", "certain"),
        (BEFORE_2010, "2009", "possible", "certain"),
        (BEFORE_2010, "2015", "none", "certain"),
        (IN_2009_OR_2010, "2008", "none", "none"),
        (IN_2009_OR_2010, "2009", "possible", "possible"),
        (IN_2009_OR_2010, "2009 to 2010", "certain", "certain"),
        (IN_2009_OR_2010, "2015", "none", "certain"),
        (SIT_IN, "2023-12-01 to 2023-12-05", "none", "certain"),
        (SIT_IN, "2023-12-09", "none", "possible"),
        (SIT_IN, "2023-12-11 to 2023-12-31", "none", "none"),
        (UNDATED, "1990", "unknown", "unknown"),
        (UNDATED, "2023-10-29", "unknown", "unknown"),
        (UNDATED, "1000 to 9999", "unknown", "unknown"),
    ],
)
def test_an_act_that_lasts_matches_by_its_start_and_by_its_going_on(record, asked, start, going_on):
    assert parse(record[0]).match(*limits(asked)) == start
    assert ongoing(record, asked) == going_on


@pytest.mark.parametrize(
    ("text", "asked", "answer"),
    [
        ("2006", "2006", "certain"),
        ("2006", "2006-08", "possible"),
        ("2006", "2007", "none"),
        ("2018-11", "2018-11", "certain"),
        ("2018-11", "2018-11-15 to 2018-12-31", "possible"),
        ("2023-11-22/2023-11-23", "2023-11-22 to 2023-11-23", "certain"),
        ("2023-11-22/2023-11-23", "2023-11-22", "possible"),
        ("2023-11-22/2023-11-23", "2023-11-24 to 2023-11-30", "none"),
        ("2023-11-21/2023-11-30", "2023-11", "certain"),
        ("2023-11-21/2023-11-30", "2023-11-22 to 2023-11-23", "possible"),
        ("2023-11-21/2023-11-30", "2023-11-01 to 2023-11-20", "none"),
        ("2023-11-25/2023-12-09", "2023-12", "possible"),
        ("2023-11-25/2023-12-09", "2023-11 to 2023-12", "certain"),
    ],
)
def test_a_date_matches_a_range_by_its_bounds(text, asked, answer):
    assert parse(text).match(*limits(asked)) == answer


@pytest.mark.parametrize(
    ("text", "asked", "answer"),
    [
        ("2023-10-29", "2023-10-29", "certain"),
        ("2023-10-29", "2023-10-30", "none"),
        ("2023-10-29", "2023-10-28", "none"),
        ("2023-10", "2023-10-31 to 2023-11-30", "possible"),
        ("2023-10", "2023-09-01 to 2023-10-01", "possible"),
        ("2023-12-08/..", "2023-12", "possible"),
        ("2023-12-08/..", "2023-12-01 to 2023-12-07", "none"),
        ("2023-12-08/..", "2030", "possible"),
    ],
)
def test_both_ends_of_the_range_belong_to_it(text, asked, answer):
    assert parse(text).match(*limits(asked)) == answer


@pytest.mark.parametrize(
    ("text", "first", "last", "answer"),
    [
        ("2023-12-08/..", date(2023, 12, 8), None, "certain"),
        ("2023-12-08/..", date(2023, 12, 9), None, "possible"),
        ("../2009-12-31", None, date(2009, 12, 31), "certain"),
        ("../2009-12-31", None, date(2009, 12, 30), "possible"),
        ("../2009-12-31", date(2010, 1, 1), None, "none"),
        ("2006", None, None, "certain"),
        ("2023-12-08/..", date(2023, 1, 1), date(9999, 12, 31), "possible"),
        ("", None, None, "unknown"),
    ],
)
def test_a_range_open_on_one_side_can_hold_a_date_open_on_that_side(text, first, last, answer):
    assert parse(text).match(first, last) == answer


def test_a_range_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        parse("2023").match(date(2023, 2, 1), date(2023, 1, 1))
    with pytest.raises(ValueError, match="before it starts"):
        match_ongoing(parse("2023"), parse(""), True, date(2023, 2, 1), date(2023, 1, 1))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("2018", "none"), ("2019", "certain"), ("2019-03", "possible"), ("2023", "unknown")],
)
def test_a_missing_end_of_any_other_act_is_unknown_and_not_ongoing(asked, answer):
    assert ongoing(("2019", "", False), asked) == answer


def test_a_recorded_end_counts_before_the_sign_that_there_is_none():
    assert ongoing(("2019", "2020", True), "2023") is Match.NONE


def test_an_end_known_only_from_below_keeps_the_act_possible_for_ever():
    released_after = ("2019-03-01", "2020-05-01/..", False)
    assert ongoing(released_after, "2020-05") is Match.CERTAIN
    assert ongoing(released_after, "2020-05-02 to 2020-05-31") is Match.POSSIBLE
    assert ongoing(released_after, "2035") is Match.POSSIBLE


def test_an_act_that_certainly_began_in_the_range_was_certainly_going_on_in_it():
    assert ongoing(("2023", "2023", False), "2023") is Match.CERTAIN


def test_an_end_that_may_lie_before_the_start_makes_nothing_certain():
    assert ongoing(("2022/2023", "2023", False), "2023") is Match.POSSIBLE


def test_an_end_before_the_start_never_reaches_into_the_range():
    assert ongoing(("2023-05", "2022", False), "2023") is Match.NONE
