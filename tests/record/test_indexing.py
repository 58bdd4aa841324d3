"""What can be found through filters and searches follows from the documents, and only from them."""

from datetime import date

import pytest

from record.models import (
    AgencyKey,
    Fact,
    IncidentKey,
    LegalActionKey,
    SourceKey,
    VictimKey,
    VictimName,
)
from record.writing import merge_entry, withdraw_entry
from reference.models import Area
from reference.names import fold
from reference.vocabularies import lineage, term
from tests.record.factories import (
    LATER,
    account,
    agency,
    attribution,
    citation,
    coded,
    content_of,
    entry_of,
    involvement,
    legal_action,
    parent,
    place,
    protest,
    publish,
    publish_incident,
    rewrite,
    source,
    step,
    unnamed_victim,
    victim,
    violation,
)

pytestmark = pytest.mark.django_db


def path(vocabulary, *codes):
    """The sorted ids of these terms and of all above them."""
    return sorted({pk for code in codes for pk in term(vocabulary, code).path})


def area_path(code):
    return sorted(Area.objects.get(code=code).path)


def ids(*entries):
    return sorted(entry.pk for entry in entries)


# --- facts --------------------------------------------------------------------------------------


def test_a_violation_becomes_a_fact_with_everything_filters_need():
    force = agency()
    report, ruling = source(), source(type="court-record")
    petition = legal_action(type="habeas-491")
    incident = publish_incident(
        date="2023-10",
        area="PK21103",
        basis="inferred",
        legal_actions=[petition],
        citations=[citation(report)],
        violations=[
            violation(
                "enforced-disappearance",
                victim=victim(occupation="university-student", status="acknowledged"),
                start="2023-10-29",
                end="2023-11-20/2023-11-21",
                area="PK211",
                grade="corroborated",
                involvements=[involvement(force)],
                attributions=[attribution("officials-state")],
                citations=[citation(ruling)],
            )
        ],
    )
    fact = Fact.objects.get()
    kech = Area.objects.get(code="PK211")
    assert {
        field.attname: getattr(fact, field.attname)
        for field in Fact._meta.concrete_fields
        if field.attname != "id"
    } == {
        "incident_id": incident.pk,
        "violation_id": entry_of("VIO-2026-0001").pk,
        "victim_id": entry_of("VIC-2026-0001").pk,
        "incident_kind_id": term("incident-kind", "violation-event").pk,
        "type_1_id": term("violation-type", "liberty").pk,
        "type_2_id": term("violation-type", "enforced-disappearance").pk,
        "type_3_id": None,
        "areas": area_path("PK211"),
        "area_basis": "stated",
        "province_id": Area.objects.get(code="PK2").pk,
        "division_id": Area.objects.get(code="PK2-makran").pk,
        "district_id": kech.pk,
        "tehsil_id": None,
        "start_earliest": date(2023, 10, 29),
        "start_latest": date(2023, 10, 29),
        "end_earliest": date(2023, 11, 20),
        "end_latest": date(2023, 11, 21),
        "open_ended": False,
        "statuses": path("victim-status", "acknowledged"),
        "sex_id": term("sex", "man").pk,
        "age_group_id": term("age-group", "adult").pk,
        "occupations": path("occupation", "university-student"),
        "named": True,
        "agencies": ids(entry_of(force.reference)),
        "agency_types": path("agency-type", "counter-terrorism"),
        "attributions": path("attribution", "officials-state"),
        "grade_id": term("grade", "corroborated").pk,
        "contested": False,
        "legal_actions": ids(entry_of(petition.reference)),
        "legal_types": path("legal-action-type", "habeas-491"),
        "sources": ids(entry_of(report.reference), entry_of(ruling.reference)),
        "source_types": path("source-type", "news", "court-record"),
        "changed": entry_of("VIO-2026-0001").sequence,
    }


