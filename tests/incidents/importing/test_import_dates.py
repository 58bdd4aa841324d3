"""Dates of lists: the forms that are understood, and what is refused rather than guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.importing.drafting.dates import read_date, span, span_of
from incidents.importing.drafting.unusable import Unusable
from incidents.importing.mapping.shape import DateOptions
from reference.dates import UncertainDate, UncertainDateError

PLAIN = DateOptions()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-10-29", "2023-10-29"),
        ("29/10/2023", "2023-10-29"),
        ("10/29/2023", "2023-10-29"),
        ("29.10.2023", "2023-10-29"),
        ("5.10.2023", "2023-10-05"),
        ("2023/10/29", "2023-10-29"),
        ("10/2023", "2023-10"),
        ("29-Oct-2023", "2023-10-29"),
        ("Oct. 29, 2023", "2023-10-29"),
        ("October 2023", "2023-10"),
        ("29 اکتوبر 2023", "2023-10-29"),
        ("۲۹ اکتوبر ۲۰۲۳", "2023-10-29"),
        ("29 أكتوبر 2023", "2023-10-29"),
        ("5 يوليو 2010", "2010-07-05"),
        ("12 كانون الثاني 2009", "2009-01-12"),
        ("3 de septiembre de 1973", "1973-09-03"),
        ("1er février 1974", "1974-02-01"),
        ("15 de março de 1970", "1970-03-15"),
        ("12-14 October 1973", "1973-10-12/1973-10-14"),
        ("about 1975", "1975~"),
        ("ca. March 1975", "1975-03~"),
        ("1973", "1973"),
        ("2023-10-29T00:00:00", "2023-10-29"),
        ("2023-11-22/2023-11-23", "2023-11-22/2023-11-23"),
        ("../2023-12-11", "../2023-12-11"),
    ],
)
def test_a_date_is_read_as_it_is_written_in_many_countries(written, meant):
    assert read_date(written, PLAIN).text == meant


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("5/10/2023", "date-two-readings"),
        ("05-10-2023", "date-two-readings"),
        ("29/10/23", "date-short-year"),
        ("29-Oct-23", "date-short-year"),
        ("31/02/2020", "date-impossible"),
        ("2023-02-30", "date-impossible"),
        ("late November 2023", "date-not-read"),
        ("45228", "date-not-read"),
        ("2009–10", "date-not-read"),
    ],
)
def test_what_can_mean_two_things_or_nothing_is_refused(written, code):
    with pytest.raises(Unusable) as refused:
        read_date(written, PLAIN)
    assert refused.value.code == code
    assert refused.value.remedy


def test_the_mapping_says_which_of_two_readings_is_meant():
    assert read_date("5/10/2023", DateOptions(day_first=True)).text == "2023-10-05"
    assert read_date("5/10/2023", DateOptions(day_first=False)).text == "2023-05-10"


def test_a_date_against_the_order_that_was_told_is_refused():
    with pytest.raises(Unusable):
        read_date("10/29/2023", DateOptions(day_first=True))


def test_a_format_of_the_mapping_is_tried_first():
    assert read_date("05.10.2023", DateOptions(formats=("%m.%d.%Y",))).text == "2023-05-10"
    assert read_date("10.1973", DateOptions(formats=("%m.%Y",))).text == "1973-10"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_both_orders_agree_where_only_one_reading_is_possible(day):
    if day.day <= 12:
        return
    for written in (
        f"{day.day}/{day.month}/{day.year:04d}",
        f"{day.month}/{day.day}/{day.year:04d}",
    ):
        assert read_date(written, PLAIN).text == day.isoformat()


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from([10, 7, 4]),
    st.sampled_from(["day", "month", "year"]),
)
def test_a_reading_never_narrows_what_was_written(day, length, exact_to):
    written = UncertainDate.parse(day.isoformat()[:length])
    read = read_date(written.text, DateOptions(exact_to=exact_to, approximate=True))
    assert read.earliest <= written.earliest
    assert read.latest >= written.latest


@given(st.text(max_size=30))
def test_any_text_is_either_a_date_or_refused(text):
    try:
        found = read_date(text, PLAIN)
    except Unusable:
        return
    assert UncertainDate.parse(found.text) == found


@given(st.lists(st.dates(min_value=date(1000, 1, 1)), min_size=1, max_size=5))
def test_a_span_holds_every_date_of_it(days):
    dates = [UncertainDate.parse(day.isoformat()) for day in days]
    whole = span_of(dates)
    assert all(whole.earliest <= each.earliest and each.latest <= whole.latest for each in dates)


def test_two_columns_make_one_date_between_them():
    first, last = map(UncertainDate.parse, ("2023-10-01", "2023-10"))
    assert span(first, last).text == "2023-10-01/2023-10"
    assert span(first, None).text == "2023-10-01"
    assert span(None, None) is None


def test_a_span_that_ends_before_it_starts_is_refused():
    with pytest.raises(Unusable, match="before"):
        span(UncertainDate.parse("2024"), UncertainDate.parse("2023"))


def test_a_month_that_no_language_has_is_no_date():
    with pytest.raises((Unusable, UncertainDateError)):
        read_date("12 Brumaire 1799", PLAIN)
