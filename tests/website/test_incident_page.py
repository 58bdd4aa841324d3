"""The page of an incident, on a whole case."""

import re
from itertools import pairwise

import pytest

from record.kinds import Kind
from tests.website import turbat as case
from tests.website.contents import (
    account,
    cite,
    cited,
    incident,
    mention,
    party,
    person,
    publish,
    publish_whole,
    source,
    violation,
)
from tests.website.page import Page, get

ADDRESS = f"/incidents/{case.INCIDENT}/"


@pytest.fixture
def page(client, turbat):
    return get(client, ADDRESS)


def test_the_title_stands_in_both_scripts(page):
    assert page.all("h1") == [{}]
    assert "Balach Mola Bakhsh and three others killed in Turbat" in page.text
    title = page.all("p", **{"class": "other-script"})[0]
    assert (title["lang"], title["dir"]) == ("ur", "rtl")


def test_date_and_place_keep_their_uncertainty_in_words(page):
    assert "between 22 and 23 November 2023, night" in page.text
    assert "Turbat, Kech, Makran, Balochistan (district inferred, not stated by a source)" in (
        page.text
    )


def test_an_exact_date_can_be_read_by_machines(page):
    assert page.all("time", datetime="2023-10-29")


def test_each_victim_stands_with_what_was_done_to_them(page):
    people = page.part("people")
    assert people.index("Balach") < people.index("Enforced disappearance")
    assert people.index("Enforced disappearance") < people.index("Staged encounter")
    assert people.index("Three others") < people.index("Killing, author unknown")
    assert "son of Mola Bakhsh" in people
    assert "24 years old · Male · Tailor" in page.text


def test_the_status_line_names_who_says_so(page):
    assert re.search(r"29 October 2023 Disappeared, according to Family of the victim", page.text)
    assert "Custody went unacknowledged for 22 to 23 days." in page.text
    assert page.text.index("Displayed in protest") < page.text.index("Buried")


def test_what_officials_said_first_is_kept_and_marked(page):
    act = page.html[page.html.index(f'id="{case.KILLING}"') :]
    first = act.index("Killed with three others when we raided a hideout.")
    assert act.index("later replaced by the same side") < act.index("He was leading us")
    assert act.index("He was leading us") < act.index("replaces what they said before")
    assert first < act.index("later replaced by the same side")


def test_the_three_elements_of_a_disappearance_are_judged_one_by_one(page):
    assert "Link to the State Disputed" in page.text


def test_accounts_stand_in_a_table_of_questions_and_claimants(page):
    heads = page.all("th", role="columnheader")
    assert [head["scope"] for head in heads] == ["col"] * 4
    assert len(page.all("th", role="rowheader", scope="row")) == 3
    assert len(page.all("td", role="cell")) == 9


def test_the_table_stays_a_table_for_assistive_technology_when_it_looks_like_cards(page):
    for tag, role in (("table", "table"), ("tr", "row"), ("thead", "rowgroup"), ("td", "cell")):
        assert page.all(tag)
        assert all(found.get("role") == role for found in page.all(tag))


def test_a_replaced_account_links_to_its_replacement_and_back(page):
    accounts = page.part("accounts")
    assert '<a href="#account-4">Replaced by a later version</a>' in accounts
    assert '<a href="#account-3">Replaces an earlier version</a>' in accounts
    assert {"account-3", "account-4"} <= {found.get("id") for found in page.all("div")}


def test_an_account_says_when_it_was_said(page):
    assert "said between 22 and 23 November 2023" in page.text
    assert "when it was said is not known" in page.text


def test_an_allegation_names_who_makes_it_and_on_what_ground(page):
    assert "Alleged by Family of the victim. Ground: Named by a court" in page.text
    assert "An allegation names who makes it. It is not a finding of guilt." in page.text


def test_the_legal_chain_stands_in_order_with_compliance(page):
    law = page.part("law")
    titles = [case.LEGAL[each]["title"] for each in (case.REMAND, case.ORDER, case.FIR)]
    assert [law.index(title) for title in titles] == sorted(law.index(each) for each in titles)
    assert "Compliance: Defied" in page.text
    assert "is carried out by Case registered against four officers" in page.text


