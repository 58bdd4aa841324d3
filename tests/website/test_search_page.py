"""The lists: one question, its answer in words and numbers, and the way back."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from record.filters import FILTERS
from record.questions import ask
from tests.record.factories import (
    account,
    date_value,
    hostile_incidents,
    publish_incident,
    victim,
    violation,
    withheld_victim,
)
from tests.website.page import Page, get

LISTS = ("incidents", "victims", "violations", "agencies", "legal-actions", "sources")


def refused(client, address):
    """The page that answers a question which cannot be asked."""
    response = client.get(address)
    assert response.status_code == 400
    return Page(response)


def listed(page):
    """The references of the records listed, in order."""
    return re.findall(r'<bdi class="reference" dir="ltr">([^<]*)</bdi>', page.html)


def asked(resource, query):
    """The references that the one filter finds, in order."""
    question = ask(resource, QueryDict(query))
    return [json.loads(document)["reference"] for document in question.entries()]


def test_the_first_page_searches_all_incidents(client, db):
    entry = publish_incident("Taken from home in Turbat")
    page = get(client, "/")
    assert listed(page) == [entry.reference]
    assert "1 incident" in page.text
    assert page.all("form", role="search", method="get")


def test_the_question_is_said_back_in_words(client, db):
    publish_incident()
    page = get(client, "/?area=Kech&date_from=2023-10&date_to=2023-10")
    assert "in Kech, possibly between 1 October 2023 and 31 October 2023" in page.text


def test_certain_and_possible_are_counted_apart(client, db):
    publish_incident(date="2023-10-29")
    publish_incident(date="2023")
    page = get(client, "/?date_from=2023-10&date_to=2023-10")
    assert "2 incidents : 1 certainly in the range, 1 only possibly" in page.text.replace(
        "incidents:", "incidents :"
    )


def test_the_undated_are_counted_and_one_click_away(client, db):
    publish_incident(date="2023-10-29")
    undated = publish_incident(date="")
    page = get(client, "/?date_from=2023-10")
    assert "1 more has no known date" in page.text
    page = get(client, "/" + page.link_to("Show those without a date"))
    assert listed(page) == [undated.reference]


@pytest.mark.parametrize("page", ["/", "/statistics/", "/incidents/map/"])
def test_what_another_claimant_dates_into_the_range_is_counted_beside(client, db, page):
    publish_incident(date="2023-10-29", accounts=[account(answer_date=date_value("2023-11-20"))])
    asked = get(client, f"{page}?date_from=2023-11&date_to=2023-11")
    assert "1 more belongs here if the date of another claimant is taken." in asked.text
    asked = get(client, f"{page}?date_from=2023-10&date_to=2023-10")
    assert "another claimant" not in asked.text


def test_what_may_have_been_going_on_is_told_with_its_reason(client, db):
    publish_incident(date="2023-10-29", violations=[violation("arbitrary-detention")])
    page = get(client, "/?date_from=2024&date_to=2024&date_mode=ongoing")
    assert "Of 1 more nobody can say whether it was ongoing then" in page.text


def test_the_unplaced_are_counted_and_one_click_away(client, db):
    publish_incident(area="PK211")
    unplaced = publish_incident(area=None)
    page = get(client, "/?district=Kech")
    assert "1 more may belong here" in page.text
    page = get(client, "/" + page.link_to("Show those without a place"))
    assert listed(page) == [unplaced.reference]


def test_every_list_warns_against_reading_trends(client, db):
    for resource in LISTS:
        page = get(client, f"/{resource}/")
        assert page.text.count("Documented cases, not all cases: do not read trends") == 1


@pytest.mark.parametrize("resource", LISTS)
def test_a_list_shows_what_the_one_filter_finds_in_its_order(client, turbat, resource):
    query = "type=life"
    page = get(client, f"/{resource}/?{query}")
    assert listed(page) == asked(resource, query)
    assert listed(page)


def test_the_same_question_can_be_put_to_another_kind_of_record(client, turbat):
    page = get(client, "/?type=life&area=PK211")
    links = [link for link in page.links() if "?type=life&area=PK211" in link]
    assert {link.split("?")[0] for link in links} >= {f"/{resource}/" for resource in LISTS}


def test_the_same_list_is_one_click_away_in_the_api(client, db):
    page = get(client, "/victims/?sex=man&area=PK211&page_size=10")
    address = page.link_to("JSON")
    assert address == "/api/v1/victims/?area=PK211&sex=man&page_size=10"


def test_a_mistyped_parameter_is_refused_and_nothing_is_listed(client, db):
    entry = publish_incident()
    page = refused(client, "/?typ=life")
    assert entry.reference not in page.html
    assert "typ: There is no such parameter here." in page.text
    assert page.link_to("type") == "?type=life"
    assert page.all("meta", name="robots")[0]["content"] == "noindex"


def test_an_error_stands_at_its_field(client, db):
    page = refused(client, "/?date_from=2023-13")
    field = page.all("input", name="date_from")[0]
    assert field["aria-invalid"] == "true"
    assert field["value"] == "2023-13"
    description = page.html[page.html.index(f'id="{field["aria-describedby"]}"') :]
    assert description.index("Give a date as") < description.index("</div>")
    assert f"#{field['id']}" in page.links()


def test_a_group_with_an_error_is_open(client, db):
    page = refused(client, "/?grade=certain")
    assert page.html.count("<details open>") == 1
    assert page.all("fieldset", id="f-grade")


def test_an_ambiguous_place_offers_its_candidates(client, db):
    page = refused(client, "/?area=Nasirabad")
    offered = [link for link in page.links() if link.startswith("?area=PK")]
    assert len(offered) > 1
    get(client, f"/{offered[0]}")


@pytest.mark.parametrize("name", ["utm_source", "utm_campaign", "fbclid", "gclid"])
def test_what_other_websites_add_to_a_link_is_taken_off(client, db, name):
    response = client.get(f"/?sex=man&{name}=x")
    assert response.status_code == 302
    assert response.headers["Location"] == "/?sex=man"


def test_any_other_unknown_parameter_is_refused(client, db):
    refused(client, "/?ref=newsletter")


def test_the_empty_fields_of_a_form_do_not_stay_in_the_address(client, db):
    response = client.get("/ur/victims/?name=&q=&area=Kech&date_mode=")
    assert response.headers["Location"] == "/ur/victims/?area=Kech"


@pytest.mark.parametrize("resource", LISTS)
def test_every_parameter_of_the_filter_is_a_field_of_the_form(client, db, resource):
    page = get(client, f"/{resource}/")
    fields = {field.get("name") for tag in ("input", "select") for field in page.all(tag)}
    assert set(FILTERS[resource].base_filters) - fields == {"page", "fields", "format"}


def test_every_field_has_a_label(client, db):
    page = get(client, "/")
    labelled = {label["for"] for label in page.all("label") if "for" in label}
    boxes = [*page.all("input", type="text"), *page.all("select")]
    assert {box["id"] for box in boxes} <= labelled


@pytest.mark.parametrize("resource", LISTS)
def test_the_order_of_a_list_is_chosen_in_words(client, db, resource):
    page = get(client, f"/{resource}/")
    orders = page.html.split('<select id="f-ordering"')[1].split("</select>")[0]
    assert "last changed first" in orders
    assert ">-changed<" not in orders


def test_what_was_asked_stays_in_the_form(client, db):
    page = get(client, "/?name=Balach&type=life,liberty&sex=man&date_from=2023&date_mode=certain")
    assert page.all("input", name="name", value="Balach")
    chosen = [box["value"] for box in page.all("input", type="checkbox") if "checked" in box]
    assert set(chosen) == {"life", "liberty", "man"}
    assert "selected" in page.all("option", value="certain")[0]


def test_what_was_asked_in_a_group_is_seen_without_opening_it(client, db):
    page = get(client, "/?grade=confirmed")
    assert page.html.count("<details open>") == 1
    assert page.html.count('<details class="more" open>') == 1


def test_untouched_groups_do_not_remember_another_readers_choice(client, db):
    get(client, "/?grade=confirmed")
    page = get(client, "/")
    assert not [box for box in page.all("input", type="checkbox") if "checked" in box]


def test_each_condition_can_be_taken_off(client, db):
    page = get(client, "/?type=life&sex=man")
    assert {"?type=life", "?sex=man"} <= set(page.links())


def test_several_excluded_values_keep_their_ticks(client, db):
    page = get(client, "/?grade__not=alleged,discounted")
    boxes = page.all("input", name="grade__not")
    assert [box["value"] for box in boxes if "checked" in box] == ["alleged", "discounted"]


def test_an_empty_answer_does_not_say_that_nothing_happened(client, db):
    page = get(client, "/?type=torture")
    assert "0 incidents" in page.text
    assert "That does not mean that nothing happened." in page.text


def test_pages_are_turned_without_losing_or_repeating_a_record(client, db):
    entries = {publish_incident(f"Case {n}", date="2023-10-29").reference for n in range(5)}
    seen = []
    address = "/?page_size=2&type=liberty"
    while address:
        page = get(client, address)
        seen += listed(page)
        following = page.all("a", rel="next")
        address = f"/{following[0]['href']}" if following else None
    assert sorted(seen) == sorted(entries)
    assert "5 to 5 of 5" in page.text


def test_a_page_beyond_the_last_is_not_there(client, db):
    publish_incident()
    assert client.get("/?page=2").status_code == 404


def test_hostile_texts_are_shown_as_they_are(client, db):
    hostile_incidents()
    for prefix in ("", "/ur"):
        page = get(client, f"{prefix}/")
        assert len(listed(page)) == 10
        for script in page.all("script"):
            ours = script.get("src", "").startswith("/static/website/")
            assert ours or script["type"] == "application/ld+json"
        assert "<script>" not in page.html
        assert "<script>alert(1)</script>" in page.text


def test_a_hostile_question_is_shown_as_it_is(client, db):
    query = urlencode({"q": '"><script>alert(1)</script>'})
    response = client.get(f"/?{query}")
    assert "alert(1)" in Page(response).text
    assert "<script>" not in response.content.decode()


def test_a_nul_byte_is_refused(client, db):
    for name in FILTERS["incidents"].base_filters:
        assert client.get(f"/?{name}=a%00b").status_code == 400, name


def test_a_withheld_name_is_told_in_words_in_a_list(client, db):
    publish_incident(violations=[violation(victim=withheld_victim())])
    assert "Enforced disappearance: Name withheld" in get(client, "/").text
    assert "Name withheld" in get(client, "/victims/").text


def test_a_mother_finds_her_son_by_a_name_in_either_script(client, db):
    son = victim("Balach Mola Bakhsh", name_local="بالاچ مولا بخش")
    publish_incident(violations=[violation(victim=son)])
    for name in ("Balaach", "بالاچ"):
        page = get(client, f"/ur/victims/?{urlencode({'name': name})}")
        assert "بالاچ مولا بخش" in page.text


@pytest.mark.parametrize(
    ("address", "robots"),
    [("/", "index, follow"), ("/victims/", "index, follow"), ("/?sex=man", "noindex, follow")],
)
def test_search_engines_index_the_lists_and_not_every_question(client, db, address, robots):
    page = get(client, address)
    assert page.all("meta", name="robots")[0]["content"] == robots


@pytest.mark.parametrize(
    "address",
    ["/", "/?area=Kech&date_from=2023-10&date_to=2023-11&status=disappeared", "/victims/?sex=man"],
)
def test_a_list_costs_the_same_queries_however_long_it_is(
    client, db, counted, django_assert_max_num_queries, address
):
    publish_incident(date="2023-10-29")
    counts = []
    for more in (0, 6):
        for number in range(more):
            publish_incident(f"Case {number}", date="2023-10-30")
        get(client, address)
        with django_assert_max_num_queries(11) as queries:
            get(client, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_each_list_is_headed_by_its_name_and_the_first_page_by_what_this_is(client, db):
    assert "<h1>Violations</h1>" in get(client, "/violations/").html
    assert "Who did what to whom, and who says so" in get(client, "/").text


def test_each_of_several_values_is_taken_off_alone(client, db):
    page = get(client, "/?grade=alleged,confirmed&area=PK211")
    assert {"?area=PK211&grade=confirmed", "?area=PK211&grade=alleged"} <= set(page.links())
    assert "How well established, Alleged" in page.text
    assert "How well established, Confirmed" in page.text


def test_taking_off_the_last_bound_of_a_range_takes_off_the_way_to_read_it(client, db):
    page = get(client, "/?date_from=2023&date_mode=certain&sex=man")
    assert "?sex=man" in page.links()
    assert client.get("/?sex=man").status_code == 200


def test_a_list_offers_every_way_to_see_it_and_to_take_it_along(client, turbat):
    page = get(client, "/?type=life")
    for words, way in (("Table", "table/"), ("Map", "map/"), ("Timeline", "timeline/")):
        assert page.link_to(words) == f"/incidents/{way}?type=life"
    assert page.link_to("CSV") == "/api/v1/incidents.csv?type=life"
    assert "/methodology/#counting" in page.links()


@pytest.mark.parametrize("query", ["province=unknown", "agency=none", "type=life&province=unknown"])
def test_every_list_can_be_gone_to_with_the_question_as_far_as_it_takes_it(client, db, query):
    publish_incident()
    page = get(client, f"/?{query}")
    lists = [link for link in page.links() if re.fullmatch(r"/[a-z-]+/(\?.*)?", link)]
    assert any("type=life" in link for link in lists) == ("type=life" in query)
    for link in lists:
        assert client.get(link).status_code == 200, link


def test_a_mistyped_value_is_named_as_its_field_is(client, db):
    response = client.get("/?date_from=yesterday")
    assert response.status_code == 400
    assert '<a href="#f-date_from">From</a>' in response.content.decode()


def test_days_in_a_quotation_stay_as_they_were_typed(client, db):
    page = get(client, "/?q=2023-10-29&date_from=2023-10-29&date_to=2023-10-29")
    assert "“2023-10-29”" in page.text
    assert "possibly on 29 October 2023" in page.text


def test_the_question_has_its_dates_in_urdu(client, db):
    page = get(client, "/ur/?date_from=2023-10-29&date_to=2023-10-30")
    said = page.html.split("</h1>")[0].split("<h1")[1]
    assert "۲۹ اکتوبر ۲۰۲۳ اور ۳۰ اکتوبر ۲۰۲۳" in said
    assert "\u2066" not in said
    assert "2023-10-29" not in page.text


@pytest.mark.parametrize("typed", ["{}", "{} please", "  {}"])
def test_a_reference_typed_into_the_search_leads_to_its_record(client, db, typed):
    reference = publish_incident().reference
    query = urlencode({"q": typed.format(reference.lower())})
    page = get(client, f"/victims/?{query}")
    assert f"/incidents/{reference}/" in page.links()


def test_a_reference_that_was_never_published_leads_nowhere(client, db):
    assert "/incidents/INC-2026-9999/" not in get(client, "/?q=INC-2026-9999").links()
