"""Statistics over random facts, held equal to counting the same facts in Python."""

import random
from datetime import UTC, datetime
from functools import cache

import pytest
from django.http import QueryDict

from record.models import (
    AgencyEntry,
    AgencyKey,
    Fact,
    IncidentEntry,
    IncidentKey,
    SourceEntry,
    VictimEntry,
    VictimKey,
    ViolationEntry,
)
from record.narrow_facts import rebuild_narrow
from record.questions import ask
from record.statistics import People
from record.tallies.making import rebuild_tallies
from reference.dates import Match, UncertainDate, match_ongoing
from reference.models import Area
from reference.vocabularies import term, terms

pytestmark = pytest.mark.django_db

SIZE = 160
DATES = [
    *("", "2006", "2006-08", "2006-08-26", "2006-08-20/2006-09-10", "2006/2007", "../2007-03"),
    *("2007-11-30/..", "2007-02", "2007", "2007-02-2X", "200X"),
]
PLACES = [None, "PK", "PK2", "PK2-makran", "PK211", "PK211-turbat", "PK226", "PK7"]
TYPES = [
    *("liberty", "enforced-disappearance", "short-term-disappearance", "life", "unknown"),
    "staged-encounter",
]
STATUSES = [None, "unknown", "status-missing", "disappeared", "dead"]
SEXES = [None, "unknown", "man", "woman"]
STATEMENTS = ["officials-deny", "officials-silent", "group-claim"]
RANGES = [
    ("", None, None, ""),
    ("date_from=2006&date_to=2006", "2006", "2006", "possible"),
    ("date_from=2006-08&date_to=2007-02", "2006-08", "2007-02", "possible"),
    ("date_from=2006-09&date_to=2007-03&date_mode=certain", "2006-09", "2007-03", "certain"),
    ("date_from=2007-01&date_to=2007-01&date_mode=ongoing", "2007-01", "2007-01", "ongoing"),
    ("date_to=2006-12", None, "2006-12", "possible"),
]


class RandomFact:
    """A fact in Python, with the row it becomes."""

    def __init__(self, draw, number, incidents, victims, agencies, sources):
        self.number = number
        self.incident = draw.choice(incidents)
        self.type = draw.choice(TYPES)
        self.victim = draw.choice([None, *victims])
        self.place = draw.choice(PLACES)
        self.start = UncertainDate.parse(draw.choice(DATES))
        self.end = UncertainDate.parse(draw.choice(["", "", "2007-06", "2008"]))
        self.open_ended = draw.random() < 0.5
        self.status = draw.choice(STATUSES)
        self.sex = draw.choice(SEXES)
        self.agencies = draw.sample(agencies, draw.choice([0, 1, 2]))
        self.sources = draw.sample(sources, draw.choice([0, 1, 3]))
        self.statements = draw.sample(STATEMENTS, draw.choice([0, 1, 2]))

    def row(self, violation):
        levels = areas_above(self.place) if self.place else {}
        self.areas = {level: area.code for level, area in levels.items()}
        types = term("violation-type", self.type).path
        return Fact(
            incident=self.incident,
            violation=violation,
            victim=self.victim,
            incident_kind=term("incident-kind", "violation-event"),
            **{f"type_{depth}_id": pk for depth, pk in enumerate(types, start=1)},
            areas=sorted(area.pk for area in levels.values()),
            area_basis="stated" if levels else "",
            **{level: levels.get(level) for level in ("province", "division", "district")},
            start_earliest=self.start.earliest,
            start_latest=self.start.latest,
            end_earliest=self.end.earliest,
            end_latest=self.end.latest,
            open_ended=self.open_ended,
            statuses=sorted(term("victim-status", self.status).path) if self.status else [],
            sex=term("sex", self.sex) if self.sex else None,
            agencies=sorted(agency.pk for agency in self.agencies),
            sources=sorted(source.pk for source in self.sources),
            attributions=sorted({pk for pk, _code in self.said()}),
            grade=term("grade", "alleged"),
            changed=1,
        )

    def said(self):
        """Keys and codes of what the accused side says, with all above it."""
        paths = [term("attribution", code).path for code in self.statements]
        every = {each.pk: each.code for each in terms("attribution", hidden=True)}
        return [(pk, every[pk]) for path in paths for pk in path]

    def values(self, dimension):
        """The codes of the buckets it belongs to."""
        if dimension in ("month", "year"):
            return [self.start.bucket(dimension)]
        if dimension in ("province", "division", "district"):
            return [self.areas.get(dimension, "unknown")]
        if dimension == "agency":
            return [agency.reference for agency in self.agencies] or ["none"]
        if dimension == "source":
            return [source.reference for source in self.sources] or ["none"]
        if dimension == "attribution":
            return sorted({code for _pk, code in self.said()}) or ["none"]
        if dimension == "type":
            return [self.type]
        if dimension == "type_group":
            top = {"enforced-disappearance": "liberty", "short-term-disappearance": "liberty"}
            return [{**top, "staged-encounter": "life"}.get(self.type, self.type)]
        return [getattr(self, dimension) or "unknown"]

    def match(self, first, last, mode):
        if first is None and last is None:
            return Match.CERTAIN
        low = UncertainDate.parse(first).earliest if first else None
        high = UncertainDate.parse(last).latest if last else None
        if mode == "ongoing":
            return match_ongoing(self.start, self.end, self.open_ended, low, high)
        return self.start.match(low, high)

    def unit(self, unit):
        return {
            "violations": self.number,
            "incidents": self.incident.pk,
            "victims": self.victim and self.victim.pk,
        }[unit]


@cache
def areas_above(code):
    """The area and all above it, by level."""
    path = Area.objects.get(code=code).path
    return {area.level: area for area in Area.objects.filter(pk__in=path)}


