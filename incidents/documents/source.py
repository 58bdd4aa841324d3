"""The public document of a source. A confidential one never comes here."""

from incidents.documents.facts import Builder, public_origin
from incidents.documents.parts import parts
from incidents.documents.values import Document, coded, coded_path, dated
from incidents.models import Capture, CopyKind, Source
from record.chain import timestamp
from record.source_files import ENDINGS, MOST_BYTES, address_of


def source_document(builder: Builder, source: Source) -> Document:
    """What a source is and how we hold it. Raises ValueError for a confidential source."""
    if source.confidential:
        raise ValueError("A confidential source has no public document")
    origin = public_origin(source)
    return {
        "title": source.title,
        "title_local": source.title_local,
        "type": coded(source.type),
        "types": coded_path(source.type, builder.case.terms),
        "publisher": source.publisher,
        "author": source.author,
        "published": dated(source.published),
        "accessed": source.accessed.isoformat() if source.accessed else None,
        "language": coded(source.language),
        "url": source.url,
        "archived_url": source.archived_url,
        "scale": coded(source.scale),
        "perspective": coded(source.perspective),
        "reliability": coded(source.reliability),
        "independence": coded(source.independence),
        "origin": (
            None if origin is None else {"reference": builder.refer(origin), "title": origin.title}
        ),
        # Copies that the program made for the office say nothing that the originals do not.
        "captures": [
            _capture(row) for row in parts(source, "captures") if row.copy_kind != CopyKind.CLEANED
        ],
        "note": source.public_note,
        # Absent without any, so that documents from before there were such files stay as they are.
        **({"files": files} if (files := [_file(*pair) for pair in public_files(source)]) else {}),
    }


def public_files(source: Source) -> list[tuple[Capture, Capture]]:
    """(file, redaction that it is the clean copy of) of everything that is shown to everybody.

    Ticked alone does not suffice: it has to be made by the program of a redaction, harmless, here,
    small enough and of a type that is served. Of a confidential source nothing is shown.
    """
    if source.confidential:
        return []
    rows = {row.pk: row for row in parts(source, "captures")}
    return [
        (row, rows[row.derived_from_id])
        for row in rows.values()
        if row.public and can_be_public(row, rows.get(row.derived_from_id))
    ]


def can_be_public(copy: Capture, redaction: Capture | None) -> bool:
    """Whether a file may be shown to everybody, ``redaction`` being what it was made from."""
    return (
        copy.copy_kind == CopyKind.CLEANED
        and redaction is not None
        and redaction.copy_kind == CopyKind.REDACTED
        and copy.is_held
        and not (copy.is_apart or redaction.is_apart)
        and copy.media_type in ENDINGS
        and copy.bytes is not None
        and copy.bytes <= MOST_BYTES
    )


def source_summary(builder: Builder, source: Source) -> Document:
    """The line that stands for a source in the document of an incident."""
    return {
        "reference": builder.refer(source),
        "title": source.title,
        "title_local": source.title_local,
        "publisher": source.publisher,
        "type": coded(source.type),
        "published": dated(source.published),
        "language": coded(source.language),
        "url": source.url,
    }


def _capture(row: Capture) -> Document:
    return {
        "sha256": row.sha256,
        "captured_at": timestamp(row.captured_at) if row.captured_at else None,
        "bytes": row.bytes,
        "media_type": row.media_type,
    }


def _file(copy: Capture, redaction: Capture) -> Document:
    original = redaction.derived_from
    return {
        "sha256": copy.sha256,
        "address": address_of(copy.sha256, copy.media_type),
        "media_type": copy.media_type,
        "bytes": copy.bytes,
        "redacted_from": None if original is None else original.sha256,
    }
