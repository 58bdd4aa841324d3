"""The rows of a list as markup, kept ready for records that did not change.

The same newest records open nearly every list. What a row shows depends on the document, the
language and the vocabularies alone, so a row made once serves until one of these changes. A
withdrawn record is in no list; its row, should one still be kept, is never asked for again.
"""

import json
from collections import OrderedDict
from collections.abc import Iterable
from hashlib import blake2b
from threading import Lock

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from record.kinds import Kind
from reference import vocabularies

KEPT = 2000
"""Rows kept in a process: about 3 MB."""

_Key = tuple[bytes, str, str, str]
_rows: "OrderedDict[_Key, SafeString]" = OrderedDict()
_lock = Lock()


def rendered_rows(kind: Kind, documents: Iterable[bytes], form: str = "rows") -> list[SafeString]:
    """The row of each document of a list of this kind, in order, in the active language.

    ``form`` is the folder of the templates: ``rows`` of a list, ``table`` or ``lines`` in time.
    """
    state = (form, get_language() or "en", vocabularies.version())
    return [_row(kind, document, state) for document in documents]


def _row(kind: Kind, document: bytes, state: tuple[str, str, str]) -> SafeString:
    # The digest stands for the document, which would be too large to keep as a key.
    key = (blake2b(document, digest_size=16).digest(), *state)
    with _lock:
        row = _rows.get(key)
        if row is not None:
            _rows.move_to_end(key)
            return row
    template = f"website/{state[0]}/{kind.value}.html"
    row = render_to_string(template, {"document": json.loads(document)})
    with _lock:
        _rows[key] = row
        while len(_rows) > KEPT:
            _rows.popitem(last=False)
    return row
