"""What the templates say with: terms, dates, names in two scripts, places, notes, addresses.

Everything here returns plain text that the template escapes, or marks up text that was escaped
by ``format_html``.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, pgettext

from record.kinds import Kind
from record.sentence_marks import without_marks
from reference.date_text import localise_digits
from reference.publisher import OwnWords, last_known_publisher
from website.account_markup import account_markup
from website.addresses import record_address
from website.choices import choices_markup
from website.colophon import colophon_markup
from website.contact_markup import contacts_markup, is_web
from website.drawing.table_bar import bar_markup
from website.languages import LanguageLink, language_links
from website.logo import logo_address
from website.markup import (
    NOTHING,
    date_markup,
    marks_markup,
    party_markup,
    period_markup,
    place_markup,
    text_markup,
)
from website.presentation import people
from website.presentation.attributions import in_sequence
from website.presentation.brief import acts_in_brief
from website.presentation.citations import CitedFact, Note
from website.presentation.controls import Control
from website.presentation.counted import Counted
from website.presentation.counts import number
from website.presentation.dates import day_words, is_known
from website.presentation.headlines import act_words, headline_of
from website.presentation.language import Bilingual, Text, marked, punctuation, read_both
from website.presentation.legal_chain import course_words
from website.presentation.revision_notes import note_words
from website.presentation.short_lists import ACTIONS, END_MEANINGS, NAME_KINDS, words_of
from website.presentation.terms import term_definition, term_label
from website.resources import RESOURCES, ResourceLink, resource_links
from website.source_markup import facts_markup, note_markup, source_markup
from website.standing import reader_of, translate, url
from website.wrong_address import Meant, meant_by

register = template.Library()

Value = Mapping[str, Any] | None

_LEFT_TO_RIGHT = re.compile(r"(https?://\S+|\b[A-Z]{3}-\d{4}-\d{4,}\b|\b\d{4}-\d{2}-\d{2}\b)")


def _reader() -> str:
    return get_language() or "en"


register.tag("translate", translate)
register.tag("url", url)
register.filter("is_web", is_web)
register.filter("age", people.age_words)
register.filter("days", people.days_words)
register.filter("person", people.person_words)
register.filter("known", is_known)
register.filter("day", day_words)
register.filter("in_sequence", in_sequence)
register.filter("numbered_harm", people.harm_words)
register.filter("logo_address", logo_address)


@register.filter
def term(value: Value, vocabulary: str) -> str:
    """The label of a coded value: ``{{ document.grade|term:"grade" }}``."""
    return term_label(value, vocabulary)


@register.filter
def definition(value: Value, vocabulary: str) -> str:
    """What a coded value means."""
    return term_definition(value, vocabulary)


@register.filter
def terms(values: Iterable[Mapping[str, Any]] | None, vocabulary: str) -> str:
    """The labels of several coded values, joined by commas."""
    return punctuation(",", _reader()).join(term_label(value, vocabulary) for value in values or ())


@register.simple_tag(takes_context=True)
def comma(context: Context) -> str:
    """The comma between two items, as the language of the page writes it."""
    return punctuation(",", reader_of(context))


@register.simple_tag(takes_context=True)
def semicolon(context: Context) -> str:
    """The semicolon between two items, as the language of the page writes it."""
    return punctuation(";", reader_of(context))


@register.simple_tag(takes_context=True)
def stop(context: Context) -> str:
    """The full stop between two sentences, as the language of the page writes it."""
    return punctuation(".", reader_of(context))


@register.filter
def both(holder: Value, field: str) -> Bilingual:
    """A field in both scripts, the reader's first: ``{{ document|both:"title" }}``."""
    return read_both(holder, field, _reader())


@register.filter
def name(person: Mapping[str, Any]) -> Bilingual:
    """A person's or party's name in both scripts, or that it is withheld."""
    return people.name_in_words(person, _reader())


@register.filter
def parentage(person: Mapping[str, Any]) -> Text | None:
    """Whose child the person is, in words; None where that is not published."""
    return people.parentage_words(person, _reader())


@register.filter
def act(violation: Mapping[str, Any]) -> str:
    """A violation in words: what was done and to whom."""
    return act_words(violation, _reader())


@register.filter
def headline(document: Mapping[str, Any]) -> Text:
    """What a record is called: its title, its name, or the act and the person."""
    return headline_of(document, _reader())


