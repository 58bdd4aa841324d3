"""Values as FollowTheMoney has them: lists of texts, and dates known as far as their beginning."""

import hashlib
import re
from typing import Any, Final

from record.reading import Document

Properties = dict[str, list[str]]
Entity = dict[str, Any]

# What no JSON reader of the model accepts in a text, beside what Unicode calls no character.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

_YEAR, _MONTH, _DAY = 4, 7, 10


def entity(identifier: str, schema: str, /, **properties: Any) -> Entity:
    """An entity with the properties that are known; each has a text, texts or None."""
    held: Properties = {}
    for name, given in properties.items():
        texts = given if isinstance(given, list) else [given]
        known = [_CONTROLS.sub("\ufffd", text).strip() for text in texts if text]
        if found := list(dict.fromkeys(text for text in known if text)):
            held[name] = found
    return {"id": identifier, "schema": schema, "properties": held}


def link_id(*parts: str) -> str:
    """The id of a link, which has no reference of its own: the same as long as what it links and
    its role stay the same."""
    return f"link-{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:24]}"


def date_of(value: Document | None) -> str | None:
    """A date as far as it is known: ``2023-10-29``, ``2023-10``, ``2023``; None where not even
    the year is, or where one of the two ends is open.

    Of a range it is what all of its days begin with, so that no day is named which the record
    does not name.
    """
    earliest, latest = (value["earliest"], value["latest"]) if value else (None, None)
    if not earliest or not latest:
        return None
    for length in (_DAY, _MONTH, _YEAR):
        if earliest[:length] == latest[:length]:
            return str(earliest[:length])
    return None


def names(part: Document, name: str = "name") -> list[str]:
    """A name, and the same in the language of the place."""
    return [part[name], part[f"{name}_local"]]


def code(value: Document | None) -> str | None:
    """The code of a coded value."""
    return value["code"] if value else None


def label(value: Document | None) -> str | None:
    """The English label of a coded value."""
    return value["label"] if value else None


def country(place: Document | None) -> str | None:
    """The two letters of the country a place is in."""
    areas = (place or {}).get("areas") or ()
    found = next((area["code"] for area in areas if area["level"] == "country"), "")
    return found.lower() if re.fullmatch("[A-Z]{2}", found) else None


def place_in_words(place: Document | None) -> str | None:
    """A place from the smallest area to the largest, in English."""
    if not place:
        return None
    areas = [area["name"] for area in reversed(place["areas"])]
    return ", ".join(filter(None, [place["text"], *areas])) or None
