"""The envelope around results: the only writer of list answers.

Stored documents are JSON text already. They are joined with commas as they are, one a line so
that a person can read the answer, and never parsed on the way.
"""

import json
from collections.abc import Iterable, Mapping


def write_envelope(
    head: Mapping[str, object],
    documents: Iterable[bytes | str],
    meta: Mapping[str, object],
    *,
    results: str = "results",
) -> bytes:
    """A JSON object in UTF-8: the members of ``head``, then ``results``, then ``meta``."""
    before = f'{_to_json(head)[:-1]}{", " if head else ""}"{results}": [\n'
    after = f'\n],\n"meta": {json.dumps(meta, ensure_ascii=False, indent=1)}}}\n'
    written = (each if isinstance(each, bytes) else each.encode() for each in documents)
    return b"".join((before.encode(), b",\n".join(written), after.encode()))


def _to_json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
