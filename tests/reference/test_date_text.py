"""Dates in words."""

import re

import pytest
from django.utils import translation

from reference.date_text import DATE_HELP, explain, localise_digits, render_bucket, render_date
from reference.dates import FAULT_MESSAGES, DateFault, UncertainDate, UncertainDateError

parse = UncertainDate.parse


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-10-29", "29 October 2023"),
        ("2023-10-09", "9 October 2023"),
        ("2023-10", "October 2023"),
        ("2006", "2006"),
        ("2006-XX", "2006"),
        ("201X", "2010–2019"),
        ("2023-10~", "about October 2023"),
        ("2023-10?", "October 2023 (uncertain)"),
        ("2023-10%", "about October 2023 (uncertain)"),
        ("2023-10-29~", "about 29 October 2023"),
        ("201X~", "about 2010–2019"),
        ("2023-11-2X", "20–29 November 2023"),
        ("2023-11-0X", "1–9 November 2023"),
        ("2023-11-2X?", "20–29 November 2023 (uncertain)"),
        ("2023-11-3X", "30 November 2023"),
        ("2023-11-22/2023-11-23", "between 22 and 23 November 2023"),
        ("2023-11-28/2023-12-03", "between 28 November and 3 December 2023"),
        ("2023-12-28/2024-01-03", "between 28 December 2023 and 3 January 2024"),
        ("2023-11/2023-12", "between November and December 2023"),
        ("2023-11/2024-01", "between November 2023 and January 2024"),
        ("2009/2010", "between 2009 and 2010"),
        ("2023-10-29/2023-10-29", "29 October 2023"),
        ("2023/2023", "2023"),
        ("2009/2010-03", "between 2009 and March 2010"),
        ("2023/2023-03", "between 2023 and March 2023"),
        ("201X/2023-11-2X", "between 2010 and 29 November 2023"),
        ("2023-11-22~/2023-11-23", "between about 22 November 2023 and 23 November 2023"),
        ("2009?/2010~", "between 2009 (uncertain) and about 2010"),
        ("../2023-12-11", "on or before 11 December 2023"),
        ("../2023-12-11~", "on or before about 11 December 2023"),
        ("../2009", "in or before 2009"),
        ("../2023-11-2X", "on or before 29 November 2023"),
        ("2023-12-08/..", "on or after 8 December 2023"),
        ("2015-03/..", "in or after March 2015"),
        ("201X/..", "in or after 2010"),
        ("", "date unknown"),
    ],
)
def test_a_date_is_put_into_plain_words(text, words):
    assert render_date(parse(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-10-29", "۲۹ اکتوبر ۲۰۲۳"),
        ("2023-10", "اکتوبر ۲۰۲۳"),
        ("2011-02", "فروری ۲۰۱۱"),
        ("2006", "۲۰۰۶"),
    ],
)
def test_a_date_in_urdu_has_urdu_months_and_digits(text, words):
    with translation.override("ur"):
        assert render_date(parse(text)) == words


@pytest.mark.parametrize("text", ["2023-11-22/2023-11-23~", "../2009", "201X", "2023-12-08/.."])
def test_no_date_in_urdu_keeps_ascii_digits(text):
    with translation.override("ur"):
        assert not re.search("[0-9]", render_date(parse(text)))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2023-10", "October 2023"),
        ("2006", "2006"),
        ("2006-XX", "2006, month unknown"),
        ("spanning", "in more than one year"),
        ("unknown", "date unknown"),
    ],
)
def test_a_bucket_is_put_into_words(code, words):
    assert render_bucket(code) == words


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ur", "۰۹: ۱۲۳"),
        ("ur-pk", "۰۹: ۱۲۳"),
        ("en", "09: 123"),
        ("", "09: 123"),
        (None, "09: 123"),
    ],
)
def test_digits_are_written_as_the_language_does(language, written):
    assert localise_digits("09: 123", language) == written


@pytest.mark.parametrize("fault", DateFault)
def test_every_fault_is_explained_with_the_text_and_the_forms(fault):
    message = explain(UncertainDateError(fault, "5/10/2023"))
    assert "“5/10/2023”" in message
    assert "2023-10-29, 2023-10, 2023" in message
    assert set(FAULT_MESSAGES) == set(DateFault)


def test_in_a_right_to_left_language_typed_text_keeps_its_own_order():
    with translation.override("ur"):
        assert "\u2066../2023-12-11/x\u2069" in explain(
            UncertainDateError(DateFault.FORM, "../2023-12-11/x")
        )


@pytest.mark.parametrize(
    "form", ["2023-10-29", "2023-11-22/2023-11-23", "../2023-12-11", "2023-12-08/..", "201X"]
)
def test_the_help_names_each_form(form):
    assert form in str(DATE_HELP)