@register.filter
def paragraphs(words: Text) -> list[str]:
    """The paragraphs of a text, which blank lines divide."""
    return words.paragraphs


@register.simple_tag(takes_context=True)
def place(context: Context, value: Value, brief: bool = False) -> SafeString:
    """A place in words, for this reader; ``brief`` for lists."""
    return place_markup(value, reader_of(context), brief=brief)


@register.filter
def digits(value: object) -> str:
    """A number as this language writes it."""
    return localise_digits(str(value), get_language())


@register.filter
def grouped(value: int) -> str:
    """An exact number as this language writes it, thousands apart."""
    return number(value)


@register.filter
def plural_name(kind: Kind) -> str:
    """What a list of this kind of record is called."""
    return str(RESOURCES[kind])


@register.filter
def address(reference: str) -> str:
    """The path of the page of a public reference; empty for what is none."""
    return record_address(reference)


@register.filter
def accused(action: Mapping[str, Any]) -> str:
    """How many are accused, from the bounds."""
    return people.range_words(action["accused_low"], None, action["accused_high"])


@register.filter
def course(action: Mapping[str, Any]) -> list[str]:
    """How far a legal action has come and how it ended, each said once."""
    return course_words(action)


@register.filter
def brief_acts(incident: Mapping[str, Any]) -> list[str]:
    """What was done to whom, one line a kind of act, for a list."""
    return acts_in_brief(incident, _reader())


@register.filter
def crowd(protest: Mapping[str, Any]) -> str:
    """The size of a crowd from its bounds."""
    return people.range_words(protest["crowd_low"], None, protest["crowd_high"])


@register.filter
def demands(protest: Mapping[str, Any]) -> list[Text]:
    """The demands in the reader's script, or in the other where only that is recorded."""
    local = [marked(demand, local=True) for demand in protest["demands_local"]]
    english = [marked(demand) for demand in protest["demands"]]
    return (local or english) if _reader() == "ur" else (english or local)


@register.filter
def end_meaning(value: Value) -> str:
    """What ended a violation."""
    return words_of(value, END_MEANINGS)


@register.filter
def name_kind(code: str) -> str:
    """What kind of name a name is."""
    return words_of({"code": code, "label": code}, NAME_KINDS)


@register.filter
def revision_action(code: str) -> str:
    """What a revision did."""
    return words_of({"code": code, "label": code}, ACTIONS)


@register.filter
def revision_note(note: str) -> str:
    """What a revision says of itself, in the reader's language as far as we wrote it."""
    return note_words(note)


@register.simple_tag(takes_context=True)
def when(context: Context, value: Value, brief: bool = False) -> SafeString:
    """A date in words; ``brief``, for lists, without saying where the date comes from."""
    return date_markup(value, reader_of(context), brief=brief)


@register.simple_tag(takes_context=True)
def text(context: Context, value: Text | Bilingual | None) -> SafeString:
    """A short text inside a line; set apart and marked if it is in the other language."""
    return text_markup(value, reader_of(context))


