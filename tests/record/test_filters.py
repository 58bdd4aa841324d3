"""Each parameter: what it finds among the documented facts. Everything not named is not found."""

import pytest
from django.http import QueryDict

from record.filters import FILTERS
from record.questions import ask
from tests.record.documented_facts import documented_facts
from tests.record.factories import entry_of, withdraw_incident

pytestmark = pytest.mark.django_db

D, K, K3 = "disappearance", "killing", "killing of three"
B, L = "killing of bugti", "killing of labourers"
S, G = "student missing", "girl missing"
EVERY = {D, K, K3, B, L, S, G}


@pytest.fixture
def facts():
    return documented_facts()


def found(facts, resource, query):
    """The names of what a question finds; its count is held equal to what it lists."""
    question = ask(resource, QueryDict(query.format(**vars(facts))), "en")
    assert question.errors == []
    names = facts.called(question.entries(size=200))
    assert question.count() == len(names) == len(set(names))
    return set(names)


VIOLATIONS = [
    ("", EVERY),
    # type: any level, its subtree, OR inside the parameter
    ("type=enforced-disappearance", {D, S, G}),
    ("type=short-term-disappearance", {D}),
    ("type=liberty", {D, S, G}),
    ("type=life", {K, K3, B, L}),
    ("type=extrajudicial-killing", {K, K3, B}),
    ("type=staged-encounter,killing-armed-group", {K, K3, L}),
    ("type=staged-encounter&type=killing-armed-group", {K, K3, L}),
    ("type=torture", set()),
    ("type=none", set()),
    ("type__not=life", {D, S, G}),
    ("type__not=extrajudicial-killing,enforced-disappearance", {L}),
    ("type=life&type__not=staged-encounter", {B, L}),
    ("type=life,liberty&type__and=extrajudicial-killing,torture", {K, K3, B}),
    # areas: by code or name in either script, aliases and typing errors known to the gazetteer
    ("area=PK", EVERY - {G}),
    ("area=PK211", {D, K, K3}),
    ("area=Kech", {D, K, K3}),
    ("area=کیچ", {D, K, K3}),
    ("area=PK211-turbat", {K, K3}),
    ("area=Baluchistan", EVERY - {G}),
    ("area=Makran", {D, K, K3}),
    ("area=PK226,PK211-turbat", {S, K, K3}),
    ("area=unknown", {G}),
    ("area=unknown,PK226", {S, G}),
    ("area__not=PK211", {B, L, S, G}),
    ("area__not=unknown", EVERY - {G}),
    ("district=Kech", {D, K, K3}),
    ("area=Tubrat", {K, K3}),
    ("district=PK226", {S}),
    ("district=unknown", {B, L, G}),
    ("district__not=Kech", {B, L, S, G}),
    ("division=PK2-makran", {D, K, K3}),
    ("division=unknown", {B, L, G}),
    ("division__not=PK2-makran", {B, L, S, G}),
    ("province=Balochistan", EVERY - {G}),
    ("province=PK7", set()),
    ("province=unknown", {G}),
    ("province__not=PK2", {G}),
    ("area_basis=inferred", {D}),
    ("area_basis=stated", {K, K3, B, L, S}),
    # dates
    ("date_from=2023-10&date_to=2023-10", {D}),
    ("date_from=2023-11-01&date_to=2023-11-22", {K, K3}),
    ("date_from=2023-11-01&date_to=2023-11-22&date_mode=certain", set()),
    ("date_from=2023-11-22&date_to=2023-11-23&date_mode=certain", {K, K3}),
    ("date_from=2023-11-24&date_to=2023-11-30", set()),
    ("date_from=2006&date_to=2006&date_mode=certain", {B}),
    ("date_from=2006-08&date_to=2006-08", {B}),
    ("date_from=2007&date_to=2007", set()),
    ("date_from=2019&date_to=2019", {L}),
    ("date_from=2023", {D, K, K3}),
    ("date_to=2018", {B, L}),
    ("date_to=2018&date_mode=certain", {B}),
    ("date_from=2023-11-01&date_to=2023-11-19&date_mode=ongoing", {D, S}),
    ("date_from=2023-11-22&date_to=2023-11-30&date_mode=ongoing", {S, K, K3}),
    ("date_unknown=true", {G}),
    ("date_unknown=false", EVERY - {G}),
    ("date_unknown=false&date_from=2023-11", {K, K3}),
    ("month=2023-10", {D}),
    ("month=2023-10,2020-03", {D, S}),
    ("month=2006-XX", {B}),
    ("month=2006-08", set()),
    ("month=spanning", {L}),
    ("month=unknown", {G}),
    ("month__not=2023-11,unknown", {D, B, L, S}),
    ("year=2023", {D, K, K3}),
    ("year=2006,unknown", {B, G}),
    ("year=2018", set()),
    ("year=spanning", {L}),
    ("year__not=2023", {B, L, S, G}),
    # victim
    ("status=dead", {D, K, K3, B, L}),
    ("status=status-missing", {S, G}),
    ("status=unknown", set()),
    ("status__not=status-dead", {S, G}),
    ("sex=woman", {G}),
    ("sex=unknown", {K3, L, S}),
    ("sex__not=man", {K3, L, S, G}),
    ("age_group=child", {G}),
    ("age_group=unknown", {K3, L}),
    ("age_group__not=child", EVERY - {G}),
    ("occupation=tailor", {D, K}),
    ("occupation=education", {S}),
    ("occupation=unknown", {K3, B, L, G}),
    ("occupation__not=tailor", {K3, B, L, S, G}),
    ("named=false", {K3, L}),
    ("named=true", {D, K, B, S, G}),
    # alleged responsible, sub-units included
    ("agency=CTD", {K, K3, S}),
    ("agency=counter-terrorism department", {K, K3, S}),
    ("agency=محکمہ انسداد دہشت گردی", {K, K3, S}),
    ("agency={ctd.reference}", {K, K3, S}),
    ("agency={police.reference}", {K, K3, S}),
    ("agency={army.reference},BLA", {B, L, S}),
    ("agency=none", {G}),
    ("agency__not=CTD", {D, B, L, G}),
    ("agency=CTD&agency__and=Pakistan Army", {S}),
    ("agency_type=forces", {K, K3, S, B, D}),
    ("agency_type=counter-terrorism", {K, K3, S}),
    ("agency_type=not-state", {L}),
    ("agency_type=none", {G}),
    ("agency_type__not=not-state,none", {D, K, K3, B, S}),
    # how established
    ("grade=contested", {K}),
    ("grade=alleged,corroborated", {D, K3, B, L, S}),
    ("grade=not-assessed", {G}),
    ("grade=unknown", set()),
    ("grade__not=alleged", {K, S, G}),
    ("contested=true", {D, K}),
    ("contested=false", EVERY - {D, K}),
    ("attribution=officials", {D, K, S}),
    ("attribution=officials-deny", {D}),
    ("attribution=group-claim", {L}),
    ("attribution=none", {K3, B, G}),
    ("attribution__not=none,group", {D, K, S}),
    ("attribution=officials&attribution__and=officials-silent", {S}),
    # law and sources
    ("legal=none", {B, L, S, G}),
    ("legal=production", {D}),
    ("legal=redress", {K, K3}),
    ("legal=none,production", {D, B, L, S, G}),
    ("legal__not=redress", {D, B, L, S, G}),
    ("source={article.reference}", {D, K, B}),
    ("source={family.reference},{statement.reference}", {D, K, K3}),
    ("source=none", {L, S, G}),
    ("source__not={article.reference}", {K3, L, S, G}),
    ("source_type=official", {K, K3}),
    ("source_type=family-statement", {D}),
    ("source_type=none", {L, S, G}),
    ("source_type__not=none,official", {D, B}),
    # words and changes
    ("q=night", {D}),
    ("q=pasni road", {K, K3}),
    ("q=Tubrat", {K, K3}),
    ("q=بخش", {D, K, K3}),
    ("q=hostel night", set()),
    ("changed_since=2026-02-01", {S, G}),
    ("changed_since=2026-02-01T12:30:00Z", {S, G}),
    ("changed_since=2026-02-01T17:30:00+05:00", {S, G}),
    ("changed_since=2026-02-01T12:30:01Z", set()),
    ("changed_since=2026-01-01", EVERY),
    # AND between parameters
    ("type=life&district=Kech&date_from=2023-11-22&date_to=2023-11-23", {K, K3}),
    ("type=life&sex=woman", set()),
    ("type=enforced-disappearance&district=Kech&date_from=2023-10&date_to=2023-10", {D}),
    ("type=life&province=Balochistan&date_from=2006&date_to=2006", {B}),
]


