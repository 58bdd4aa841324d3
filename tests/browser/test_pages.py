"""Every type of page in both languages, with and without scripts, as a browser shows it."""

import pytest
from django.urls import resolve
from django.urls.resolvers import URLPattern

from tests.browser.pages import FILES, LANGUAGES, PAGES, STATUSES, path_of
from tests.browser.visiting import find_barriers, look
from website.urls import urlpatterns

EVERY_PAGE = [(name, language) for name in PAGES for language in LANGUAGES]


@pytest.fixture(scope="package", params=EVERY_PAGE, ids=lambda page: "-".join(page))
def visit(request, window, site):
    """A page, seen from every side."""
    name, language = request.param
    path = path_of(name, site.contents, language)
    seen = look(window, path, f"{name}-{language}" if window.runs_scripts else None)
    if window.runs_scripts:
        # Both languages have the same colours.
        find_barriers(window, in_the_dark=language == "en")
    seen.expected = STATUSES.get(name, 200)
    return seen


def test_it_answers_as_it_should(visit):
    assert visit.status == visit.expected


def test_the_console_stays_silent(visit):
    """An error in a script and a breach of the Content-Security-Policy would both be said there."""
    assert visit.said == []


def test_no_other_host_is_asked(visit):
    assert visit.foreign == []


def test_nothing_is_wider_than_the_screen(visit):
    assert visit.wider == {}


def test_axe_finds_no_barrier(visit):
    assert visit.barriers == []


def test_it_can_be_printed(visit):
    assert visit.printed.strip()


def test_every_view_that_makes_pages_is_among_them(site):
    seen = {view_of(path_of(name, site.contents).partition("?")[0]) for name in PAGES}
    views = {each.lookup_str for each in urlpatterns if isinstance(each, URLPattern)}
    assert views - FILES - seen == set()


def view_of(path):
    found = resolve(path).func if path != "/no/such/page/" else resolve
    return f"{found.__module__}.{found.__name__}"
