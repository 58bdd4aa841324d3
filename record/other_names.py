"""Names of parameters that other APIs use, and what asks the same here.

Nothing of it is accepted: whoever writes one is told ours. Without this list, the name that is
merely spelt most alike would be suggested, or none.
"""

from collections.abc import Collection
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

_TOKEN: Final = _(
    "A token never stands in an address, which is written down on its way. Send it in the"
    " Authorization header: Bearer, a space, the token."
)
_SEVERAL: Final = _("Several values go into one parameter, separated by commas.")
_RANGE: Final = _("A range is given by date_from and date_to: a day, a month or a year each.")
_CHANGED: Final = _("What was published or changed since a moment is asked for by changed_since.")
_NOTHING: Final = _(
    "What is not recorded is asked for as a value: unknown, or none, of the parameter itself."
)
_UNDATED: Final = _("What has no date is asked for by date_unknown=true.")
_WHOLE: Final = _("Names and words match in any spelling without an ending.")
_EXCLUDING: Final = _("What is to be left out is named by the ending __not.")

_OTHERS: Final[dict[str, tuple[str, ...]]] = {
    "date_from": (
        *("from", "since", "start", "after", "start_date", "from_date", "date_after", "date_min"),
        *("date_start", "begin", "min_date", "fromdate", "startdate"),
    ),
    "date_to": (
        *("to", "until", "end", "before", "end_date", "to_date", "date_before", "date_max"),
        *("date_end", "max_date", "todate", "enddate"),
    ),
    "area": ("location", "place", "region", "where", "admin", "city", "town", "tehsil", "country"),
    "province": ("state", "admin1"),
    "district": ("admin2", "county"),
    "page_size": ("limit", "per_page", "count", "rows", "size", "pagesize", "max_results", "top"),
    "cursor": ("offset", "skip", "start_index", "page_token", "next_token"),
    "ordering": ("sort", "order", "order_by", "sort_by", "orderby", "sortby"),
    "q": ("search", "query", "text", "keyword", "keywords", "term", "s"),
    "fields": ("select", "columns", "only", "include", "omit", "exclude", "fl"),
    "agency": ("perpetrator", "perpetrators", "actor", "responsible"),
    "name": ("victim", "victim_name", "person", "names"),
    "changed_since": ("modified", "modified_since", "updated", "updated_since", "last_modified"),
    "format": ("output", "accept", "fmt", "alt"),
}
_OURS: Final = {other: ours for ours, others in _OTHERS.items() for other in others}

_CREDENTIALS: Final = frozenset({"token", "api_key", "apikey", "key", "access_token", "auth"})

_DATES: Final = frozenset({"date", "start", "date_from", "date_to", "month", "year", "began"})
_FROM: Final = frozenset({"gte", "gt", "from", "after", "min", "since"})
_TO: Final = frozenset({"lte", "lt", "to", "before", "until", "max"})
_ABSENT: Final = frozenset({"isnull", "isempty", "null", "exists"})
_SPELLED: Final = frozenset(
    {"icontains", "contains", "iexact", "startswith", "istartswith", "like"}
)
_EXACT: Final = frozenset({"exact", "eq", "is"})
_UNLIKE: Final = frozenset({"ne", "neq", "exclude", "notin", "not_in", "isnot"})


def same_question(name: str, known: Collection[str]) -> tuple[Any, str | None] | None:
    """A sentence on how this is asked here, blank where there is no more to say, and the
    parameter to use, None where it is not ``known`` here; None for a name that no API is known to
    use."""
    plain = name.lower().replace("-", "_")
    if plain in _CREDENTIALS:
        return _TOKEN, None
    base, _separator, ending = plain.partition("__")
    if not ending:
        ours = _OURS.get(plain)
        return None if ours is None else ("", ours if ours in known else None)
    found = _by_ending(base, ending, known)
    return found if found and found[1] in known else None


def _by_ending(base: str, ending: str, known: Collection[str]) -> tuple[Any, str] | None:
    """The endings of Django's look-ups, which many APIs let through."""
    ours = base if base in known else _OURS.get(base, base)
    if base in _DATES or ours in _DATES:
        if ending in _ABSENT:
            return _UNDATED, "date_unknown"
        if ending in _FROM | _TO | {"range", "in"}:
            return _RANGE, "date_to" if ending in _TO else "date_from"
    if base in {"changed", "modified", "updated", "published", "published_at"} and ending in _FROM:
        return _CHANGED, "changed_since"
    if ending in _UNLIKE:
        return _EXCLUDING, f"{ours}__not"
    for endings, sentence in ((_ABSENT, _NOTHING), (_SPELLED, _WHOLE), (_EXACT, "")):
        if ending in endings:
            return sentence, ours
    return (_SEVERAL, ours) if ending in {"in", "any", "or"} else None