@pytest.mark.parametrize(("query", "names"), VIOLATIONS)
def test_violations_are_found_by(facts, query, names):
    assert found(facts, "violations", query) == names


INCIDENTS = [
    ("", {"taking", "encounter", "sit in", "operation", "attacks", "hostel", "unknown case"}),
    ("type=none", {"sit in"}),
    ("type=none,liberty", {"sit in", "taking", "hostel", "unknown case"}),
    # facts are chosen, and one of its facts is no killing
    ("type__not=life", {"taking", "sit in", "hostel", "unknown case"}),
    ("type=life&district=Kech&date_from=2023-11-22&date_to=2023-11-23", {"encounter"}),
    ("date_from=2023-11-24&date_to=2023-12&date_mode=ongoing", {"sit in", "hostel"}),
    ("name=Balach", {"taking", "encounter"}),
    ("q=square", {"sit in"}),
    ("source={article.reference}", {"taking", "encounter", "sit in", "operation"}),
    ("named=false", {"encounter", "attacks"}),
    ("grade=contested", {"encounter"}),
    ("changed_since=2026-02-01", {"hostel", "unknown case"}),
    ("changed_since=2026-01-20&type=life", set()),
    ("date_unknown=true", {"unknown case"}),
]


@pytest.mark.parametrize(("query", "names"), INCIDENTS)
def test_incidents_are_listed_when_one_of_their_facts_is_found(facts, query, names):
    assert found(facts, "incidents", query) == names


