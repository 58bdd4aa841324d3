"""What somebody meant who came to an address that is none of ours: a record, a list, a word.

Only what the reader sent is used, cut short and never taken for markup or for an address of its
own; the record is asked for one reference, and nothing else, because nobody is kept from trying.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db import DatabaseError
from django.utils.functional import Promise

from record.kinds import ANY_REFERENCE, Kind, kind_of
from record.models.entry import ENTRY_OF
from record.parameters import nearest
from website.addresses import page_address, record_address
from website.resources import RESOURCES, list_address

LONGEST: Final = 80
"""Letters of an address that become a search."""

_LOOSE_REFERENCE: Final = re.compile(
    r"\b(INC|VIC|VIO|AGY|LEG|SRC)[-_ ]?([0-9]{4})[-_ ]?([0-9]{1,9})\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_]+")
_LANGUAGE: Final = re.compile(r"^/[a-z]{2}(?=/|$)")
_NO_WORDS: Final = frozenset({"html", "htm", "php", "asp", "aspx", "index", "search", "www"})


@dataclass(frozen=True, slots=True)
class Meant:
    """What an address may have meant. Blank where there is nothing of the sort.

    ``reference`` is one that was published, with its ``address``; ``listed`` is the name of a
    list, with its address; ``words`` are for a search, ``search`` and ``by_name`` its addresses.
    """

    reference: str = ""
    address: str = ""
    listed: Promise | str = ""
    list_address: str = ""
    words: str = ""
    search: str = ""
    by_name: str = ""


def meant_by(path: str) -> Meant:
    """Read an address that was not found. At most one query."""
    path = _LANGUAGE.sub("", path[:400])
    reference = reference_in(path)
    segments = [part for part in path.split("/") if part]
    kind = _near_list(segments[0]) if segments else None
    rest = segments[1:] if kind else segments
    words = "" if _LOOSE_REFERENCE.search(path) else _words(" ".join(rest))
    return Meant(
        reference=reference,
        address=record_address(reference),
        listed=RESOURCES[kind] if kind else "",
        list_address=list_address(kind) if kind else "",
        words=words,
        search=f"{page_address('website:search')}?{urlencode({'q': words})}" if words else "",
        by_name=list_address(Kind.VICTIM, urlencode({"name": words})) if words else "",
    )


def _words(text: str) -> str:
    found = [word for word in _WORD.findall(text) if word.casefold() not in _NO_WORDS]
    words = ""
    for word in found:
        if len(words) + len(word) >= LONGEST:
            break
        words = f"{words} {word}".strip()
    return words


def _near_list(segment: str) -> Kind | None:
    names = {kind.plural: kind for kind in RESOURCES} | {kind.value: kind for kind in RESOURCES}
    return names.get(nearest(segment, names) or "")


def reference_in(text: str) -> str:
    """A reference named anywhere in an address or a search, in the form in which it is written,
    if it was ever published; else nothing."""
    match = _LOOSE_REFERENCE.search(text)
    if match is None:
        return ""
    reference = f"{match[1].upper()}-{match[2]}-{int(match[3]):04d}"
    kind = kind_of(reference)
    if kind is None or not ANY_REFERENCE.fullmatch(reference):
        return ""
    try:
        known = ENTRY_OF[kind].objects.filter(reference=reference).exists()
    except DatabaseError:
        # The page that says "not found" must not fail because the database is away.
        return ""
    return reference if known else ""
