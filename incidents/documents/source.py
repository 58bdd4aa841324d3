"""The public document of a source. A confidential one never comes here."""

from incidents.documents.facts import Builder, public_origin
from incidents.documents.parts import parts
from incidents.documents.values import Document, coded, coded_path, dated
from incidents.models import Capture, CopyKind, Source
from record.chain import timestamp


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
    }


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
