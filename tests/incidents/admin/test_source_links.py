"""What staff see of the addresses of sources, and asking them now."""

import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents import roles
from incidents.models import Job
from reference import vocabularies
from tests.incidents import factories as make
from tests.incidents.admin.conftest import browser_of
from tests.incidents.link_checking.sources import checked, published

pytestmark = pytest.mark.django_db

LIST = "/admin/incidents/source/"


@pytest.fixture(autouse=True)
def _asking_is_allowed(settings):
    settings.GAWAH_CHECK_LINKS = True


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.get("Location")
    return response.content.decode()


def three():
    """One that works, one that is gone, one that was never asked."""
    sources = published("https://a.example/", "https://b.example/", "https://c.example/")
    checked(sources[0], "works", at=timezone.now(), days_ago=3)
    checked(sources[1], "works", at=timezone.now(), days_ago=40)
    checked(sources[1], "gone", at=timezone.now(), days_ago=2, status=404)
    return sources


def test_the_list_says_what_an_address_answered_and_how_long_ago(clerk):
    three()
    text = text_of(clerk, LIST)
    assert "Works, 3\xa0days ago" in text
    assert "Page gone, 2\xa0days ago" in text


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ("broken", {"Article 1"}),
        ("gone", {"Article 1"}),
        ("works", {"Article 0"}),
        ("never", {"Article 2"}),
        ("moved", set()),
    ],
)
def test_the_list_is_narrowed_by_the_last_answer(clerk, chosen, titles):
    three()
    text = text_of(clerk, f"{LIST}?link={chosen}")
    assert {each for each in ("Article 0", "Article 1", "Article 2") if each in text} == titles


def test_a_filter_that_does_not_exist_is_refused(clerk):
    assert clerk.get(f"{LIST}?link=nothing").status_code == 302


def test_an_answer_of_an_earlier_address_does_not_count(clerk):
    source = published("https://a.example/")
    checked(source, "gone", address="https://old.example/")
    assert "Page gone" not in text_of(clerk, LIST)


def test_the_list_takes_no_more_queries_for_more_sources(clerk, monkeypatch):
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", math.inf)

    def queries():
        with CaptureQueriesContext(connection) as found:
            clerk.get(LIST)
        return len(found)

    three()
    queries()
    few = queries()
    for number in range(5):
        checked(make.source(f"Another {number}", url=f"https://{number}.example/"))
    assert queries() == few


def test_the_page_of_a_source_lists_its_checks(clerk):
    source = published("https://a.example/")
    checked(source, "gone", status=404, final_address="https://a.example/<b>lost</b>")
    checked(source, "unreachable", problem="time")
    text = text_of(clerk, f"{LIST}{source.pk}/change/")
    assert "2026-11-03 12:00 UTC · Page gone · HTTP 404" in text
    assert "&lt;b&gt;lost" in text
    assert "Not reachable · no answer in time" in text


def test_a_new_source_has_a_page_too(clerk):
    assert "Never asked." in text_of(clerk, f"{LIST}add/")


def test_the_page_says_why_nothing_is_asked(clerk, settings):
    settings.GAWAH_CHECK_LINKS = False
    source = published("https://a.example/")
    assert "GAWAH_CHECK_LINKS=1" in text_of(clerk, f"{LIST}{source.pk}/change/")


# --- asking now ---------------------------------------------------------------------------------


def act(client, *sources, **more):
    chosen = {"action": "check_links_now", "_selected_action": [each.pk for each in sources]}
    return client.post(LIST, {**chosen, **more})


def test_asking_is_explained_before_it_is_done(clerk):
    sources = three()
    hidden = make.source("Told in trust", url="https://d.example/", confidential=True)
    text = act(clerk, *sources, hidden).content.decode()
    assert "3 addresses are asked." in text
    assert "it can see when and from where the page was looked at" in text
    assert "1 is left out." in text
    assert not Job.objects.exists()


def test_a_job_is_asked_for_once_it_is_confirmed(clerk):
    sources = three()
    hidden = make.source("Told in trust", url="https://d.example/", confidential=True)
    response = act(clerk, *sources, hidden, confirmed="yes")
    job = Job.objects.get()
    assert response["Location"] == f"/admin/incidents/job/{job.pk}/change/"
    assert job.kind == "check-links"
    assert sorted(job.arguments["sources"]) == sorted(each.pk for each in sources)
    assert "Check links of sources" in text_of(clerk, response["Location"])


def test_no_job_is_asked_for_where_nothing_may_be_asked(clerk):
    hidden = make.source("Told in trust", url="https://d.example/", confidential=True)
    response = clerk.post(
        LIST,
        {"action": "check_links_now", "_selected_action": [hidden.pk], "confirmed": "yes"},
        follow=True,
    )
    assert "None of these can be asked." in response.content.decode()
    assert not Job.objects.exists()


def test_the_action_is_not_offered_unless_the_settings_allow_it(clerk, settings):
    sources = three()
    assert "Check links now" in text_of(clerk, LIST)
    settings.GAWAH_CHECK_LINKS = False
    assert "Check links now" not in text_of(clerk, LIST)
    act(clerk, *sources, confirmed="yes")
    assert not Job.objects.exists()


def test_a_source_of_a_case_one_may_not_see_is_not_asked(clerk):
    source = published("https://a.example/")
    case = source.citations.first().incident
    case.restricted = True
    case.save()
    act(clerk, source, confirmed="yes")
    assert not Job.objects.exists()


def test_an_administrator_has_nothing_to_do_with_sources(db):
    administrator = browser_of(make.staff(roles.ADMINISTRATOR))
    assert administrator.get(LIST).status_code == 403
