"""What a revision changed, field by field, and nothing that was taken back."""

import pytest
from django.utils import timezone

from record.kinds import Kind
from record.models import Revision
from record.writing import withdraw_entry
from tests.website import turbat as case
from tests.website.contents import account, date, incident, party, publish
from tests.website.page import Page, get
from website.presentation.differences import differences

REFERENCE = "INC-2026-0001"


def revised(before, after):
    for content in (before, after):
        publish(Kind.INCIDENT, content, REFERENCE)


def said(difference):
    """A difference as path, text before and text after."""
    texts = [
        "".join(piece.text for piece in pieces) for pieces in (difference.before, difference.after)
    ]
    return " > ".join(difference.path), *texts


def test_a_changed_text_is_shown_as_it_was_and_as_it_is(client, db):
    revised(incident(account="Two men came."), incident(account="Three men came."))
    page = get(client, f"/incidents/{REFERENCE}/r/2/changes/")
    assert "<b>Two</b> men came." in page.html
    assert "<b>Three</b> men came." in page.html


def test_the_history_leads_to_what_changed_but_not_for_the_first_revision(client, db):
    revised(incident(account="Two men came."), incident(account="Three men came."))
    links = get(client, f"/incidents/{REFERENCE}/").links()
    assert f"/incidents/{REFERENCE}/r/2/changes/" in links
    assert f"/incidents/{REFERENCE}/r/1/changes/" not in links


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_page_is_for_readers_of_either_language(prefix, client, turbat):
    page = get(client, f"{prefix}/incidents/{case.INCIDENT}/r/2/changes/")
    assert page.all("del") or page.all("ins")
    assert page.all("meta", name="robots")[0]["content"] == "noindex, follow"


@pytest.mark.parametrize("version", [0, 1, 3])
def test_there_is_no_page_of_changes_for_a_revision_that_changed_nothing(version, client, db):
    revised(incident(account="Two men came."), incident(account="Three men came."))
    assert client.get(f"/incidents/{REFERENCE}/r/{version}/changes/").status_code == 404


def test_nothing_of_a_withdrawn_record_is_compared(client, db):
    revised(incident(account="Secret before."), incident(account="Secret after."))
    entry = publish(Kind.INCIDENT, incident(account="Secret at last."), REFERENCE)
    withdraw_entry(entry, reason="safety", note="", at=timezone.now())
    response = client.get(f"/incidents/{REFERENCE}/r/2/changes/")
    assert response.status_code == 410
    assert "Secret" not in Page(response).html


def test_nothing_is_compared_with_a_revision_that_was_emptied(client, db, django_db_blocker):
    revised(incident(account="Secret before."), incident(account="Open after."))
    Revision.objects.filter(reference=REFERENCE, version=1).update(document=None, note="", salt="")
    assert client.get(f"/incidents/{REFERENCE}/r/2/changes/").status_code == 410
    assert (
        f"/incidents/{REFERENCE}/r/2/changes/"
        not in get(client, f"/incidents/{REFERENCE}/").links()
    )


def test_a_date_is_compared_in_words():
    found = differences(incident(date=date("2023-10-29")), incident(date=date("2023-10")), "en")
    assert [said(each) for each in found] == [("Date", "29 October 2023", "October 2023")]


def test_what_one_side_says_is_told_apart_from_what_others_say(db):
    family = party("The family")
    before = incident(accounts=[account(1, "when-taken", family, "On Sunday")])
    after = incident(
        accounts=[
            account(1, "when-taken", family, "On Monday"),
            account(2, "by-whom", family, "Men in uniform"),
        ]
    )
    changed, added = differences(before, after, "en")
    assert said(changed)[0].startswith("What each side says > ")
    assert said(changed)[1:] == ("On Sunday", "On Monday")
    assert (added.before, "Men in uniform" in said(added)[2]) == ((), True)


def test_equal_documents_differ_in_nothing():
    assert differences(incident(), incident(), "en") == []
