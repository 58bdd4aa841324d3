"""How to reach the organisation, each way a link where it is an address or a number."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from website.presentation.language import punctuation

_PHONE: Final = re.compile(r"\+?[0-9 ()./-]{4,40}")
_ZERO_AT_HOME: Final = re.compile(r"\( *0 *\)")


def is_web(address: str) -> bool:
    """Whether an address may be a link: nothing but the web, so never a script."""
    return address.startswith(("https://", "http://"))


def contacts_markup(contacts: Iterable[str], reader: str, about: str = "") -> SafeString:
    """Every way, in order, for a reader of this language.

    ``about`` is a reference that a message begins with as its subject.
    """
    ways = ((_way_to(contact, reader, about),) for contact in contacts)
    return format_html_join(punctuation(",", reader), "{}", ways)


def _way_to(contact: str, reader: str, about: str) -> SafeString:
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
    return format_html("<bdi>{}</bdi>", punctuation(",", reader).join(contact.splitlines()))


def _dialled(phone: str) -> str:
    """A number as it is dialled. After a country's code, "(0)" is for callers within only."""
    if phone.startswith("+"):
        phone = _ZERO_AT_HOME.sub("", phone, count=1)
    return re.sub(r"[^+0-9]", "", phone)
