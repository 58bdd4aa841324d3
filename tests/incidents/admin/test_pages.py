"""What every page has: two languages, a strict policy, a label on each box."""

import re
from html.parser import HTMLParser

import pytest

from tests.incidents import factories

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "incidents/incident/",
    "incidents/incident/add/",
    "incidents/incident/{case}/change/",
    "incidents/incident/{case}/publication/",
    "incidents/incident/{case}/history/",
    "incidents/incident/{case}/merge/",
    "incidents/person/add/",
    "incidents/person/{person}/change/",
    "incidents/person/{person}/withdraw/",
    "incidents/legalaction/add/",
    "incidents/source/add/",
    "incidents/agency/add/",
    "password_change/",
]


@pytest.fixture
def keys(db):
    case = factories.incident()
    act = factories.violation(case, factories.person("Balaach", local="بالاچ"))
    factories.account(case, "He was taken.")
    factories.attribution(case, factories.agency())
    return {"case": case.pk, "person": act.person_id}


class _Boxes(HTMLParser):
    def __init__(self):
        super().__init__()
        self.boxes, self.named, self.inside_label = [], set(), 0

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == "label":
            self.inside_label += 1
            self.named.add(at.get("for"))
        if tag in ("select", "textarea") or (
            tag == "input" and at.get("type") not in ("hidden", "submit", "button")
        ):
            self.boxes.append((at, self.inside_label))

    def handle_endtag(self, tag):
        if tag == "label":
            self.inside_label -= 1

    def unnamed(self):
        return [
            at.get("name")
            for at, inside_label in self.boxes
            if not inside_label and at.get("id") not in self.named and not at.get("aria-label")
        ]


@pytest.mark.parametrize("path", PAGES)
def test_every_box_has_a_label(publisher, keys, path):
    reader = _Boxes()
    reader.feed(publisher.get(f"/admin/{path.format(**keys)}").content.decode())
    assert [name for name in reader.unnamed() if name not in ("action", None)] == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_or_style_of_its_own(publisher, keys, path):
    response = publisher.get(f"/admin/{path.format(**keys)}")
    page = response.content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"", page) == []
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_urdu_from_right_to_left(publisher, keys, path):
    path = path.format(**keys)
    page = publisher.get(f"/ur/admin/{path}").content.decode()
    assert '<html lang="ur" dir="rtl"' in page
    assert f'href="/admin/{path}" hreflang="en"' in page


def test_the_language_changes_and_the_address_stays(clerk, keys):
    path = "/admin/incidents/incident/?q=Balaach"
    assert f'href="/ur{path}" hreflang="ur"' in clerk.get(path).content.decode()


def test_the_page_for_logging_in_offers_both_languages_too(anonymous):
    page = anonymous.get("/admin/login/?next=/admin/").content.decode()
    assert "Gawah" in page
    assert 'hreflang="ur"' in page
    assert '<html lang="ur" dir="rtl"' in anonymous.get("/ur/admin/login/").content.decode()


def test_there_is_a_way_to_the_public_pages(clerk):
    assert '<a href="/">' in clerk.get("/admin/").content.decode()
    assert '<a href="/ur/">' in clerk.get("/ur/admin/").content.decode()


def test_texts_stand_in_their_own_direction(clerk, keys):
    page = clerk.get(f"/admin/incidents/incident/{keys['case']}/change/").content.decode()
    for name in ("title", "title_local", "public_account", "accounts-0-answer", "cited_where"):
        box = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', page)[0]
        assert 'dir="auto"' in box, name
    assert 'dir="ltr"' in re.search(r'<input[^>]*name="date"[^>]*>', page)[0]


def test_pages_of_cases_are_kept_by_no_cache(clerk, keys):
    response = clerk.get(f"/admin/incidents/incident/{keys['case']}/change/")
    assert "no-store" in response.headers["Cache-Control"]


def test_the_sections_stand_in_the_order_of_the_work(clerk):
    page = clerk.get("/admin/").content.decode()
    order = ["incidents-incident", "incidents-victim", "incidents-person", "incidents-source"]
    assert sorted(order, key=page.index) == order


def test_cases_that_wait_for_a_decision_are_on_the_first_page(clerk):
    case = factories.incident("A raid that waits")
    assert case.title not in clerk.get("/admin/").content.decode()
    factories.reviewing.submit(case, by=clerk.member)
    assert case.title in clerk.get("/admin/").content.decode()