@register.filter
def isolated(sentence: str) -> SafeString:
    """A sentence whose addresses, references and dates, which are written from left to right in
    every language, are not turned round by the words beside them."""
    if not get_language_bidi():
        return conditional_escape(sentence)
    parts = _LEFT_TO_RIGHT.split(sentence)
    pieces = (
        format_html('<bdi dir="ltr">{}</bdi>', part) if place % 2 else format_html("{}", part)
        for place, part in enumerate(parts)
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.simple_tag
def other_script(value: str) -> SafeString:
    """A name in the other script, set apart and marked."""
    words = marked(value, local=True)
    return format_html(
        '<bdi class="other-name" lang="{}" dir="{}">{}</bdi>',
        words.language,
        words.direction,
        value,
    )


@register.simple_tag(takes_context=True)
def contact_link(context: Context, about: str = "") -> SafeString:
    """Every way to reach the organisation, each a link where it is an address or a number.

    ``about`` is a reference that a message begins with as its subject.
    """
    return contacts_markup(last_known_publisher().contacts, reader_of(context), about)


@register.simple_tag
def machine_readable(value: SafeString | None) -> SafeString:
    """What is said to search engines: data that no browser runs, so no policy has to allow it."""
    if not value:
        return SafeString("")
    return format_html('<{0} type="application/ld+json">{1}</{0}>', "script", value)


@register.simple_tag(takes_context=True)
def marked_as(context: Context, value: Text | OwnWords | None) -> SafeString:
    """The ``lang`` and ``dir`` attributes of a block of text in the other language, or nothing."""
    if value is None or value.language == reader_of(context):
        return NOTHING
    return format_html(' lang="{}" dir="{}"', value.language, value.direction)


@register.simple_tag(takes_context=True)
def marks(context: Context, *facts: Value) -> SafeString:
    """The numbered notes of facts, linked; needs ``notes`` in the page's context."""
    return marks_markup(context["notes"].marks(*facts), reader_of(context))


@register.simple_tag(takes_context=True)
def account(context: Context, words: Text, document: Mapping[str, Any]) -> SafeString:
    """What happened, each sentence with its notes; needs ``notes`` in the page's context."""
    return account_markup(words, document, context["notes"], reader_of(context))


@register.filter
def unmarked(words: object) -> str:
    """A text without the marks that name the sources of its sentences."""
    return without_marks(str(words))


@register.simple_tag(takes_context=True)
def marks_of(context: Context, facts: Iterable[Value]) -> SafeString:
    """The numbered notes of several facts that say the same."""
    return marks_markup(context["notes"].marks(*facts), reader_of(context))


@register.simple_tag(takes_context=True)
def link_to_incident(context: Context, link: Mapping[str, Any]) -> SafeString:
    """Another incident and how this one stands to it, in the order of the language."""
    reader = reader_of(context)
    title = text_markup(read_both(link, "title", reader), reader)
    incident = format_html('<a href="{}">{}</a>', record_address(link["reference"]), title)
    label = term_label(link["relation"], "incident-link")
    relation = format_html('<span class="label">{}</span>', label)
    words = pgettext("how an incident stands to another", "{relation} {incident}")
    return format_html(words, relation=relation, incident=incident)


@register.simple_tag(takes_context=True)
def party(context: Context, value: Mapping[str, Any]) -> SafeString:
    """Who: a post, an agency or a name in words, linked where it has a page."""
    return party_markup(value, reader_of(context))


@register.simple_tag(takes_context=True)
def period(context: Context, violation: Mapping[str, Any]) -> SafeString:
    """From when to when a violation lasted."""
    return period_markup(violation, reader_of(context))


@register.simple_tag(takes_context=True)
def source_line(context: Context, source: Mapping[str, Any]) -> SafeString:
    """A source in one line, its title the way to its page."""
    return source_markup(source, reader_of(context))


@register.simple_tag(takes_context=True)
def note_line(context: Context, note: Note) -> SafeString:
    """What a numbered note says."""
    return note_markup(note, reader_of(context))


@register.simple_tag(takes_context=True)
def cited_facts(context: Context, facts: Iterable[CitedFact]) -> SafeString:
    """What rests on a source, each with a link to its place on the page."""
    return facts_markup(facts, reader_of(context))


@register.simple_tag
def bar(row: Counted) -> SafeString:
    """The bar of a count in a table."""
    return bar_markup(row)


@register.simple_tag
def choices(control: Control) -> SafeString:
    """What a field offers to choose from, with what was chosen marked."""
    return choices_markup(control)


@register.simple_tag(takes_context=True)
def colophon(context: Context) -> SafeString:
    """The foot of the page."""
    return colophon_markup(reader_of(context))


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[LanguageLink]:
    """This page in each language, path and query kept."""
    request: HttpRequest = context["request"]
    return language_links(request.path, request.META.get("QUERY_STRING", ""), _reader())


@register.simple_tag(takes_context=True)
def what_was_meant(context: Context) -> Meant:
    """What the address asked for may have meant; nothing on the staff side, which has no search."""
    if not settings.HAS_PUBLIC_SIDE or "request" not in context:
        return Meant()
    return meant_by(context["request"].path)


@register.simple_tag(takes_context=True)
def resources(context: Context) -> list[ResourceLink]:
    """The lists there are, with the question asked so far carried along.

    None on the staff side, which has no public pages yet shows errors in the same dress.
    """
    if not settings.HAS_PUBLIC_SIDE:
        return []
    return resource_links(context.get("resource"), context.get("carried_query") or "")
