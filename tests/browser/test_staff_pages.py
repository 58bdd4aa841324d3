"""The pages of the staff as a browser shows them, on a telephone and at a desk."""

import pytest
from django.contrib import admin

from tests.browser.pages import LANGUAGES
from tests.browser.staff_pages import (
    IN_BOTH_LANGUAGES,
    OF_ADMINISTRATOR,
    OF_GUARDED,
    OF_NOBODY,
    SCREENS,
    STATUSES,
    address_of,
)
from tests.browser.test_keyboard import stops
from tests.browser.visiting import DESK, HEIGHT, PHONE, Window, glance

EVERY_PAGE = [
    (name, language)
    for name in SCREENS
    for language in LANGUAGES
    if language == "ur" or name in IN_BOTH_LANGUAGES
]
FORMS = ["incident-add", "incident-waiting", "publication", "new-case", "person"]


@pytest.fixture(scope="module")
def windows(browser, site):
    """Windows of nobody, of three members of the staff, by session."""
    made = {}
    desk = site.desk
    for session in ("", desk.publisher, desk.guarded, desk.administrator):
        context = browser.new_context(reduced_motion="reduce")
        if session:
            cookie = {"name": "sessionid", "value": session, "url": site.address}
            context.add_cookies([cookie])
        made[session] = Window(context, site.address)
    yield made
    for window in made.values():
        window.page.context.close()


def session_for(name, desk):
    if name in OF_NOBODY:
        return ""
    if name in OF_GUARDED:
        return desk.guarded
    return desk.administrator if name in OF_ADMINISTRATOR else desk.publisher


@pytest.fixture(scope="module", params=EVERY_PAGE, ids=lambda page: "-".join(page))
def visit(request, windows, site):
    """A page, seen at both widths."""
    name, language = request.param
    window = windows[session_for(name, site.desk)]
    path = address_of(name, site.desk, LANGUAGES[language])
    # Both languages have the same colours.
    seen = glance(window, path, f"staff-{name}-{language}", in_the_dark=language == "en")
    seen.name, seen.was_let_in = name, window.page.url == f"{site.address}{path}"
    return seen


def test_it_opens_for_those_who_may(visit):
    assert (visit.status, visit.was_let_in) == (STATUSES.get(visit.name, 200), True)


def test_the_console_stays_silent(visit):
    """An error in a script and a breach of the Content-Security-Policy would both be said there."""
    assert visit.said == []


def test_no_other_host_is_asked(visit):
    assert visit.foreign == []


def test_nothing_is_wider_than_the_screen(visit):
    assert visit.wider == {}


def test_axe_finds_no_barrier(visit):
    assert visit.barriers == []


@pytest.mark.parametrize(("width", "language"), [(PHONE, "ur"), (DESK, "en")])
@pytest.mark.parametrize("name", FORMS)
def test_every_stop_of_the_tab_key_is_seen_and_ringed(name, width, language, windows, site):
    window = windows[site.desk.publisher]
    window.page.set_viewport_size({"width": width, "height": HEIGHT})
    window.open(address_of(name, site.desk, LANGUAGES[language]))
    assert [stop for stop in stops(window.page) if not (stop["seen"] and stop["ringed"])] == []


def test_every_section_of_the_staff_is_among_them():
    sections = {
        f"{model._meta.app_label}/{model._meta.model_name}" for model in admin.site._registry
    }
    seen = {"/".join(path.split("/")[:2]) for path in SCREENS.values()}
    assert sections - seen == set()
