"""The redacted files of sources: bytes beside the documents that name them, and never without.

They are kept as photographs are (``record.pictures``): the record holds what the live document of
a source names and nothing else, so that writing a document that names a file no longer, or
withdrawing the source, deletes the bytes in that transaction, and the address answers 404.

Earlier revisions keep the hash of a file that is gone: it proves what was published and tells
nothing of what the file said. Of the original the record never has more than its hash.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256 as sha256_of
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from record.errors import WritingError
from record.models import PublishedFile, SourceEntry

ENDINGS: Final[Mapping[str, str]] = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
}
"""Media types that are served, with the ending of their names. No others ever are."""

MOST_BYTES: Final = 10 * 1024**2
"""The largest file that is published: it is read whole into memory for whoever asks."""

_TABLE: Final = PublishedFile._meta.db_table
_SOURCES: Final = SourceEntry._meta.db_table


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on its way into the record. ``reference`` is that of the source."""

    reference: str
    media_type: str
    content: bytes


def address_of(sha256: str, media_type: str) -> str:
    """The path under which the public server has a file; the same for pages and the API."""
    return f"/files/{sha256}.{ENDINGS[media_type]}"


def source_file(sha256: str, ending: str) -> tuple[str, bytes] | None:
    """Media type and bytes of a file that a live document names; one query."""
    wanted = [media_type for media_type, known in ENDINGS.items() if known == ending]
    rows = PublishedFile.objects.filter(sha256=sha256, media_type__in=wanted)
    found = rows.values_list("media_type", "content").first()
    return None if found is None else (found[0], bytes(found[1]))


def is_named(sha256: str, ending: str) -> bool:
    """Whether a live document names this file."""
    wanted = [media_type for media_type, known in ENDINGS.items() if known == ending]
    return PublishedFile.objects.filter(sha256=sha256, media_type__in=wanted).exists()


def files_here(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The files that a document of a source names and that the record still has: an earlier
    revision can name one that was taken down. At most one query."""
    named: list[Mapping[str, Any]] = list(document.get("files", ()))
    if not named:
        return []
    rows = PublishedFile.objects.filter(reference=document["reference"])
    held = set(rows.values_list("sha256", flat=True))
    return [each for each in named if each["sha256"] in held]


def any_file() -> bool:
    """Whether the record has any file of any source: most records have none."""
    return PublishedFile.objects.exists()


def sources_with_files(references: Collection[str]) -> list[str]:
    """Which of these sources have a file in the record."""
    rows = PublishedFile.objects.filter(reference__in=references)
    return sorted(set(rows.values_list("reference", flat=True)))


def hashes_of(references: Collection[str]) -> dict[str, set[str]]:
    """Source → SHA-256 of each file that the record has of it."""
    return _hashes(PublishedFile.objects.filter(reference__in=references))


def all_hashes() -> dict[str, set[str]]:
    """The same of every source of which the record has files."""
    return _hashes(PublishedFile.objects.all())


def _hashes(rows: QuerySet[PublishedFile]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for reference, sha256 in rows.values_list("reference", "sha256"):
        found.setdefault(reference, set()).add(sha256)
    return found


def put_files(files: Iterable[SourceFile]) -> None:
    """Bring in the files that documents are about to name.

    Call it under the publishing lock, before these documents are written. Raises WritingError for
    one that may not be served.
    """
    rows = []
    for each in files:
        if each.media_type not in ENDINGS or len(each.content) > MOST_BYTES:
            raise WritingError(f"{each.reference}: a file of this type or size is not published.")
        rows.append(
            PublishedFile(
                reference=each.reference,
                sha256=sha256_of(each.content).hexdigest(),
                media_type=each.media_type,
                content=each.content,
            )
        )
    if rows:
        PublishedFile.objects.bulk_create(rows, ignore_conflicts=True)


def keep_files_in_step(contents: Mapping[str, Mapping[str, Any]]) -> None:
    """Delete what these documents of sources, by reference, do not name any more.

    Raises WritingError for a document that names a file whose bytes nobody brought in.
    """
    if not contents:
        return
    held = hashes_of(contents)
    for reference, content in contents.items():
        named = {each["sha256"] for each in content.get("files", ())}
        there = held.get(reference, set())
        if named - there:
            raise WritingError(f"{reference}: a file that it names is not in the record.")
        if gone := there - named:
            PublishedFile.objects.filter(reference=reference, sha256__in=gone).delete()


def drop_files(references: Collection[str]) -> None:
    """Delete the files of these sources."""
    if references:
        PublishedFile.objects.filter(reference__in=references).delete()


def faults() -> Iterator[tuple[str, str]]:
    """(reference, what is wrong) where documents and files do not go together."""
    statement = f"""
        WITH naming AS (
            SELECT reference, file ->> 'sha256' AS sha256
            FROM {_SOURCES}, json_array_elements(document::json -> 'files') AS file
            WHERE state = 'live' AND document LIKE '%"files":[%'
        )
        SELECT reference, CASE
            WHEN naming.sha256 IS NULL THEN 'a file is kept that no document names'
            WHEN kept.sha256 IS NULL THEN 'a file that it names is missing'
            ELSE 'a file of it is not the one that was published' END
        FROM naming FULL JOIN {_TABLE} AS kept USING (reference, sha256)
        WHERE naming.sha256 IS NULL OR kept.sha256 IS NULL
            OR kept.sha256 <> encode(sha256(kept.content), 'hex')
        ORDER BY reference
        """  # noqa: S608 - the tables' own names
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: Sequence[tuple[str, str]] = cursor.fetchall()
    yield from found
