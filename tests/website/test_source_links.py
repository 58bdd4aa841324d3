"""What a source's page says of its address."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from record.models.source_link import LinkState
from record.source_links import AskedLink, LinkStanding, remove_links, set_links
from record.writing import withdraw_entry
from tests.record.factories import LATER, publish, rewrite, source
from tests.website.page import get

ADDRESS = "https://news.example/report"
SINCE, DAY = date(2026, 10, 28), date(2026, 11, 3)
COPY = {
    "sha256": "ab" * 32,
    "captured_at": "2026-01-02T10:00:00+00:00",
    "bytes": 10,
    "media_type": "text/html",
}

pytestmark = pytest.mark.django_db


def say(entry, state=LinkState.ANSWERS, checked_on=DAY):
    set_links([AskedLink(entry.reference, ADDRESS, LinkStanding(state, SINCE, checked_on))])


def path(entry):
    return f"/sources/{entry.reference}/"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (LinkState.ANSWERS, "The address answered on 3 November 2026."),
        (LinkState.MOVED, "On 3 November 2026 the address led to another one."),
        (
            LinkState.REFUSES,
            "The address refused our program on 3 November 2026; a browser may still open it.",
        ),
        (
            LinkState.GONE,
            "The address no longer answered on 3 November 2026. "
            "We have asked in vain since 28 October 2026.",
        ),
    ],
)
def test_the_page_says_calmly_how_the_address_stands(client, state, words):
    entry = publish(source())
    say(entry, state)
    assert words in get(client, path(entry)).text


def test_beside_an_address_that_is_gone_stands_the_copy_that_is_kept(client):
    entry = publish(source(captures=[COPY]))
    say(entry, LinkState.GONE)
    page = get(client, path(entry))
    assert page.link_to(f"SHA-256 {COPY['sha256']}") == "#copies"


def test_nothing_is_said_where_nothing_is_known(client):
    assert 'id="link"' not in get(client, path(publish(source()))).html


def test_nothing_is_said_of_an_address_that_was_corrected(client):
    entry = publish(source())
    say(entry)
    rewrite(entry, url="https://news.example/corrected")
    assert 'id="link"' not in get(client, path(entry)).html


def test_an_earlier_revision_says_nothing_of_today(client):
    entry = publish(source())
    say(entry)
    assert 'id="link"' not in get(client, f"{path(entry)}r/1/").html


def test_the_page_says_it_in_urdu_too(client):
    entry = publish(source())
    say(entry)
    page = get(client, f"/ur{path(entry)}")
    assert 'id="link"' in page.html


# --- caching ------------------------------------------------------------------------------------


def status(client, entry, **headers):
    return client.get(path(entry), headers=headers).status_code


def test_whoever_holds_the_page_is_told_when_the_state_changes(client):
    entry = publish(source())
    tags = [client.get(path(entry)).headers["ETag"]]
    for change in (
        lambda: say(entry),
        lambda: say(entry, checked_on=DAY + timedelta(days=30)),
        lambda: say(entry, LinkState.GONE, DAY + timedelta(days=30)),
        lambda: remove_links([entry.reference]),
    ):
        assert status(client, entry, **{"if-none-match": tags[-1]}) == 304
        change()
        response = client.get(path(entry), headers={"if-none-match": tags[-1]})
        assert response.status_code == 200
        tags.append(response.headers["ETag"])
    assert tags[0] == tags[-1]
    assert len(set(tags)) == 4


def test_other_pages_stay_as_they_are_when_an_address_is_asked(client):
    entry, other = publish(source(), source("Another"))
    tag = client.get(path(other)).headers["ETag"]
    say(entry)
    assert status(client, other, **{"if-none-match": tag}) == 304


def test_a_date_does_not_hide_a_change_of_the_state(client):
    entry = publish(source())
    date_of_page = client.get(path(entry)).headers["Last-Modified"]
    say(entry)
    response = client.get(path(entry), headers={"if-modified-since": date_of_page})
    assert response.status_code == 200
    assert "Last-Modified" not in response.headers


def test_who_holds_the_page_costs_one_query_with_a_state_too(client, counted):
    entry = publish(source())
    say(entry)
    tag = client.get(path(entry)).headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert status(client, entry, **{"if-none-match": tag}) == 304
    assert len([query for query in queries if "SELECT" in query["sql"]]) == 1


def test_the_state_costs_the_page_one_query(client, counted):
    with_address, without = publish(source(), source("Told", url=""))
    say(with_address)

    def queries(entry):
        client.get(path(entry))
        with CaptureQueriesContext(connection) as found:
            client.get(path(entry))
        return len(found)

    assert queries(with_address) == queries(without) + 1


def test_a_withdrawn_source_says_nothing_of_its_address(client):
    entry = publish(source())
    say(entry)
    withdraw_entry(entry, reason="safety", at=LATER)
    response = client.get(path(entry))
    assert response.status_code == 410
    assert "November" not in response.content.decode()