def test_an_incident_without_violation_is_one_fact_of_its_own():
    force = agency()
    incident = publish_incident(
        kind="protest",
        date="2023-11-23",
        end="2023-12-08/2023-12-10",
        violations=[],
        protest=protest("sit-in"),
        involvements=[involvement(force)],
        attributions=[attribution("officials-silent")],
        grade="confirmed",
    )
    fact = Fact.objects.get()
    assert (fact.incident, fact.violation, fact.victim, fact.type_1) == (incident, None, None, None)
    assert fact.incident_kind.code == "protest"
    assert (fact.start_earliest, fact.end_latest) == (date(2023, 11, 23), date(2023, 12, 10))
    assert fact.grade.code == "confirmed"
    assert fact.agencies == ids(entry_of(force.reference))
    assert fact.attributions == path("attribution", "officials-silent")
    assert fact.district.code == "PK211"
    assert (fact.named, fact.open_ended, fact.changed) == (None, False, incident.sequence)


@pytest.mark.parametrize("code", ["life", "extrajudicial-killing", "staged-encounter"])
def test_a_type_of_any_level_fills_its_levels(code):
    publish_incident(violations=[violation(code)])
    fact = Fact.objects.get()
    levels = [level and level.code for level in (fact.type_1, fact.type_2, fact.type_3)]
    expected = lineage("violation-type", code)
    assert levels == [*expected, *[None] * (3 - len(expected))]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2006", date(2006, 1, 1), date(2006, 12, 31)),
        ("../2009-12-31", None, date(2009, 12, 31)),
        ("2015-03-01/..", date(2015, 3, 1), None),
        ("", None, None),
    ],
)
def test_a_date_stays_as_uncertain_as_it_was(text, earliest, latest):
    publish_incident(date=text)
    fact, key = Fact.objects.get(), IncidentKey.objects.get()
    assert (fact.start_earliest, fact.start_latest) == (earliest, latest)
    assert (key.earliest, key.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("area", "province", "division", "district"),
    [
        ("PK", None, None, None),
        ("PK2", "PK2", None, None),
        ("PK2-makran", "PK2", "PK2-makran", None),
        ("PK211-turbat", "PK2", "PK2-makran", "PK211"),
        (None, None, None, None),
    ],
)
def test_a_place_fills_the_levels_it_reaches(area, province, division, district):
    publish_incident(area=area)
    fact = Fact.objects.get()
    levels = [each and each.code for each in (fact.province, fact.division, fact.district)]
    assert levels == [province, division, district]
    assert fact.areas == (area_path(area) if area else [])


def test_facts_hold_only_the_areas_that_the_document_shows():
    """A place coarsened by protection is not found by what was taken out of it."""
    coarse = {**place("PK2"), "text": ""}
    publish_incident(place=coarse, violations=[violation(place=coarse)])
    assert Fact.objects.get().areas == area_path("PK2")


def test_a_violation_without_victim_has_no_victim_columns():
    publish_incident(violations=[violation("network-shutdown", victim=False)])
    fact = Fact.objects.get()
    assert (fact.victim, fact.sex, fact.named, fact.statuses) == (None, None, None, [])


def test_a_later_attribution_takes_the_place_of_the_one_it_replaces():
    publish_incident(
        violations=[
            violation(
                attributions=[
                    attribution("officials-silent"),
                    attribution("officials-deny", replaces=1),
                ]
            )
        ]
    )
    assert Fact.objects.get().attributions == path("attribution", "officials-deny")


@pytest.mark.parametrize(
    ("incident", "act", "contested"),
    [
        ({}, {}, False),
        ({"contested": True}, {}, True),
        ({}, {"grade": "contested"}, True),
        ({"grade": "contested"}, {}, False),
        ({}, {"attributions": ["officials-deny"]}, True),
        ({}, {"attributions": ["officials-not-us"]}, True),
        ({}, {"attributions": ["officials-other-version"]}, True),
        ({}, {"attributions": ["group-deny"]}, True),
        ({}, {"attributions": ["officials-accept"]}, False),
        ({}, {"attributions": ["officials-silent", "officials-state"]}, False),
        ({"attributions": ["officials-deny"]}, {}, True),
    ],
)
def test_a_violation_is_contested_by_grade_or_by_what_the_alleged_side_says(
    incident, act, contested
):
    def with_attributions(options):
        said = [attribution(code) for code in options.get("attributions", ())]
        return {**options, "attributions": said}

    publish_incident(
        **with_attributions(incident), violations=[violation(**with_attributions(act))]
    )
    assert Fact.objects.get().contested is contested


