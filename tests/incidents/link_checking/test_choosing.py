"""Only what the world knows already is asked, and not more often than it has to be."""

import pytest
from django.utils import timezone

from incidents import publishing
from incidents.link_checking import askable, due
from incidents.models import Source
from tests.incidents import factories as make
from tests.incidents.link_checking.sources import checked, published

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example/article"


def test_a_published_source_may_be_asked():
    source = published(ADDRESS)
    assert list(askable()) == [source]


def test_a_confidential_source_is_never_asked():
    source = published(ADDRESS)
    Source.objects.filter(pk=source.pk).make_confidential()
    assert not askable().exists()


def test_a_source_in_preparation_is_not_asked():
    case = make.incident()
    make.cite(case, make.source(url=ADDRESS))
    assert not askable().exists()


def test_an_address_that_is_not_published_yet_is_not_asked():
    source = published(ADDRESS)
    Source.objects.filter(pk=source.pk).update(url="https://other.example/")
    assert not askable().exists()


def test_a_source_without_an_address_is_not_asked():
    published("")
    assert not askable().exists()


def test_a_withdrawn_source_is_not_asked_and_breaks_nothing():
    gone, stays = published(ADDRESS, "https://other.example/")
    publishing.withdraw(gone, by=make.publisher(), reason="safety")
    Source.objects.filter(pk=gone.pk).update(confidential=False)
    assert list(askable()) == [stays]


@pytest.mark.parametrize(
    ("history", "is_due"),
    [
        ([], True),
        ([("works", 31)], True),
        ([("works", 29)], False),
        ([("moved", 3)], False),
        ([("gone", 1)], False),
        ([("gone", 3)], True),
        ([("not-checked", 3)], True),
        ([("works", 40), ("gone", 5), ("gone", 3)], True),
        ([("gone", 7), ("gone", 5), ("gone", 3)], False),
        ([("gone", 40), ("works", 9), ("unreachable", 6), ("gone", 3)], True),
        ([("gone", 37), ("gone", 35), ("gone", 31)], True),
        ([("gone", 9), ("gone", 7), ("gone", 5), ("works", 3)], False),
    ],
)
def test_an_address_is_due(history, is_due):
    source = published(ADDRESS)
    for outcome, days_ago in history:
        checked(source, outcome, at=timezone.now(), days_ago=days_ago)
    assert due().exists() is is_due


def test_checks_of_an_earlier_address_do_not_count():
    source = published(ADDRESS)
    checked(source, "works", at=timezone.now(), days_ago=3, address="https://old.example/")
    assert list(due()) == [source]


def test_what_was_never_asked_comes_first_then_the_longest_unasked():
    late, later, never = published("https://a.example/", "https://b.example/", "https://c.example/")
    checked(late, at=timezone.now(), days_ago=50)
    checked(later, at=timezone.now(), days_ago=40)
    assert list(due()) == [never, late, later]


def test_fewer_days_can_be_asked_for():
    source = published(ADDRESS)
    checked(source, at=timezone.now(), days_ago=8)
    assert not due().exists()
    assert list(due(days=7)) == [source]


def test_days_on_which_our_own_line_was_down_do_not_agree_with_anything():
    source = published(ADDRESS)
    for days_ago in (7, 5, 3):
        checked(source, "not-checked", at=timezone.now(), days_ago=days_ago, problem="line")
    assert list(due()) == [source]
