"""The facets of a list as markup, kept for as long as the record stays as it is.

Counting every dimension of a wide question costs more than the list itself, and the widest
questions are those that most readers begin with. What was counted once serves until something
is published, or a term or area is edited.
"""

from collections import OrderedDict
from threading import Lock
from typing import Final

from django.db import connection
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from record.kinds import Kind
from record.models import Revision
from record.questions import Question
from record.reference_state import reference_version
from website.presentation.facets import Facet, facets

KEPT = 500
"""Questions kept in a process: about 4 MB."""

_LATEST: Final = f"SELECT hash FROM {Revision._meta.db_table} ORDER BY sequence DESC LIMIT 1"  # noqa: S608

_Key = tuple[str, Kind, str, str, str]
_facets: "OrderedDict[_Key, SafeString]" = OrderedDict()
_lock = Lock()


def kept_facets(kind: Kind, question: Question, count: int) -> SafeString:
    """``facets`` of a question in the active language, empty where nothing divides what it finds.
    One query where they are kept."""
    state = _state()
    if state is None:
        return SafeString("")
    language = get_language() or "en"
    key = (state, kind, question.filter_query, language, reference_version())
    with _lock:
        found = _facets.get(key)
        if found is not None:
            _facets.move_to_end(key)
            return found
    found = _rendered(facets(kind, question, count))
    with _lock:
        _facets[key] = found
        while len(_facets) > KEPT:
            _facets.popitem(last=False)
    return found


def forget() -> None:
    """Count everything anew."""
    with _lock:
        _facets.clear()


def _rendered(found: list[Facet]) -> SafeString:
    if not found:
        return SafeString("")
    return render_to_string("website/parts/facets.html", {"facets": found})


def _state() -> str | None:
    """The hash of the latest revision, which follows from all before it; None before any."""
    with connection.cursor() as cursor:
        cursor.execute(_LATEST)
        latest = cursor.fetchone()
    return latest[0] if latest else None
