"""Objects that reach back before their date stand on every page of a range that finds them."""

import json
from datetime import date
from importlib import import_module
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict

from record import counting
from record.kinds import Kind
from record.models import IncidentKey, VictimEntry, VictimKey
from record.questions import ask
from record.reaching_back import mark_reaching_back
from record.rebuilding import rebuild_keys
from record.verification import verify_chain
from record.walking import Text
from record.writing import merge_entry
from tests.record.factories import LATER, publish_incident, victim, violation
from tests.record.test_tallies import RANGES, Walk

pytestmark = pytest.mark.django_db

KEYS = (IncidentKey, VictimKey)
SORTED = ("", "type=liberty")


@pytest.fixture(params=[counting.FEW, -1], ids=["gathered", "walked"])
def either_way(request, monkeypatch):
    """Objects are gathered before they are ordered, or met on a walk."""
    monkeypatch.setattr(counting, "FEW", request.param)


def stretches(unit, query):
    """The documents from the first to the last by cursors, and back again."""
    onwards, back, preceding = [], [], None
    cursor = f"{query}&page_size=3&cursor=first"
    while cursor:
        question = ask(unit, QueryDict(cursor), "en", cursors=True)
        documents, following, preceding = question.stretch()
        onwards += documents
        cursor = following and question.cursor_link(following)
    back = documents
    while preceding:
        question = ask(unit, QueryDict(question.cursor_link(preceding)), "en", cursors=True)
        documents, _following, preceding = question.stretch()
        back = documents + back
    return onwards, back


def in_twos(question):
    """The documents of all pages of two."""
    found, page = [], 1
    while part := question.entries(page, 2):
        found += part
        page += 1
    return found


def marks():
    return [
        set(keys.objects.filter(reaches_back=True).values_list("pk", flat=True)) for keys in KEYS
    ]


def earlier_and_later(somebody):
    """Publish an incident of 2007 in which something began in 2006; returns its entry."""
    acts = [violation(victim=somebody, start=day) for day in ("2006-03", "2007")]
    return publish_incident(date="2007", violations=acts)


@pytest.mark.parametrize("seed", [20, 21])
def test_pages_and_walks_of_a_range_are_cut_from_the_list_as_a_file_has_it(seed, either_way):
    Walk(seed).go(16)
    earlier_and_later(victim("Aware Gul"))
    found = 0
    for unit, order, what, when in product(("incidents", "victims"), ("", "-"), SORTED, RANGES):
        query = "&".join(filter(None, (what, when, f"ordering={order}date")))
        question = ask(unit, QueryDict(query), "en")
        whole = [each for batch in question.everything(Text.DOCUMENT) for each in batch]
        assert len(whole) == question.count()
        pages = in_twos(question)
        assert (query, pages) == (query, whole)
        onwards, back = stretches(unit, query)
        assert (query, onwards) == (query, whole)
        assert (query, back) == (query, whole)
        found += len(whole)
    assert found > 100


@pytest.mark.parametrize("seed", [22, 23])
def test_a_record_of_before_is_marked_as_its_documents_mark_it(seed):
    walk = Walk(seed)
    for _turn in range(12):
        walk.publish()
        walk.correct()
    earlier_and_later(victim("Aware Gul"))
    made = marks()
    assert all(made)
    list(rebuild_keys())
    assert marks() == made
    for keys in KEYS:
        keys.objects.update(reaches_back=False)
    with connection.cursor() as cursor:
        for statement in import_module("record.migrations.0012_at_a_million").REACHING_BACK:
            cursor.execute(statement)
    assert marks() == made


def test_verifying_the_record_tells_of_which_objects_a_mark_is_missing():
    incident = earlier_and_later(victim("Aware Gul"))
    person = VictimEntry.objects.get()
    assert verify_chain() == []
    for keys in KEYS:
        keys.objects.update(reaches_back=False)
    assert [fault.reference for fault in verify_chain()] == [incident.reference, person.reference]
    list(rebuild_keys())
    assert verify_chain() == []


def test_a_mark_is_set_for_the_objects_named_alone():
    for name in ("Aware Gul", "Balach Mola"):
        earlier_and_later(victim(name))
    VictimKey.objects.update(reaches_back=False)
    _first, second = VictimKey.objects.order_by("pk")
    mark_reaching_back(Kind.VICTIM, [second.pk])
    assert marks()[1] == {second.pk}


def test_a_victim_merged_into_another_is_found_by_what_happened_before():
    for name, day in (("Aware Gul", "2020"), ("Aware", "2023")):
        publish_incident(date=day, violations=[violation(victim=victim(name))])
    one, other = VictimEntry.objects.order_by("pk")
    assert marks()[1] == set()
    merge_entry(one, other, at=LATER)
    assert marks()[1] == {other.pk}
    assert verify_chain() == []
    question = ask("victims", QueryDict("date_to=2020"), "en")
    found = [json.loads(each)["reference"] for each in question.entries()]
    assert (question.count(), found) == (1, [other.reference])
    assert VictimKey.objects.get().earliest == date(2023, 1, 1)
