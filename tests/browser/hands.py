"""Somebody at a keyboard: finds with the Tab key what has a name, types, and presses keys.

No mouse and no selector. What the browser would not tell a screen reader cannot be found, and what
the Tab key does not come to cannot be used.
"""

from urllib.parse import parse_qs, urlsplit

FARTHEST = 300
"""Presses of a key after which what is looked for is not there."""

CHOSEN = "document.activeElement.selectedOptions[0].label.trim()"
OFFERED = ".select2-results__option--highlighted"
AT_REST = "() => new Promise((done) => requestIdleCallback(done, {timeout: 999}))"
"""A browser serves keys before timers, and these hands are faster than any timer of a page."""


class Hands:
    """Two hands at the keyboard of a window."""

    def __init__(self, window):
        self.page, self.keys, self.devtools = window.page, window.page.keyboard, window.devtools
        # Else the browser works the names of the whole page out anew for each that is asked for.
        self.devtools.send("Accessibility.enable")

    def reach(self, name, *, back=False):
        """Move the focus on, or ``back``, to the next thing of this name."""
        met = {}
        for _ in range(FARTHEST):
            self.keys.press("Shift+Tab" if back else "Tab")
            at = self.focused()
            # Some names are shown, and told, in capital letters.
            if at.casefold() == name.casefold():
                return
            met[at] = True
        raise AssertionError(f"the Tab key never comes to “{name}”, only to {[*met]}")

    def focused(self):
        """The name of what has the focus, as the browser tells it to a screen reader."""
        at = self.devtools.send("Runtime.evaluate", {"expression": "document.activeElement"})
        tree = self.devtools.send(
            "Accessibility.getPartialAXTree",
            {"objectId": at["result"]["objectId"], "fetchRelatives": False},
        )
        name = tree["nodes"][0].get("name", {}).get("value", "")
        return " ".join(name.split()).removesuffix(":")

    def press(self, name, *, back=False):
        """Press a button or follow a link to another page."""
        self.reach(name, back=back)
        with self.page.expect_navigation():
            self.keys.press("Enter")
        self.page.evaluate(AT_REST)

    def write(self, name, text):
        """Type into a box, over what stands there."""
        self.reach(name)
        self.keys.press("Control+A")
        self.keys.type(text)

    def append(self, name, text):
        """Type behind what stands in a box."""
        self.reach(name)
        self.keys.press("Control+End")
        self.keys.type(text)

    def tick(self, name):
        """Tick a box."""
        self.reach(name)
        self.keys.press("Space")

    def choose(self, name, option):
        """Choose from a list: type the first word, then go down."""
        self.reach(name)
        self.keys.type(option.split()[0])
        for _ in range(FARTHEST):
            if self.page.evaluate(CHOSEN) == option:
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"“{name}” does not offer “{option}”")

    def find(self, name, words, wanted):
        """Choose a row that a box finds while one types; ``wanted`` stands in its label."""
        self.reach(name)
        self.keys.press("Enter")
        self.page.evaluate(AT_REST)
        with self.page.expect_response(lambda answer: is_about(answer, words)):
            self.keys.type(words)
        for _ in range(FARTHEST):
            if wanted in self.page.locator(OFFERED).inner_text():
                self.keys.press("Enter")
                self.page.evaluate(AT_REST)
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"“{name}” does not offer “{wanted}” for “{words}”")


def is_about(answer, words):
    """Whether an answer is that of a box into which these words were typed."""
    asked = parse_qs(urlsplit(answer.url).query)
    return asked.get("term") == [words]