def test_a_denial_that_was_replaced_no_longer_contests():
    publish_incident(
        violations=[
            violation(
                attributions=[
                    attribution("officials-deny"),
                    attribution("officials-accept", replaces=1),
                ]
            )
        ]
    )
    assert Fact.objects.get().contested is False


@pytest.mark.parametrize(
    ("options", "contested"),
    [({}, False), ({"contested": True}, True), ({"grade": "contested"}, True)],
)
def test_an_incident_without_violation_is_contested_by_its_own_word(options, contested):
    publish_incident(violations=[], **options)
    assert Fact.objects.get().contested is contested


def test_a_violation_rests_on_its_own_sources_and_on_those_of_the_incident():
    general, first, second, told = source("G"), source("A"), source("B"), source("C")
    acts = [
        violation(victim=victim("First"), citations=[citation(first)]),
        violation(
            victim=victim("Second"),
            attributions=[{**attribution(), "citations": [citation(second)]}],
        ),
    ]
    publish_incident(
        violations=acts,
        citations=[citation(general)],
        accounts=[account(about=acts[1], citations=[citation(told)])],
    )
    sources = {
        fact.violation.reference: fact.sources for fact in Fact.objects.select_related("violation")
    }
    assert sources == {
        acts[0].reference: ids(*map(entry_of, [general.reference, first.reference])),
        acts[1].reference: ids(
            *map(entry_of, [general.reference, second.reference, told.reference])
        ),
    }


def test_agencies_of_the_incident_as_a_whole_count_for_each_violation():
    force = agency()
    publish_incident(
        involvements=[involvement(force)],
        violations=[violation(victim=victim(name)) for name in ("A", "B")],
    )
    assert [fact.agencies for fact in Fact.objects.all()] == [ids(entry_of(force.reference))] * 2


def test_a_described_perpetrator_counts_by_type_alone():
    publish_incident(
        violations=[violation(involvements=[involvement(agency_type="plain-clothes")])]
    )
    fact = Fact.objects.get()
    assert fact.agencies == []
    assert fact.agency_types == path("agency-type", "plain-clothes")


def test_a_speaker_is_not_a_perpetrator():
    force = agency()
    said = attribution("officials-deny", speaker=involvement(force)["party"])
    publish_incident(violations=[violation(attributions=[said])])
    assert Fact.objects.get().agencies == []


# --- corrections --------------------------------------------------------------------------------


def test_facts_keep_their_ids_when_the_incident_is_corrected():
    acts = [violation(victim=victim(name)) for name in ("A", "B", "C")]
    incident = publish_incident(violations=acts)
    before = set(Fact.objects.values_list("id", "violation"))
    document = content_of(incident)
    kept = document["violations"][1:]
    kept[0]["open_ended"] = False
    rewrite(incident, title="Corrected", violations=kept)
    after = set(Fact.objects.values_list("id", "violation"))
    assert len(after) == 2
    assert after < before
    assert list(Fact.objects.order_by("id").values_list("open_ended", flat=True)) == [False, True]


def test_an_incident_that_loses_its_last_violation_stays_findable():
    incident = publish_incident()
    rewrite(incident, violations=[])
    fact = Fact.objects.get()
    assert (fact.incident_id, fact.violation_id) == (incident.pk, None)


def test_the_last_change_of_a_violation_shows_in_its_fact():
    publish_incident()
    act = Fact.objects.get().violation
    rewritten = rewrite(act, stated_reason="Said to be wanted in a case.")
    assert Fact.objects.get().changed == rewritten.sequence


def test_a_violation_that_moves_to_another_incident_takes_its_fact_along():
    first, second = publish_incident(), publish_incident(violations=[])
    fact = Fact.objects.get(violation__isnull=False)
    embedded = first.content()["violations"]
    named = {"reference": second.reference, "title": "", "title_local": ""}
    rewrite(fact.violation, incident=named)
    rewrite(second, violations=[{**embedded[0], "incident": named}])
    moved = Fact.objects.get(violation=fact.violation)
    assert (moved.pk, moved.incident_id) == (fact.pk, second.pk)


