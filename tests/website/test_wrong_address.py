"""A wrong address: what it may have meant, and a search from its words."""

from urllib.parse import quote

import pytest

from tests.record.factories import publish_incident
from tests.website.page import Page
from website.wrong_address import LONGEST, meant_by


def wrong(client, address):
    response = client.get(address)
    assert response.status_code == 404
    return Page(response)


@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize(
    "address", ["/{0}/", "/incidnts/{0}/", "/case/{0}.html", "/{0}/comments", "/x/{1}/"]
)
def test_a_reference_anywhere_in_an_address_leads_to_its_page(client, db, prefix, address):
    reference = publish_incident().reference
    path = address.format(reference, reference.lower().replace("-", "_"))
    page = wrong(client, prefix + path)
    assert f"{prefix}/incidents/{reference}/" in page.links()


def test_a_reference_that_was_never_published_leads_nowhere(client, db):
    page = wrong(client, "/INC-2026-0404/")
    assert "/incidents/INC-2026-0404/" not in page.links()


def test_the_words_of_an_address_become_a_search(client, db):
    page = wrong(client, "/balach-mola-bakhsh/")
    assert "/?q=balach+mola+bakhsh" in page.links()
    assert "/victims/?name=balach+mola+bakhsh" in page.links()
    assert page.all("input", name="q")[0]["value"] == "balach mola bakhsh"


def test_words_in_urdu_script_become_a_search_too(client, db):
    page = wrong(client, f"/ur/{quote('بالاچ')}/")
    assert f"/ur/victims/?name={quote('بالاچ')}" in page.links()


def test_a_mistyped_list_is_offered(client, db):
    page = wrong(client, "/incidnts/")
    offered = page.html[page.html.index("What you may") :]
    assert '<a href="/incidents/">Incidents</a>' in offered
    assert "What you may have looked for" in page.text


def test_the_search_offered_can_be_followed(client, db):
    publish_incident("Taken from home in Turbat")
    for link in wrong(client, "/turbat/home/").links():
        if "turbat" in link and "?" in link:
            assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/%3Cscript%3Ealert(1)%3C/script%3E/", "/%22%20onmouseover=%22x/", "//evil.example/x/"],
)
def test_an_address_is_never_taken_for_markup_or_for_another_host(client, db, address):
    response = client.get(address)
    page = Page(response)
    assert "<script>alert" not in page.html
    assert not page.all("input", onmouseover="x")
    assert not any(link.startswith("//") or "//evil" in link for link in page.links())


def test_a_long_address_is_cut_short():
    words = meant_by("/" + "word-" * 200).words
    assert 0 < len(words) <= LONGEST


def test_a_wrong_address_costs_one_query_at_the_most(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        wrong(client, "/INC-2026-0404/x/y/")
    with django_assert_max_num_queries(0):
        wrong(client, "/balach/")