def entries(model, prefix, count):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return model.objects.bulk_create(
        model(
            reference=f"{prefix}-2026-{number:04}",
            version=1,
            sequence=number,
            document=f'{{"name": "{prefix} {number}"}}',
            content_sha256="0" * 64,
            first_published=at,
            changed_at=at,
        )
        for number in range(1, count + 1)
    )


@pytest.fixture(params=[1, 2])
def random_facts(request):
    draw = random.Random(request.param)  # noqa: S311 - a test that can be repeated
    incidents = entries(IncidentEntry, "INC", SIZE // 2)
    victims = entries(VictimEntry, "VIC", SIZE // 2)
    agencies = entries(AgencyEntry, "AGY", 4)
    sources = entries(SourceEntry, "SRC", 5)
    sizes = {victim.pk: draw.choice([1, 1, 5, None]) for victim in victims}
    VictimKey.objects.bulk_create(
        VictimKey(entry=victim, people=sizes[victim.pk], changed=1) for victim in victims
    )
    AgencyKey.objects.bulk_create(
        AgencyKey(entry=agency, lineage=[agency.pk], changed=1) for agency in agencies
    )
    drawn_from = (incidents, victims, agencies, sources)
    facts = [RandomFact(draw, number, *drawn_from) for number in range(SIZE)]
    IncidentKey.objects.bulk_create(
        IncidentKey(entry=incident, changed=1) for incident in {fact.incident for fact in facts}
    )
    violations = entries(ViolationEntry, "VIO", SIZE)
    Fact.objects.bulk_create(
        fact.row(violation) for fact, violation in zip(facts, violations, strict=True)
    )
    rebuild_tallies()
    rebuild_narrow()
    return facts, sizes


def counted(facts, unit, group_by):
    """The units in each bucket, keyed by the codes."""
    buckets = {}
    for fact in facts:
        if fact.unit(unit) is None:
            continue
        keys = [()]
        for dimension in group_by:
            keys = [(*key, value) for key in keys for value in fact.values(dimension)]
        for key in keys:
            buckets.setdefault(",".join(key), set()).add(fact.unit(unit))
    return buckets


GROUPS = [
    *[(name,) for name in ("province", "division", "district", "month", "year", "type")],
    *[(name,) for name in ("type_group", "status", "sex", "agency")],
    *[("district", "month"), ("sex", "year"), ("agency", "type"), ("type_group", "type")],
    *[("province", "type"), ("district", "type"), ("year", "type_group"), ("month", "type")],
    *[("province", "year"), ("division", "type_group"), ("province", "month")],
    *[("agency", "source"), ("source", "attribution"), ("attribution", "agency")],
]
SETS = {"agency", "source", "attribution"}
SINGLE_VALUED = [group for group in GROUPS if SETS.isdisjoint(group)]


@pytest.mark.parametrize(("query", "first", "last", "mode"), RANGES)
@pytest.mark.parametrize("unit", ["violations", "incidents", "victims"])
def test_statistics_equal_counting_in_python(random_facts, unit, query, first, last, mode):
    facts, sizes = random_facts
    fits = {Match.CERTAIN} if mode == "certain" else {Match.CERTAIN, Match.POSSIBLE}
    chosen = [fact for fact in facts if fact.match(first, last, mode) in fits]
    certain = [fact for fact in facts if fact.match(first, last, mode) is Match.CERTAIN]
    for group_by in GROUPS:
        question = ask(unit, QueryDict(query), "en")
        found = question.statistics(group_by)
        expected = counted(chosen, unit, group_by)
        surely = counted(certain, unit, group_by)
        assert {each.code: each.count for each in found.buckets if each.count} == {
            code: len(units) for code, units in expected.items()
        }
        assert {each.code: each.certain for each in found.buckets if each.certain} == {
            code: len(units) for code, units in surely.items()
        }
        units = {fact.unit(unit) for fact in chosen} - {None}
        assert found.total == question.count() == len(units)
        assert found.total_certain == len({fact.unit(unit) for fact in certain} - {None})
        if unit == "violations" and group_by in SINGLE_VALUED:
            assert found.adds_up
        if unit == "victims":
            for bucket in found.buckets:
                people = [sizes[pk] for pk in expected.get(bucket.code, ())]
                known = sum(size for size in people if size)
                assert bucket.people == People(known, people.count(None))


@pytest.mark.parametrize(("query", "first", "last", "mode"), RANGES)
def test_certain_possible_and_unknown_add_up_to_all_that_is_not_outside(
    random_facts, query, first, last, mode
):
    facts, _sizes = random_facts
    question = ask("violations", QueryDict(query), "en")
    matches = [fact.match(first, last, mode) for fact in facts]
    undecided = matches.count(Match.UNKNOWN) if query else 0
    assert question.count_undated() == undecided
    assert question.count_certain() == matches.count(Match.CERTAIN)
    possible = 0 if mode == "certain" else matches.count(Match.POSSIBLE)
    assert question.count() == matches.count(Match.CERTAIN) + possible


@pytest.mark.parametrize(("query", "first", "last", "mode"), RANGES[1:])
@pytest.mark.parametrize("unit", ["violations", "incidents", "victims"])
def test_what_nobody_can_date_is_counted_besides_what_is_found(
    random_facts, unit, query, first, last, mode
):
    facts, _sizes = random_facts
    fits = {Match.CERTAIN} if mode == "certain" else {Match.CERTAIN, Match.POSSIBLE}
    found = {fact.unit(unit) for fact in facts if fact.match(first, last, mode) in fits}
    open_ = {fact.unit(unit) for fact in facts if fact.match(first, last, mode) is Match.UNKNOWN}
    assert ask(unit, QueryDict(query), "en").count_undated() == len(open_ - found - {None})
