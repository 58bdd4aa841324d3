"""The log of what was done with each file, each line linked to the one before.

The database numbers and links the lines (migration ``evidence``), so that no program can leave one
out. Here the same rule is written a second time, for checking: the SHA-256 of these six, one a
line, as UTF-8: hash of the file, act, time, by whom, reason, hash of the line before.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from incidents.models import Capture, CustodyEntry, StaffMember

Act = CustodyEntry.Act

PROGRAM: Final = "Gawah"
"""Who did what nobody asked for."""


def pseudonym_of(member: StaffMember | None) -> str:
    """The only name under which somebody stands in what leaves the office: never the user name."""
    if member is None:
        return PROGRAM
    return member.pseudonym or f"staff member {member.pk}"


def note(
    capture: Capture, act: CustodyEntry.Act, *, by: StaffMember | None, reason: str = ""
) -> CustodyEntry:
    """Add a line. ``reason`` is a few words of ours, naming nobody."""
    return CustodyEntry.objects.create(
        capture=capture, act=act, actor=by, by_whom=pseudonym_of(by), reason=reason[:200]
    )


def note_all(
    captures: Iterable[Capture], act: CustodyEntry.Act, *, by: StaffMember | None, reason: str = ""
) -> None:
    """Add the same line for each file, in one order for all, so that two never wait for each
    other."""
    whose = pseudonym_of(by)
    with transaction.atomic():
        CustodyEntry.objects.bulk_create(
            CustodyEntry(capture=capture, act=act, actor=by, by_whom=whose, reason=reason[:200])
            for capture in sorted(captures, key=lambda each: each.pk)
        )


def entries_of(captures: Iterable[Capture]) -> QuerySet[CustodyEntry]:
    """The lines of these files, file by file, in order."""
    rows = CustodyEntry.objects.filter(capture__in=[each.pk for each in captures])
    return rows.select_related("capture").order_by("capture_id", "pk")


def moment(entry: CustodyEntry) -> str:
    """When, as it goes into the hash: UTC to the microsecond."""
    return entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hash_of(entry: CustodyEntry) -> str:
    """The hash that a line must have."""
    said = (
        entry.capture.sha256,
        entry.act,
        moment(entry),
        entry.by_whom,
        entry.reason,
        entry.previous_hash,
    )
    return sha256("\n".join(said).encode()).hexdigest()


def is_unbroken(entries: Sequence[CustodyEntry]) -> bool:
    """Whether the lines of one file, in order, follow from each other."""
    before = ""
    for entry in entries:
        if entry.previous_hash != before or entry.hash != hash_of(entry):
            return False
        before = entry.hash
    return True
