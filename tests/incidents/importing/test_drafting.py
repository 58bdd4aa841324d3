"""Rows and a mapping become drafts: what stands in them, and what is reported."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.importing.drafting import DraftRef, Wanted, describe
from incidents.importing.lookups import Lookups
from incidents.importing.mapping import read_mapping
from incidents.models import (
    Citation,
    Incident,
    Involvement,
    Person,
    PersonName,
    Severity,
    Violation,
)
from reference import vocabularies
from reference.models import Area
from tests.incidents.factories import agency, source
from tests.incidents.importing.small_lists import (
    INCIDENT,
    ROW,
    VICTIM,
    case_of,
    cases_of,
    codes,
    draft_at,
    mapping_text,
    values_at,
)

pytestmark = pytest.mark.django_db


POINT = ['latitude = "lat"', 'longitude = "lon"']


def act(*lines):
    """The victim of every test with these fields of the violation besides."""
    return VICTIM + "\n".join(lines) + "\n"


def term(vocabulary, code):
    return vocabularies.term(vocabulary, code).pk


def test_a_row_becomes_an_incident_a_person_a_name_and_a_violation():
    case = case_of(mapping_text(), ROW)
    assert codes(case) == []
    assert [draft.model for draft in case.drafts if draft.model is not Citation] == [
        *(Incident, Person, PersonName, Violation),
    ]
    assert values_at(case, "incident")["title"] == "Case of Example Person"
    assert values_at(case, "incident")["date"].text == "2023-10-29"
    assert values_at(case, "victim.0.violation.0")["type_id"] == term(
        "violation-type", "enforced-disappearance"
    )


def test_drafts_name_their_row_and_are_linked():
    case = case_of(mapping_text(), ROW)
    assert draft_at(case, "incident").row == ""
    violation = draft_at(case, "victim.0.violation.0")
    assert violation.row == "1"
    assert violation.links == {
        "incident": DraftRef("", "incident"),
        "person": DraftRef("1", "victim.0"),
    }


def test_parents_stand_before_their_children():
    case = case_of(mapping_text(), ROW)
    seen = set()
    for draft in case.drafts:
        assert set(draft.links.values()) <= seen
        seen.add(draft.ref)


def test_protection_stays_as_the_model_has_it():
    given_fields = values_at(case_of(mapping_text(), ROW), "victim.0")
    assert not {"name_protection", "stage", "publication", "reference"} & set(given_fields)


def test_every_fact_is_cited_on_the_source_of_the_list_with_the_locator():
    text = mapping_text('[citation]\nlocator = "p. {page}"\n')
    case = case_of(text, ROW | {"page": "12"})
    cited = [draft for draft in case.drafts if draft.model is Citation]
    assert {name for draft in cited for name in draft.links} == {"incident", "person", "violation"}
    assert {draft.values["locator"] for draft in cited} == {"p. 12"}
    assert {draft.values["source_id"] for draft in cited} == {
        Wanted("source", "The list itself /  / ")
    }


def test_an_empty_cell_drops_the_whole_locator():
    text = mapping_text('[citation]\nlocator = "p. {page}"\n')
    case = case_of(text, ROW | {"page": ""})
    assert "locator" not in values_at(case, "incident.citation")


def test_the_case_as_a_whole_is_cited_with_the_places_of_all_its_rows():
    text = mapping_text(
        '[citation]\nlocator = "p. {page}"\n',
        rows='key = ["id"]\nincident = ["group"]',
    ).replace('"Case of {name}"', '{ value = "Case" }')
    rows = [ROW | {"id": str(n), "group": "g", "page": str(n % 2 + 1)} for n in range(3)]
    assert values_at(case_of(text, *rows), "incident.citation")["locator"] == "p. 1; p. 2"


def test_a_source_that_exists_is_found_again():
    known = source(title="The list itself", publisher="", published="")
    case = case_of(mapping_text(), ROW)
    assert values_at(case, "incident.citation")["source_id"] == known.pk


def test_what_was_told_in_trust_never_rests_on_an_open_source_of_the_same_title():
    opened = source(title="The list itself", publisher="", published="")
    text = mapping_text().replace('type = "dataset"', 'type = "dataset"\nconfidential = true')
    wanted = values_at(case_of(text, ROW), "incident.citation")["source_id"]
    assert isinstance(wanted, Wanted)
    closed = source(title="The list itself", publisher="", published="", confidential=True)
    assert values_at(case_of(text, ROW), "incident.citation")["source_id"] == closed.pk
    open_list = values_at(case_of(mapping_text(), ROW), "incident.citation")
    assert open_list["source_id"] == opened.pk


def test_a_source_that_somebody_closed_is_found_again_and_stays_closed():
    closed = source(title="The list itself", publisher="", published="", confidential=True)
    case = case_of(mapping_text(), ROW)
    assert values_at(case, "incident.citation")["source_id"] == closed.pk


def test_two_articles_of_one_paper_and_day_are_told_apart_by_their_addresses():
    more = '[[also_cite]]\ntitle = "paper"\nurl = "link"\ntype = { value = "news" }\n'
    known = source(title="Daily", publisher="", published="", url="https://example.org/1")
    text = mapping_text(more)
    rows = [
        ROW | {"id": str(number), "paper": "Daily", "link": link}
        for number, link in enumerate(("https://example.org/1", "https://example.org/2", ""))
    ]
    cases = cases_of(read_mapping(text, columns=list(rows[0])), rows)
    first, second, third = (values_at(case, "incident.citation.1")["source_id"] for case in cases)
    assert first == third == known.pk
    assert second == Wanted("source", "Daily /  /  / https://example.org/2")


@pytest.mark.parametrize(
    ("text", "basis"), [("Turbat", "inferred"), ("Kech", "stated"), ("Kech district", "stated")]
)
def test_a_district_that_follows_from_the_name_of_a_town_is_inferred(text, basis):
    case = case_of(mapping_text(victim=act('area = "where"')), ROW | {"where": text})
    values = values_at(case, "victim.0.violation.0")
    district = Area.objects.get(code="PK211")
    assert district.pk in Area.objects.get(pk=values["area_id"]).path
    assert values["area_basis"] == basis


def test_people_of_a_group_are_counted_and_stand_as_a_group():
    incident = INCIDENT.replace("Case of {name}", "Killing of {count}")
    person = "[victim.person]\ngroup_size = 'men'\ndescription = 'name'\n"
    text = mapping_text(incident=incident, victim=VICTIM + person)
    case = case_of(text, ROW | {"men": "3"})
    assert values_at(case, "incident")["title"] == "Killing of 3"
    assert values_at(case, "victim.0")["unit_id"] == term("counting-unit", "unknown")
    one = case_of(text, ROW | {"men": "1"})
    assert values_at(one, "incident")["title"] == "Killing of 1"
    assert "unit_id" not in values_at(one, "victim.0")


@pytest.mark.parametrize("text", ["00/00/0000", "0000-00-00", "2023/13/45"])
def test_a_day_that_no_calendar_has_is_called_that_as_it_is_written(text):
    problem = case_of(mapping_text(), ROW | {"date": text}).problems[0]
    assert problem.code == "date-impossible"
    assert text in problem.reason


def test_a_date_to_come_is_noted_and_stays():
    coming = f"{timezone.localdate().year + 2}-10-29"
    case = case_of(mapping_text(victim=act('start = "date"')), ROW | {"date": coming})
    assert set(codes(case)) == {"date-to-come"}
    assert not case.refused
    assert values_at(case, "victim.0.violation.0")["start"].text == coming
    assert case.problems[0].column == "date"


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (("26.0", "63.0"), None),
        (("63.0", "26.0"), "each other's column"),
        (("33.7", "73.1"), "one of them is wrong"),
    ],
)
def test_a_point_far_from_its_area_is_noted(point, expected):
    Area.objects.filter(code="PK211").update(latitude="26.0", longitude="62.9")
    text = mapping_text(victim=act('area = "where"', *POINT))
    row = ROW | {"where": "Kech", "lat": point[0], "lon": point[1]}
    case = case_of(text, row)
    assert not case.refused
    assert codes(case) == (["point-far"] if expected else [])
    assert not expected or expected in case.problems[0].remedy


def test_a_short_name_with_letters_changed_about_gets_the_nearest_district():
    text = mapping_text(victim=act('area = "where"'))
    (problem,) = case_of(text, ROW | {"where": "Kehc"}).problems
    assert "“Kech”" in problem.remedy


def test_a_quotation_of_a_source_without_a_title_is_reported_where_a_row_has_one():
    more = (
        '[[also_cite]]\ntitle = "paper"\ntype = { value = "news" }\n'
        'cite = { quotation = "words", locator = { value = "p. 3" } }\n'
    )
    row = ROW | {"paper": "", "words": "He was taken."}
    (problem,) = case_of(mapping_text(more), row).problems
    assert (problem.code, problem.column) == ("source-untitled", "paper, words")
    assert problem.severity is Severity.LEFT_OUT
    assert codes(case_of(mapping_text(more), row | {"words": ""})) == []


def test_each_row_may_cite_a_source_of_its_own():
    more = (
        '[[also_cite]]\ntitle = "paper"\ntype = { value = "news" }\ncite = { locator = "p. 3" }\n'
    )
    more = more.replace('"p. 3"', '{ value = "p. 3" }')
    lookups = Lookups()
    case = case_of(mapping_text(more), ROW | {"paper": "Daily"}, lookups=lookups)
    own = values_at(case, "victim.0.violation.0.citation.1")
    assert own == {"source_id": Wanted("source", "Daily /  / "), "locator": "p. 3"}
    assert lookups.wanted_sources["Daily /  / "].values["type_id"] == term("source-type", "news")


def test_several_rows_become_one_incident():
    text = mapping_text(rows='key = ["id"]\nincident = ["group"]').replace(
        '"Case of {name}"', '"Case of {count} people in {rows} rows"'
    )
    rows = [ROW | {"id": str(n), "group": "g", "name": f"Person {n}"} for n in (1, 2)]
    case = case_of(text, *rows)
    assert values_at(case, "incident")["title"] == "Case of 2 people in 2 rows"
    assert [draft.row for draft in case.of_model(Person)] == ["1", "2"]


def rows_that_differ():
    return [
        ROW | {"id": "1", "group": "g", "date": "2023-10-29"},
        ROW | {"id": "2", "group": "g", "date": "2023-11-03"},
    ]


@pytest.mark.parametrize(
    ("differ", "date"), [("span", "2023-10-29/2023-11-03"), ("first", "2023-10-29"), ("leave", "")]
)
def test_the_mapping_says_what_happens_where_rows_of_one_incident_differ(differ, date):
    text = mapping_text(rows='key = ["id"]\nincident = ["group"]').replace(
        'date = "date"', f'date = {{ column = "date", differ = "{differ}" }}'
    )
    case = case_of(text, *rows_that_differ())
    assert codes(case) == []
    assert str(values_at(case, "incident").get("date", "")) == date


def test_otherwise_rows_that_differ_are_refused_with_both_rows():
    case = case_of(mapping_text(rows='key = ["id"]\nincident = ["group"]'), *rows_that_differ())
    assert case.refused
    (problem,) = case.problems
    assert (problem.code, problem.row, problem.column) == ("rows-differ", 3, "date")
    assert "2" in problem.reason
    assert "differ" in problem.remedy


def test_what_rows_say_alike_of_the_incident_stands_once():
    more = """
