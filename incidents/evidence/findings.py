"""What is found in a file by whoever reads it (``apart``, ``office``, ``plain``)."""

from typing import Final

MOST_TEXT: Final = 300_000
"""Characters of text that are kept: a book of 150 pages."""


class Findings:
    """Dangers, by the codes of ``incidents.models.Danger``, and words."""

    def __init__(self) -> None:
        self.dangers: set[str] = set()
        self.is_cut = False
        self._text: list[str] = []
        self._length = 0

    def add_text(self, text: str) -> bool:
        """Keep some of the text; False once there is enough."""
        room = MOST_TEXT - self._length
        if len(text) > room:
            self.is_cut = True
        # PostgreSQL keeps no NUL, and half of a pair is no letter.
        kept = text[:room].replace("\0", "").encode("utf-8", "ignore").decode()
        self._text.append(kept)
        self._length += len(kept)
        return not self.is_cut

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._text)
