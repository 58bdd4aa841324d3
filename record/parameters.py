"""Reading a query string strictly: what is not understood is an error, never a guess.

A wrong number that looks right is the worst thing this software could hand to a reporter, so
nothing is clipped, dropped or corrected silently. Messages say how to mend the request and
never repeat what was sent.
"""

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from record.other_names import same_question

MAX_PAGE_SIZE = 200
MAX_LISTED_ROWS = 10_000
"""Page numbers reach this many rows; further pages would be read from the start every time."""

MAX_MEMBERS = 50
"""Values in one parameter: more than anybody types, fewer than would tire the database."""

MAX_LOOKED_UP = 20
"""Values in a parameter that takes names: each one not found costs a search for what is near."""

MAX_SAMPLE = 10_000
"""Records in a sample."""

MAX_CHARACTERS = 200
"""Characters in one value."""

_MAX_SUGGESTIONS = 10
# Comparing spellings costs time; beyond ten unknown names nobody mistyped, somebody is probing.

TRACKING = re.compile(r"^(utm_[a-z_]{1,20}|fbclid|gclid|mc_cid|mc_eid)$")
"""Added to links by other websites. Pages tolerate these names; the API does not."""

_PRINTABLE_NAME = re.compile(r"^[A-Za-z][A-Za-z0-9_]{0,39}$")
UNREADABLE = "(unreadable)"
"""Stands for a parameter whose name cannot be shown safely."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several things an ambiguous value may mean: a valid value and what it is."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ParameterError:
    """What is wrong with one parameter, in the reader's language, and how to mend it.

    ``suggestion`` is the nearest valid parameter name or value, where one is near enough.
    ``candidates`` lists what an ambiguous value may mean.
    """

    parameter: str
    message: str
    suggestion: str | None = None
    candidates: tuple[Candidate, ...] = ()


def nearest(text: str, valid: Iterable[str]) -> str | None:
    """The valid word most like ``text``, or None where nothing is near."""
    found = difflib.get_close_matches(text[:60].lower(), list(valid), n=1, cutoff=0.6)
    return found[0] if found else None


def without_blanks(params: QueryDict) -> QueryDict:
    """The parameters a submitted form means: empty fields and tracking parameters left out."""
    meant = QueryDict(mutable=True)
    for name, values in params.lists():
        filled = [value for value in values if value.strip()]
        if filled and not TRACKING.match(name):
            meant.setlist(name, filled)
    return meant


def unknown_parameters(params: QueryDict, known: Collection[str]) -> list[ParameterError]:
    """One error for each name that is no parameter here."""
    unknown = [name for name in params if name not in known]
    return [
        _unknown(name, known if position < _MAX_SUGGESTIONS else ())
        for position, name in enumerate(unknown)
    ]


def _unknown(name: str, known: Collection[str]) -> ParameterError:
    same = same_question(name, known)
    if same is not None and (same[0] or same[1]):
        sentence, ours = same
        message = str(sentence) or _("There is no such parameter here; the one suggested does it.")
        return ParameterError(_printable(name), message, ours)
    base, separator, ending = name.partition("__")
    if separator and base in known:
        variants = [base, *(each for each in known if each.startswith(f"{base}__"))]
        endings = [each.removeprefix(f"{base}__") for each in variants[1:]]
        message = _("This variant does not exist. There is: %(variants)s.")
        listed = message % {"variants": ", ".join(variants)}
        near = nearest(ending, endings)
        return ParameterError(_printable(name), listed, f"{base}__{near}" if near else base)
    near = nearest(name, known) if same is None else None
    if near:
        message = _("There is no such parameter here. Did you mean the one suggested?")
    else:
        message = _("There is no such parameter here. The documentation lists those there are.")
    return ParameterError(_printable(name), message, near)


def _printable(name: str) -> str:
    return name if _PRINTABLE_NAME.match(name) else UNREADABLE
