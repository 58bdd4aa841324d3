"""The map is looked at from nearer by keys, buttons and mouse, and is whole without scripts."""

import pytest

from tests.browser.pages import LANGUAGES, path_of
from tests.browser.test_keyboard import FOCUSED
from tests.browser.visiting import DESK, HEIGHT, PHONE, photograph

PLACES = """() => [...document.querySelectorAll(".map .window circle")].map((each) => {
    const box = each.getBoundingClientRect();
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    return [...middle, box.width].map(Math.round);
})"""
GROUND = """() => {
    const box = document.querySelector(".map .earth").getBoundingClientRect();
    return Math.round(box.width);
}"""
MEASURED = "document.querySelector('.measure text').textContent"


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def open_map(window, site, language="en", width=DESK):
    window.page.set_viewport_size({"width": width, "height": HEIGHT})
    window.open(path_of("map", site.contents, language))
    window.page.locator(".map").scroll_into_view_if_needed()


def test_keys_make_it_larger_and_move_it_and_show_it_whole_again(language, fresh, site):
    open_map(fresh, site, language)
    page = fresh.page
    whole, ground, measured = page.evaluate(PLACES), page.evaluate(GROUND), page.evaluate(MEASURED)
    page.focus(".map")
    page.keyboard.press("+")
    page.keyboard.press("+")
    near = page.evaluate(PLACES)
    assert page.evaluate(GROUND) > 2 * ground
    assert near != whole
    assert [size for _, _, size in near] == [size for _, _, size in whole]
    assert page.evaluate(MEASURED) != measured
    page.keyboard.press("ArrowRight")
    assert all(
        x < before for (x, *_), (before, *_) in zip(page.evaluate(PLACES), near, strict=True)
    )
    page.keyboard.press("0")
    assert page.evaluate(PLACES) == whole
    assert page.evaluate(MEASURED) == measured


def test_the_arrows_scroll_the_page_while_the_map_is_whole(fresh, site):
    open_map(fresh, site)
    before = fresh.page.evaluate("scrollY")
    fresh.page.focus(".map")
    fresh.page.keyboard.press("ArrowDown")
    fresh.page.wait_for_timeout(500)  # waiting for a condition takes eval, which is not allowed
    assert fresh.page.evaluate("scrollY") > before


def test_every_button_is_named_and_does_what_it_says(language, fresh, site):
    open_map(fresh, site, language)
    page = fresh.page
    ground = page.evaluate(GROUND)
    buttons = page.locator(".zoom button")
    names = [each.get_attribute("aria-label") or each.inner_text() for each in buttons.all()]
    assert len(set(names)) == 3
    page.locator("[name=closer]").press("Enter")
    assert page.evaluate(GROUND) > ground
    page.locator("[name=whole]").press("Enter")
    assert page.evaluate(GROUND) == ground
    assert page.locator("[name=whole]").is_disabled()
    # The button is off now, and the keyboard must not fall back to the top of the page.
    assert page.evaluate(FOCUSED)["is"] != "BODY"


def test_the_mouse_drags_what_is_near_and_opens_no_list_by_it(fresh, site):
    open_map(fresh, site)
    page = fresh.page
    page.focus(".map")
    page.keyboard.press("+")
    before, address = page.evaluate(PLACES), page.url
    sheet = page.locator(".map .sheet").bounding_box()
    x, y = sheet["x"] + sheet["width"] / 2, HEIGHT / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 20, steps=6)
    page.mouse.up()
    assert page.evaluate(PLACES)[0][0] < before[0][0] - 40
    assert page.url == address


@pytest.mark.parametrize(("turned", "least", "most"), [(-5, 1.02, 1.1), (-120, 1.4, 1.8)])
def test_a_pinch_makes_it_larger_by_a_little_and_a_notch_by_a_step(
    fresh, site, turned, least, most
):
    open_map(fresh, site)
    page = fresh.page
    whole = page.evaluate(GROUND)
    page.locator(".map").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, turned)
    page.keyboard.up("Control")
    page.wait_for_timeout(200)  # waiting for a condition takes eval, which is not allowed
    assert least * whole < page.evaluate(GROUND) < most * whole


def test_a_circle_still_leads_to_its_list(fresh, site):
    open_map(fresh, site)
    with fresh.page.expect_navigation():
        fresh.page.locator(".map .circle").first.click()
    assert "/violations/?" in fresh.page.url


def test_paper_shows_all_of_it(fresh, site):
    open_map(fresh, site)
    whole = fresh.page.evaluate(GROUND)
    fresh.page.locator("[name=closer]").click()
    fresh.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert fresh.page.evaluate(GROUND) == whole


def test_without_scripts_the_map_is_whole_and_offers_no_buttons(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + path_of("map", site.contents))
    assert page.locator(".map .field").count() >= 1
    assert not page.locator(".zoom").is_visible()
    context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_map_seen_from_nearer_is_photographed(width, language, fresh, site):
    open_map(fresh, site, language, width)
    photograph(fresh, width, f"map-whole-{language}-{width}")
    fresh.page.focus(".map")
    for _ in range(2):
        fresh.page.keyboard.press("+")
    photograph(fresh, width, f"map-near-{language}-{width}")
    assert fresh.visit.said == []
