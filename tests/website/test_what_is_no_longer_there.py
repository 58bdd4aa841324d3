"""Addresses of what was never published, was withdrawn, merged or corrected."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from record.kinds import Kind
from record.models import IncidentEntry, Revision, SourceEntry
from record.models.entry import State
from record.writing import merge_entry, withdraw_entry
from tests.website import turbat as case
from tests.website.contents import PUBLISHED, incident, publish, source
from tests.website.page import Page, get


def withdrawn(content=None, reason="safety"):
    entry = publish(Kind.INCIDENT, content or incident("Taken from home"))
    withdraw_entry(entry, reason=reason, note="Asked by the family.", at=timezone.now())
    return entry.reference


@pytest.mark.parametrize(
    "address",
    [
        "/incidents/INC-2026-0404/",
        "/victims/INC-2026-0404/",
        "/incidents/nonsense/",
        "/incidents/INC-2026-0404/r/1/",
        "/nothing/here/",
        "/ur/incidents/INC-2026-0404/",
    ],
)
def test_an_unknown_address_is_a_404_that_helps_on(client, db, address):
    response = client.get(address)
    page = Page(response)
    assert response.status_code == 404
    assert page.all("input", name="q")
    assert page.all("html", lang="ur" if address.startswith("/ur") else "en")


def test_a_404_page_never_leads_to_another_host(client, db):
    response = client.get("//evil.example/x/")
    assert response.status_code == 404
    assert not any(link.startswith("//") for link in Page(response).links())


@pytest.mark.urls("tests.website.no_pages")
def test_the_staff_side_has_a_404_page_without_any_link_to_public_pages(rf, db, settings):
    settings.HAS_PUBLIC_SIDE = False
    page = render_to_string("404.html", request=rf.get("/nothing/"))
    assert "There is no such page" in page
    assert "<form" not in page


def test_a_withdrawn_record_is_gone_and_only_the_class_of_reason_is_told(client, db):
    reference = withdrawn(incident("Secret title", account="Secret account"))
    for address in (f"/incidents/{reference}/", f"/incidents/{reference}/r/1/"):
        response = client.get(address)
        page = Page(response)
        assert response.status_code == 410
        assert "Reason: Safety" in page.text
        assert "Secret" not in page.html
        assert "Asked by the family" not in page.html
        assert page.all("meta", name="robots")[0]["content"] == "noindex, noarchive"


def test_a_withdrawn_record_is_gone_in_urdu_too(client, db):
    response = client.get(f"/ur/incidents/{withdrawn()}/")
    assert response.status_code == 410
    assert "سلامتی" in response.content.decode()


def test_nobody_keeps_a_410_or_a_308_for_long(client, db):
    response = client.get(f"/incidents/{withdrawn()}/")
    assert response.headers["Cache-Control"] == "public, max-age=60, stale-if-error=240"


def test_a_version_is_gone_with_its_record_even_while_its_text_is_still_there(client, db):
    entry = publish(Kind.INCIDENT, incident("Secret title"))
    IncidentEntry.objects.filter(pk=entry.pk).update(
        state=State.WITHDRAWN, withdrawal_reason="safety", document="", content_sha256=""
    )
    assert Revision.objects.get(reference=entry.reference).document
    response = client.get(f"/incidents/{entry.reference}/r/1/")
    assert response.status_code == 410
    assert "Secret" not in response.content.decode()


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_a_merged_record_leads_to_its_survivor_in_the_same_language(client, db, prefix):
    kept, double = publish(Kind.SOURCE, source("One")), publish(Kind.SOURCE, source("Two"))
    merge_entry(double, kept, at=timezone.now())
    response = client.get(f"{prefix}/sources/{double.reference}/")
    assert response.status_code == 308
    assert response.headers["Location"] == f"{prefix}/sources/{kept.reference}/"
    assert response.headers["Cache-Control"] == "public, max-age=60, stale-if-error=240"


def test_what_was_cited_before_a_merge_can_still_be_read(client, db):
    kept, double = publish(Kind.SOURCE, source("One")), publish(Kind.SOURCE, source("Two"))
    merge_entry(double, kept, at=timezone.now())
    assert "Two" in get(client, f"/sources/{double.reference}/r/1/").text
    assert client.get(f"/sources/{double.reference}/r/2/").status_code == 308


def test_an_earlier_revision_shows_what_was_published_then(client, turbat):
    page = get(client, f"/incidents/{case.INCIDENT}/r/1/")
    assert "You are reading revision 1" in page.text
    assert "cannot both be true" not in page.text
    assert page.all("meta", name="robots")[0]["content"] == "noindex, follow"
    assert f"/incidents/{case.INCIDENT}/" in page.links()


def test_a_revision_is_its_own_canonical_address(client, turbat):
    page = get(client, f"/incidents/{case.INCIDENT}/r/1/")
    canonical = page.all("link", rel="canonical")[0]["href"]
    assert canonical == f"http://testserver/incidents/{case.INCIDENT}/r/1/"


def test_a_source_withdrawn_since_is_cited_by_its_reference_alone(client, db):
    publish(Kind.SOURCE, source("To be withdrawn"), "SRC-2026-0001", at=PUBLISHED)
    citing = incident(
        citations=[
            {
                "source": "SRC-2026-0001",
                "locator": "",
                "quotation": "",
                "stance": "supports",
                "reliability": None,
            }
        ]
    )
    publish(Kind.INCIDENT, citing, "INC-2026-0001")
    page = get(client, "/incidents/INC-2026-0001/")
    assert "To be withdrawn" in page.part("notes")
    SourceEntry.objects.update(
        state="withdrawn", document="", content_sha256="", withdrawal_reason="safety"
    )
    page = get(client, "/incidents/INC-2026-0001/")
    assert "To be withdrawn" not in page.html
    assert "SRC-2026-0001" in page.part("notes")


def test_the_page_for_a_database_that_is_away_needs_none_and_speaks_both_languages():
    page = render_to_string("503.html")
    assert "cannot be read at the moment" in page
    assert "پڑھا نہیں جا سکتا" in page
    assert "{%" not in page
    assert 'href="/"' in page
    assert 'href="/ur/"' in page
