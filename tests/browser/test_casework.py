"""A case goes through its whole life by the keyboard, in the hands of three people.

Entered by one, approved by another, published by a third; corrected and withdrawn. Somebody who
has no account looks on from outside, at another server that knows no staff.
"""

import pytest

from tests.browser.hands import Hands
from tests.browser.office import PASSWORD
from tests.browser.visiting import DESK, PHONE, Window, find_barriers, look_at_width, photograph
from tests.incidents.admin.entry import CASE

ADDED = "He was 24 years old when he died."
WHAT_WAS_CORRECTED = "What was corrected, in a sentence; it is published"
PEOPLE = """\
Karim s/o Dad, 30, driver
about 3 unnamed people
"""
FIRST_PAGE = "Gawah گواہ"
"""What the link to it is called on every page."""


def row(table, of):
    """What the file with the documented case says of one thing."""
    return next(each for each in CASE[table] if each["id"] == of)


ARTICLE = row("source", "voicepk")
BALAACH = row("person", "balaach")
TAKEN = row("incident", "disappearance")
ACCOUNT = TAKEN["public_account"].strip().partition(". ")[0] + "."
RISK = BALAACH["risk_assessment"].partition(" No ")[0]


class Colleague:
    """Somebody who is logged in, with a browser of their own, and reads and types."""

    def __init__(self, browser, office, name):
        self.window = Window(browser.new_context(), office.staff)
        self.hands = Hands(self.window)
        self.window.open("/admin/")
        self.hands.write("User name", name)
        self.hands.write("Password", PASSWORD)
        self.hands.press("Log in")

    def go_to(self, *links):
        """Follow links, one after the other, from the first page."""
        for name in (FIRST_PAGE, *links):
            self.hands.press(name)

    def reads(self, words):
        """Whether the page says so."""
        return words in self.window.page.inner_text("main")

    def take(self, step, *, sure=False, **texts):
        """Take a step on the page for review and publication; ``sure`` answers its question."""
        for name, text in texts.items():
            self.hands.write(name, text)
        self.hands.press(step)
        if sure:
            self.hands.press(step)
        assert self.reads(f"Done: {step}.")


@pytest.fixture(scope="module")
def people(browser, office):
    """A clerk, a reviewer and a publisher."""
    names = (office.clerk, office.reviewer, office.publisher)
    colleagues = [Colleague(browser, office, name) for name in names]
    yield colleagues
    for each in colleagues:
        each.window.page.context.close()


class Public:
    """Whoever is outside: somebody else at each look, since browsers keep pages for a minute."""

    def __init__(self, browser, office):
        self.browser, self.home = browser, office.public

    def sees(self, case, words):
        """Whether the page of an incident is there and says so."""
        with self.browser.new_context() as context:
            window = Window(context, self.home)
            visit = window.open(f"/incidents/{case}/")
            assert (visit.said, visit.foreign) == ([], [])
            return visit.status == 200 and words in window.page.inner_text("main")

    def asks(self, path):
        """What the API answers."""
        with self.browser.new_context() as context:
            return context.request.get(f"{self.home}/api/v1/{path}/").json()

    def finds_gone(self, path):
        """Whether page and API say that something was withdrawn."""
        with self.browser.new_context() as context:
            pages = (f"{self.home}/{path}/", f"{self.home}/api/v1/{path}/")
            return {context.request.get(page).status for page in pages} == {410}


@pytest.fixture
def public(browser, office):
    return Public(browser, office)


def test_three_people_enter_review_publish_correct_and_withdraw_a_case(people, public):
    clerk, reviewer, publisher = people

    enter_source(clerk)
    enter_person(clerk)
    enter_incident(clerk)
    clerk.hands.press("Review and publication")
    clerk.take("Submit for review")

    reviewer.go_to(TAKEN["title"])
    assert reviewer.reads(ACCOUNT)
    reviewer.take("Approve for publication")
    assert public.asks("incidents")["count"] == 0

    publisher.go_to("Incidents", TAKEN["title"], "Review and publication")
    assert publisher.reads("Nothing stands in the way of publication.")
    publisher.take("Publish", sure=True)
    [case] = [each["reference"] for each in public.asks("incidents")["results"]]
    assert public.asks(f"incidents/{case}")["version"] == 1
    assert public.sees(case, ACCOUNT)

    clerk.go_to("Incidents", TAKEN["title"])
    clerk.hands.append("Public account", f" {ADDED}")
    clerk.hands.write("Why you change it", "The family told his age.")
    clerk.hands.press("Save and continue editing", back=True)
    assert clerk.reads("it is a draft again")
    clerk.hands.press("Review and publication")
    clerk.take("Submit for review")

    reviewer.go_to(TAKEN["title"])
    assert reviewer.reads(ADDED)
    reviewer.take("Approve for publication")
    assert not public.sees(case, ADDED)

    publisher.go_to("Incidents", TAKEN["title"], "Review and publication")
    publisher.take(
        "Publish the correction", sure=True, **{WHAT_WAS_CORRECTED: "His age was added."}
    )
    assert public.asks(f"incidents/{case}")["version"] == 2
    assert public.sees(case, ADDED)

    publisher.hands.choose("Reason", "Safety")
    publisher.take("Withdraw from the public", sure=True)
    assert public.asks("incidents")["count"] == 0
    assert public.finds_gone(f"incidents/{case}")
    assert public.finds_gone(f"incidents/{case}/r/1")

    for each in people:
        assert (each.window.visit.said, each.window.visit.foreign) == ([], [])


