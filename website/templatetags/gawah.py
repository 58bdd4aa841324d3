"""What the templates say with: terms, dates, names in two scripts, places, notes, addresses.

Everything here returns plain text that the template escapes, or marks up text that was escaped
by ``format_html``.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from record.kinds import Kind, kind_of
from reference.date_text import localise_digits, render_date
from reference.publisher import OwnWords, last_known_publisher
from website.languages import LanguageLink, language_links
from website.logo import logo_address
from website.presentation import people
from website.presentation.attributions import in_sequence
from website.presentation.brief import acts_in_brief
from website.presentation.counts import number
from website.presentation.dates import date_words, day_words, is_known, machine_date, read_date
from website.presentation.headlines import act_words, headline_of
from website.presentation.language import Bilingual, Text, marked, punctuation, read_both
from website.presentation.legal_chain import course_words
from website.presentation.places import place_words
from website.presentation.short_lists import ACTIONS, END_MEANINGS, NAME_KINDS, words_of
from website.presentation.terms import term_definition, term_label
from website.resources import RESOURCES, ResourceLink, resource_links
from website.wrong_address import Meant, meant_by

register = template.Library()

Value = Mapping[str, Any] | None

_PHONE = re.compile(r"\+?[0-9 ()./-]{4,40}")
_ZERO_AT_HOME = re.compile(r"\( *0 *\)")
_DATE = re.compile(r"(\b\d{4}-\d{2}-\d{2}\b)")


def _reader() -> str:
    return get_language() or "en"


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
    return comma().join(term_label(value, vocabulary) for value in values or ())


@register.simple_tag
def comma() -> str:
    """The comma between two items, as the language of the page writes it."""
    return punctuation(",", _reader())


@register.simple_tag
def semicolon() -> str:
    """The semicolon between two items, as the language of the page writes it."""
    return punctuation(";", _reader())


@register.simple_tag
def stop() -> str:
    """The full stop between two sentences, as the language of the page writes it."""
    return punctuation(".", _reader())


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
    return [part.strip() for part in words.value.split("\n\n") if part.strip()]


@register.filter
def is_web(address: str) -> bool:
    """Whether an address may be a link: nothing but the web, so never a script."""
    return address.startswith(("https://", "http://"))


@register.inclusion_tag("website/parts/place.html")
def place(value: Value, brief: bool = False) -> dict[str, Any]:
    """A place in words, for this reader; ``brief`` for lists."""
    return {"words": place_words(value, _reader(), brief=brief), "brief": brief}


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
    kind = kind_of(reference)
    return reverse(f"website:{kind.value}", args=[reference]) if kind else ""


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


@register.simple_tag
def when(value: Value, brief: bool = False) -> SafeString:
    """A date in words, as a ``time`` element where HTML can say it.

    ``brief``, for lists: without saying where the date comes from.
    """
    words = render_date(read_date(value)) if brief else date_words(value)
    machine = machine_date(value)
    if not machine:
        return format_html("{}", words)
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.simple_tag
def text(value: Text | Bilingual | None) -> SafeString:
    """A short text inside a line; set apart and marked if it is in the other language."""
    if isinstance(value, Bilingual):
        value = value.first
    if value is None or value.language == _reader():
        return format_html("{}", value or "")
    return format_html(
        '<bdi lang="{}" dir="{}">{}</bdi>', value.language, value.direction, value.value
    )


@register.filter
def undivided(sentence: str) -> SafeString:
    """A sentence whose dates are not broken at their hyphens at the end of a line."""
    parts = _DATE.split(sentence)
    dates = range(1, len(parts), 2)
    return format_html_join(
        "",
        "{}{}",
        (
            (
                parts[place - 1],
                format_html('<bdi class="undivided" dir="ltr">{}</bdi>', parts[place]),
            )
            for place in dates
        ),
    ) + format_html("{}", parts[-1])


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


@register.simple_tag
def contact_link(about: str = "") -> SafeString:
    """Every way to reach the organisation, each a link where it is an address or a number.

    ``about`` is a reference that a message begins with as its subject.
    """
    ways = ((_way_to(contact, about),) for contact in last_known_publisher().contacts)
    return format_html_join(comma(), "{}", ways)


def _way_to(contact: str, about: str) -> SafeString:
    if is_web(contact):
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', contact, contact)
    if "@" in contact and " " not in contact:
        # Quoted, so that nothing in it can add a line to the head of a message.
        target = quote(contact, safe="@+")
        subject = f"?subject={quote(about)}" if about else ""
        return format_html(
            '<a href="mailto:{}{}"><bdi dir="ltr">{}</bdi></a>', target, subject, contact
        )
    if _PHONE.fullmatch(contact):
        return format_html(
            '<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>', _dialled(contact), contact
        )
    return format_html("<bdi>{}</bdi>", comma().join(contact.splitlines()))


def _dialled(phone: str) -> str:
    """A number as it is dialled. After a country's code, "(0)" is for callers within only."""
    if phone.startswith("+"):
        phone = _ZERO_AT_HOME.sub("", phone, count=1)
    return re.sub(r"[^+0-9]", "", phone)


@register.simple_tag
def machine_readable(value: SafeString | None) -> SafeString:
    """What is said to search engines: data that no browser runs, so no policy has to allow it."""
    if not value:
        return SafeString("")
    return format_html('<{0} type="application/ld+json">{1}</{0}>', "script", value)


@register.simple_tag
def marked_as(value: Text | OwnWords | None) -> SafeString:
    """The ``lang`` and ``dir`` attributes of a block of text in the other language, or nothing."""
    if value is None or value.language == _reader():
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', value.language, value.direction)


@register.inclusion_tag("website/parts/marks.html", takes_context=True)
def marks(context: Context, *facts: Value) -> dict[str, Any]:
    """The numbered notes of facts, linked; needs ``notes`` in the page's context."""
    return {"numbers": context["notes"].marks(*facts)}


@register.inclusion_tag("website/parts/marks.html", takes_context=True)
def marks_of(context: Context, facts: Iterable[Value]) -> dict[str, Any]:
    """The numbered notes of several facts that say the same."""
    return marks(context, *facts)


@register.inclusion_tag("website/parts/party.html")
def party(value: Value) -> dict[str, Any]:
    """Who: a post, an agency or a name in words, linked where it has a page."""
    return {"party": value}


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
