"""Small pieces of pages that stand in loops: dates, places, names of those who speak, notes.

Each is a line of markup around words from ``website.presentation``, put together without a
template of its own: a page holds dozens, and a template costs many times what the words do. All
text that came from outside is escaped here. ``reader`` is the active language.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from reference.date_text import localise_digits, render_date
from website.addresses import page_address, record_address
from website.presentation.dates import date_words, is_known, machine_date, read_date
from website.presentation.language import Bilingual, Text, punctuation
from website.presentation.people import name_in_words
from website.presentation.places import PlaceWords, place_words
from website.presentation.short_lists import END_MEANINGS, words_of
from website.presentation.terms import term_label

Value = Mapping[str, Any] | None

NOTHING: Final = SafeString("")

_KEPT: Final = 4096
"""Dates and numbers of notes that a process keeps as markup: below 1 MB."""


def text_markup(value: Text | Bilingual | None, reader: str) -> SafeString:
    """A short text inside a line; set apart and marked if it is in the other language."""
    if isinstance(value, Bilingual):
        value = value.first
    if value is None:
        return NOTHING
    if value.language == reader:
        return conditional_escape(value.value)
    return format_html(
        '<bdi lang="{}" dir="{}">{}</bdi>', value.language, value.direction, value.value
    )


def date_markup(value: Value, reader: str, *, brief: bool = False) -> SafeString:
    """A date in words, as a ``time`` element where HTML can say it.

    ``brief``, for lists: without saying where the date comes from.
    """
    if not value:
        return _date("", None, brief, reader)
    return _date(value["text"], value.get("basis"), brief, reader)


@lru_cache(_KEPT)
def _date(text: str, basis: str | None, brief: bool, reader: str) -> SafeString:
    value = {"text": text, "basis": basis}
    words = render_date(read_date(value)) if brief else date_words(value)
    machine = machine_date(value)
    if not machine:
        return conditional_escape(words)
    return format_html('<time datetime="{}">{}</time>', machine, words)


def marks_markup(numbers: Iterable[int], reader: str) -> SafeString:
    """The numbers of notes, each a link to its note; nothing for none."""
    marks = [_mark(number, reader) for number in numbers]
    if not marks:
        return NOTHING
    return format_html(
        '<sup class="marks">{}</sup>', format_html_join(" ", "{}", ((mark,) for mark in marks))
    )


@lru_cache(_KEPT)
def _mark(number: int, reader: str) -> SafeString:
    return format_html(
        '<a href="#note-{}"><span class="unseen">{} </span>{}</a>',
        number,
        gettext("Note"),
        localise_digits(str(number), reader),
    )


def party_markup(party: Mapping[str, Any], reader: str) -> SafeString:
    """Who: a post, an agency or a name in words, linked where it has a page."""
    who = text_markup(name_in_words(party, reader).first, reader)
    if reference := party.get("agency") or party.get("victim"):
        who = format_html('<a href="{}">{}</a>', record_address(reference), who)
    if not party.get("post"):
        return who
    return format_html("<bdi>{}</bdi>{}{}", party["post"], punctuation(",", reader), who)


def period_markup(violation: Mapping[str, Any], reader: str) -> SafeString:
    """From when to when a violation lasted, and what its end was, as far as that is known."""
    start, end = violation.get("start"), violation.get("end")
    begun = date_markup(start, reader)
    if end and is_known(end) and end["text"] != (start or {}).get("text"):
        meaning = violation.get("end_meaning")
        ended = words_of(meaning, END_MEANINGS) or pgettext("violation, before a date", "ended")
        return format_html(
            "{}{}{}: {}", begun, punctuation(";", reader), ended, date_markup(end, reader)
        )
    if violation.get("open_ended"):
        open_words = gettext("not ended: fate or whereabouts not clarified")
        return format_html(
            '{}{}<span class="open">{}</span>', begun, punctuation(";", reader), open_words
        )
    return begun


def place_markup(place: Value, reader: str, *, brief: bool = False) -> SafeString:
    """A place in words, each area the way to what is documented there; ``brief`` for lists."""
    words = place_words(place, reader, brief=brief)
    if words is None:
        return conditional_escape(gettext("place unknown"))
    listed = page_address("website:incidents")
    areas = (
        format_html(
            '<a href="{}?area={}">{}</a>',
            listed,
            quote(area.code),
            text_markup(area.name, reader),
        )
        for area in words.areas
    )
    names = [text_markup(words.text, reader), *areas] if words.text else [*areas]
    line = format_html_join(punctuation(",", reader), "{}", ((name,) for name in names))
    return format_html("{}{}", line, _how_known(words, brief=brief))


def _how_known(words: PlaceWords, *, brief: bool) -> SafeString:
    """Whether the district was concluded, and unless it is ``brief`` how exact the place is."""
    told = []
    if words.inferred:
        said = (
            gettext("district inferred")
            if brief
            else gettext("district inferred, not stated by a source")
        )
        told.append(f"({said})")
    if words.precision and not brief:
        exactness = term_label(words.precision, "place-precision")
        told.append(f"{pgettext('place', 'Exactness:')} {exactness}.")
    return format_html_join("", ' <span class="quiet">{}</span>', ((each,) for each in told))
