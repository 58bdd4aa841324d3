"""Taking a file in: looked at, kept under its hash, and written into the log."""

from dataclasses import dataclass
from typing import IO, cast

from django.core.files import File
from django.db import transaction

from incidents.evidence import custody
from incidents.evidence.custody import Act
from incidents.evidence.jobs import ask_to_examine
from incidents.evidence.sniffing import Sniffed, sniff
from incidents.evidence.storing import digest_of, keep
from incidents.models import Capture, StaffMember


@dataclass(frozen=True, slots=True)
class Examined:
    """What the content of a file says of it; nothing is kept yet."""

    sha256: str
    bytes: int
    sniffed: Sniffed


def examine(upload: "File[bytes]") -> Examined:
    """Look at a file before it is taken in. Raises FileRefused, keeping nothing."""
    content = cast("IO[bytes]", upload)
    sniffed = sniff(content, upload.size, upload.name or "")
    digest = digest_of(content)
    upload.seek(0)
    return Examined(digest, upload.size, sniffed)


def fill_in(capture: Capture, upload: "File[bytes]", found: Examined) -> None:
    """Keep the file and let a row that has none name it; the row itself is not saved.

    The time stays empty that nobody typed: it is published, and would tell who was here just then.
    The log has it. Put ``storing.all_or_none`` around the transaction. Raises ValueError for a row
    that has a file, or whose hash is another.
    """
    if capture.is_held or capture.sha256 not in ("", found.sha256):
        raise ValueError("An original never changes: take in another file.")
    upload.seek(0)
    kept = keep(upload.chunks(), in_trust=capture.told_in_trust)
    if kept.sha256 != found.sha256:
        raise ValueError("The file changed while it was read.")
    capture.sha256, capture.bytes = kept.sha256, kept.bytes
    capture.storage_name = kept.storage_name
    capture.media_type = found.sniffed.media_type
    capture.file_name = (upload.name or "")[-255:]
    capture.dangers = list(found.sniffed.dangers)


def received(capture: Capture, *, by: StaffMember) -> None:
    """Write into the log that a saved row has its file now, and have the file looked into."""
    custody.note(capture, Act.RECEIVED, by=by, reason=_in_words(capture))
    if capture.derived_from is not None:
        how = capture.copy_kind or "working copy"
        reason = f"{how}: {capture.sha256}"
        custody.note(capture.derived_from, Act.DERIVED, by=by, reason=reason)
    transaction.on_commit(lambda: ask_to_examine([capture.pk], by=by))


def _in_words(capture: Capture) -> str:
    """What the log says of a file that comes in: never its name, which can name somebody."""
    apart = f", kept apart: {', '.join(capture.dangers)}" if capture.is_apart else ""
    return f"{capture.bytes} bytes, {capture.media_type}{apart}"
