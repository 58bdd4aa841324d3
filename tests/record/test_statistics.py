"""Counts in buckets among the documented facts."""

from itertools import permutations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record.groupings import GROUPINGS
from record.questions import ask
from record.statistics import GroupingError, People, grouping_errors
from reference.models import Area
from tests.record.documented_facts import documented_facts
from tests.record.factories import (
    citation,
    publish_incident,
    source,
    unnamed_victim,
    victim,
    violation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    return documented_facts()


def statistics(unit, query, *group_by, language="en"):
    question = ask(unit, QueryDict(query), language)
    assert question.errors == []
    return question.statistics(group_by)


def counts(unit, query, *group_by):
    """Count by code, or by both codes."""
    return {bucket.code: bucket.count for bucket in statistics(unit, query, *group_by).buckets}


COUNTS = [
    ("violations", "", "district", {"PK211": 3, "PK226": 1, "unknown": 3}),
    ("violations", "", "province", {"PK2": 6, "unknown": 1}),
    ("violations", "", "division", {"PK2-makran": 3, "PK2-quetta": 1, "unknown": 3}),
    (
        "violations",
        "",
        "month",
        {"2006-XX": 1, "2020-03": 1, "2023-10": 1, "2023-11": 2, "spanning": 1, "unknown": 1},
    ),
    ("violations", "", "year", {"2006": 1, "2020": 1, "2023": 3, "spanning": 1, "unknown": 1}),
    (
        "violations",
        "",
        "type",
        {
            "enforced-disappearance": 2,
            "short-term-disappearance": 1,
            "extrajudicial-killing": 1,
            "staged-encounter": 2,
            "killing-armed-group": 1,
            "unknown": 0,
        },
    ),
    ("violations", "", "type_group", {"liberty": 3, "life": 4, "unknown": 0}),
    ("incidents", "", "type_group", {"liberty": 3, "life": 3, "none": 1}),
    ("victims", "", "type_group", {"liberty": 3, "life": 4, "unknown": 0}),
    ("violations", "", "status", {"disappeared": 2, "dead": 5, "unknown": 0}),
    ("violations", "", "sex", {"man": 3, "woman": 1, "unknown": 3}),
    ("victims", "", "sex", {"man": 2, "woman": 1, "unknown": 3}),
    ("violations", "", "age_group", {"adult": 4, "child": 1, "unknown": 2}),
    (
        "violations",
        "",
        "grade",
        {"not-assessed": 1, "alleged": 4, "corroborated": 1, "contested": 1, "unknown": 0},
    ),
    ("incidents", "district=Kech", "district", {"PK211": 3, "unknown": 0}),
    (
        "incidents",
        "",
        "month",
        {"2006-XX": 1, "2020-03": 1, "2023-10": 1, "2023-11": 2, "spanning": 1, "unknown": 1},
    ),
    (
        "violations",
        "",
        "attribution",
        {
            "officials": 3,
            "officials-deny": 1,
            "officials-other-version": 1,
            "officials-silent": 1,
            "group": 1,
            "group-claim": 1,
            "none": 3,
        },
    ),
    ("violations", "type=torture", "district", {"unknown": 0}),
]


def test_tehsils_are_counted_and_what_has_none():
    tehsil = Area.objects.filter(level="tehsil", path__contains=[Area.objects.get(code="PK211").pk])
    code = tehsil.order_by("code")[0].code
    publish_incident(area=code)
    publish_incident(area="PK211")
    assert counts("violations", "", "tehsil") == {code: 1, "unknown": 1}
    assert counts("violations", f"tehsil={code}", "tehsil") == {code: 1, "unknown": 0}
    assert ask("violations", QueryDict("tehsil=unknown"), "en").count() == 1


def test_sources_and_their_kinds_are_counted_and_what_rests_on_none():
    report, statement = source(), source(type="affidavit")
    publish_incident(citations=[citation(report), citation(statement)])
    publish_incident(citations=[])
    assert counts("violations", "", "source") == {
        report.reference: 1,
        statement.reference: 1,
        "none": 1,
    }
    by_type = counts("violations", "", "source_type")
    assert (by_type["news"], by_type["affidavit"], by_type["none"]) == (1, 1, 1)


@pytest.mark.parametrize(("unit", "query", "by", "expected"), COUNTS)
def test_buckets_count(facts, unit, query, by, expected):
    assert counts(unit, query, by) == expected


def test_agencies_count_with_their_sub_units_and_say_that_they_do_not_add_up(facts):
    found = statistics("violations", "", "agency")
    by_name = {bucket.label: bucket.count for bucket in found.buckets}
    assert by_name == {
        "Balochistan Police": 3,
        "Counter-Terrorism Department": 3,
        "Pakistan Army": 2,
        "Baloch Liberation Army": 1,
        "Security forces (unspecified)": 1,
        "nobody named": 1,
    }
    assert found.total == 7
    assert not found.adds_up


def test_two_dimensions_make_one_table(facts):
    found = statistics("violations", "province=PK2", "district", "year")
    assert {bucket.code: bucket.count for bucket in found.buckets} == {
        "PK211,2023": 3,
        "PK226,2020": 1,
        "unknown,2006": 1,
        "unknown,spanning": 1,
        "unknown,unknown": 0,
    }
    assert [dimension.name for dimension in found.dimensions] == ["district", "year"]
    assert [value.code for value in found.dimensions[0].values] == ["PK211", "PK226", "unknown"]
    assert [value.code for value in found.dimensions[1].values] == [
        *("2006", "2020", "2023", "spanning", "unknown")
    ]
    assert found.adds_up


def test_buckets_stand_in_order_with_the_unknown_last(facts):
    codes = [bucket.code for bucket in statistics("violations", "", "month").buckets]
    assert codes == ["2006-XX", "2020-03", "2023-10", "2023-11", "spanning", "unknown"]


def test_a_range_gives_certain_and_possible_in_each_bucket(facts):
    found = statistics("violations", "date_from=2006-08&date_to=2023-11-22", "year")
    assert {each.code: (each.count, each.certain) for each in found.buckets} == {
        "2006": (1, 0),
        "2020": (1, 1),
        "2023": (3, 1),
        "spanning": (1, 1),
        "unknown": (0, 0),
    }
    assert (found.total, found.total_certain) == (6, 3)


def test_people_are_individuals_and_known_groups_with_unknown_groups_beside(facts):
    found = statistics("victims", "", "type_group")
    assert found.total == 6
    assert found.people == People(known=1 + 3 + 1 + 1 + 1, groups_of_unknown_size=1)
    people = {bucket.code: bucket.people for bucket in found.buckets}
    assert people["life"] == People(known=1 + 3 + 1, groups_of_unknown_size=1)
    assert people["liberty"] == People(known=3, groups_of_unknown_size=0)
    assert people["unknown"] == People(known=0, groups_of_unknown_size=0)
    assert statistics("violations", "", "type").people is None


def test_people_are_counted_once_however_many_violations_they_suffered():
    group = unnamed_victim(people=10)
    publish_incident(
        violations=[violation("torture", victim=group), violation("assault", victim=group)]
    )
    found = statistics("victims", "", "type_group")
    assert found.buckets[0].people == People(known=10, groups_of_unknown_size=0)
    assert found.people == People(known=10, groups_of_unknown_size=0)


def test_an_incident_in_two_buckets_is_one_incident(facts):
    publish_incident(date="2024", violations=[violation("torture"), violation("staged-encounter")])
    found = statistics("incidents", "year=2024", "type_group")
    assert {bucket.code: bucket.count for bucket in found.buckets} == {
        "integrity": 1,
        "life": 1,
        "none": 0,
    }
    assert found.total == 1
    assert not found.adds_up


def test_a_term_without_and_with_narrower_ones_is_asked_for_apart(facts):
    buckets = {each.code: each for each in statistics("violations", "", "type").buckets}
    link = buckets["enforced-disappearance"].link
    assert link == ("type=enforced-disappearance&type__not=child-taken,short-term-disappearance")
    assert facts.called(ask("violations", QueryDict(link)).entries()) == [
        "student missing",
        "girl missing",
    ]


def test_an_empty_bucket_has_no_link(facts):
    unknown = statistics("violations", "province=PK2", "province").buckets[-1]
    assert (unknown.code, unknown.count, unknown.link) == ("unknown", 0, None)


QUESTIONS = [
    ("violations", ""),
    ("violations", "type=liberty,life"),
    ("violations", "type=extrajudicial-killing&type__not=staged-encounter"),
    ("violations", "area=unknown,PK2"),
    ("violations", "date_from=2006-08&date_to=2023-11-22"),
    ("violations", "date_from=2020&date_mode=ongoing"),
    ("violations", "date_unknown=false&month__not=2023-10"),
    ("violations", "agency=CTD"),
    ("violations", "agency=CTD&agency__and=Pakistan Army"),
    ("violations", "attribution=officials,none"),
    ("incidents", "type=none,life&district=PK211,unknown"),
    ("incidents", "date_from=2006-08&date_to=2023-11-22"),
    ("incidents", "q=turbat&changed_since=2026-01-01&page=2&page_size=1"),
    ("victims", "sex=unknown&grade__not=contested"),
    ("victims", "status=status-dead&named=false"),
    ("victims", "name=Balach"),
    ("victims", "changed_since=2026-01-01"),
]


@pytest.mark.parametrize(("unit", "query"), QUESTIONS)
def test_every_link_finds_exactly_what_its_bucket_counts(facts, unit, query):
    pairs = [("type_group", "type"), ("type", "type_group"), ("agency", "month"), ("sex", "status")]
    pairs += permutations(("agency", "source", "source_type", "attribution"), 2)
    linked = 0
    for group_by in [*((name,) for name in GROUPINGS), *pairs]:
        for bucket in statistics(unit, query, *group_by).buckets:
            if bucket.link is None:
                continue
            linked += 1
            again = ask(unit, QueryDict(bucket.link), "en")
            assert again.errors == []
            assert (again.count(), again.count_certain()) == (bucket.count, bucket.certain)
    assert linked >= len(GROUPINGS) - 2


def test_only_a_third_condition_on_one_parameter_has_no_link(facts):
    query = "agency=CTD&agency__and=Pakistan Army"
    assert all(each.link is None for each in statistics("violations", query, "agency").buckets)


def test_labels_are_in_the_language_of_the_question(facts):
    found = statistics("violations", "", "district", language="ur")
    assert [each.label for each in found.buckets] == ["کوئٹہ", "کیچ", "ضلع نامعلوم"]
    names = {each.label for each in statistics("violations", "", "agency", language="ur").buckets}
    assert "محکمہ انسداد دہشت گردی" in names


@pytest.mark.parametrize(
    ("unit", "group_by", "suggestion"),
    [
        ("violations", ["distrct"], "district"),
        ("violations", ["colour"], None),
        ("violations", [], None),
        ("violations", ["sex", "type", "month"], None),
        ("violations", ["sex", "sex"], None),
        ("agencies", ["district"], None),
        ("violations", ["dis\x00trict"], "district"),
    ],
)
def test_dimensions_that_cannot_be_used_are_refused(unit, group_by, suggestion):
    (error,) = grouping_errors(unit, group_by)
    assert (error.parameter, error.suggestion) == ("group_by", suggestion)
    with pytest.raises(GroupingError):
        ask(unit, QueryDict(""), "en").statistics(group_by)


@pytest.mark.parametrize(
    ("unit", "group_by", "most"),
    [
        ("violations", ["type"], 3),
        ("violations", ["district", "month"], 4),
        ("violations", ["agency"], 4),
        ("victims", ["district", "sex"], 8),
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_buckets(unit, group_by, most):
    for size in (1, 8):
        for number in range(size):
            publish_incident(
                date=f"20{10 + number}",
                area=f"PK2{number + 1:02}",
                violations=[violation(victim=victim(f"Somebody {number}"))],
            )
        with CaptureQueriesContext(connection) as captured:
            statistics(unit, "date_from=2000", *group_by)
        assert len(captured) <= most


def test_no_cell_says_more_than_the_document_of_a_protected_victim():
    publish_incident(
        date="2023",
        area="PK2",
        violations=[
            violation(victim=victim("Name withheld", name_shown="withheld", age_group=None))
        ],
    )
    finest = {
        "district": {"unknown": 1},
        "tehsil": {"unknown": 1},
        "province": {"PK2": 1, "unknown": 0},
        "month": {"2023-XX": 1, "unknown": 0},
        "age_group": {"unknown": 1},
    }
    for unit in ("incidents", "victims", "violations"):
        for by, expected in finest.items():
            assert counts(unit, "", by) == expected
        assert counts(unit, "", "district", "month") == {"unknown,2023-XX": 1, "unknown,unknown": 0}
        assert counts(unit, "sex=man", "age_group", "month") == {
            "unknown,2023-XX": 1,
            "unknown,unknown": 0,
        }
