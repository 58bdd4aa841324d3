"""What stands at the end of a record's page: how to cite it, and how to say that it is wrong."""

import re

import pytest
from django.utils import translation

from tests.website import turbat as case
from tests.website.page import get
from website.presentation.revision_notes import note_words

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


@pytest.mark.parametrize(
    ("note", "in_urdu"),
    [
        ("Published with INC-2026-0001.", "INC-2026-0001 کے ساتھ شائع ہوا۔"),
        ("Neighbours say that the shop was sealed.", "Neighbours say that the shop was sealed."),
    ],
)
def test_notes_that_we_wrote_are_said_in_the_readers_language(note, in_urdu):
    assert note_words(note) == note
    with translation.override("ur"):
        assert note_words(note) == in_urdu


def test_the_date_and_address_of_a_citation_are_not_turned_round_in_urdu(client, turbat):
    cited = get(client, f"/ur{INCIDENT}").html.split('class="citation"')[1].split("</dd>")[0]
    apart = re.findall(r'<bdi dir="ltr">([^<]*)</bdi>', cited)
    assert [part for part in apart if re.fullmatch(r"\d{4}-\d{2}-\d{2}", part)]
    assert f"http://testserver/ur{INCIDENT}r/2/" in apart
    assert case.INCIDENT in apart
