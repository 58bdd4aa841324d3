"""Figures by the boundaries of a day: other rows, the same total."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record.boundaries import PLACES, UNMAPPED, Boundaries
from record.questions import ask
from reference.models import Area
from tests.record.factories import publish_incident, victim, violation

pytestmark = pytest.mark.django_db

KALAT, SURAB = "PK210", "PK233"  # Surab was formed out of Kalat on 1 August 2017
LEHRI, SIBI, KACHHI = "PK218", "PK228", "PK209"  # Lehri, out of two and back to them: 2013 to 2018
BEFORE, AFTER = date(2010, 1, 1), date(2020, 1, 1)


def counted(query="", unit="violations", group_by=("district",), day=None):
    """The counts by the codes of their buckets, and the statistics."""
    question = ask(unit, QueryDict(query), "en")
    assert question.errors == []
    found = question.statistics(group_by, day and Boundaries(day, group_by))
    return {bucket.code: bucket.count for bucket in found.buckets if bucket.count}, found


@pytest.fixture
def places():
    for code in (KALAT, SURAB, SURAB, LEHRI, SIBI, "PK211", None):
        publish_incident(area=code, date="2021-05-01")


def test_before_a_division_its_parts_are_one_district_and_the_total_is_the_same(places):
    after, of_after = counted(day=AFTER)
    before, of_before = counted(day=BEFORE)
    assert (after[KALAT], after[SURAB]) == (1, 2)
    assert before[KALAT] == 3
    assert SURAB not in before
    assert of_after.total == of_before.total == sum(before.values()) == sum(after.values()) == 7
    assert of_before.adds_up


def test_without_a_day_areas_are_counted_as_they_stand(places):
    today, found = counted()
    assert (today[KALAT], today[SURAB], today[LEHRI]) == (1, 2, 1)
    assert found.boundaries is None


@pytest.mark.parametrize(
    ("day", "bucket"), [(BEFORE, UNMAPPED), (date(2016, 1, 1), LEHRI), (AFTER, UNMAPPED)]
)
def test_what_belonged_to_several_is_counted_apart_and_not_guessed(places, day, bucket):
    found, _statistics = counted(day=day)
    assert found[bucket] == 1
    assert found[SIBI] == 1
    assert found["unknown"] == 1


@pytest.mark.parametrize("unit", ["violations", "incidents", "victims"])
@pytest.mark.parametrize("query", ["", "date_from=2021", "q=Turbat", f"district={SURAB},{LEHRI}"])
@pytest.mark.parametrize("group_by", [("district",), ("district", "year"), ("sex", "district")])
def test_every_bucket_leads_to_what_it_counts(places, unit, query, group_by):
    found = counted(query, unit, group_by, BEFORE)[1]
    for bucket in found.buckets:
        if bucket.count:
            assert ask(unit, QueryDict(bucket.link), "en").count() == bucket.count


@pytest.mark.parametrize("unit", ["incidents", "victims"])
def test_who_is_found_in_both_parts_is_one_in_the_whole(unit):
    one = victim()
    publish_incident(
        area=KALAT,
        violations=[violation(victim=one), violation("torture", victim=one, area=SURAB)],
    )
    assert counted(unit=unit, day=AFTER)[0] == {KALAT: 1, SURAB: 1}
    assert counted(unit=unit, day=BEFORE)[0] == {KALAT: 1}


@pytest.mark.parametrize("unit", ["violations", "incidents", "victims"])
def test_what_is_added_up_from_tallies_is_what_the_facts_say(places, unit):
    tallied = counted(unit=unit, group_by=("district",), day=BEFORE)[0]
    assert counted("grade=alleged", unit=unit, group_by=("district",), day=BEFORE)[0] == tallied


def test_the_answer_says_what_it_rolled_up(places):
    told = {
        each.unit and each.unit.code: each for each in Boundaries(BEFORE, ["district"]).rolled_up
    }
    assert SURAB in [area.code for area in told[KALAT].areas]
    assert LEHRI in [area.code for area in told[None].areas]
    assert list(told)[-1] is None


def test_a_part_of_a_part_is_counted_in_the_first_unit():
    whole = Area.objects.get(code=KALAT)
    part = Area.objects.get(code=SURAB)
    new = Area.objects.create(
        code="PK2-new", level="district", parent=part.parent, name="New", established="2022-01-01"
    )
    new.predecessors.add(part)
    units = Boundaries(BEFORE, ["district"]).units
    assert units[new.pk] == units[part.pk] == whole.pk
    assert Boundaries(AFTER, ["district"]).units[new.pk] == part.pk


def test_what_cannot_be_placed_is_asked_for_by_areas_of_each_level_alone():
    division, _district = (
        Area.objects.create(
            code=code,
            level=level,
            parent=Area.objects.get(code="PK2"),
            name=code,
            established="2022-01-01",
        )
        for code, level in (("new-division", "division"), ("new-district", "district"))
    )
    Area.objects.filter(code="new-district").update(parent=division)
    publish_incident(area="PK211")
    publish_incident(area="new-district")
    found = counted(group_by=("division", "district"), day=BEFORE)[1]
    for bucket in found.buckets:
        if bucket.count:
            question = ask("violations", QueryDict(bucket.link), "en")
            assert question.errors == []
            assert question.count() == bucket.count


@pytest.mark.parametrize("others", [[], ["self"], ["later"], ["PK2-makran"]])
def test_what_came_out_of_nothing_we_know_is_counted_apart(others):
    new, later = (
        Area.objects.create(
            code=code,
            level="district",
            parent=Area.objects.get(code="PK2"),
            name=code,
            established=established,
        )
        for code, established in (("new", "2022-01-01"), ("later", "2023-01-01"))
    )
    later.predecessors.add(new)
    for other in others:
        new.predecessors.add(
            {"self": new, "later": later}.get(other) or Area.objects.get(code=other)
        )
    assert Boundaries(BEFORE, ["district"]).units[new.pk] == -1


def test_it_takes_no_more_queries_for_more_places(places):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            counted("date_from=2021", "victims", ("district",), BEFORE)
        return len(captured)

    few = queries()
    for code in (KALAT, SURAB, LEHRI, "PK214", "PK235"):
        publish_incident(area=code, date="2021-05-01")
    assert queries() <= few


def test_all_levels_of_areas_can_be_counted_so():
    assert PLACES == ("province", "division", "district", "tehsil")