[[account]]
question = { value = "what-happened" }
answer = "told"
claimant_text = { value = "witnesses" }
"""
    text = mapping_text(more, rows='key = ["id"]\nincident = ["group"]')
    rows = [ROW | {"id": str(n), "group": "g", "told": "A raid."} for n in (1, 2)]
    case = case_of(text, *rows)
    assert [draft.row for draft in case.drafts if draft.path == "account.0"] == ["1"]


def test_a_list_of_acts_makes_one_person_of_rows_that_share_one():
    text = mapping_text(
        are="violation", rows='key = ["id"]\nincident = ["group"]\nperson = ["person"]'
    )
    rows = [ROW | {"id": str(n), "group": "g", "person": "p"} for n in (1, 2)]
    case = case_of(text, *rows)
    assert len(case.of_model(Person)) == 1
    assert len(case.of_model(PersonName)) == 1
    violations = case.of_model(Violation)
    assert [draft.row for draft in violations] == ["1", "2"]
    assert {draft.links["person"] for draft in violations} == {DraftRef("1", "victim.0")}


def test_numbered_columns_make_several_people_and_empty_ones_none():
    victim = """
[[victim]]
each = { n = [1, 2, 3] }
[[victim.name]]
given = "name_{n}"
[[victim.violation]]
type = { value = "torture" }
"""
    text = mapping_text(are="incident", victim=victim).replace("{name}", "{name_1}")
    row = ROW | {"name_1": "First", "name_2": "", "name_3": "Third"}
    case = case_of(text, row)
    assert [draft.path for draft in case.of_model(Person)] == ["victim.0", "victim.2"]
    assert len(case.of_model(Violation)) == 2


def test_one_cell_may_name_several_people():
    victim = """
