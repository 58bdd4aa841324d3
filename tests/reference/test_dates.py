"""Which texts are dates, and which days they can mean."""

from datetime import date

import pytest

from reference.dates import (
    ACCEPTED_FORMS,
    UNKNOWN,
    DateFault,
    Precision,
    UncertainDate,
    UncertainDateError,
    parse_range_bound,
)

parse = UncertainDate.parse


def bounds(value):
    return tuple(bound and bound.isoformat() for bound in (value.earliest, value.latest))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2023-10-29", "2023-10-29", "2023-10-29", "day"),
        ("2023-10", "2023-10-01", "2023-10-31", "month"),
        ("2006", "2006-01-01", "2006-12-31", "year"),
        ("2023-XX", "2023-01-01", "2023-12-31", "year"),
        ("201X", "2010-01-01", "2019-12-31", "decade"),
        ("999X", "9990-01-01", "9999-12-31", "decade"),
        ("2023-11-0X", "2023-11-01", "2023-11-09", "interval"),
        ("2023-11-1X", "2023-11-10", "2023-11-19", "interval"),
        ("2023-11-2X", "2023-11-20", "2023-11-29", "interval"),
        ("2023-02-2X", "2023-02-20", "2023-02-28", "interval"),
        ("2024-02-2X", "2024-02-20", "2024-02-29", "interval"),
        ("2023-11-3X", "2023-11-30", "2023-11-30", "interval"),
        ("2023-10-3X", "2023-10-30", "2023-10-31", "interval"),
        ("2023-11-22/2023-11-23", "2023-11-22", "2023-11-23", "interval"),
        ("2009/2010", "2009-01-01", "2010-12-31", "interval"),
        ("2009-03/2010", "2009-03-01", "2010-12-31", "interval"),
        ("2023-11-15/2023-11", "2023-11-15", "2023-11-30", "interval"),
        ("200X/2010-05", "2000-01-01", "2010-05-31", "interval"),
        ("../2023-12-11", None, "2023-12-11", "open"),
        ("../2009", None, "2009-12-31", "open"),
        ("2023-12-08/..", "2023-12-08", None, "open"),
        ("2015-03/..", "2015-03-01", None, "open"),
        ("", None, None, "unknown"),
        ("1000", "1000-01-01", "1000-12-31", "year"),
        ("9999-12", "9999-12-01", "9999-12-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
    ],
)
def test_each_accepted_form_means_its_first_and_last_day(text, earliest, latest, precision):
    value = parse(text)
    assert bounds(value) == (earliest, latest)
    assert value.precision == precision
    assert (value.approximate, value.uncertain) == (False, False)


@pytest.mark.parametrize(
    ("as_heard", "stored", "earliest", "latest"),
    [
        ("29 October 2023", "2023-10-29", "2023-10-29", "2023-10-29"),
        ("October 2023", "2023-10", "2023-10-01", "2023-10-31"),
        ("2006", "2006", "2006-01-01", "2006-12-31"),
        ("around 29 October", "2023-10-29~", "2023-10-29", "2023-10-29"),
        ("the twenties of November", "2023-11-2X", "2023-11-20", "2023-11-29"),
        ("late November", "2023-11-21/2023-11-30", "2023-11-21", "2023-11-30"),
        ("night of 22 November", "2023-11-22/2023-11-23", "2023-11-22", "2023-11-23"),
        ("on Monday, text of 11 December", "2023-12-11", "2023-12-11", "2023-12-11"),
        ("end of last week, same text", "2023-12-08/2023-12-10", "2023-12-08", "2023-12-10"),
        ("17th day of a sit-in on 9 December", "2023-11-23", "2023-11-23", "2023-11-23"),
        ("before 2010", "../2009-12-31", None, "2009-12-31"),
        ("since March 2015", "2015-03-01/..", "2015-03-01", None),
        ("27 Ramadan 1444", "2023-04-17/2023-04-19", "2023-04-17", "2023-04-19"),
        ("end of Safar 1445", "2023-09-05/2023-09-16", "2023-09-05", "2023-09-16"),
        ("2009 or 2010", "2009/2010", "2009-01-01", "2010-12-31"),
        ("not known", "", None, None),
    ],
)
def test_what_a_witness_said_is_stored_with_its_bounds(as_heard, stored, earliest, latest):
    assert bounds(parse(stored)) == (earliest, latest)


@pytest.mark.parametrize(
    ("mark", "approximate", "uncertain"),
    [("~", True, False), ("?", False, True), ("%", True, True)],
)
@pytest.mark.parametrize("text", ["2023-10-29", "2023-10", "2023", "2023-XX", "2023-11-2X", "201X"])
def test_a_mark_sets_its_flags_and_nothing_else(text, mark, approximate, uncertain):
    plain, marked = parse(text), parse(text + mark)
    assert (marked.approximate, marked.uncertain) == (approximate, uncertain)
    assert bounds(marked) == bounds(plain)
    assert marked.precision == plain.precision


