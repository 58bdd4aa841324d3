"""What became of a district that was divided or abolished, said beside every answer about it."""

import pytest

from tests.website.page import get

pytestmark = pytest.mark.django_db

VIEWS = (
    "/",
    "/violations/",
    "/violations/table/",
    "/violations/timeline/",
    "/violations/map/",
    "/statistics/",
)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("prefix", "said"), [("", "What it held belongs to"), ("/ur", "PK228")])
def test_an_abolished_district_is_answered_with_what_holds_its_ground_now(
    client, prefix, view, said
):
    page = get(client, f"{prefix}{view}?district=PK218")
    [note] = [each for each in notes(page) if said in each]
    assert "PK228" in note
    assert "PK209" in note


def notes(page):
    """The notices that stand before the count."""
    before = page.html.split('class="figure"')[0].split('id="count"')[0]
    return [part.split("</p>")[0] for part in before.split('<p class="notice">')[1:]]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", ["", "?district=PK211"])
def test_nothing_is_said_of_other_places(client, view, query):
    assert notes(get(client, f"{view}{query}")) == []


def test_the_page_says_what_the_api_says(client):
    told = client.get("/api/v1/violations/?district=PK218").json()["meta"]["notes"]
    assert told
    assert notes(get(client, "/violations/?district=PK218")) == told
