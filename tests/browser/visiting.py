"""One look at a page: opened once, then seen at every width, in the dark and on paper."""

from base64 import b64decode
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe

from config.embedded.places import PROJECT

PHONE, REFLOWED, ZOOMED, DESK, PAPER = 360, 320, 640, 1280, 643
"""Widths in CSS pixels. 640 is what a screen of 1280 shows at 200 %, 320 what WCAG 2.2 asks to
fit without scrolling sideways (1.4.10), 643 what A4 leaves between margins of two centimetres."""

HEIGHT = 740

PATIENCE = 15_000
"""Milliseconds to wait for what has to be there."""

SCREENSHOTS = PROJECT / "var" / "screenshots"

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

WIDER_THAN_THE_SCREEN = """() => {
    const screen = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= screen) return [];
    const wide = [...document.querySelectorAll("body *")].filter((each) => {
        const box = each.getBoundingClientRect();
        return box.width && (box.right > screen + 1 || box.left < -1);
    });
    const names = wide.map((each) => each.tagName + "." + each.getAttribute("class"));
    return names.length ? names.slice(-4) : ["something"];
}"""

SETTLED = "() => Promise.all(document.getAnimations().map((each) => each.finished))"
"""Colours that glide from one to the other have arrived."""


@dataclass
class Visit:
    """What was seen. ``wider``: what does not fit, by width. ``barriers``: what axe found."""

    status: int = 0
    said: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    wider: dict[str, list[str]] = field(default_factory=dict)
    barriers: list[str] = field(default_factory=list)
    printed: str = ""


class Window:
    """A page of the browser that notes what it says and whom it asks."""

    def __init__(self, context, home, runs_scripts=True):
        self.runs_scripts = runs_scripts
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.devtools = context.new_cdp_session(self.page)
        self.home = home
        self.visit = Visit()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.visit.said.append(str(error)))
        self.page.on("request", self._asked)

    def open(self, path):
        """Go to an address of the site and note its status."""
        self.visit = Visit()
        self.visit.status = self.page.goto(self.home + path).status
        return self.visit

    def _said(self, message):
        # The browser remarks on the status of the page itself, which is ours to choose.
        its_status = message.location.get("url") == self.page.url and "status of" in message.text
        if message.type in {"error", "warning"} and not its_status:
            self.visit.said.append(message.text)

    def _asked(self, request):
        if not request.url.startswith((self.home + "/", "data:")):
            self.visit.foreign.append(request.url)


def look(window, path, name=None):
    """Visit a page and look at it from every side; keep pictures under ``name`` if there is one."""
    page, visit = window.page, window.open(path)
    page.emulate_media(media="print")
    look_at_width(window, PAPER, "paper")
    visit.printed = page.inner_text("main")
    page.emulate_media(media="screen")
    for width in (REFLOWED, ZOOMED, DESK, PHONE):
        look_at_width(window, width, str(width))
        if name and width in (PHONE, DESK):
            photograph(window, width, f"{name}-{width}")
    return visit


def glance(window, path, name, in_the_dark=False):
    """Visit a page on a telephone and at a desk, with axe on the telephone; keep both pictures."""
    window.page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    visit = window.open(path)
    find_barriers(window, in_the_dark)
    for width in (PHONE, DESK):
        look_at_width(window, width, str(width))
        photograph(window, width, f"{name}-{width}")
    return visit


def look_at_width(window, width, name):
    window.page.set_viewport_size({"width": width, "height": HEIGHT})
    if wide := window.page.evaluate(WIDER_THAN_THE_SCREEN):
        window.visit.wider[name] = wide


def photograph(window, width, name):
    """Keep a picture of the whole page. Asked of the browser itself, which can be told to hurry."""
    size = window.devtools.send("Page.getLayoutMetrics")["cssContentSize"]
    picture = window.devtools.send(
        "Page.captureScreenshot",
        {
            "optimizeForSpeed": True,
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": width, "height": size["height"], "scale": 1},
        },
    )
    (SCREENSHOTS / f"{name}.png").write_bytes(b64decode(picture["data"]))


def find_barriers(window, in_the_dark=False):
    """Let axe look at the open page, and on demand at its colours in the dark."""
    window.page.evaluate(Axe().axe_script)
    visit = window.visit
    visit.barriers += _axe(window.page, {"type": "tag", "values": RULES})
    if in_the_dark:
        window.page.emulate_media(color_scheme="dark")
        window.page.evaluate(SETTLED)
        colours = {"type": "rule", "values": ["color-contrast"]}
        visit.barriers += _axe(window.page, colours, "in the dark: ")
        window.page.emulate_media(color_scheme="light")


def _axe(page, rules, where=""):
    found = page.evaluate(
        "options => axe.run(options)",
        {"resultTypes": ["violations"], "preload": False, "runOnly": rules},
    )
    return [
        f"{where}{violation['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
        for violation in found["violations"]
        for node in violation["nodes"][:3]
    ]
