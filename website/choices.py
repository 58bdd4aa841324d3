"""The choices of a field of the search form as markup, prepared for vocabularies of a hundred."""

from functools import lru_cache
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from website.presentation.controls import Choice, Control

_KEPT: Final = 256
"""Lists of choices in a language that a process keeps: about 2 MB."""

_Pieces = tuple[tuple[str, SafeString, SafeString], ...]
"""Of each choice its value, and its markup before and behind the mark that it is chosen."""


def choices_markup(control: Control) -> SafeString:
    """Boxes to tick, or the options of a list, those given marked as chosen."""
    if control.kind == "many":
        pieces, mark = _boxes(control.name, control.choices), SafeString(" checked")
    else:
        pieces, mark = _options(control.choices), SafeString(" selected")
    written = SafeString("")
    for value, before, behind in pieces:
        written += before + mark + behind if value in control.given else before + behind
    return written


@lru_cache(_KEPT)
def _boxes(name: str, choices: tuple[Choice, ...]) -> _Pieces:
    return tuple((choice.value, *_box(name, choice)) for choice in choices)


def _box(name: str, choice: Choice) -> tuple[SafeString, SafeString]:
    depth = format_html(' class="depth-{}"', choice.depth) if choice.depth else ""
    before = format_html(
        '<label{}><input type="checkbox" name="{}" value="{}"', depth, name, choice.value
    )
    return before, format_html("> {}</label>\n", choice.label)


@lru_cache(_KEPT)
def _options(choices: tuple[Choice, ...]) -> _Pieces:
    return tuple(
        (
            choice.value,
            format_html('<option value="{}"', choice.value),
            format_html(">{}</option>", choice.label),
        )
        for choice in choices
    )
