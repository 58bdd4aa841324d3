"""What a page weighs with all it loads, and when it can be read on a slow line.

The line is simulated by the browser, 50 KB a second with 400 ms to each answer, so the moment
depends on bytes and round trips rather than on the machine.
"""

import pytest

from tests.browser.pages import LANGUAGES, path_of

KILOBYTE = 1000
HEAVIEST = {
    "home": 50 * KILOBYTE,
    "incident": 60 * KILOBYTE,
    "map": 50 * KILOBYTE,
    "victim-pictured": 60 * KILOBYTE,
}
LATEST = 2500
"""Milliseconds until the largest thing in sight is painted."""

LARGEST_PAINT = """() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
        .observe({type: "largest-contentful-paint", buffered: true});
})"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HEAVIEST)
def test_a_first_visit_weighs_no_more_than_it_may(name, language, fresh, site):
    sent = []
    fresh.devtools.send("Network.enable")
    fresh.devtools.on("Network.loadingFinished", lambda end: sent.append(end["encodedDataLength"]))
    fresh.page.goto(site.address + path_of(name, site.contents, language), wait_until="networkidle")
    assert 0 < sum(sent) <= HEAVIEST[name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HEAVIEST)
def test_it_can_be_read_soon_on_a_slow_line(name, language, fresh, site):
    fresh.devtools.send("Network.enable")
    fresh.devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": 50 * KILOBYTE,
            "uploadThroughput": 50 * KILOBYTE,
        },
    )
    fresh.open(path_of(name, site.contents, language))
    assert fresh.page.evaluate(LARGEST_PAINT) <= LATEST
