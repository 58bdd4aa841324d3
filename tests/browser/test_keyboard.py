"""Everything can be reached and seen without a mouse."""

import pytest

from tests.browser.pages import LANGUAGES, path_of
from tests.browser.visiting import DESK, HEIGHT, PHONE

FOCUSED = """() => {
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    // Where several rows can be chosen, the ring is around these and the box together.
    const drawn = getComputedStyle(at.closest(".select2-selection--multiple") || at);
    return {
        is: at.matches(".skip") ? "skip" : at.id || at.tagName,
        seen: box.width > 0 && box.right > 0 && box.left < innerWidth
            && box.bottom > 0 && box.top < innerHeight,
        ringed: drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2,
    };
}"""


def stops(page, most=400):
    """What the Tab key comes to, from the beginning to the end of the page."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["is"] == "BODY":
            return found
        found.append(stop)
    raise AssertionError("the Tab key never comes to the end")


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", ["home", "incident", "statistics"])
def test_every_stop_of_the_tab_key_is_seen_and_ringed(name, width, language, fresh, site):
    fresh.page.set_viewport_size({"width": width, "height": HEIGHT})
    fresh.open(path_of(name, site.contents, language))
    # Else the page still glides towards a stop when we look where it is.
    fresh.page.emulate_media(reduced_motion="reduce")
    assert [stop for stop in stops(fresh.page) if not (stop["seen"] and stop["ringed"])] == []


def test_the_first_stop_leads_past_the_head_of_the_page(language, fresh, site):
    fresh.open(path_of("incident", site.contents, language))
    fresh.page.keyboard.press("Tab")
    assert fresh.page.evaluate(FOCUSED)["is"] == "skip"
    fresh.page.keyboard.press("Enter")
    assert fresh.page.evaluate(FOCUSED)["is"] == "main"


def test_the_box_is_reached_and_a_search_sent_by_keys_alone(language, fresh, site):
    fresh.open(path_of("home", site.contents, language))
    for _ in range(30):
        fresh.page.keyboard.press("Tab")
        if fresh.page.evaluate(FOCUSED)["is"] == "f-q":
            break
    fresh.page.keyboard.type("Turbat")
    with fresh.page.expect_navigation():
        fresh.page.keyboard.press("Enter")
    assert "q=Turbat" in fresh.page.url
