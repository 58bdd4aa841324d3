"""The database away: a page says so, in both languages at once, for it can ask for nothing."""

import pytest

from tests.browser.pages import LANGUAGES, path_of
from tests.browser.visiting import find_barriers, look


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["home", "incident"])
def test_a_page_says_that_the_record_cannot_be_reached(name, language, fresh, site):
    with site.without_database():
        seen = look(fresh, path_of(name, site.contents, language))
    assert (seen.status, seen.foreign, seen.wider) == (503, [], {})
    assert fresh.page.locator(f"main [lang={language}], html[lang={language}]").count()
    find_barriers(fresh, in_the_dark=True)
    assert seen.barriers == []


def test_the_record_is_there_again_when_the_database_is(fresh, site):
    with site.without_database():
        fresh.open(path_of("home", site.contents))
    assert fresh.open(path_of("home", site.contents)).status == 200
