"""Leaving in a hurry: by the link or by the key, and without a way back."""

import pytest

from tests.browser.pages import path_of
from tests.browser.site import ELSEWHERE


@pytest.fixture
def page(fresh, site):
    """The page of an incident, reached from the search, with another site to go to."""
    fresh.page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="Sunny."))
    fresh.open(path_of("home", site.contents))
    fresh.open(path_of("incident", site.contents))
    return fresh.page


def test_the_link_leads_elsewhere_and_back_does_not_return(page):
    page.click("#leave")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    assert "/incidents/" not in page.url


def test_escape_pressed_twice_leads_elsewhere(page):
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(ELSEWHERE)
    assert page.inner_text("body") == "Sunny."


def test_escape_pressed_once_leads_nowhere(page):
    here = page.url
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.url == here


def test_without_scripts_it_is_a_link(window, site):
    window.open(path_of("incident", site.contents))
    assert window.page.get_attribute("#leave", "href") == ELSEWHERE
