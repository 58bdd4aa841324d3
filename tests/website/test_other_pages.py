"""The pages of victims, violations, agencies, legal actions and sources."""

import pytest

from record.kinds import Kind
from tests.website import turbat as case
from tests.website.contents import (
    agency,
    code,
    date,
    mention,
    own_content,
    person,
    publish,
    source,
    victim,
    violation,
)
from tests.website.page import get
from website.related import SHOWN


def test_a_victims_page_begins_with_the_person(client, turbat):
    page = get(client, f"/victims/{case.BALACH}/")
    assert page.html.index("<h1>Balach</h1>") < page.html.index("بالاچ")
    order = ["son of Mola Bakhsh", "Who they were", "What became of them", "What was done to them"]
    assert [page.text.index(words) for words in order] == sorted(map(page.text.index, order))
    assert "He worked part of the day in a tailor's shop" in page.text


def test_a_victims_page_has_the_line_the_incidents_and_the_legal_steps(client, turbat):
    page = get(client, f"/victims/{case.BALACH}/")
    assert "Custody went unacknowledged for 22 to 23 days." in page.text
    assert f"/incidents/{case.INCIDENT}/" in page.part("violations")
    assert f"/legal-actions/{case.ORDER}/" in page.part("law")
    assert "Balaach Mola Bakhsh (as printed)" in page.text


def test_the_sources_of_a_victims_page_are_named_though_its_document_only_refers_to_them(
    client, turbat
):
    page = get(client, f"/victims/{case.BALACH}/")
    assert "What the family told the public" in page.part("notes")


def test_a_withheld_name_is_told_in_words_and_nothing_else_shows(client, db):
    hidden = victim("Shown by mistake", "غلطی سے", name_shown="withheld", named=False)
    entry = publish(Kind.VICTIM, hidden)
    page = get(client, f"/victims/{entry.reference}/")
    assert page.html.count("Name withheld") >= 2
    assert "Shown by mistake" not in page.html
    assert "غلطی سے" not in page.html


def test_a_violation_has_a_small_page_that_leads_to_person_and_incident(client, turbat):
    page = get(client, f"/violations/{case.TAKING}/")
    assert "Enforced disappearance" in page.html.split("</h1>")[0]
    assert f"/victims/{case.BALACH}/" in page.links()
    assert f"/incidents/{case.INCIDENT}/#{case.TAKING}" in page.links()
    assert "custody acknowledged: between 20 and 21 November 2023" in page.text
    assert "Alleged by Family of the victim" in page.text


def test_an_open_disappearance_says_that_it_has_not_ended(client, db):
    here = mention("INC-2026-0001", "Taken")
    entry = publish(Kind.VIOLATION, own_content(violation("", here, person("VIC-2026-0001"))))
    page = get(client, f"/violations/{entry.reference}/")
    assert "not ended: fate or whereabouts not clarified" in page.text


def test_an_agencys_page_lists_where_it_is_alleged_to_be_responsible(client, turbat):
    page = get(client, f"/agencies/{case.CTD}/")
    assert f"/incidents/{case.INCIDENT}/" in page.part("incidents")
    assert "It is not a finding of guilt" in page.part("incidents")


def test_a_courts_page_lists_the_actions_before_it(client, turbat):
    page = get(client, f"/agencies/{case.HIGH_COURT}/")
    assert f"/legal-actions/{case.SUSPENSION}/" in page.part("law")
    assert "Where it is alleged to be responsible" not in page.text


@pytest.mark.parametrize(
    ("is_state", "words"),
    [(True, "State yes"), (False, "State no"), (None, "State not known, or only claimed")],
)
def test_whether_an_agency_belongs_to_the_state_is_never_guessed(client, db, is_state, words):
    entry = publish(Kind.AGENCY, agency(is_state=is_state))
    assert words in get(client, f"/agencies/{entry.reference}/").text


