"""The photograph of a person: on their page where it may be, and nowhere for longer than that."""

import re
from hashlib import sha256

import pytest

from record.kinds import Kind
from record.models import VictimEntry
from record.pictures import MEDIA_TYPE, address_of, put_pictures
from record.writing import withdraw_entry, write
from tests.incidents.pictures.drawing import as_file, face
from tests.record.assembling import LATER, content_of
from tests.record.factories import publish_incident, victim, violation
from tests.website.page import Page

pytestmark = pytest.mark.django_db

FILE = as_file(face(480, 640), quality=50)
HASH = sha256(FILE).hexdigest()
ADDRESS = address_of(HASH)

PHOTOGRAPH = {
    "sha256": HASH,
    "address": ADDRESS,
    "width": 480,
    "height": 640,
    "credit": "Family archive",
    "description": "A drawn man looks into the camera.",
    "description_local": "بنایا ہوا ایک آدمی کیمرے میں دیکھ رہا ہے۔",
}


@pytest.fixture
def balach(db):
    """A victim with a photograph: version 1 without, version 2 with it."""
    publish_incident(violations=[violation(victim=victim("Balach", name_local="بالاچ"))])
    [entry] = VictimEntry.objects.all()
    put_pictures({entry.reference: FILE})
    return rewritten(entry, photograph=PHOTOGRAPH)


def rewritten(entry, **changes):
    content = {**content_of(entry), **changes}
    return write(Kind.VICTIM, content, reference=entry.reference, at=LATER)


def page_of(client, entry, language="", version=None):
    revision = f"r/{version}/" if version else ""
    response = client.get(f"{language}/victims/{entry.reference}/{revision}")
    assert response.status_code == 200
    return Page(response)


@pytest.mark.parametrize(
    ("language", "words"),
    [("", PHOTOGRAPH["description"]), ("/ur", PHOTOGRAPH["description_local"])],
)
def test_the_page_shows_the_face_with_its_size_credit_and_words(client, balach, language, words):
    page = page_of(client, balach, language)
    [image] = page.all("img", src=ADDRESS)
    assert (image["width"], image["height"], image["loading"]) == ("480", "640", "lazy")
    assert image["alt"] == words
    assert "Family archive" in page.text


def test_a_victim_without_a_photograph_has_no_place_for_one(client, balach):
    page = page_of(client, balach, version=1)
    assert '<figure class="portrait' not in page.html
    assert "photograph" not in page.text


def test_a_link_that_is_shared_shows_no_face(client, balach):
    page = page_of(client, balach)
    head = page.html.split("</head>")[0]
    assert HASH not in head
    assert not re.search(r"og:image|twitter:image", head)
    assert HASH not in "".join(
        re.findall(r"<script type=\"application/ld\+json\".*?</script>", page.html, re.S)
    )


def test_the_file_is_answered_as_it_is(client, balach, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(ADDRESS)
    assert (response.status_code, response.content) == (200, FILE)
    headers = response.headers
    assert headers["Content-Type"] == MEDIA_TYPE
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=60" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex, noimageindex, noarchive"
    assert headers["Content-Length"] == str(len(FILE))
    assert not response.cookies
    assert "Cookie" not in headers.get("Vary", "")


def test_who_holds_it_is_told_so_at_one_query(client, balach, django_assert_num_queries):
    etag = client.get(ADDRESS).headers["ETag"]
    with django_assert_num_queries(1):
        response = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert "max-age=60" in response.headers["Cache-Control"]


def test_only_reading_is_allowed(client, balach):
    assert client.post(ADDRESS).status_code == 405
    assert client.head(ADDRESS).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/",
        f"/pictures/{'0' * 64}.jpg",
        f"/pictures/{HASH.upper()}.jpg",
        f"/pictures/{HASH[:-1]}.jpg",
        f"/pictures/{HASH}.png",
        f"/pictures/{HASH}",
        "/pictures/..%2f..%2fetc%2fpasswd.jpg",
    ],
)
def test_there_is_nothing_else(client, balach, path):
    assert client.get(path).status_code == 404


def test_what_is_taken_back_is_gone_at_once_for_those_who_hold_it_too(client, balach):
    etag = client.get(ADDRESS).headers["ETag"]
    withdraw_entry(balach, reason="consent-withdrawn", at=LATER)
    assert client.get(ADDRESS).status_code == 404
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 404


def test_an_earlier_revision_leads_to_no_face_that_is_shown_no_longer(client, balach):
    assert page_of(client, balach, version=2).all("img", src=ADDRESS)
    rewritten(balach, photograph=None)
    page = page_of(client, balach, version=2)
    assert not page.all("img", src=ADDRESS)
    assert "no longer published" in page.text
    assert "Family archive" not in page.text
    assert PHOTOGRAPH["description"] not in page.html


def test_what_changed_is_told_in_words(client, balach):
    page = Page(client.get(f"/victims/{balach.reference}/r/2/changes/"))
    assert "Family archive" in page.text
    assert not page.all("img", src=ADDRESS)


def test_the_api_names_the_same_file_and_writes_its_address_out(client, balach):
    answer = client.get(f"/api/v1/victims/{balach.reference}/").json()
    assert answer["photograph"] == PHOTOGRAPH
    assert answer["photograph_url"] == f"http://testserver{ADDRESS}"
    assert client.get(answer["photograph_url"]).content == FILE
    [listed] = client.get("/api/v1/victims/?fields=reference,photograph").json()["results"]
    assert listed == {"reference": balach.reference, "photograph": PHOTOGRAPH}
    assert "photograph_url" not in client.get(f"/api/v1/victims/{balach.reference}/r/1/").json()