[[victim]]
split = { column = "name", by = [";", " and "] }
[[victim.name]]
full = "item"
[[victim.violation]]
type = { value = "torture" }
"""
    case = case_of(mapping_text(are="incident", victim=victim), ROW | {"name": "A; B and C"})
    assert [draft.values["given"] for draft in case.of_model(PersonName)] == ["A", "B", "C"]


def test_a_full_name_is_taken_apart():
    victim = VICTIM.replace('given = "name"', 'full = "name"')
    case = case_of(mapping_text(victim=victim), ROW | {"name": "Dr Balach Baloch s/o Mola Bakhsh"})
    assert values_at(case, "victim.0.name.0") == {
        "honorific": "Dr",
        "given": "Balach Baloch",
        "fathers_name": "Mola Bakhsh",
    }


def test_a_second_script_makes_a_second_name_where_it_is_filled():
    victim = VICTIM + '[[victim.name]]\ngiven = "urdu"\n'
    both = case_of(mapping_text(victim=victim), ROW | {"urdu": "بالاچ"})
    one = case_of(mapping_text(victim=victim), ROW | {"urdu": ""})
    assert len(both.of_model(PersonName)) == 2
    assert len(one.of_model(PersonName)) == 1


def test_a_row_without_anybody_is_refused():
    case = case_of(mapping_text(), ROW | {"name": ""})
    assert case.refused
    assert "nobody" in codes(case)


def test_somebody_without_a_name_may_be_described():
    victim = VICTIM + '\n[victim.person]\ndescription = { value = "man, name not known" }\n'
    text = mapping_text(victim=victim).replace('"Case of {name}"', '{ value = "Case" }')
    case = case_of(text, ROW | {"name": ""})
    assert codes(case) == []
    assert values_at(case, "victim.0") == {"description": "man, name not known"}


@pytest.mark.parametrize("written", ["torture", "Torture", " TORTURE ", "تشدد (ٹارچر)"])
def test_a_term_is_found_by_code_or_label(written):
    victim = VICTIM.replace('{ value = "enforced-disappearance" }', '"act"')
    case = case_of(mapping_text(victim=victim), ROW | {"act": written})
    assert values_at(case, "victim.0.violation.0")["type_id"] == term("violation-type", "torture")


def test_an_unknown_code_names_column_value_and_the_nearest():
    victim = VICTIM.replace('{ value = "enforced-disappearance" }', '"act"')
    case = case_of(mapping_text(victim=victim), ROW | {"act": "tortur"})
    problem = next(each for each in case.problems if each.code == "unknown-code")
    assert (problem.row, problem.key, problem.column, problem.value) == (2, "1", "act", "tortur")
    assert "torture" in problem.remedy
    assert problem.severity is Severity.REFUSED


@pytest.mark.parametrize(
    ("policy", "severity", "kept"),
    [
        ('"leave"', Severity.LEFT_OUT, None),
        ('{ use = "other" }', Severity.NOTED, "other"),
        ('"ignore"', None, None),
    ],
)
def test_the_mapping_says_what_happens_to_values_that_do_not_map(policy, severity, kept):
    victim = VICTIM + f'[victim.person]\nsex = {{ column = "sex", unmapped = {policy} }}\n'
    case = case_of(mapping_text(victim=victim), ROW | {"sex": "??"})
    assert not case.refused
    assert [problem.severity for problem in case.problems] == ([severity] if severity else [])
    assert values_at(case, "victim.0").get("sex_id") == (kept and term("sex", kept))


def test_a_map_ignores_case_unless_told_otherwise():
    line = 'sex = {{ column = "sex", map = {{ F = "woman" }}, unmapped = "leave"{} }}\n'
    loose = VICTIM + "[victim.person]\n" + line.format("")
    exact = VICTIM + "[victim.person]\n" + line.format(", map_case = true")
    row = ROW | {"sex": "f"}
    assert "sex_id" in values_at(case_of(mapping_text(victim=loose), row), "victim.0")
    assert "sex_id" not in values_at(case_of(mapping_text(victim=exact), row), "victim.0")


def test_a_list_of_terms_is_split():
    victim = act('methods = { column = "how", split = [" and ", ","], map = { gun = "shooting" } }')
    case = case_of(mapping_text(victim=victim), ROW | {"how": "Gun, beating and gun"})
    assert draft_at(case, "victim.0.violation.0").sets == {
        "methods": [term("method", "shooting"), term("method", "beating")]
    }


@pytest.mark.parametrize(
    ("written", "low", "high", "group"),
    [
        ("24", 24, 24, "adult"),
        ("20-25", 20, 25, "adult"),
        ("about 30", 28, 32, "adult"),
        ("17", 17, 17, "child"),
        ("16-19", 16, 19, None),
        ("0.22", 0, 0, "child"),
        ("60+", 60, None, "adult"),
        ("under 18", None, 17, "child"),
        ("20s", 20, 29, "adult"),
        ("۲۴ سال", 24, 24, "adult"),
    ],
)
def test_an_age_is_read_with_its_group_where_that_is_certain(written, low, high, group):
    case = case_of(mapping_text(victim=act('age = "age"')), ROW | {"age": written})
    values = values_at(case, "victim.0.violation.0")
    assert (values.get("age_low"), values.get("age_high")) == (low, high)
    assert values.get("age_group_id") == (group and term("age-group", group))


def test_an_act_that_ends_before_it_starts_is_refused():
    case = case_of(
        mapping_text(victim=act('start = "date"', 'end = "end"')), ROW | {"end": "2023-10-01"}
    )
    (problem,) = case.problems
    assert (problem.code, problem.column) == ("end-before-start", "date, end")
    assert case.refused


@pytest.mark.parametrize(("policy", "left"), [("leave-end", {"start"}), ("leave-both", set())])
def test_or_it_comes_in_without_the_dates_and_is_reported(policy, left):
    victim = act('start = "date"', 'end = "end"', f'end_before_start = "{policy}"')
    case = case_of(mapping_text(victim=victim), ROW | {"end": "2023-10-01"})
    assert [problem.severity for problem in case.problems] == [Severity.LEFT_OUT]
    assert {"start", "end"} & set(values_at(case, "victim.0.violation.0")) == left


def test_dates_that_may_be_in_order_are_not_reported():
    victim = act('start = "date"', 'end = "end"')
    assert codes(case_of(mapping_text(victim=victim), ROW | {"end": "2023-10"})) == []


def test_columns_in_the_wrong_order_are_reported_also_where_no_field_reads_them():
    rows = 'key = ["id"]\n[[rows.order]]\ncolumns = ["date", "end"]\notherwise = "leave-later"'
    case = case_of(mapping_text(rows=rows), ROW | {"end": "2023-01-01"})
    assert codes(case) == ["end-before-start"]
    assert not case.refused


@pytest.mark.parametrize(
    ("lines", "cells", "code"),
    [
        (['latitude = "lat"'], {"lat": "26.1"}, "half-a-point"),
        (
            ['latitude = "lat"', 'longitude = "lon"'],
            {"lat": "126", "lon": "64"},
            "point-out-of-range",
        ),
        (['latitude = "lat"', 'longitude = "lon"'], {"lat": "x", "lon": "64"}, "not-a-number"),
        (['age_low = "low"', 'age_high = "high"'], {"low": "30", "high": "20"}, "numbers-order"),
        (['age = "age"'], {"age": "old"}, "age-not-read"),
        (['start = "from"'], {"from": "5/6/2023"}, "date-two-readings"),
        (['end_meaning = { value = "released" }'], {}, "end-missing"),
        (['outcome = "text"'], {"text": "x" * 301}, "too-long"),
        (['area = "where"'], {"where": "Nowhereatall"}, "unknown-area"),
        (['internal = "flag"'], {"flag": "perhaps"}, "not-yes-or-no"),
        (['start_basis = "basis"'], {"basis": "guessed"}, "unknown-code"),
    ],
)
def test_what_the_case_file_could_not_hold_is_refused_in_words(lines, cells, code):
    case = case_of(mapping_text(victim=act(*lines)), ROW | cells)
    problem = next(each for each in case.problems if each.code == code)
    assert problem.row == 2
    assert problem.reason
    assert case.refused


@pytest.mark.parametrize(
    ("more", "cells", "code"),
    [
        (
            '[[account]]\nquestion = { value = "other" }\nanswer = "a"\nclaimant_text = "by"\n',
            {"a": "yes", "by": ""},
            "claimant-missing",
        ),
        (
            '[[involvement]]\ndescription = "a"\nalleged_by_text = "by"\n',
            {"a": "armed men", "by": ""},
            "alleger-missing",
        ),
        (
            '[[casualties]]\nharm = { value = "killed" }\nlow = "a"\nhigh = "by"\n',
            {"a": "9", "by": "3"},
            "numbers-order",
        ),
    ],
)
def test_facts_of_the_incident_are_checked_too(more, cells, code):
    assert code in codes(case_of(mapping_text(more), ROW | cells))


def test_a_ground_for_publication_needs_a_risk_assessment():
    victim = VICTIM + '[victim.person]\npublication_ground = { value = "already-public" }\n'
    assert codes(case_of(mapping_text(victim=victim), ROW)) == ["risk-not-assessed"]


def test_a_town_is_inferred_and_a_district_stated():
    for level, basis in (("town", "inferred"), ("district", "stated")):
        where = Area.objects.filter(level=level)[0].code
        case = case_of(mapping_text(victim=act('area = "where"')), ROW | {"where": where})
        assert values_at(case, "victim.0.violation.0")["area_basis"] == basis


def test_an_unknown_district_names_the_nearest():
    case = case_of(mapping_text(victim=act('area = "where"')), ROW | {"where": "Panjgoor Distt"})
    problem = next(each for each in case.problems if each.code == "unknown-area")
    assert "Panjgur" in problem.remedy


def test_an_area_outside_the_one_that_was_told_is_refused():
    within = Area.objects.at_level("district").named("Kech").get().code
    line = f'area = {{ column = "where", within = "{within}" }}'
    outside = case_of(mapping_text(victim=act(line)), ROW | {"where": "Khuzdar"})
    inside = case_of(mapping_text(victim=act(line)), ROW | {"where": "Turbat"})
    assert codes(outside) == ["unknown-area"]
    assert codes(inside) == []


INVOLVED = """
[[victim.violation.involvement]]
agency = { column = "by"%s }
alleged_by_text = { value = "family" }
"""


def test_an_agency_is_found_by_any_of_its_names():
    known = agency(name="Frontier Corps", abbreviation="FC")
    case = case_of(mapping_text(victim=VICTIM + INVOLVED % ""), ROW | {"by": "fc"})
    assert case.of_model(Involvement)[0].values["agency_id"] == known.pk


def test_an_unknown_agency_is_refused_with_the_nearest():
    agency(name="Frontier Corps")
    case = case_of(mapping_text(victim=VICTIM + INVOLVED % ""), ROW | {"by": "Fronteir Corps"})
    problem = next(each for each in case.problems if each.code == "unknown-agency")
    assert "Frontier Corps" in problem.remedy


def test_an_agency_that_the_mapping_describes_is_wanted():
    more = (
        '[[agency]]\nname = "New Force"\nother_names = ["NF"]\ntype = "police"\nis_state = true\n'
    )
    lookups = Lookups()
    text = mapping_text(more, victim=VICTIM + INVOLVED % "")
    case = case_of(text, ROW | {"by": "nf"}, lookups=lookups)
    assert case.of_model(Involvement)[0].values["agency_id"] == Wanted("agency", "New Force")
    wanted = lookups.wanted_agencies["New Force"].values
    assert wanted["type_id"] == term("agency-type", "police")
    assert wanted["is_state"] is True


def test_an_agency_that_is_gone_since_the_mapping_was_read_refuses_the_rows():
    gone = agency(name="Old Force")
    more = """