def test_a_legal_actions_page_shows_steps_and_relations_in_both_directions(client, turbat):
    page = get(client, f"/legal-actions/{case.ORDER}/")
    assert "Court orders the police to register a case: Ordered" in page.text
    assert "Compliance Defied" in page.text
    assert "This action is carried out by Case registered against four officers" in page.text
    assert "This action is challenged by Petition of the province" in page.text
    assert f"/victims/{case.BALACH}/" in page.links()
    assert f"/incidents/{case.INCIDENT}/" in page.links()


def test_a_sources_page_shows_what_rests_on_it_and_the_copies_we_keep(client, turbat):
    page = get(client, f"/sources/{case.ARTICLE}/")
    assert f"/incidents/{case.INCIDENT}/" in page.part("incidents")
    assert "SHA-256 38e876a8" in page.text


def test_a_source_known_through_another_leads_there(client, turbat):
    page = get(client, f"/sources/{case.FIRST}/")
    assert f"/sources/{case.ARTICLE}/" in page.links()


def test_only_an_address_of_the_web_becomes_a_link(client, db):
    entry = publish(Kind.SOURCE, source(url="javascript:alert(1)", archived_url="data:text/html,x"))
    page = get(client, f"/sources/{entry.reference}/")
    assert not any(link.startswith(("javascript", "data")) for link in page.links())
    assert "javascript:alert(1)" in page.text


def test_a_link_to_a_source_tells_it_nothing_about_the_reader(client, turbat):
    page = get(client, f"/sources/{case.DAILY}/")
    outward = [link for link in page.all("a") if link["href"].startswith("https://www.dawn")]
    assert [link["rel"] for link in outward] == ["noreferrer nofollow"]


@pytest.mark.parametrize(
    "address",
    [
        f"/incidents/{case.INCIDENT}/",
        f"/victims/{case.BALACH}/",
        f"/violations/{case.TAKING}/",
        f"/agencies/{case.CTD}/",
        f"/legal-actions/{case.ORDER}/",
        f"/sources/{case.ARTICLE}/",
    ],
)
def test_every_page_has_one_heading_its_reference_and_its_history(client, turbat, address):
    for prefix in ("", "/ur"):
        page = get(client, prefix + address)
        assert len(page.all("h1")) == 1
        assert address.split("/")[2] in page.text
        assert f"{prefix}{address}r/1/" in page.links()


def test_an_agencys_page_names_the_units_below_it_with_the_dates(client, db):
    publish(Kind.AGENCY, agency("The police"), "AGY-2026-0001")
    place = {**mention("AGY-2026-0001", "The police"), "name": "The police", "name_local": ""}
    was = {**place, "from": date("2010"), "until": date("2018-06")}
    publish(Kind.AGENCY, agency("A task force", parents=[was]), "AGY-2026-0002")
    page = get(client, "/agencies/AGY-2026-0001/")
    assert "Units below it A task force, from 2010, until June 2018" in page.text
    assert "Units below it" not in get(client, "/agencies/AGY-2026-0002/").text


def test_an_agencys_page_leads_to_its_units_where_others_come_before_all_of_them(client, db):
    def below(entry, name):
        unknown = {"from": date(), "until": date()}
        return [{**mention(entry.reference, name), "name": name, "name_local": "", **unknown}]

    top = publish(Kind.AGENCY, agency("The police"))
    zone = publish(Kind.AGENCY, agency("Zone", parents=below(top, "The police")))
    for number in range(SHOWN):
        publish(Kind.AGENCY, agency(f"Area {number}", parents=below(zone, "Zone")))
    page = get(client, f"/agencies/{top.reference}/")
    assert "Units below it Everything below it" in page.text


@pytest.mark.parametrize(
    ("status", "heading"),
    [("dead", "Who they were"), ("disappeared", "Who they are"), ("dead-claimed", "Who they are")],
)
def test_only_those_whose_death_is_established_are_spoken_of_as_gone(client, db, status, heading):
    who = victim(about="A tailor.", status=code(status))
    entry = publish(Kind.VICTIM, who)
    assert f"<h2>{heading}</h2>" in get(client, f"/victims/{entry.reference}/").html