VICTIMS = [
    ("", {"balaach", "three", "bugti", "labourers", "student", "girl"}),
    ("type=life", {"balaach", "three", "bugti", "labourers"}),
    ("type=liberty&status=dead", {"balaach"}),
    ("type=none", set()),
    ("district=Kech", {"balaach", "three"}),
    ("q=night", {"balaach"}),
    ("name=Zahid", {"student"}),
    ("changed_since=2026-02-01", {"student", "girl"}),
]


@pytest.mark.parametrize(("query", "names"), VICTIMS)
def test_victims_are_listed_when_one_of_their_facts_is_found(facts, query, names):
    assert found(facts, "victims", query) == names


AGENCIES = [
    ("", {"police", "forces", "army", "bla", "court", "ctd", "bench"}),
    # without parameters all, with one those alleged responsible in a fact, and what is above them
    ("type=life", {"ctd", "police", "army", "bla"}),
    ("type=liberty&district=Kech", {"forces"}),
    ("name=Balach", {"forces", "ctd", "police"}),
    ("type=none", set()),
    ("agency_type=court", {"court", "bench"}),
    ("agency_type=forces&type=liberty", {"ctd", "police", "army", "forces"}),
    ("agency_type__not=court", {"police", "forces", "army", "bla", "ctd"}),
    ("agency=BHC", {"court", "bench"}),
    ("agency__not=BHC", {"police", "forces", "army", "bla", "ctd"}),
    ("agency={police.reference}&type=life", {"police", "ctd"}),
    ("q=terrorism", {"ctd"}),
    ("q=night", set()),
    ("changed_since=2026-02-01", set()),
]


@pytest.mark.parametrize(("query", "names"), AGENCIES)
def test_agencies_are_found_by_their_own_type_and_words_and_by_the_facts_they_are_in(
    facts, query, names
):
    assert found(facts, "agencies", query) == names


LEGAL_ACTIONS = [
    ("", {"production", "order", "challenge", "suspension"}),
    # dates are those of filing
    ("date_from=2023-12&date_to=2023-12", {"challenge", "suspension"}),
    ("date_from=2023-12&date_to=2023-12&date_mode=certain", {"suspension"}),
    ("date_from=2023-11&date_to=2023-12&date_mode=certain&forum=BHC", {"challenge", "suspension"}),
    ("month=2023-12", {"suspension"}),
    ("month=2023-XX", {"challenge"}),
    ("year=2023", {"production", "order", "challenge", "suspension"}),
    ("year=unknown", set()),
    ("date_unknown=true", set()),
    # places are its own
    ("district=Kech", {"production", "order"}),
    ("area=PK211-turbat", {"order"}),
    ("area=unknown", {"suspension"}),
    ("province=PK2", {"production", "order", "challenge"}),
    ("division=PK2-quetta", {"challenge"}),
    ("district__not=Kech", {"challenge", "suspension"}),
    ("area_basis=stated", {"production", "order", "challenge"}),
    # type, forum and course
    ("legal=redress", {"order", "challenge"}),
    ("legal__not=redress", {"production", "suspension"}),
    ("forum=Balochistan High Court", {"challenge", "suspension"}),
    ("forum={bench.reference}", {"suspension"}),
    ("forum=unknown", {"production", "order"}),
    ("forum__not=BHC", {"production", "order"}),
    ("stage=decided", {"production", "order", "suspension"}),
    ("stage__not=decided", {"challenge"}),
    ("outcome=granted", {"order", "suspension"}),
    ("outcome=unknown", {"production", "challenge"}),
    ("outcome__not=granted", {"production", "challenge"}),
    ("compliance=defied", {"order"}),
    ("compliance=unknown", {"production", "challenge", "suspension"}),
    ("compliance__not=defied", {"production", "challenge", "suspension"}),
    ("q=suspension", {"suspension"}),
    # the rest is about the facts it belongs to
    ("type=liberty", {"production"}),
    ("agency=CTD", {"order", "challenge", "suspension"}),
    ("type=life&district=Kech", {"order"}),
    ("name=Balach", {"production", "order", "challenge", "suspension"}),
    ("status=disappeared", set()),
]


