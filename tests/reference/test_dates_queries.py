"""The SQL conditions give the answers of the functions, on a real database."""

import pytest
from django.db.models import BooleanField, Count, ExpressionWrapper
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reference.date_queries import (
    bucket_of,
    certain_between,
    date_unknown,
    ongoing_certain,
    ongoing_possible,
    ongoing_unknown,
    possible_between,
)
from reference.dates import Match, UncertainDate, match_ongoing
from tests.reference.date_strategies import ranges, uncertain_dates
from tests.reference.dated.tables import dated_tables

pytestmark = pytest.mark.django_db

on_the_database = settings(
    deadline=None,
    max_examples=60,
    # The rows that differ are named by the assertion; shrinking would take minutes of queries.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    # Each example deletes its own rows, so the one transaction of the test serves them all.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
records = st.lists(
    st.tuples(uncertain_dates, uncertain_dates, st.booleans()), min_size=15, max_size=25
)
ACT = ("start", "end", "open_ended")


@pytest.fixture(scope="module", autouse=True)
def tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), dated_tables():
        yield


def detentions(rows):
    from tests.reference.dated.models import Detention

    Detention.objects.all().delete()
    return Detention.objects.bulk_create(
        Detention(start=start, end=end, open_ended=open_ended) for start, end, open_ended in rows
    )


def shown(row):
    return f"{row.start} - {row.end}, open_ended={row.open_ended}"


def found(condition):
    from tests.reference.dated.models import Detention

    held = ExpressionWrapper(condition, output_field=BooleanField())
    answers = {shown(row): row.held for row in Detention.objects.annotate(held=held)}
    chosen = {shown(row) for row in Detention.objects.filter(condition)}
    left_out = {shown(row) for row in Detention.objects.exclude(condition)}
    # NULL would be a third answer, and lose its rows when negated.
    assert {row: row in chosen for row in answers} == answers
    assert left_out == answers.keys() - chosen
    return chosen


def answered(rows, answer, *matches):
    return {shown(row) for row in rows if answer(row) in matches}


@on_the_database
@given(records, ranges())
def test_a_start_matches_in_sql_as_it_does_in_python(rows, limits):
    rows = detentions(rows)

    def answer(row):
        return row.start.match(*limits)

    assert found(certain_between("start", *limits)) == answered(rows, answer, Match.CERTAIN)
    assert found(possible_between("start", *limits)) == answered(
        rows, answer, Match.CERTAIN, Match.POSSIBLE
    )
    assert found(date_unknown("start")) == answered(rows, answer, Match.UNKNOWN)


@on_the_database
@given(records, ranges())
def test_an_act_is_going_on_in_sql_as_it_is_in_python(rows, limits):
    rows = detentions(rows)

    def answer(row):
        return match_ongoing(row.start, row.end, row.open_ended, *limits)

    assert found(ongoing_certain(*ACT, *limits)) == answered(rows, answer, Match.CERTAIN)
    assert found(ongoing_possible(*ACT, *limits)) == answered(
        rows, answer, Match.CERTAIN, Match.POSSIBLE
    )
    assert found(ongoing_unknown(*ACT, *limits)) == answered(rows, answer, Match.UNKNOWN)


@on_the_database
@given(records, st.sampled_from(["month", "year"]))
def test_rows_are_grouped_in_sql_as_in_python(rows, by):
    rows = detentions(rows)
    buckets = type(rows[0]).objects.annotate(bucket=bucket_of("start", by))
    assert dict(buckets.values_list("pk", "bucket")) == {
        row.pk: row.start.bucket(by) for row in rows
    }


def test_both_figures_of_a_count_come_from_one_query(django_assert_num_queries):
    rows = detentions(
        [(UncertainDate.parse(text), UncertainDate.parse(""), False) for text in TEXTS]
    )
    limits = (UncertainDate.parse("2009").earliest, UncertainDate.parse("2009").latest)
    with django_assert_num_queries(1):
        figures = type(rows[0]).objects.aggregate(
            certain=Count("pk", filter=certain_between("start", *limits)),
            possible=Count("pk", filter=possible_between("start", *limits)),
            all_time=Count("pk", filter=possible_between("start", None, None)),
            unknown=Count("pk", filter=date_unknown("start")),
        )
    assert figures == {"certain": 2, "possible": 5, "all_time": 6, "unknown": 1}


TEXTS = ["2009", "2009-05", "2009/2010", "../2009-12-31", "2009-06-01/..", "2011", ""]


@pytest.mark.parametrize("condition", [possible_between, certain_between])
def test_a_range_that_ends_before_it_starts_is_refused(condition):
    later, earlier = UncertainDate.parse("2010").earliest, UncertainDate.parse("2009").earliest
    with pytest.raises(ValueError, match="before it starts"):
        condition("start", later, earlier)


@pytest.mark.parametrize("condition", [ongoing_possible, ongoing_certain, ongoing_unknown])
def test_a_range_of_going_on_that_ends_before_it_starts_is_refused(condition):
    later, earlier = UncertainDate.parse("2010").earliest, UncertainDate.parse("2009").earliest
    with pytest.raises(ValueError, match="before it starts"):
        condition(*ACT, later, earlier)
