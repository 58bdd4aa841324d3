"""What stands at the foot of a record: the line of a source, a note, and what rests on a source.

As in ``website.markup``, all text that came from outside is escaped here.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from website.addresses import record_address
from website.markup import date_markup, text_markup
from website.presentation.citations import CitedFact, Note
from website.presentation.dates import is_known
from website.presentation.language import punctuation, read_both
from website.presentation.terms import term_label

Source = Mapping[str, Any]

_EXPECTED_LANGUAGE: Final = "en"
"""The language of most sources, which is not said."""

_NOT_ASSESSED: Final = "not-assessed"


def source_markup(source: Source, reader: str) -> SafeString:
    """A source in one line: title, publisher, date, and what kind of thing it is.

    One of which nothing but the reference is known is named by that.
    """
    comma = punctuation(",", reader)
    line = _title(source, reader)
    if publisher := source.get("publisher"):
        line += format_html("{}<bdi>{}</bdi>", comma, publisher)
    if is_known(source.get("published")):
        line += format_html("{}{}", comma, date_markup(source["published"], reader))
    if source.get("type"):
        kind = [term_label(source["type"], "source-type")]
        language = source.get("language")
        if language and language["code"] != _EXPECTED_LANGUAGE:
            kind.append(term_label(language, "language"))
        line += format_html(' <span class="quiet">({})</span>', comma.join(kind))
    return line


def note_markup(note: Note, reader: str) -> SafeString:
    """A note: the source, where in it, what it says there, and what is thought of that."""
    citation = note.citation
    if citation is None:
        return conditional_escape(
            gettext("A source, or several, that we do not name so that nobody is put at risk.")
        )
    if note.source:
        line = source_markup(note.source, reader)
    else:
        line = format_html('<bdi dir="ltr">{}</bdi>', citation["source"])
    if locator := citation.get("locator"):
        line += format_html("{}<bdi>{}</bdi>", punctuation(",", reader), locator)
    if quotation := citation.get("quotation"):
        line += format_html(': <q dir="auto">{}</q>', quotation)
    if citation.get("stance") == "disputes":
        words = pgettext("citation", "disputes this")
        line += format_html(' <strong class="mark">{}</strong>', words)
    reliability = citation.get("reliability")
    if reliability and reliability["code"] != _NOT_ASSESSED:
        words = term_label(reliability, "information-reliability")
        line += format_html(
            ' <span class="quiet">{} {}.</span>', gettext("This information:"), words
        )
    return line


def facts_markup(facts: Iterable[CitedFact], reader: str) -> SafeString:
    """What rests on a source or is disputed by it, each the way to its place on the page."""
    named = (
        format_html('<a href="#{}">{}</a>', cited.anchor, cited.label)
        if cited.anchor
        else cited.label
        for cited in facts
    )
    return format_html_join(punctuation(";", reader), "{}", ((each,) for each in named))


def _title(source: Source, reader: str) -> SafeString:
    address = record_address(source["reference"])
    title = read_both(source, "title", reader)
    if not title:
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', address, source["reference"])
    words = text_markup(title, reader)
    return format_html('<cite><a href="{}">{}</a></cite>', address, words)
