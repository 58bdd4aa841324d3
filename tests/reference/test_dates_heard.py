"""Dates as people tell them: how words are understood, and that nobody's words are kept unasked."""

from calendar import monthrange
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from reference.dates import DateFault, UncertainDate, UncertainDateError
from reference.forms import UncertainDateFormField
from reference.heard_dates import hear, is_certain
from reference.month_names import MONTHS

NEAR = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("told", "understood"),
    [
        ("29 Oct 2023", "2023-10-29"),
        ("۲۹ اکتوبر ۲۰۲۳", "2023-10-29"),
        ("late November 2023", "2023-11-21/2023-11-30"),
        ("mid-November 2023", "2023-11-11/2023-11-20"),
        ("early Nov 2023", "2023-11-01/2023-11-10"),
        ("late February 2024", "2024-02-21/2024-02-29"),
        ("the end of November 2023", "2023-11-21/2023-11-30"),
        ("نومبر ۲۰۲۳ کے آخر", "2023-11-21/2023-11-30"),
        ("نومبر ۲۰۲۳ کے شروع میں", "2023-11-01/2023-11-10"),
        ("اوائل نومبر ۲۰۲۳", "2023-11-01/2023-11-10"),
        ("last week of November 2023", "2023-11-24/2023-11-30"),
        ("late 2023", "2023-09/2023-12"),
        ("the 1990s", "199X"),
        ("about 29 Oct 23", "2023-10-29~"),
        ("perhaps November 2023", "2023-11?"),
        ("before 29 October 2023", "../2023-10-28"),
        ("before about 29 October 2023", "../2023-10-28~"),
        ("after perhaps November 2023", "2023-12?/.."),
        ("by 29 October 2023", "../2023-10-29"),
        ("after November 2023", "2023-12/.."),
        ("since 2019", "2019/.."),
        ("۲۹ اکتوبر ۲۰۲۳ سے پہلے", "../2023-10-28"),
        ("نومبر ۲۰۲۳ کے بعد", "2023-12/.."),
        ("between 22 and 23 November 2023", "2023-11-22/2023-11-23"),
        ("22 October to 5 November 2023", "2023-10-22/2023-11-05"),
        ("۲۲ سے ۲۳ نومبر ۲۰۲۳ تک", "2023-11-22/2023-11-23"),
        ("Sunday, 29 October 2023", "2023-10-29"),
        ("on the night of 28 October 2023", "2023-10-28/2023-10-29"),
        ("the night of 31 December 2023", "2023-12-31/2024-01-01"),
        ("about the night of 28 October 2023", "2023-10-28~/2023-10-29~"),
        ("night between 22 and 23 November 2023", "2023-11-22/2023-11-23"),
        ("night of 22/23 November 2023", "2023-11-22/2023-11-23"),
        ("22 November 2023 at night", "2023-11-22/2023-11-23"),
        ("۲۲ نومبر ۲۰۲۳ کی رات", "2023-11-22/2023-11-23"),
        ("۲۲ نومبر ۲۰۲۳ کی رات کو", "2023-11-22/2023-11-23"),
        ("on the evening of 28 October 2023", "2023-10-28"),
        ("Nov. '23", "2023-11"),
        ("29/10/23", "2023-10-29"),
        ("29 October", "2026-10-29"),
        ("29 December", "2025-12-29"),
    ],
)
def test_words_are_understood_as_one_date(told, understood):
    assert [each.text for each in hear(told, near=NEAR)] == [understood]


@pytest.mark.parametrize(
    ("told", "readings"),
    [
        ("Nov 23", ["2023-11", "2025-11-23"]),
        ("5/10/2023", ["2023-10-05", "2023-05-10"]),
    ],
)
def test_words_that_can_mean_two_dates_are_given_both(told, readings):
    assert [each.text for each in hear(told, near=date(2026, 11, 1))] == readings


@pytest.mark.parametrize(
    "told", ["before Eid 2023", "عید سے پہلے", "Ramazan 2023", "10 Muharram", "شب برات ۲۰۲۳"]
)
def test_a_feast_that_follows_the_moon_is_refused_with_the_request_for_dates(told):
    with pytest.raises(UncertainDateError) as refused:
        hear(told)
    assert refused.value.code is DateFault.FEAST
    assert "2023-10-29" in str(refused.value)


@pytest.mark.parametrize("told", ["some day", "31 Feb 2023", "before or after", "last spring"])
def test_what_says_no_date_is_refused(told):
    with pytest.raises(UncertainDateError):
        hear(told, near=NEAR)


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_refused(told):
    try:
        readings = hear(told, near=NEAR)
    except UncertainDateError:
        return
    assert readings
    assert all(UncertainDate.parse(each.text) == each for each in readings)


@given(
    st.sampled_from(sorted(name for name in MONTHS if name.isascii())),
    st.integers(1900, 2100),
    st.sampled_from([("early", 1, 10), ("mid", 11, 20), ("late", 21, None), ("end of", 21, None)]),
)
def test_the_parts_of_a_month_are_ten_days_each_and_the_rest(name, year, part):
    said, first, last = part
    [value] = hear(f"{said} {name} {year}", near=NEAR)
    month = MONTHS[name]
    assert value.earliest == date(year, month, first)
    assert value.latest == date(year, month, last or monthrange(year, month)[1])
    assert not is_certain(f"{said} {name} {year}")


def test_a_box_keeps_no_words_before_somebody_has_confirmed_them():
    field = UncertainDateFormField()
    with pytest.raises(ValidationError) as asked:
        field.clean("late November 2023")
    assert asked.value.code == "heard"
    assert (
        "understood as 2023-11-21/2023-11-30: between 21 and 30 November" in asked.value.messages[0]
    )
    box = field.bound_data("late November 2023", None)
    assert box == "2023-11-21/2023-11-30"
    assert field.clean(box).text == box


def test_a_box_with_two_readings_leaves_the_choice():
    field = UncertainDateFormField()
    with pytest.raises(ValidationError) as asked:
        field.clean("5/10/2023")
    assert "2023-10-05 (5 October 2023), 2023-05-10 (10 May 2023)" in asked.value.messages[0]
    assert field.bound_data("5/10/2023", None) == "5/10/2023"
