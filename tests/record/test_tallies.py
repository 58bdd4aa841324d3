"""Counts kept ready, held equal to counting the rows, whatever is published or taken back."""

import random
import threading
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict

from record import counting
from record.groupings import GROUPINGS
from record.models import AgencyEntry, Fact, IncidentEntry, Tally, TraitTally, UnevenFact
from record.models.entry import State
from record.questions import ask
from record.rebuilding import rebuild_keys
from record.tallies import making
from record.tallies.covering import covered
from record.tallies.making import rebuild_tallies, tallies_that_differ
from record.tallies.trait_questions import trait_count, trait_rows
from record.tallies.unplaced import unplaced
from record.verification import verify_chain
from record.writing import merge_entry
from tests.record.factories import (
    agency,
    attribution,
    citation,
    involvement,
    parent,
    publish_incident,
    rewrite,
    source,
    victim,
    violation,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db

DATES = [
    *("", "2006", "2006-08", "2006-08-26", "2006-08-31", "2006-08-20/2006-09-10", "2006/2007"),
    *("../2007-03", "2007-11-30/..", "2007-02", "2007", "2007-02-2X", "2007-02-14", "200X"),
]
PLACES = [None, "PK", "PK2", "PK2-makran", "PK211", "PK211-turbat", "PK226", "PK7"]
TYPES = [
    *("liberty", "enforced-disappearance", "short-term-disappearance", "life", "torture"),
    "staged-encounter",
]
WHAT = ["", "type=liberty", "type=enforced-disappearance", "type=staged-encounter"]
WHERE = [
    *("", "area=PK", "area=PK2", "province=PK2", "division=PK2-makran", "district=PK211"),
    *("district=unknown", "province=unknown"),
]
WHEN = [
    *("", "date_from=2006&date_to=2006", "date_from=2006-08-26", "date_to=2007-02-13"),
    *("date_from=2006-08-15&date_to=2007-02-20", "date_from=2006-08-26&date_to=2006-08-26"),
    *("date_from=2006-09&date_to=2007-03&date_mode=certain", "date_from=2007-02-10"),
    *("date_from=2006-08-21&date_to=2007-02-27&date_mode=certain", "date_unknown=true"),
    *("date_unknown=false", "month=2007-02", "month=2006-XX", "month=spanning", "year=2007"),
    *("year=unknown", "year=spanning"),
]
RANGES = [each for each in WHEN if "date_from" in each or "date_to" in each]
RANGES += [
    "date_from=2006-08-26&date_to=2007-02&date_mode=ongoing",
    "date_to=2006&date_mode=ongoing",
]
UNTOLD = ["sex=man", "status__not=dead", "agency=none&type=life", "type__not=torture&area=PK2"]
UNITS = ("incidents", "victims", "violations")
TRAITS = {
    "status": ["unknown", "disappeared", "dead", "status-missing", "at-liberty"],
    "sex": ["unknown", "man", "woman"],
    "age_group": ["unknown", "adult", "child"],
    "agency": ["none", "Frontier Force", "Frontier Police"],
    "grade": ["unknown", "alleged", "confirmed"],
    "attribution": ["none", "officials", "officials-deny", "group-claim"],
    "source_type": ["none", "media", "news", "affidavit"],
    "contested": ["true", "false"],
}
TABLES = (Tally, TraitTally, UnevenFact)
AMONG = ["", "type=liberty", "type=enforced-disappearance", "province=PK2", "area=PK7"]


class Walk:
    """A random history of a small record."""

    def __init__(self, seed):
        self.draw = random.Random(seed)  # noqa: S311 - a test that can be repeated
        self.incidents = []
        self.known = []
        self.force = agency("Frontier Force")
        self.police = agency("Frontier Police", parents=[self.force])

    def somebody(self):
        draw = self.draw
        if self.known and draw.random() < 0.4:
            return draw.choice(self.known)
        found = victim(
            f"Somebody {len(self.known)}",
            people=draw.choice([1, 1, 1, 4, None]),
            status=draw.choice([None, "unknown", "disappeared", "dead", "missing"]),
            sex=draw.choice([None, "unknown", "man", "woman"]),
            age_group=draw.choice([None, "unknown", "adult", "child"]),
        )
        self.known.append(found)
        return found

    def some(self, pieces):
        return self.draw.sample(pieces, self.draw.choice([0, 1, 2]))

    def violations(self, number):
        draw = self.draw
        return [
            violation(
                draw.choice(TYPES),
                victim=draw.choice([False, self.somebody()]),
                start=draw.choice([None, None, draw.choice(DATES)]),
                area=draw.choice(["", draw.choice(PLACES)]),
                grade=draw.choice(["alleged", "confirmed"]),
                involvements=[involvement(each) for each in self.some([self.force, self.police])],
                attributions=[
                    attribution(each) for each in self.some(["officials-deny", "group-claim"])
                ],
            )
            for _number in range(number)
        ]

    def publish(self):
        self.incidents.append(
            publish_incident(
                date=self.draw.choice(DATES),
                area=self.draw.choice(PLACES),
                violations=self.violations(self.draw.choice([0, 1, 1, 2, 3])),
                grade=self.draw.choice([None, "alleged"]),
                citations=[
                    citation(source(type=each)) for each in self.some(["news", "affidavit"])
                ],
            )
        )

    def correct(self):
        entry = self.draw.choice(self.incidents)
        entry.refresh_from_db()
        other = self.draw.choice(self.incidents)
        other.refresh_from_db()
        content = other.content()
        if entry.state == State.LIVE and content:
            rewrite(entry, date=content["date"], place=content["place"])

    def withdraw(self):
        entry = self.draw.choice(self.incidents)
        entry.refresh_from_db()
        if entry.state == State.LIVE:
            withdraw_incident(entry)
            self.known.clear()

    def regroup(self):
        """The police leaves the force, or returns to it: every fact it stands in changes."""
        entry = AgencyEntry.objects.filter(reference=self.police.reference).first()
        if entry:
            above = {**parent(self.force), "reference": self.force.reference}
            parents = [] if entry.content()["parents"] else [above]
            rewrite(entry, parents=parents)

    def merge(self):
        live = list(IncidentEntry.objects.live())
        if len(live) > 1:
            one, other = self.draw.sample(live, 2)
            merge_entry(one, other, at=one.changed_at)
            self.known.clear()

    def go(self, steps):
        for _step in range(steps):
            self.publish()
            steps = [self.correct, self.correct, self.withdraw, self.merge, self.regroup]
            if step := self.draw.choice([None, *steps]):
                step()


def questions():
    for unit in UNITS:
        for what in WHAT:
            for where in WHERE:
                for when in WHEN:
                    yield unit, "&".join(filter(None, (what, where, when)))


def same_on_the_rows(question):
    """The counts of a question that may be in tallies, and the same counted on the facts."""
    conditions = question.filters.conditions
    resource = question.resource

    def besides(**asked):
        return counting.count_besides(resource, conditions(**asked), conditions())

    kept = (question.count(), question.count_certain())
    rows = (
        counting.count(resource, conditions()),
        counting.count(resource, conditions(certainly=True)),
    )
    if question.has_range:
        kept, rows = (*kept, question.count_undated()), (*rows, besides(undecided=True))
    if question.filters.has_places:
        kept, rows = (*kept, question.count_unplaced()), (*rows, besides(unplaced=True))
    return kept, rows


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_covered_question_is_answered_as_by_counting_the_rows(seed):
    """What it finds, for certain too, and what a date or a place that is unknown hides."""
    Walk(seed).go(14)
    answered = hidden = 0
    for unit, query in questions():
        question = ask(unit, QueryDict(query), "en")
        assert question.errors == []
        if covered(question.filters) is None:
            continue
        answered += 1
        kept, rows = same_on_the_rows(question)
        assert (unit, query, kept) == (unit, query, rows)
        hidden += sum(kept[2:])
        if question.filters.has_places:
            assert unplaced(question.filters, question.resource) == kept[-1]
    assert answered > 1000
    assert hidden > 100


@pytest.mark.parametrize("seed", [10, 11])
def test_every_trait_is_counted_as_on_the_rows(seed):
    Walk(seed).go(16)
    answered = found = 0
    for unit, among, name in product(UNITS, AMONG, TRAITS):
        for code in TRAITS[name]:
            query = "&".join(filter(None, (f"{name}={code}", among)))
            question = ask(unit, QueryDict(query), "en")
            assert question.errors == []
            assert trait_count(question.filters) is not None
            kept, rows = same_on_the_rows(question)
            assert (unit, query, kept) == (unit, query, rows)
            answered += 1
            found += kept[0]
    assert answered > 300
    assert found > 200


@pytest.mark.parametrize(
    "query",
    [
        *("sex=man&date_from=2007", "sex=man&year=2006", "sex=man&district=PK211", "sex__not=man"),
        *("sex=man&status=dead", "sex=man&type=none", "sex=man&area=PK"),
        *("status=dead,disappeared&type=life&province=PK2", "source_type=news,affidavit"),
        *("sex=man&type=life,torture", "sex=man&q=turbat"),
    ],
)
def test_more_than_one_trait_of_one_type_or_province_is_counted_on_the_facts(query):
    question = ask("incidents", QueryDict(query), "en")
    assert question.errors == []
    assert trait_count(question.filters) is None


@pytest.mark.parametrize("seed", [14, 15])
def test_what_no_tally_tells_is_counted_at_once_as_it_is_one_by_one(seed):
    """What is found and what of it for certain, in one statement and in two."""
    Walk(seed).go(16)
    unsure = 0
    for unit, what, when in product(UNITS, UNTOLD, RANGES):
        query = "&".join(filter(None, (what, when)))
        question = ask(unit, QueryDict(query), "en")
        assert question.errors == []
        assert covered(question.filters) is None
        kept, rows = same_on_the_rows(question)
        assert (unit, query, kept) == (unit, query, rows)
        unsure += kept[0] - kept[1]
    assert unsure > 30


@pytest.mark.parametrize("seed", [12, 13])
def test_statistics_of_a_trait_are_those_of_the_rows(seed):
    Walk(seed).go(16)
    grouped = [name for name in TRAITS if name in GROUPINGS]
    for unit, among, name in product(UNITS, [*AMONG, "type=none"], grouped):
        question = ask(unit, QueryDict(among), "en")
        found = question.statistics([name])
        assert (trait_rows(question.filters, name) is None) == (among == "type=none")
        for bucket in found.buckets:
            if bucket.link is not None:
                again = ask(unit, QueryDict(bucket.link), "en")
                rows = counting.count(again.resource, again.filters.conditions())
                assert (unit, bucket.link, bucket.count) == (unit, bucket.link, rows)
        if unit == "violations" and name in ("status", "sex", "age_group", "grade"):
            assert sum(bucket.count for bucket in found.buckets) == question.count()


def rows_of(table):
    return sorted(map(repr, table.objects.values_list()))


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_what_is_kept_is_what_would_be_made_anew(seed):
    Walk(seed).go(20)
    assert Fact.objects.exists()
    assert tallies_that_differ() == 0


def test_made_anew_they_are_the_same():
    Walk(7).go(10)
    kept = [rows_of(table) for table in TABLES]
    assert all(kept)
    for table in TABLES:
        table.objects.all().delete()
    assert tallies_that_differ() == sum(map(len, kept))
    rebuild_tallies()
    assert [rows_of(table) for table in TABLES] == kept


def test_nothing_is_left_of_what_was_withdrawn():
    kinds = [violation(start=date, area=area) for date, area in (("2006", "PK"), ("2007", "PK2"))]
    published = publish_incident(violations=kinds)
    assert UnevenFact.objects.exists()
    withdraw_incident(published)
    for table in TABLES:
        assert not table.objects.exists()


def test_verifying_the_record_tells_when_a_count_is_wrong():
    publish_incident()
    assert verify_chain() == []
    Tally.objects.filter(type=0, area=0, own=False).update(violations=7)
    assert [fault.reference for fault in verify_chain()] == ["tallies"]
    list(rebuild_keys())
    assert verify_chain() == []


@pytest.mark.django_db(transaction=True)
def test_verifying_is_of_one_state_while_somebody_publishes(monkeypatch):
    publish_incident()
    prepare = making._prepare

    def prepare_and_publish(cursor):
        prepare(cursor)
        publishing = threading.Thread(target=publish_elsewhere)
        publishing.start()
        publishing.join()

    def publish_elsewhere():
        publish_incident()
        connection.close()

    monkeypatch.setattr(making, "_prepare", prepare_and_publish)
    assert tallies_that_differ() == 0
    monkeypatch.undo()
    assert IncidentEntry.objects.count() == 2
    assert tallies_that_differ() == 0


def test_a_question_about_anything_else_is_counted_on_the_facts():
    for query in ("sex=man", "type=life,torture", "area=PK21103", "type__not=life", "q=turbat"):
        assert covered(ask("incidents", QueryDict(query), "en").filters) is None
