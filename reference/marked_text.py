"""Texts that people write with a few marks: paragraphs, headings, lists, emphasis and links.

The marks are those of Markdown (CommonMark), of which only these are known here. No HTML comes
through, no picture is fetched from anywhere, and a link leads to the web or to an e-mail address
and never into a script.
"""

import re
from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

MAX_LENGTH: Final = 20_000
"""Characters of one text: some ten printed pages."""

_SCHEMES: Final = ("https://", "http://", "mailto:")
_DEEPEST: Final = 6
_PICTURE: Final = re.compile(r"!\[[^\[\]]*\]\(")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_REFUSED_LINK: Final = re.compile(r"\[[^\[\]]*\]\(([^)\[]*)\)")


class _Marks(MarkdownIt):
    """Markdown of which everything is off but what is named, so that a rule which a later version
    adds stays off."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False, "linkify": False, "typographer": False})
        self.enable(
            ["heading", "list", "link", "autolink", "emphasis", "escape", "entity", "newline"]
        )

    def validateLink(self, url: str) -> bool:  # noqa: N802 - its name there
        """Whether an address may be a link; theirs lets those without a scheme through."""
        return url.strip().lower().startswith(_SCHEMES)


_PARSER: Final = _Marks()


def as_html(text: str, *, top: int = 3) -> SafeString:
    """The text as HTML. Its widest heading becomes ``h3``, or that of level ``top``, and no
    heading is more than one level below the one before it, so that the page keeps its order."""
    tokens = _PARSER.parse(text)
    _set_levels(tokens, top)
    return SafeString(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def check_marked_text(text: str) -> None:
    """Raise ValidationError for what would not appear as its writer means it."""
    faults = []
    if len(text) > MAX_LENGTH:
        faults.append(
            _("The text is too long: %(given)d characters, and at most %(most)d are allowed.")
            % {"given": len(text), "most": MAX_LENGTH}
        )
    said = list(_words(text))
    if _PICTURE.search(text):
        faults.append(_("Pictures cannot stand in a text. Describe them, or link to them."))
    if tag := next((found[0] for line in said if (found := _TAG.search(line))), ""):
        faults.append(
            _("HTML is not understood here: %(tag)s. Use # for a heading and - for a list.")
            % {"tag": tag}
        )
    for line in said:
        for address in _REFUSED_LINK.findall(line):
            faults.append(
                _(
                    "This link leads nowhere: “%(address)s”. An address begins with https://, "
                    "http:// or mailto: and holds no spaces."
                )
                % {"address": address}
            )
    if faults:
        raise ValidationError(faults)


def _words(text: str) -> list[str]:
    """What readers would see of each paragraph and heading: marks that were understood are gone."""
    return [
        "".join(child.content or "\n" for child in token.children or ())
        for token in _PARSER.parse(text)
        if token.type == "inline"
    ]


def _set_levels(tokens: Sequence[Token], top: int) -> None:
    last = top - 1
    first: int | None = None
    for token in tokens:
        if token.type == "heading_open":
            given = int(token.tag[1])
            first = given if first is None else min(first, given)
            last = min(max(top, top + given - first), last + 1, _DEEPEST)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{last}"
