"""Counts in words, and turning pages."""

import pytest
from django.utils.translation import override

from website.presentation.counts import count_words, number, sureness_words
from website.presentation.paging import paging


def link(page):
    return f"page={page}"


@pytest.mark.parametrize(
    ("unit", "count", "words"),
    [
        ("incidents", 1, "1 incident"),
        ("incidents", 12345, "12,345 incidents"),
        ("legal-actions", 0, "0 legal actions"),
        ("agencies", 1, "1 agency"),
    ],
)
def test_a_count_names_its_unit(unit, count, words):
    assert count_words(unit, count) == words


def test_a_large_number_is_written_as_urdu_writes_it():
    with override("ur"):
        assert number(12345) == "۱۲٬۳۴۵"


@pytest.mark.parametrize(
    ("count", "certain", "words"),
    [
        (3, 3, "all certainly in the range"),
        (3, 0, "none certainly in the range, all possibly"),
        (3, 1, "1 certainly in the range, 2 only possibly"),
        (0, 0, ""),
    ],
)
def test_certain_and_possible_are_told_apart(count, certain, words):
    assert sureness_words(count, certain) == words


def test_a_page_in_the_middle_leads_both_ways():
    found = paging(120, 2, 50, link)
    assert (found.first_row, found.last_row, found.pages) == (51, 100, 3)
    assert (found.previous, found.next) == ("page=None", "page=3")


def test_the_last_page_ends_with_the_last_row():
    found = paging(120, 3, 50, link)
    assert (found.last_row, found.next, found.previous) == (120, None, "page=2")


def test_there_is_no_page_beyond_the_last():
    assert paging(120, 4, 50, link) is None


def test_an_empty_list_has_one_empty_page():
    found = paging(0, 1, 50, link)
    assert (found.first_row, found.last_row, found.needed) == (0, 0, False)


def test_no_link_leads_beyond_the_rows_that_pages_reach():
    assert paging(1_000_000, 199, 50, link).next is not None
    assert paging(1_000_000, 200, 50, link).next is None
