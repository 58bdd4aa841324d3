"""A question in plain words: every parameter is told."""

import pytest
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import trans_real

from record.filters import FILTERS
from record.questions import ask
from tests.record.documented_facts import documented_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    return documented_facts()


def sentence(resource, query, language="en"):
    question = ask(resource, QueryDict(query), language)
    assert question.errors == []
    return question.sentence()


SENTENCES = [
    (
        "violations",
        "type=enforced-disappearance&district=Kech&date_from=2023-10&date_to=2023-10",
        "Enforced disappearances in Kech, possibly between 2023-10-01 and 2023-10-31",
    ),
    ("incidents", "", "Incidents"),
    ("incidents", "district=Kech", "Incidents in Kech"),
    ("legal-actions", "", "Legal actions"),
    ("violations", "type=life", "Killings and deaths"),
    ("violations", "type=torture", "Torture"),
    (
        "violations",
        "type=torture,enforced-disappearance,threat",
        "Torture, enforced disappearances or threats",
    ),
    ("victims", "type=enforced-disappearance", "Victims of enforced disappearances"),
    (
        "agencies",
        "type=staged-encounter",
        "Agencies alleged responsible for staged encounters",
    ),
    ("sources", "type=life&q=protest", "Sources on killings and deaths, mentioning “protest”"),
    ("incidents", "type=none", "Incidents without a recorded violation"),
    ("violations", "type__not=life", "Violations, other than: Killing and death"),
    ("violations", "area=unknown", "Violations in an unknown place"),
    ("violations", "area=Kech,unknown", "Violations in Kech or an unknown place"),
    ("violations", "province__not=PK2", "Violations not in Balochistan"),
    ("violations", "date_from=2023-10-29", "Violations, possibly on or after 2023-10-29"),
    ("violations", "date_to=2023", "Violations, possibly on or before 2023-12-31"),
    (
        "violations",
        "date_from=2023-10-29&date_to=2023-10-29",
        "Violations, possibly on 2023-10-29",
    ),
    (
        "violations",
        "date_from=2023&date_to=2023&date_mode=certain",
        "Violations, certainly between 2023-01-01 and 2023-12-31",
    ),
    (
        "violations",
        "date_from=2023&date_to=2023&date_mode=ongoing",
        "Violations, ongoing at some time between 2023-01-01 and 2023-12-31",
    ),
    ("violations", "date_unknown=true", "Violations, date unknown"),
    ("violations", "date_unknown=false", "Violations, date known"),
    (
        "legal-actions",
        "date_from=2023-12&date_to=2023-12&forum=BHC",
        "Legal actions, possibly filed between 2023-12-01 and 2023-12-31,"
        " before: Balochistan High Court",
    ),
    ("sources", "date_from=2023", "Sources, possibly published on or after 2023-01-01"),
    (
        "violations",
        "month=2023-10,2006-XX",
        "Violations, date: October 2023 or 2006, month unknown",
    ),
    (
        "violations",
        "agency=CTD,none&contested=true&named=false",
        "Violations, alleged responsible: Counter-Terrorism Department or nobody named,"
        " accounts disagree, victim not named",
    ),
    (
        "violations",
        "legal=none&sex=unknown&name=Balach",
        "Violations, legal action: none recorded, victim named like “Balach”,"
        " sex of the victim: not recorded",
    ),
    (
        "incidents",
        "changed_since=2026-01-20&page=2&page_size=10&ordering=date",
        "Incidents, changed since 2026-01-20T00:00:00Z",
    ),
    ("violations", "q=100%25 %(what)s <b>", "Violations, mentioning “100% %(what)s <b>”"),
]


@pytest.mark.parametrize(("resource", "query", "expected"), SENTENCES)
def test_a_question_reads(facts, resource, query, expected):
    assert sentence(resource, query) == expected


UNTOLD = {"date_mode", "ordering", "page", "page_size", "fields", "format"}
EXAMPLES = {
    "area_basis": "stated",
    "date_from": "2023",
    "date_to": "2023",
    "date_unknown": "true",
    "month": "2023-10",
    "year": "2023",
    "contested": "true",
    "named": "true",
    "name": "Balach",
    "q": "word",
    "changed_since": "2023-10-29",
    "agency": "CTD",
    "forum": "BHC",
    "area": "PK",
    "province": "PK2",
    "division": "PK2-makran",
    "district": "PK211",
    "tehsil": "PK21103",
    "type": "life",
    "status": "dead",
    "agency_type": "police",
    "grade": "alleged",
    "attribution": "officials-deny",
    "legal": "fir",
    "sex": "man",
    "age_group": "adult",
    "occupation": "tailor",
    "source_type": "news",
    "stage": "filed",
    "outcome": "granted",
    "compliance": "defied",
}


@pytest.mark.parametrize("resource", FILTERS)
def test_no_parameter_is_left_untold(facts, resource):
    examples = {**EXAMPLES, "source": facts["article"]}
    plain = sentence(resource, "")
    told = set()
    for name in set(FILTERS[resource].base_filters) - UNTOLD:
        told.add(sentence(resource, f"{name}={examples[name.partition('__')[0]]}"))
    assert plain not in told
    assert len(told) == len(set(FILTERS[resource].base_filters) - UNTOLD)


def test_names_of_things_are_in_the_language_of_the_question(facts):
    told = sentence("violations", "type=enforced-disappearance&district=Kech&agency=CTD", "ur")
    for name in ("جبری گمشدگی", "کیچ", "محکمہ انسداد دہشت گردی"):
        assert name in told


def test_a_translation_may_turn_the_words_round(facts, monkeypatch):
    catalogue = trans_real.translation("ur")
    monkeypatch.setitem(
        catalogue._catalog._catalogs[0], "%(what)s in %(value)s", "%(value)s میں %(what)s"
    )
    told = sentence("violations", "type=enforced-disappearance&district=Kech", "ur")
    assert told == "کیچ میں جبری گمشدگی"


def test_the_active_language_is_left_as_it_was(facts):
    with translation.override("ur"):
        assert sentence("violations", "district=Kech", "en") == "Violations in Kech"
        assert translation.get_language() == "ur"