def test_numbers_related_incidents_and_appeals_are_told(page):
    assert "4 killed, according to Counter-Terrorism Department" in page.text
    assert "3 to 4 killed" in page.text
    assert page.link_to("Sit-in in the main square of Turbat") == f"/incidents/{case.PROTEST}/"
    assert "Demand for investigation, by Protesters in Turbat" in page.text


def test_the_grade_is_defined_and_reasoned(page):
    assert "Contested. Credible sources differ" in page.text
    assert "The family and the department give accounts that cannot both be true." in page.text


def test_every_mark_leads_to_a_note_and_every_note_to_a_source(page):
    marks = {link for link in page.links() if link.startswith("#note-")}
    notes = {found["id"] for found in page.all("li") if found.get("id", "").startswith("note-")}
    assert marks == {f"#{note}" for note in notes}
    assert f"/sources/{case.DAILY}/" in page.part("notes")


def test_a_confidential_source_is_told_without_being_named(page):
    assert "that we do not name so that nobody is put at risk" in page.part("notes")


def test_each_source_says_what_rests_on_it(page):
    sources = page.part("sources")
    family = sources[sources.index(f'id="{case.FAMILY_SAID}"') :]
    assert "Rests on it:" in family
    assert "Disputes:" in sources


def test_every_link_down_the_page_leads_somewhere(page):
    identifiers = {found["id"] for _tag, found in page.elements if "id" in found}
    targets = {link[1:] for link in page.links() if link.startswith("#")}
    assert targets <= identifiers


def test_no_identifier_is_used_twice(page):
    identifiers = [found["id"] for _tag, found in page.elements if "id" in found]
    assert len(identifiers) == len(set(identifiers))


