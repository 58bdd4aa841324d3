"""The ways in which one address on the web is written."""

from itertools import product
from typing import Final
from urllib.parse import SplitResult, urlsplit

_PASSED_ON: Final = ("utm_", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid")
"""How the names of parameters begin that say who passed an address on, and nothing of the page."""


def stripped(url: str) -> str:
    """An address without what says who passed it on, and otherwise as it was written."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = _of_the_page(parts.query)
    return url if kept == parts.query else parts._replace(query=kept).geturl()


def spellings(url: str) -> list[str]:
    """An address as it was typed, and as others would write it: with and without s, www and a slash
    at its end, without a place in the page and without what says who passed it on."""
    parts = _on_the_web(url)
    if parts is None:
        return [url]
    queries = dict.fromkeys((parts.query, _of_the_page(parts.query)))
    ways = product(_pages(parts), queries)
    return list(dict.fromkeys([url, *(f"{page}?{query}".rstrip("?") for page, query in ways)]))


def with_more_behind(url: str) -> list[str]:
    """How addresses begin that may be the same one, with more behind the page it names: whether
    they are it, ``are_one`` tells."""
    parts = _on_the_web(url)
    return [] if parts is None else [page + mark for page in _pages(parts) for mark in "?#"]


def are_one(url: str, other: str) -> bool:
    """Whether two addresses lead to the same page."""
    return not set(spellings(stripped(url))).isdisjoint(spellings(stripped(other)))


def _on_the_web(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.netloc else None


def _pages(parts: SplitResult) -> list[str]:
    """The ways to write the address of a page, without what stands behind it."""
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    ways = product(("https", "http"), (host, f"www.{host}"), (path, f"{path}/"))
    return [SplitResult(*way, "", "").geturl() for way in ways]


def _of_the_page(query: str) -> str:
    return "&".join(each for each in query.split("&") if not each.lower().startswith(_PASSED_ON))
