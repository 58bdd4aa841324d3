"""The first pages of the staff side: the way in, and what lies behind it."""

import pytest

from tests.browser.pages import LANGUAGES
from tests.browser.visiting import Window, find_barriers, look

PAGES = {
    "staff-login": "/admin/login/",
    "staff-index": "/admin/",
    "staff-incidents": "/admin/incidents/incident/",
}


@pytest.fixture(scope="module")
def desk(browser, site):
    """A window in which a publisher is logged in."""
    context = browser.new_context()
    context.add_cookies(
        [{"name": "sessionid", "value": site.contents.session, "url": site.address}]
    )
    yield Window(context, site.address)
    context.close()


@pytest.fixture(scope="module")
def door(browser, site):
    """A window in which nobody is logged in."""
    context = browser.new_context()
    yield Window(context, site.address)
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_staff_fits_and_has_no_barrier(name, language, desk, door):
    window = door if name == "staff-login" else desk
    seen = look(window, LANGUAGES[language] + PAGES[name], f"{name}-{language}")
    find_barriers(window, in_the_dark=language == "en")
    assert (seen.status, seen.said, seen.foreign) == (200, [], [])
    assert ("/login/" in window.page.url) == (window is door)
    assert seen.wider == {}
    assert seen.barriers == []
