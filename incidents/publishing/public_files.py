"""Redacted files on their way into the public record, and out of it.

What is shown to everybody is the copy without metadata that the program made of a redaction, byte
for byte: the SHA-256 on the page is that of the row somebody ticked. The original stays here.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import pghistory
from django.utils import timezone

from incidents.documents.case import BuiltDocument
from incidents.documents.source import public_files
from incidents.documents.values import Document
from incidents.evidence import custody
from incidents.evidence.custody import Act
from incidents.evidence.storing import opened
from incidents.models import Capture, NameProtection, Person, Source, StaffMember
from incidents.publishing.neighbours import live_entries, rewrite
from record.chain import publishing_lock
from record.errors import WritingError
from record.kinds import Kind, kind_of
from record.mentions import live_mentions
from record.source_files import (
    SourceFile,
    all_hashes,
    any_file,
    drop_files,
    hashes_of,
    put_files,
    sources_with_files,
)

_TAKEN_DOWN: Final = "A redacted copy is no longer shown."
"""What the public record says of it."""

_MOST_SHOWN: Final = {
    NameProtection.FULL: 2,
    NameProtection.INITIALS: 1,
    NameProtection.WITHHELD: 0,
    NameProtection.HIDDEN: -1,
}
_SHOWN: Final = {"full": 2, "initials": 1, "withheld": 0, "unnamed": 0}
"""How much of a name the record shows, and how much the case file allows: larger is more."""


def bring_in_files(built: Iterable[BuiltDocument]) -> None:
    """Put the files that these documents name into the record, before they are written.

    Raises WritingError for one that is not here as it came in: what ``readiness`` looks for first.
    """
    naming = {
        row.reference: row.row
        for row in built
        if row.content.get("files") and isinstance(row.row, Source)
    }
    there = hashes_of(naming)
    for reference, source in naming.items():
        for copy, _redaction in public_files(source):
            if copy.sha256 in there.get(reference, ()):
                continue
            with opened(copy) as file:
                put_files([SourceFile(reference, copy.media_type, file.read())])
            if copy.sha256 not in hashes_of([reference]).get(reference, ()):
                raise WritingError(f"{reference}: a file is not what came in.")
            custody.note(copy, Act.EXPORTED, by=None, reason="published")


def obey_boxes(source: Source, *, by: StaffMember | None, at: datetime | None = None) -> bool:
    """Take down what the case file, as it is stored, allows no longer: a box that was unticked, or
    a source that became confidential. Returns whether something was public."""
    held = hashes_of([source.reference]) if source.reference else {}
    if not held:
        return False
    allowed = _allowed(Source.objects.get(pk=source.pk))
    if held[str(source.reference)] <= allowed:
        return False
    _take_down([str(source.reference)], allowed, by, at or timezone.now())
    return True


def beyond_boxes() -> list[Source]:
    """Sources of which the record has files that the case file, as it is stored, does not allow:
    unticked, closed or set apart past every page."""
    held = all_hashes()
    sources = Source.objects.filter(reference__in=held).prefetch_related("captures")
    return [each for each in sources if not held[str(each.reference)] <= _allowed(each)]


def take_down_files(
    references: Collection[str], *, by: StaffMember | None, at: datetime | None = None
) -> None:
    """Take every file of these sources out of the record at once, and untick them: they come back
    only when somebody has looked at them anew. Also of sources that have left it meanwhile."""
    if not references:
        return
    with publishing_lock():
        ticked = Capture.objects.filter(source__reference__in=references, public=True)
        for copy in ticked.order_by("pk"):
            copy.public = False
            copy.changed_by = by or copy.changed_by
            copy.save(update_fields=["public", "changed_by", "changed_at"])
        _take_down(references, set(), by, at or timezone.now())


def files_beside(references: Collection[str]) -> list[str]:
    """Sources with public files in the incidents that are named, or that speak of what is named."""
    if not any_file():
        return []
    incidents = {name for name in references if kind_of(name) is Kind.INCIDENT}
    incidents.update(live_mentions(list(references)).get(Kind.INCIDENT, ()))
    cited = {
        part["reference"]
        for entry in live_entries(sorted(incidents))
        for part in entry.content()["sources"]
    }
    cited.update(name for name in references if kind_of(name) is Kind.SOURCE)
    return sources_with_files(cited)


def shows_more_than_allowed(person: Person, shown: str | None) -> bool:
    """Whether the record names the person more fully than the case file allows by now: nobody
    knows of a redaction of before whether it hides what is to be hidden now."""
    if shown is None:
        return False
    stored = Person.objects.get(pk=person.pk)
    return _SHOWN[shown] > _MOST_SHOWN[NameProtection(stored.name_protection)]


def _allowed(stored: Source) -> set[str]:
    """SHA-256 of every file of a source that may be shown."""
    return {copy.sha256 for copy, _redaction in public_files(stored)}


def _take_down(
    references: Collection[str], allowed: set[str], by: StaffMember | None, at: datetime
) -> None:
    with (
        publishing_lock(),
        pghistory.context(user=by.pk if by else None, act="take down a file"),
    ):
        rewrite(references, lambda content: _with(content, allowed), note=_TAKEN_DOWN, at=at)
        live = {entry.reference for entry in live_entries(references)}
        # Bytes that no document names are a fault, and are not left lying there.
        drop_files([name for name in references if name not in live])


def _with(content: Mapping[str, Any], allowed: set[str]) -> Document:
    """The document of a source with these files alone."""
    files = [each for each in content.get("files", ()) if each["sha256"] in allowed]
    rest = {key: value for key, value in content.items() if key != "files"}
    return {**rest, "files": files} if files else rest