def test_the_marks_of_both_ends_of_an_interval_count():
    value = parse("2023-11~/2023-12?")
    assert (value.approximate, value.uncertain) == (True, True)
    assert bounds(value) == ("2023-11-01", "2023-12-31")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2023-02-30", DateFault.CALENDAR),
        ("2023-02-29", DateFault.CALENDAR),
        ("2023-13", DateFault.CALENDAR),
        ("2023-00", DateFault.CALENDAR),
        ("2023-10-00", DateFault.CALENDAR),
        ("2023-10-32", DateFault.CALENDAR),
        ("2023-02-3X", DateFault.CALENDAR),
        ("2023-13-2X", DateFault.CALENDAR),
        ("2023-02-30/2023-03-01", DateFault.CALENDAR),
        ("2023-11-23/2023-11-22", DateFault.ORDER),
        ("2010/2009", DateFault.ORDER),
        ("2010/2009-12-31", DateFault.ORDER),
        ("../..", DateFault.NO_BOUND),
        ("0999", DateFault.YEAR),
        ("0000", DateFault.YEAR),
        ("099X", DateFault.YEAR),
        ("12023", DateFault.FORM),
        ("23-10-29", DateFault.FORM),
        ("2023-1-5", DateFault.FORM),
        ("2023-1", DateFault.FORM),
        ("20231029", DateFault.FORM),
        ("29/10/2023", DateFault.FORM),
        ("29 October 2023", DateFault.FORM),
        ("2023-10-29/", DateFault.FORM),
        ("/2023-10-29", DateFault.FORM),
        ("/", DateFault.FORM),
        ("..", DateFault.FORM),
        ("2009/2010/2011", DateFault.FORM),
        ("../2009/..", DateFault.FORM),
        ("2023-XX-29", DateFault.FORM),
        ("2023-11-XX", DateFault.FORM),
        ("2023-11-4X", DateFault.FORM),
        ("2023-1X", DateFault.FORM),
        ("20XX", DateFault.FORM),
        ("2023-11-2x", DateFault.FORM),
        ("~2023", DateFault.FORM),
        ("2023~?", DateFault.FORM),
        ("2023-10-29T10:00", DateFault.FORM),
        ("2023 - 10", DateFault.FORM),
        ("2023-10-29\x00", DateFault.FORM),
        ("2023-10-29\n2023", DateFault.FORM),
        ("²023", DateFault.FORM),
        ("२०२३", DateFault.FORM),
        ("2023-10-29" * 1000, DateFault.FORM),
        ("unknown", DateFault.FORM),
    ],
)
def test_anything_else_is_refused_with_its_fault(text, fault):
    with pytest.raises(UncertainDateError) as refusal:
        parse(text)
    assert refusal.value.code == fault


def test_a_refusal_shows_what_was_typed_and_every_accepted_form():
    with pytest.raises(UncertainDateError) as refusal:
        parse("last Tuesday")
    assert "last Tuesday" in str(refusal.value)
    assert all(form in str(refusal.value) for form in ACCEPTED_FORMS)


def test_a_refusal_shows_only_the_start_of_a_long_text_and_no_control_characters():
    with pytest.raises(UncertainDateError) as refusal:
        parse("a\x00\x1b[31m" + "b" * 5000)
    assert len(refusal.value.params["text"]) < 50
    assert refusal.value.params["text"].isprintable()


@pytest.mark.parametrize("form", ACCEPTED_FORMS)
def test_every_form_shown_to_people_is_accepted(form):
    assert parse(form).text == form


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("  2023-10-29\n", "2023-10-29"),
        ("۲۰۲۳-۱۰-۲۹", "2023-10-29"),
        ("٢٠٢٣-١٠", "2023-10"),
        ("   ", ""),
    ],
)
def test_spaces_around_and_urdu_digits_are_made_canonical(typed, canonical):
    assert parse(typed).text == canonical
    assert parse(typed) == parse(canonical)


def test_the_text_is_kept_as_given_even_where_another_means_the_same_days():
    assert parse("2023-XX").text == "2023-XX"
    assert parse("2023-XX") != parse("2023")


def test_an_empty_text_is_the_unknown_date():
    assert parse("") == UNKNOWN
    assert UNKNOWN.is_unknown
    assert UNKNOWN.precision is Precision.UNKNOWN


def test_an_open_date_is_not_unknown():
    assert not parse("../2009").is_unknown


