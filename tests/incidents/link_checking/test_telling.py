"""What the public is told follows from the checks, and never from a single failure."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from incidents.link_checking.telling import DAYS_OF_FAILURE, standing_of
from incidents.models import LinkOutcome
from record.models.source_link import LinkState
from record.source_links import LinkStanding

FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)
OUTCOMES = {
    "W": "works",
    "M": "moved",
    "G": "gone",
    "E": "server-error",
    "U": "unreachable",
    "R": "refused",
    "N": "not-checked",
}


def day(number):
    return (FIRST + timedelta(days=number)).date()


def told(letters):
    """What checks on the days from the first on come to: ``WWG`` works, works, gone."""
    checks = [(FIRST + timedelta(days=n), OUTCOMES[letter]) for n, letter in enumerate(letters)]
    return standing_of(checks)


@pytest.mark.parametrize(
    ("letters", "state", "since", "checked_on"),
    [
        ("W", LinkState.ANSWERS, 0, 0),
        ("WWW", LinkState.ANSWERS, 0, 2),
        ("WM", LinkState.MOVED, 1, 1),
        # Until a failure is proven, what was seen last stays, with its day.
        ("WG", LinkState.ANSWERS, 0, 0),
        ("WGG", LinkState.ANSWERS, 0, 0),
        ("WGGG", LinkState.GONE, 1, 3),
        ("WGEU", LinkState.GONE, 1, 3),
        ("WGGGG", LinkState.GONE, 1, 4),
        ("GGWGG", LinkState.ANSWERS, 2, 2),
        ("GGGW", LinkState.ANSWERS, 3, 3),
        ("WGGGWGG", LinkState.ANSWERS, 4, 4),
        ("WRRR", LinkState.REFUSES, 1, 3),
        # A refusal is no proof that nothing is there, and breaks the row.
        ("WGGRG", LinkState.ANSWERS, 0, 0),
        ("GGGRRR", LinkState.REFUSES, 3, 5),
        ("GGGRRGGG", LinkState.GONE, 0, 7),
        # What could not be checked says nothing.
        ("WNNNN", LinkState.ANSWERS, 0, 0),
        ("GNGNG", LinkState.GONE, 0, 4),
        ("WNW", LinkState.ANSWERS, 0, 2),
    ],
)
def test_what_is_told(letters, state, since, checked_on):
    assert told(letters) == LinkStanding(state, day(since), day(checked_on))


@pytest.mark.parametrize("letters", ["", "G", "GG", "N", "GGR", "RRGG"])
def test_nothing_is_told_before_anything_is_known(letters):
    assert told(letters) is None


def test_three_failures_on_one_day_are_one():
    checks = [(FIRST + timedelta(hours=hours), "gone") for hours in (0, 2, 4)]
    assert standing_of(checks) is None


def test_days_are_those_of_utc():
    at = datetime.fromisoformat("2026-11-04T02:00:00+05:00")
    assert standing_of([(at, "works")]).checked_on == date(2026, 11, 3)


MANY = some.lists(
    some.tuples(some.integers(0, 3), some.sampled_from(LinkOutcome.values)), max_size=12
)


@given(MANY)
def test_nothing_is_called_gone_that_failed_on_fewer_days(steps):
    at, checks = FIRST, []
    for days, outcome in steps:
        at += timedelta(days=days)
        checks.append((at, outcome))
    standing = standing_of(checks)
    if standing is None or standing.state is not LinkState.GONE:
        return
    failed = {
        when.date()
        for when, outcome in checks
        if outcome in ("gone", "server-error", "unreachable")
        and standing.since <= when.date() <= standing.checked_on
    }
    assert len(failed) >= DAYS_OF_FAILURE


@given(MANY)
def test_an_answer_is_always_told_as_soon_as_it_comes(steps):
    checks = [(FIRST + timedelta(days=n), outcome) for n, (_days, outcome) in enumerate(steps)]
    answered = standing_of([*checks, (FIRST + timedelta(days=len(checks)), "works")])
    assert (answered.state, answered.checked_on) == (LinkState.ANSWERS, day(len(checks)))
    assert answered.since <= answered.checked_on