@pytest.mark.parametrize(("query", "names"), LEGAL_ACTIONS)
def test_legal_actions_are_found_by_their_own_date_place_and_course_and_by_their_facts(
    facts, query, names
):
    assert found(facts, "legal-actions", query) == names


SOURCES = [
    ("", {"article", "family", "statement"}),
    # dates are those of publication, types and words their own
    ("date_from=2023-12", {"article"}),
    ("date_from=2023-11-22&date_to=2023-11-22", {"statement"}),
    ("date_from=2023-11-22&date_to=2023-11-22&date_mode=certain", set()),
    ("date_unknown=true", {"family"}),
    ("month=unknown", {"family"}),
    ("source_type=media", {"article"}),
    ("source_type__not=media", {"family", "statement"}),
    ("q=protests", {"article"}),
    ("q=night", set()),
    # the rest is about the facts that rest on them
    ("type=liberty", {"article", "family"}),
    ("type=life&named=false", {"statement"}),
    ("type=none", {"article"}),
    ("district=Kech", {"article", "family", "statement"}),
    ("legal=production", {"article", "family"}),
]


@pytest.mark.parametrize(("query", "names"), SOURCES)
def test_sources_are_found_by_their_own_type_date_and_words_and_by_what_rests_on_them(
    facts, query, names
):
    assert found(facts, "sources", query) == names


EVERY_FACT_FILTER = (
    "type=life&type__not=torture&type__and=extrajudicial-killing&area=PK&area__not=PK1"
    "&province=PK2&province__not=PK1&division=PK2-makran&division__not=PK2-zhob&district=Kech"
    "&district__not=PK226&tehsil=PK21103&tehsil__not=PK20101&area_basis=stated&date_from=2023-11&date_to=2023-12&date_mode=possible"
    "&date_unknown=false&month=2023-11&month__not=2023-10&year=2023&year__not=2022&status=dead"
    "&status__not=disappeared&agency=CTD&agency__not=BLA&agency__and={police.reference}"
    "&agency_type=forces&agency_type__not=not-state&grade=contested&grade__not=retracted"
    "&contested=true&attribution=officials&attribution__not=group"
    "&attribution__and=officials-other-version&legal=redress&legal__not=wgeid&name=Balach&sex=man"
    "&sex__not=woman&age_group=adult&age_group__not=child&occupation=tailor"
    "&occupation__not=student&named=true&source_type=official&source_type__not=satellite"
    "&source_type__and=official&source__and={statement.reference}"
    "&source={statement.reference}&source__not={family.reference}&q=pasni"
    "&changed_since=2026-01-01&ordering=-changed&page=1&page_size=10&fields=reference&format=json"
)


@pytest.mark.parametrize(
    ("resource", "names"),
    [("violations", {K}), ("incidents", {"encounter"}), ("victims", {"balaach"})],
)
def test_all_parameters_at_once_find_the_one_thing_they_describe(facts, resource, names):
    query = EVERY_FACT_FILTER
    if resource != "violations":
        query = query.replace("-changed", "-date")
    assert {part.partition("=")[0] for part in query.split("&")} == set(
        FILTERS[resource].base_filters
    )
    assert found(facts, resource, query) == names


def test_a_withdrawn_thing_is_listed_nowhere(facts):
    withdraw_incident(entry_of(facts["encounter"]))
    assert found(facts, "violations", "type=life") == {B, L}
    assert found(facts, "incidents", "type=life") == {"operation", "attacks"}
    assert found(facts, "legal-actions", "") == {"production"}


def test_a_filter_set_narrows_facts_as_django_filter_does(facts):
    filters = FILTERS["violations"](QueryDict("type=life&date_from=2023"))
    assert filters.is_valid()
    assert {facts.name_of(fact.violation.reference) for fact in filters.qs} == {K, K3}