[[involvement]]
agency = { value = "Old Force" }
alleged_by_text = { value = "family" }
"""
    mapping = read_mapping(mapping_text(more), columns=list(ROW))
    gone.delete()
    (case,) = cases_of(mapping, [ROW])
    assert codes(case) == ["unknown-agency"]


def test_a_fault_of_a_cell_that_several_tables_read_is_told_once():
    victim = (
        VICTIM + 'age = "age"\n[[victim.violation]]\ntype = { value = "torture" }\nage = "age"\n'
    )
    assert codes(case_of(mapping_text(victim=victim), ROW | {"age": "old"})) == ["age-not-read"]


def test_a_very_long_cell_is_refused_and_costs_no_time():
    victim = act(
        'start = "x"', 'age = "x"', 'area = "x"', "end = { column = 'x', formats = ['%Y'] }"
    )
    case = case_of(mapping_text(victim=victim), ROW | {"x": "1" * 100_000})
    assert case.refused
    assert {len(problem.value) for problem in case.problems} <= {0, 200}


def test_what_was_made_is_no_longer_wanted():
    lookups = Lookups()
    creating = INVOLVED % ', create = { type = "police" }'
    mapping = read_mapping(mapping_text(victim=VICTIM + creating), columns=[*ROW, "by"])
    rows = [ROW | {"by": "Local Police"}]
    (before,) = cases_of(mapping, rows, lookups)
    made = agency(name="Local Police")
    lookups.made(before.of_model(Involvement)[0].values["agency_id"], made.pk)
    (after,) = cases_of(mapping, rows, lookups)
    assert after.of_model(Involvement)[0].values["agency_id"] == made.pk
    assert not lookups.wanted_agencies


def test_places_of_the_list_become_areas_that_its_rows_lie_in():
    more = """