def test_a_document_holds_text_bounds_and_marks():
    assert parse("2023-10~").as_document() == {
        "text": "2023-10~",
        "earliest": "2023-10-01",
        "latest": "2023-10-31",
        "precision": "month",
        "approximate": True,
        "uncertain": False,
    }


def test_an_unknown_date_has_a_document_too():
    assert UNKNOWN.as_document() == {
        "text": "",
        "earliest": None,
        "latest": None,
        "precision": "unknown",
        "approximate": False,
        "uncertain": False,
    }


def test_a_document_whose_bounds_do_not_follow_from_its_text_is_refused():
    document = parse("2023-10").as_document() | {"latest": "2023-10-29"}
    with pytest.raises(ValueError, match="bounds"):
        UncertainDate.from_document(document)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2023-10~", ("2023-10~", "2023-10~")),
        ("2023-11-22/2023-11-23?", ("2023-11-22", "2023-11-23?")),
        ("2023-11-2X~", ("2023-11-20~", "2023-11-29~")),
        ("201X", ("2010", "2019")),
        ("201X/2023-11-2X", ("2010", "2023-11-29")),
        ("../2009", ("", "2009")),
        ("2009/..", ("2009", "")),
        ("", ("", "")),
    ],
)
def test_the_ends_of_a_date_are_days_months_or_years(text, ends):
    assert tuple(end.text for end in parse(text).ends) == ends


@pytest.mark.parametrize(
    ("text", "month", "year", "by_month", "by_year"),
    [
        ("2023-10-29", "2023-10", "2023", "2023-10", "2023"),
        ("2023-10~", "2023-10", "2023", "2023-10", "2023"),
        ("2023-11-2X", "2023-11", "2023", "2023-11", "2023"),
        ("2006", None, "2006", "2006-XX", "2006"),
        ("2023-10/2023-11", None, "2023", "2023-XX", "2023"),
        ("2009/2010", None, None, "spanning", "spanning"),
        ("2023-10/2024-10", None, None, "spanning", "spanning"),
        ("../2009-12-31", None, None, "spanning", "spanning"),
        ("2015-03-01/..", None, None, "spanning", "spanning"),
        ("", None, None, "unknown", "unknown"),
    ],
)
def test_each_date_falls_into_one_bucket(text, month, year, by_month, by_year):
    value = parse(text)
    assert (value.month_of(), value.year_of()) == (month, year)
    assert (value.bucket("month"), value.bucket("year")) == (by_month, by_year)


@pytest.mark.parametrize(
    ("text", "to", "told"),
    [
        ("2023-10-29", "month", "2023-10"),
        ("2023-10-29%", "year", "2023%"),
        ("2023-10~", "month", "2023-10~"),
        ("2023-10~", "year", "2023~"),
        ("2023-11-2X", "month", "2023-11"),
        ("2023-XX~", "month", "2023-XX~"),
        ("201X", "year", "201X"),
        ("2023-11-22/2023-11-23", "month", "2023-11"),
        ("2023-11-30~/2023-12-01", "month", "2023-11~/2023-12"),
        ("2023-11-30/2023-12-01", "year", "2023"),
        ("2009/2010-03-15", "month", "2009/2010-03"),
        ("2009/2010", "month", "2009/2010"),
        ("../2023-12-11?", "month", "../2023-12?"),
        ("2023-10-01/..", "month", "2023-10/.."),
        ("", "year", ""),
    ],
)
def test_a_coarsened_date_is_told_in_months_or_years(text, to, told):
    assert parse(text).coarsened(to).text == told


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-10-29", date(2023, 10, 29), date(2023, 10, 29)),
        ("2023-10", date(2023, 10, 1), date(2023, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        (" ۲۰۲۳ ", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_an_end_of_a_range_takes_the_first_or_the_last_day(text, first, last):
    assert parse_range_bound(text, end=False) == first
    assert parse_range_bound(text, end=True) == last


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", DateFault.RANGE_FORM),
        ("2023-10~", DateFault.RANGE_FORM),
        ("2023-11-2X", DateFault.RANGE_FORM),
        ("2023-XX", DateFault.RANGE_FORM),
        ("201X", DateFault.RANGE_FORM),
        ("2009/2010", DateFault.RANGE_FORM),
        ("../2009", DateFault.RANGE_FORM),
        ("yesterday", DateFault.RANGE_FORM),
        ("2023-10-29\x00", DateFault.RANGE_FORM),
        ("2023-02-30", DateFault.CALENDAR),
        ("0023", DateFault.YEAR),
    ],
)
def test_an_end_of_a_range_that_is_no_day_month_or_year_is_refused(text, fault):
    with pytest.raises(UncertainDateError) as refusal:
        parse_range_bound(text, end=True)
    assert refusal.value.code == fault
    assert refusal.value.params["forms"] == "2023-10-29, 2023-10, 2023"
