"""``/api/v1/sources/SRC-…/link/``: whether the address of a source still answers."""

from datetime import date

import pytest
from django.utils import timezone

from record.models.source_link import LinkState
from record.source_links import AskedLink, LinkStanding, set_links
from record.writing import merge_entry, withdraw_entry
from tests.api.shapes import assert_problem, assert_refused
from tests.api.test_query_counts import asked, read
from tests.record.factories import LATER, publish, publish_incident, source
from tests.schemas import faults

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example/report"


def say(entry, state=LinkState.GONE, day=date(2026, 11, 9)):
    standing = LinkStanding(state, date(2026, 11, 4), day)
    set_links([AskedLink(entry.reference, ADDRESS, standing)])


def address(entry):
    return f"/api/v1/sources/{entry.reference}/link/"


def test_it_tells_state_and_days(client):
    entry = publish(source())
    say(entry)
    assert client.get(address(entry)).json() == {
        "record": entry.reference,
        "url": ADDRESS,
        "state": {"code": "gone", "label": "the address no longer answers"},
        "since": "2026-11-04",
        "checked_on": "2026-11-09",
    }


def test_what_is_not_known_is_null(client):
    entry = publish(source())
    answer = client.get(address(entry)).json()
    assert (answer["state"], answer["since"], answer["checked_on"]) == (None, None, None)


def test_a_source_without_an_address_has_an_empty_one(client):
    entry = publish(source(url=""))
    assert client.get(address(entry)).json()["url"] == ""


@pytest.mark.parametrize("known", [True, False])
def test_the_answer_is_what_the_description_says(client, known):
    entry = publish(source())
    if known:
        say(entry)
    document = client.get("/api/v1/schema/").json()
    operation = document["paths"]["/api/v1/sources/{reference}/link/"]["get"]
    shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert faults(client.get(address(entry)).json(), shape, document["components"]["schemas"]) == []


def test_the_document_itself_stays_as_it_is(client):
    entry = publish(source())
    whole = f"/api/v1/sources/{entry.reference}/"
    before = client.get(whole)
    say(entry)
    after = client.get(whole, headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 304


def test_its_tag_changes_with_the_state_alone(client):
    entry, other = publish(source(), source("Another"))
    say(entry)
    tag = client.get(address(entry)).headers["ETag"]
    say(other)
    assert client.get(address(entry), headers={"if-none-match": tag}).status_code == 304
    say(entry, day=date(2026, 12, 9))
    assert client.get(address(entry), headers={"if-none-match": tag}).status_code == 200


def test_a_withdrawn_source_is_gone_with_it(client):
    entry = publish(source())
    say(entry)
    withdraw_entry(entry, reason="safety", at=LATER)
    problem = assert_problem(client.get(address(entry)), 410, "withdrawn")
    assert "news.example" not in str(problem)


def test_a_merged_source_leads_to_the_survivor(client):
    loser, survivor = publish(source("One"), source("Other"))
    merge_entry(loser, survivor, at=timezone.now())
    answer = client.get(address(loser))
    assert (answer.status_code, answer["Location"]) == (308, address(survivor))


def test_what_is_no_source_is_not_found(client):
    incident = publish_incident()
    for path in (f"sources/{incident.reference}", "sources/SRC-2026-0404"):
        assert_problem(client.get(f"/api/v1/{path}/link/"), 404, "not-found")
    nowhere = f"/api/v1/incidents/{incident.reference}/link/"
    assert client.get(nowhere).status_code == 404


def test_it_takes_no_parameters(client):
    assert_refused(client.get(f"{address(publish(source()))}?state=gone"), "state")


def test_it_asks_twice(client):
    entry = publish(source())
    say(entry)
    answer, statements = asked(client, f"sources/{entry.reference}/link/")
    assert answer.status_code == 200
    assert len(read(statements)) == 2