[areas]
country = { code = "XX", name = "Exland" }
[[areas.place]]
name = "where"
latitude = "lat"
longitude = "lon"
except = ["in the street"]
"""
    text = mapping_text(more, victim=act('area = { column = "where", unmapped = "ignore" }'))
    mapping = read_mapping(text, columns=[*ROW, "where", "lat", "lon"])
    rows = [
        ROW | {"id": "1", "where": "Old Palace", "lat": "-33.4", "lon": "-70.6"},
        ROW | {"id": "2", "where": "old  palace", "lat": "", "lon": ""},
        ROW | {"id": "3", "where": "in the street", "lat": "-33.4", "lon": "-70.6"},
    ]
    lookups = Lookups()
    cases = cases_of(mapping, rows, lookups)
    found = [values_at(case, "victim.0.violation.0").get("area_id") for case in cases]
    assert found == [Wanted("area", "XX-old-palace"), Wanted("area", "XX-old-palace"), None]
    assert list(lookups.wanted_areas) == ["XX", "XX-old-palace"]


def test_a_condition_chooses_rows_for_a_table():
    more = """
[[victim.status]]
when = [{ column = "what", is = ["gone"] }, { absent = "note" }]
status = { value = "disappeared" }
"""
    text = mapping_text(victim=VICTIM + more)
    there = case_of(text, ROW | {"what": "Gone", "note": ""})
    not_there = case_of(text, ROW | {"what": "Gone", "note": "found"})
    assert [draft.path for draft in there.drafts].count("victim.0.status.0") == 1
    assert [draft.path for draft in not_there.drafts].count("victim.0.status.0") == 0


def test_a_date_stands_in_three_columns():
    text = mapping_text().replace('"date"', '{ year = "y", month = "m", day = "d" }')
    for cells, date in (
        ({"y": "2023", "m": "March", "d": "5"}, "2023-03-05"),
        ({"y": "2023", "m": "3", "d": ""}, "2023-03"),
        ({"y": "2023", "m": "", "d": ""}, "2023"),
    ):
        assert values_at(case_of(text, ROW | cells), "incident")["date"].text == date


def test_a_cell_that_means_not_given_is_empty():
    text = mapping_text('[file]\nmissing = ["NA"]\n')
    assert "date" not in values_at(case_of(text, ROW | {"date": "NA"}), "incident")


def test_a_legal_action_concerns_the_people_of_its_row():
    more = """
