"""A real browser on a running site, once for all tests of this folder.

Debian's Chromium, or the one that ``GAWAH_CHROMIUM`` names; without one these tests are skipped.
They are one group, so that a run in several processes builds the site once.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.browser.office import running_office
from tests.browser.site import running_site
from tests.browser.visiting import SCREENSHOTS, Window

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


# First: pytest-xdist reads the groups in this same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def chromium():
    """The path of the browser; skips where there is none."""
    named = os.environ.get("GAWAH_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("no Chromium on PATH, and GAWAH_CHROMIUM names none")
    return found


@pytest.fixture(scope="package")
def site(chromium, django_db_modify_db_settings, django_db_blocker):
    """The running site."""
    with django_db_blocker.unblock(), running_site() as made:
        yield made


@pytest.fixture(scope="package")
def office(site, django_db_blocker):
    """A running office without any case; started for those who ask for it."""
    with django_db_blocker.unblock(), running_office(site.folder) as made:
        yield made


@pytest.fixture(scope="package")
def browser(chromium, site):
    """The browser. It asks for the site first: while Playwright runs, Django will not touch the
    database from this thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Containers run as root and have no /dev/shm to speak of.
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        yield started
        started.close()


@pytest.fixture(scope="package", params=[True, False], ids=["scripts", "no-scripts"])
def window(request, browser, site):
    """A window in which scripts run, and one in which they do not."""
    context = browser.new_context(java_script_enabled=request.param)
    yield Window(context, site.address, runs_scripts=request.param)
    context.close()


@pytest.fixture
def fresh(browser, site):
    """A window of somebody who was never here: nothing is kept in it from before."""
    context = browser.new_context()
    yield Window(context, site.address)
    context.close()
