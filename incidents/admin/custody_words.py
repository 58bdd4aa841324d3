"""What the log of custody says, in the words of the reader.

The log itself is in English: it goes into hashes, and to others.
"""

import re
from typing import Final

from django.utils.translation import gettext, gettext_lazy

from incidents.admin.labels import joined
from incidents.models import CopyKind, Danger

_KNOWN: Final = {
    "downloaded": gettext_lazy("downloaded"),
    "evidence bundle": gettext_lazy("as part of evidence handed on"),
    "missing, or another hash": gettext_lazy("the file was not there, or had another hash"),
    "text read": gettext_lazy("its words were read"),
    "published": gettext_lazy("published for everybody"),
}
_RECEIVED: Final = re.compile(r"(\d+) bytes, (\S+?)(?:, kept apart: ([a-z, -]+))?")
_MADE_FROM: Final = re.compile(r"made from ([0-9a-f]{64})")
_COPY: Final = re.compile(r"([a-z]+|working copy): ([0-9a-f]{64})")


def reason_in_words(reason: str) -> str:
    """The reason of a line; one that no program of ours wrote stands as it is."""
    if reason in _KNOWN:
        return str(_KNOWN[reason])
    if found := _RECEIVED.fullmatch(reason):
        return _received(*found.groups())
    if found := _MADE_FROM.fullmatch(reason):
        return gettext("made from %(hash)s") % {"hash": found[1]}
    if found := _COPY.fullmatch(reason):
        kind = CopyKind(found[1]).label if found[1] in CopyKind.values else gettext("working copy")
        return f"{kind}: {found[2]}"
    return reason


def _received(size: str, media_type: str, dangers: str | None) -> str:
    told = gettext("%(size)s bytes, %(type)s") % {"size": size, "type": media_type}
    if not dangers:
        return told
    labels = dict(Danger.choices)
    reasons = joined(str(labels.get(code, code)) for code in dangers.split(", "))
    return f"{told}. " + gettext("Kept apart: %(reasons)s.") % {"reasons": reasons}