[[legal_action]]
title = "case"
type = { value = "fir" }
[[legal_action.step]]
what = "hearing"
"""
    case = case_of(mapping_text(more), ROW | {"case": "FIR 1", "hearing": "First hearing"})
    action = draft_at(case, "legal_action.0")
    assert action.linked_sets == {
        "people": [DraftRef("1", "victim.0")],
        "incidents": [DraftRef("", "incident")],
    }
    assert draft_at(case, "legal_action.0.step.0").links["action"] == action.ref


def test_a_draft_is_described_in_words():
    lookups = Lookups()
    case = case_of(mapping_text(), ROW, lookups=lookups)
    told = dict(describe(draft_at(case, "victim.0.violation.0"), lookups))
    assert told == {"What was done": "Enforced disappearance"}
    told = dict(describe(draft_at(case, "incident"), lookups))
    assert told["Date"] == "29 October 2023"


def test_drafting_asks_the_database_nothing_once_it_knows_the_list(django_assert_num_queries):
    lookups = Lookups()
    mapping = read_mapping(mapping_text(victim=act('area = "where"')), columns=[*ROW, "where"])
    rows = [ROW | {"id": str(number), "where": "Turbat"} for number in range(50)]
    cases_of(mapping, rows, lookups)
    with django_assert_num_queries(0):
        cases_of(mapping, rows, lookups)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "id": st.sampled_from("123"),
                "name": st.text(max_size=20),
                "date": st.text(max_size=12),
                "unread": st.text(max_size=20),
            }
        ),
        min_size=1,
        max_size=4,
    )
)
def test_equal_input_gives_equal_drafts_and_no_cell_is_lost(rows):
    text = mapping_text(rows='key = ["id"]\nincident = ["id"]')
    mapping = read_mapping(text, columns=[*ROW, "unread"])
    first, again = cases_of(mapping, rows), cases_of(mapping, rows)
    assert [(case.drafts, case.problems) for case in first] == [
        (case.drafts, case.problems) for case in again
    ]
    kept = [row.cells for case in first for row in case.rows]
    assert sorted(map(str, kept)) == sorted(map(str, rows))