def test_headings_descend_without_a_gap(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_says_how_to_be_cited_and_what_changed(page):
    assert f"http://testserver{ADDRESS}r/2/" in page.text
    assert "Revision 2, 12 January 2026: corrected. Reason for the grade added." in page.text
    assert "Revision 1, 5 January 2026: first published" in page.text


def test_the_same_document_is_one_click_away_as_data(page):
    assert f"/api/v1/incidents/{case.INCIDENT}/" in page.links()


def test_a_protest_shows_demands_crowd_and_response(client, turbat):
    page = get(client, f"/incidents/{case.PROTEST}/")
    assert "Sit-in, Funeral protest" in page.text
    assert "thousands" in page.text
    assert "Prosecute those responsible" in page.text
    assert "23 November 2023 (worked out from other statements)" in page.text


def test_an_urdu_reader_meets_urdu_first(client, turbat):
    page = get(client, f"/ur{ADDRESS}")
    assert page.all("html") == [{"lang": "ur", "dir": "rtl"}]
    assert "تربت میں بالاچ مولا بخش اور تین دیگر افراد کی ہلاکت" in page.html.split("</h1>")[0]
    assert "۲۹ اکتوبر ۲۰۲۳" in page.text
    assert "جبری گمشدگی" in page.text
    english = page.all("p", **{"class": "other-script"})[0]
    assert (english["lang"], english["dir"]) == ("en", "ltr")


def test_an_incident_with_nothing_but_a_title_still_has_its_page(client, db):
    entry = publish(Kind.INCIDENT, incident("Bare", account="", place=None))
    page = get(client, f"/incidents/{entry.reference}/")
    assert "place unknown" in page.text
    assert "What each side says" not in page.text
    assert "Notes" not in page.text


def test_a_violation_without_a_victim_is_shown_by_itself(client, db):
    here = mention("INC-2026-0001", "A newspaper closed")
    closed = violation("VIO-2026-0001", here, None, type={"code": "censorship", "label": "C"})
    publish_whole(incident("A newspaper closed", violations=[closed]), "INC-2026-0001")
    page = get(client, "/incidents/INC-2026-0001/")
    assert "What was done" in page.text
    assert "Censorship" in page.text


def test_markup_in_a_name_is_shown_and_not_obeyed(client, db):
    bad = '<script>alert(1)</script>" onload="x'
    here = mention("INC-2026-0001", bad)
    act = violation("VIO-2026-0001", here, person("VIC-2026-0001", bad, bad))
    content = incident(
        bad,
        bad,
        account=bad,
        account_local=bad,
        violations=[act],
        victims=[act["victim"]],
        accounts=[account(1, "when-taken", party(bad, bad, post=bad), bad, answer_local=bad)],
        grade_reason=bad,
    )
    publish_whole(content, "INC-2026-0001", note=bad)
    for prefix in ("", "/ur"):
        page = get(client, f"{prefix}/incidents/INC-2026-0001/")
        assert page.html.count("<script") == page.html.count("<script src=") == 1
        assert not any("onload" in attributes for _tag, attributes in page.elements)
        assert bad in page.text


def test_an_incident_with_many_victims_folds_their_lines(client, db):
    here = mention("INC-2026-0001", "Many")
    people = [person(f"VIC-2026-000{n}", f"Person {n}") for n in range(1, 9)]
    acts = [violation(f"VIO-2026-000{n}", here, who) for n, who in enumerate(people, start=1)]
    line = [
        {
            "status": {"code": "dead", "label": "Dead"},
            "date": acts[0]["start"],
            "claimant": None,
            "note": "",
            "note_local": "",
            "incident": here,
            "citations": [],
            "confidential_sources": False,
        }
    ]
    victims = [{**who, "statuses": line, "body_events": []} for who in people]
    content = incident("Many", violations=acts, victims=victims)
    publish_whole(content, "INC-2026-0001")
    response = client.get("/incidents/INC-2026-0001/")
    assert len(Page(response).all("details")) == 8


TWO_SENTENCES = "He was taken from his shop. [1] The police deny it. [2] [1]\n\nNobody knows more."


def told_with_marks(client, account, **changes):
    for reference in ("SRC-2026-0001", "SRC-2026-0002"):
        publish(Kind.SOURCE, source(), reference)
    content = incident("He is taken", account=account, **changes)
    publish_whole(content, "INC-2026-0050")
    return get(client, "/incidents/INC-2026-0050/")


def marks_behind(page, words):
    """The numbers of the notes that stand right behind some words."""
    found = re.search(rf'{re.escape(words)}<sup class="marks">(.*?)</sup>', page.html)
    return re.findall(r"#note-(\d+)", found[1]) if found else []


def test_each_sentence_of_what_happened_has_the_notes_its_marks_name(client, db):
    sources = cited(cite("SRC-2026-0001"), cite("SRC-2026-0002", "line 4"))
    page = told_with_marks(client, TWO_SENTENCES, **sources)
    assert marks_behind(page, "He was taken from his shop.") == ["1"]
    assert marks_behind(page, "The police deny it.") == ["1", "2"]
    assert marks_behind(page, "Nobody knows more.") == []
    assert "[1]" not in page.html


def test_paragraphs_stand_apart_however_the_browser_ended_the_lines(client, db):
    sources = cited(cite("SRC-2026-0001"), cite("SRC-2026-0002", "line 4"))
    page = told_with_marks(client, TWO_SENTENCES.replace("\n", "\r\n"), **sources)
    assert "<p>Nobody knows more.</p>" in page.html


def test_what_no_sentence_marks_stands_at_the_end(client, db):
    sources = cited(cite("SRC-2026-0001"), cite("SRC-2026-0002"), confidential=True)
    page = told_with_marks(client, "He was taken. [1] Nobody knows more.", **sources)
    assert marks_behind(page, "He was taken.") == ["1"]
    assert marks_behind(page, "Nobody knows more.") == ["2", "3"]


def test_a_mark_that_no_source_answers_stays_in_sight(client, db):
    page = told_with_marks(client, "He was taken. [7]", **cited(cite("SRC-2026-0001")))
    assert "He was taken. [7]" in page.html


def test_a_related_incident_stands_where_the_language_puts_it(client, turbat):
    relation, title = "کے ردِعمل میں ہوا", "</a>"
    related = get(client, f"/ur/incidents/{case.PROTEST}/").part("related")
    assert related.index(title) < related.index(relation)
    related = get(client, f"/incidents/{case.PROTEST}/").part("related")
    assert related.index("Response to") < related.index(title)