def test_two_documents_that_hold_one_violation_do_not_fight_over_it():
    """While incidents are merged; the violation's own document decides, whoever is written last."""
    first, second = publish_incident(), publish_incident(violations=[])
    act = Fact.objects.get(violation__isnull=False).violation
    embedded = first.content()["violations"]
    rewrite(act, incident={"reference": second.reference, "title": "", "title_local": ""})
    rewrite(second, violations=embedded)
    rewrite(first, title="Written once more, with the violation still in it")
    assert Fact.objects.get(violation=act).incident_id == second.pk
    merge_entry(entry_of(first.reference), second, at=LATER)
    assert Fact.objects.get().incident_id == second.pk


# --- victims ------------------------------------------------------------------------------------


def test_a_victim_is_found_by_every_name_the_document_shows():
    publish(
        victim(
            "Balach",
            name_local="بالاچ",
            fathers_name="Mola Bakhsh",
            fathers_name_local="مولا بخش",
            names=[{"name": "Balaach Baloch", "script": "latin", "kind": "as-printed"}],
        )
    )
    names = set(VictimName.objects.values_list("folded", flat=True))
    shown = ["Balach", "بالاچ", "Balach Mola Bakhsh", "بالاچ مولا بخش", "Balaach Baloch"]
    assert names == {fold(name) for name in shown}


@pytest.mark.parametrize(
    "hidden",
    [
        {"name_shown": "withheld"},
        {"named": False},
        {"name": "B. M.", "name_shown": "initials"},
        {"name_shown": "withheld", "names": [{"name": "Balach", "script": "latin"}]},
    ],
)
def test_a_victim_whose_full_name_is_not_shown_has_no_name_to_search_for(hidden):
    publish(victim(**hidden))
    assert not VictimName.objects.exists()


def test_names_that_are_no_longer_shown_can_no_longer_be_searched():
    shown = publish(victim("Balach Mola Bakhsh"))
    rewrite(shown, name="Name withheld", name_shown="withheld", names=[])
    assert not VictimName.objects.exists()


@pytest.mark.parametrize(
    ("people", "estimated"), [(1, False), (4, False), (40, True), (None, False)]
)
def test_a_group_counts_as_many_people_as_it_says(people, estimated):
    publish(unnamed_victim(people, estimated=estimated))
    key = VictimKey.objects.get()
    assert (key.people, key.estimated) == (people, estimated)


def test_a_victim_is_ordered_by_the_latest_thing_done_to_them():
    person = victim()
    publish_incident(date="2015-03", violations=[violation(victim=person)])
    publish_incident(date="", violations=[violation(victim=entry_of(person.reference))])
    publish_incident(
        date="2023-10-29", violations=[violation("torture", victim=entry_of(person.reference))]
    )
    assert VictimKey.objects.get().earliest == date(2023, 10, 29)
    assert Fact.objects.filter(victim__reference=person.reference).count() == 3


# --- agencies -----------------------------------------------------------------------------------


def lineage_of(piece):
    """The names of an agency and of all above it."""
    of = AgencyKey.objects.get(entry__reference=piece.reference).lineage
    return sorted(key.sort_name for key in AgencyKey.objects.filter(pk__in=of))


def test_a_lineage_holds_every_agency_above_and_itself():
    army = agency("Army", type="army")
    corps = agency("Corps", type="army", parents=[army])
    unit = agency("Unit", type="army", parents=[corps])
    publish(unit)
    assert lineage_of(unit) == ["army", "corps", "unit"]
    assert lineage_of(army) == ["army"]


def test_a_fact_is_found_under_the_parents_of_its_agency():
    police = agency("Police", type="police")
    department = agency("CTD", parents=[police])
    publish_incident(violations=[violation(involvements=[involvement(department)])])
    assert Fact.objects.get().agencies == ids(
        entry_of(police.reference), entry_of(department.reference)
    )


def test_a_new_parent_reaches_descendants_and_their_facts():
    unit = agency("Unit")
    group = agency("Group", parents=[unit])
    publish_incident(violations=[violation(involvements=[involvement(group)])])
    ministry = publish(agency("Ministry", type="executive"))
    rewrite(
        entry_of(unit.reference), parents=[{**parent(ministry), "reference": ministry.reference}]
    )
    assert lineage_of(group) == ["group", "ministry", "unit"]
    assert ministry.pk in Fact.objects.get().agencies


