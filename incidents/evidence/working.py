"""What the worker makes of a file: its text for the search, and a copy without metadata."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, UnsupportedOperation
from typing import IO, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from incidents.evidence import custody
from incidents.evidence.apart import MOST_OUT, SECONDS
from incidents.evidence.custody import Act
from incidents.evidence.kinds import IMAGES, JPEG, KINDS, PDF, PNG
from incidents.evidence.searching import words_vector
from incidents.evidence.sniffing import FileRefused, Sniffed, sniff
from incidents.evidence.storing import all_or_none, digest_of, incoming, keep, opened
from incidents.models import Capture, CaptureText, CopyKind, Danger, Source, StaffMember
from incidents.sealing.streams import UnreadableFileError

_AT_ONCE: Final = 1024 * 1024
_METHOD: Final = "Made by Gawah from the original: metadata removed"


@dataclass(frozen=True, slots=True)
class Read:
    """What came out of a file."""

    dangers: frozenset[str]
    text: str
    is_cut: bool
    copy: bytes


def look_into(capture: Capture, *, by: StaffMember | None) -> None:
    """Look into a file that we hold: keep its words and make a clean copy of it, or find out why it
    has to be kept apart. A file that is gone, or that no key opens, is left to ``verifying``."""
    try:
        with opened(capture) as file:
            read = read_apart(file, capture.media_type)
    except (FileNotFoundError, UnreadableFileError):
        return
    with all_or_none(), transaction.atomic():
        held = _locked(capture)
        if held is None:
            return
        held.dangers = sorted(_dangers(held, read))
        held.examined_at = timezone.now()
        held.save(update_fields=["dangers", "examined_at", "changed_at"])
        if read.text.strip():
            keep_text(held, read.text, is_cut=read.is_cut)
        if read.copy and held.copy_kind != CopyKind.CLEANED:
            _keep_copy(held, read.copy, by)


def _locked(capture: Capture) -> Capture | None:
    """The row as it is now, held with its source; None if the file left while it was read.

    The source first, as whoever saves or removes one does: two never wait for each other.
    """
    sources = Source.objects.select_for_update(of=("self",), no_key=True)
    if sources.filter(pk=capture.source_id).first() is None:
        return None
    held = Capture.objects.held().select_for_update(of=("self",), no_key=True)
    return held.filter(pk=capture.pk).select_related("source").first()


def _dangers(capture: Capture, read: Read) -> set[str]:
    """What was seen when it came in, and what was found in it. A lock that opens without a password
    is none."""
    dangers = {*capture.dangers, *read.dangers}
    if not {Danger.LOCKED, Danger.UNREADABLE} & read.dangers:
        dangers.discard(Danger.LOCKED)
    return dangers


def read_apart(file: IO[bytes], media_type: str) -> Read:
    """Read a file in a process of its own. One that breaks it, or takes too long, is unreadable.

    What lies sealed on the disk is handed over in memory, and comes back so. Raises
    UnreadableFileError.
    """
    if (kind := KINDS.get(media_type)) is not None and kind.is_recording:
        return Read(frozenset(), "", False, b"")
    with _to_hand_over(file) as given, _beside(file) as out:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, no word of the file among them
                [sys.executable, "-m", "incidents.evidence.apart", media_type],
                stdin=given,
                stdout=out,
                stderr=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                # Neither the database nor any secret is known to it.
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                timeout=2 * SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _unreadable()
        if done.returncode:
            return _unreadable()
        out.seek(0)
        return _told(out)


def _is_sealed(file: IO[bytes]) -> bool:
    """Whether a file that is read lies otherwise on the disk."""
    try:
        file.fileno()
    except UnsupportedOperation:
        return True
    return False


@contextmanager
def _to_hand_over(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file as another process can read it."""
    if not _is_sealed(file):
        yield file
        return
    with _in_memory() as copy:
        shutil.copyfileobj(file, copy, _AT_ONCE)
        copy.seek(0)
        yield copy


def _beside(file: IO[bytes]) -> IO[bytes]:
    """Where to write what comes out of a file: on the disk only if the file lies open there."""
    return _in_memory() if _is_sealed(file) else tempfile.TemporaryFile(dir=incoming())


def _in_memory() -> IO[bytes]:
    """A file without a place; at most as large as a document that is taken in, or ``MOST_OUT``."""
    return os.fdopen(os.memfd_create("evidence"), "w+b")


def _told(out: IO[bytes]) -> Read:
    try:
        told: dict[str, Any] = json.loads(out.readline(MOST_OUT))
        dangers = frozenset(told["dangers"]) & frozenset(Danger.values)
        return Read(dangers, str(told["text"]), bool(told["is_cut"]), out.read(MOST_OUT))
    except (ValueError, KeyError, TypeError):
        return _unreadable()


def _unreadable() -> Read:
    return Read(frozenset({Danger.UNREADABLE}), "", False, b"")


def keep_text(capture: Capture, text: str, *, is_cut: bool) -> bool:
    """Keep the words of a file for the search; False for one of a confidential source, whose words
    would lie in the database in clear."""
    # The row is held, so that it does not become confidential meanwhile.
    source = Source.objects.select_for_update(of=("self",), no_key=True).get(pk=capture.source_id)
    if source.confidential:
        return False
    CaptureText.objects.update_or_create(
        capture=capture,
        defaults={"text": text, "is_cut": is_cut, "words": words_vector(text)},
    )
    return True


def _keep_copy(original: Capture, content: bytes, by: StaffMember | None) -> None:
    """Keep a copy without metadata as a file of its own, unless it was made before or is not what
    it should be: the process that made it had opened a file that nobody knows."""
    media_type = _type_of_copy(original.media_type)
    if not _is_clean(content, media_type):
        return
    digest = digest_of(BytesIO(content))
    if Capture.objects.filter(source=original.source_id, sha256=digest).exists():
        return
    kept = keep([content], in_trust=original.told_in_trust)
    copy = Capture.objects.create(
        source_id=original.source_id,
        sha256=kept.sha256,
        bytes=kept.bytes,
        storage_name=kept.storage_name,
        media_type=media_type,
        captured_by=by,
        entered_by=by,
        changed_by=by,
        method=_METHOD,
        derived_from=original,
        copy_kind=CopyKind.CLEANED,
        examined_at=timezone.now(),
    )
    custody.note(original, Act.DERIVED, by=by, reason=f"{CopyKind.CLEANED.value}: {copy.sha256}")
    custody.note(copy, Act.RECEIVED, by=by, reason=f"made from {original.sha256}")


def _is_clean(content: bytes, media_type: str) -> bool:
    try:
        return sniff(BytesIO(content), len(content), "") == Sniffed(media_type, ())
    except FileRefused:
        return False


def _type_of_copy(media_type: str) -> str:
    if media_type in IMAGES:
        return JPEG if media_type == JPEG else PNG
    return PDF
