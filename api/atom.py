"""Atom feeds (RFC 4287), in pages (RFC 5005): the only place that writes one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any, Final
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

MEDIA_TYPE: Final = "application/atom+xml"

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What XML 1.0 has no room for; one of them makes the whole feed unreadable.


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry. ``id`` never changes, whatever is corrected; ``page`` is for people, ``data``
    for programs."""

    id: str
    title: str
    summary: str
    page: str
    data: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of a feed. ``address`` is its own, ``first`` that of the first page, which is the
    feed itself, and ``next`` that of the older entries, if there are any. ``contributors`` are
    the organisations whose collecting stands behind it."""

    title: str
    subtitle: str
    language: str
    author: str
    contributors: Sequence[str]
    rights: str
    address: str
    first: str
    next: str | None
    page: str
    updated: datetime
    entries: Iterable[FeedEntry]


def write_feed(feed: Feed) -> bytes:
    """The feed in UTF-8."""
    atom = _PagedFeed(
        title=xml_text(feed.title),
        link=feed.page,
        description="",
        language=feed.language,
        author_name=xml_text(feed.author),
        subtitle=xml_text(feed.subtitle),
        feed_url=feed.address,
        feed_guid=feed.first,
        feed_copyright=xml_text(feed.rights),
        contributors=[xml_text(name) for name in feed.contributors],
        links=[("first", feed.first), *([("next", feed.next)] if feed.next else [])],
        newest=feed.updated,
    )
    for entry in feed.entries:
        atom.add_item(
            title=xml_text(entry.title),
            link=entry.page,
            description=xml_text(entry.summary),
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.categories,
            data=entry.data,
        )
    text = StringIO()
    atom.write(text, "utf-8")
    return text.getvalue().encode()


def xml_text(text: str) -> str:
    """A text as XML can hold it: what it has no room for becomes a replacement character."""
    return _NOT_XML.sub("\ufffd", text)


class _PagedFeed(Atom1Feed):
    """Adds the links between pages, and for each entry the one to its data."""

    def latest_post_date(self) -> datetime:
        """When the page last changed; never the time at which it was asked for."""
        newest: datetime = self.feed["newest"]
        return newest

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for name in self.feed["contributors"]:
            handler.startElement("contributor", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("contributor")
        for relation, address in self.feed["links"]:
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement(
            "link", "", {"rel": "alternate", "type": "application/json", "href": item["data"]}
        )