def test_a_parent_that_is_taken_away_leaves_descendants_and_their_facts():
    police = agency("Police", type="police")
    unit = agency("Unit", parents=[police])
    publish_incident(violations=[violation(involvements=[involvement(unit)])])
    rewrite(entry_of(unit.reference), parents=[])
    assert lineage_of(unit) == ["unit"]
    assert Fact.objects.get().agencies == ids(entry_of(unit.reference))


def test_a_parent_published_later_is_found_by_its_reference():
    parents = [{**parent(agency("Ministry")), "reference": "AGY-2026-0002"}]
    unit = publish(agency("Unit", parents=[]))
    rewrite(unit, parents=parents)
    assert lineage_of(unit) == ["unit"]
    assert publish(agency("Ministry")).reference == "AGY-2026-0002"
    assert lineage_of(unit) == ["ministry", "unit"]


def test_parents_that_form_a_circle_over_time_end():
    first, second = publish(agency("First"), agency("Second"))
    rewrite(first, parents=[{**parent(second), "reference": second.reference}])
    rewrite(second, parents=[{**parent(first), "reference": first.reference}])
    assert lineage_of(first) == lineage_of(second) == ["first", "second"]


def test_another_type_of_an_agency_reaches_its_facts():
    unit = agency("Unit")
    publish_incident(violations=[violation(involvements=[involvement(unit)])])
    rewrite(entry_of(unit.reference), type=coded("agency-type", "army"))
    assert Fact.objects.get().agency_types == path("agency-type", "army")


def test_a_merged_agency_is_found_under_its_survivor():
    loser, survivor = agency("CTD"), agency("Counter Terrorism Department")
    below = agency("CTD Kech", parents=[loser])
    court = legal_action(forum=loser)
    publish(survivor, court)
    publish_incident(violations=[violation(involvements=[involvement(below)])])
    merge_entry(entry_of(loser.reference), entry_of(survivor.reference), at=LATER)
    kept = entry_of(survivor.reference)
    assert lineage_of(below) == ["counter terrorism department", "ctd kech"]
    assert Fact.objects.get().agencies == ids(kept, entry_of(below.reference))
    assert LegalActionKey.objects.get().forum_id == kept.pk


def test_a_withdrawn_agency_is_gone_from_lineages_facts_and_forums():
    force = agency("Force")
    below = agency("Unit", parents=[force])
    publish(legal_action(forum=force))
    publish_incident(violations=[violation(involvements=[involvement(below), involvement(force)])])
    withdraw_entry(entry_of(force.reference), reason="error", at=LATER)
    assert lineage_of(below) == ["unit"]
    assert Fact.objects.get().agencies == ids(entry_of(below.reference))
    assert LegalActionKey.objects.get().forum_id is None


# --- legal actions and sources ------------------------------------------------------------------


def test_a_legal_action_is_found_by_its_course_and_by_every_order_in_it():
    court = agency("High Court", type="court")
    publish(
        legal_action(
            type="constitutional-petition",
            forum=court,
            filed="2023-11-25/2023-12-09",
            area="PK211",
            stage="decided",
            outcome="granted",
            compliance="late",
            steps=[step(compliance="defied"), step()],
        )
    )
    key = LegalActionKey.objects.get()
    assert key.forum.reference == court.reference
    assert (key.earliest, key.latest) == (date(2023, 11, 25), date(2023, 12, 9))
    assert (key.areas, key.area_basis) == (area_path("PK211"), "stated")
    assert key.types == path("legal-action-type", "constitutional-petition")
    assert key.stages == path("legal-stage", "decided")
    assert key.outcomes == path("legal-outcome", "granted")
    assert key.compliances == path("legal-compliance", "late", "defied")


def test_a_source_is_found_by_type_language_and_date():
    published = publish(
        source(type="broadcast", published="2023-12", language=coded("language", "ur"))
    )
    key = SourceKey.objects.get()
    assert key.types == path("source-type", "broadcast")
    assert key.language == term("language", "ur")
    assert (key.earliest, key.latest) == (date(2023, 12, 1), date(2023, 12, 31))
    assert key.changed == published.sequence
