"""What stands at the end of a record's page: how to cite it, and how to say that it is wrong."""

import pytest

from tests.website import turbat as case
from tests.website.page import get

INCIDENT = f"/incidents/{case.INCIDENT}/"


def test_a_record_says_how_to_cite_its_present_revision(client, turbat):
    about = get(client, INCIDENT).part("about")
    assert f"Record {case.INCIDENT}, revision 2 of " in about
    assert f"http://testserver{INCIDENT}r/2/" in about


def test_an_earlier_revision_says_how_to_cite_itself(client, turbat):
    about = get(client, f"{INCIDENT}r/1/").part("about")
    assert f"http://testserver{INCIDENT}r/1/" in about


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_citation_is_there_for_reference_managers(prefix, client, turbat):
    links = get(client, f"{prefix}{INCIDENT}").links()
    offered = [link for link in links if "/citation/" in link]
    assert len(offered) == 2
    for link in offered:
        assert client.get(link).status_code == 200


def test_an_error_is_reported_with_the_record_named(client, turbat, settings):
    settings.GAWAH_CONTACT = "corrections@example.org"
    page = get(client, get(client, INCIDENT).link_to("Report an error in this record"))
    assert f"You came from the record {case.INCIDENT}." in page.text
    assert f"mailto:corrections@example.org?subject={case.INCIDENT}" in page.links()


@pytest.mark.parametrize("given", ["<b>bold</b>", "INC-2026", "a%0Ab", ""])
def test_only_a_reference_is_taken_for_a_record(given, client, db, settings):
    settings.GAWAH_CONTACT = "corrections@example.org"
    page = get(client, f"/corrections/?record={given}")
    assert "You came from" not in page.text
    assert "mailto:corrections@example.org" in page.links()


def test_an_agency_page_says_what_the_agency_says(client, turbat):
    said = get(client, f"/agencies/{case.CTD}/").part("responses")
    assert f'href="{INCIDENT}"' in said


@pytest.mark.parametrize("address", ["/", INCIDENT, "/privacy/", "/ur/statistics/", "/no/such/"])
def test_every_page_has_a_quick_way_out(address, client, turbat, settings):
    settings.GAWAH_LEAVE = "https://weather.example/"
    html = client.get(address).content.decode()
    assert 'id="leave" href="https://weather.example/"' in html