def enter_source(clerk):
    clerk.go_to("Sources", "Add source")
    clerk.hands.write("Title", ARTICLE["title"])
    clerk.hands.choose("Type", "News text")
    clerk.hands.write("Publisher or issuing body", ARTICLE["publisher"])
    clerk.hands.write("Published or said on", ARTICLE["published"])
    clerk.hands.write("Address on the web", ARTICLE["url"])
    clerk.hands.press("Save")
    assert clerk.reads("was added successfully")


def enter_person(clerk):
    english, urdu = BALAACH["name"][:2]
    clerk.go_to("People", "Add person")
    for name in (english, urdu):
        clerk.hands.write("Name", name["given"])
        clerk.hands.write("Father’s name", name["fathers_name"])
    clerk.hands.choose("Sex", "Male")
    clerk.hands.choose("How the name appears", "full name")
    clerk.hands.choose("How exact the place appears", "town")
    clerk.hands.choose("Ground for publishing without consent", "Already public")
    clerk.hands.write("Risk assessment", RISK)
    clerk.hands.press("Save")
    assert clerk.reads("was added successfully")


def enter_incident(clerk):
    [act] = TAKEN["violation"]
    clerk.go_to("Incidents", "Add incident")
    hands = clerk.hands
    hands.find("Source of everything below that names none", "precious", ARTICLE["title"])
    hands.write("Title", TAKEN["title"])
    hands.choose("Kind", "Violation event")
    hands.write("Date", TAKEN["date"])
    hands.choose("How the date is known", "stated by a source")
    hands.find("Area", "Kech", "Kech, district")
    hands.choose("How the district is known", "inferred by us")
    hands.write("Public account", ACCOUNT)
    # In another spelling than that of the person's page.
    hands.find("Victim", "Balach", "Balaach")
    hands.choose("What was done", "Short-term disappearance")
    hands.write("Start", act["start"])
    hands.write("End", act["end"])
    hands.choose("What the end means", "custody was acknowledged")
    hands.find("Sources", "precious", ARTICLE["title"])
    hands.write("Where in the source", "para. 3")
    hands.press("Save and continue editing")
    assert clerk.reads("was added successfully")


def test_a_clerk_makes_a_draft_of_an_article_on_two_pages(people):
    clerk = people[0]
    clerk.go_to("New case from a source")
    hands = clerk.hands
    hands.choose("Type of source", "News text")
    hands.write("Title of the source", "A driver and three others are killed")
    hands.write("Publisher, or who says it", "A newspaper")
    hands.write("Published or said on", "24 Nov 2023")
    hands.write("When it happened", "late November 2023")
    hands.write("Area", "Turbat town")
    hands.write("Public account", "According to the newspaper four men were killed.")
    hands.write("People, one a line", PEOPLE)
    hands.tick("Extrajudicial killing")
    hands.write("or by whom, in words", "Men in uniform")
    hands.write("or according to whom, in words", "author of the article")
    hands.press("Look it over")
    assert clerk.reads("is understood as 2023-11-21/2023-11-30")
    for width in (DESK, PHONE):
        look_at_width(clerk.window, width, str(width))
        photograph(clerk.window, width, f"staff-new-case-check-en-{width}")
    find_barriers(clerk.window)
    assert (clerk.window.visit.wider, clerk.window.visit.barriers) == ({}, [])
    hands.press("Save as a draft")
    assert clerk.reads("entered as a draft with 2 victims")
    assert clerk.window.visit.said == []
