"""Evidence for somebody else: one ZIP with the files, what is known of them, and who had them.

It is written while it is sent, so that no copy of it stays here. Whoever receives it checks the
files with ``sha256sum -c SHA256SUMS`` and the log with the few lines of README.txt. Staff stand in
it under their pseudonyms, and names of files as they came do not stand in it at all.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from typing import IO, Any, Final, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db.models import QuerySet

from incidents.evidence import custody
from incidents.evidence.bundle_words import readme
from incidents.evidence.custody import Act, moment, pseudonym_of
from incidents.evidence.kinds import ending_of
from incidents.evidence.storing import opened
from incidents.models import Capture, CustodyEntry, Incident, Source, StaffMember
from incidents.ties import CASE_OF_CITATION
from incidents.visibility import visible_to
from record.rows import harmless

_AT_ONCE: Final = 256 * 1024

_MANIFEST: Final = (
    *("file", "sha256", "bytes", "media_type", "source", "source_type", "confidential"),
    *("received_at", "received_by", "captured_at", "captured_by", "method", "url"),
    *("copy_of_sha256", "copy_kind", "kept_apart_because"),
)
_CUSTODY: Final = (
    *("chain", "file_sha256", "act", "at", "by_whom", "reason", "previous_hash", "hash"),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The captures of a case or a source, and their log up to and with this export."""

    title: str
    captures: Sequence[Capture]
    entries: Sequence[CustodyEntry]


def sources_of(incident: Incident, user: StaffMember) -> QuerySet[Source]:
    """The sources on which this case rests and that somebody may know of."""
    found: Any = None
    for path in CASE_OF_CITATION:
        rows = Source.objects.filter(**{f"citations__{path}": incident}).order_by().values("pk")
        found = rows if found is None else found.union(rows)
    return visible_to(user, Source.objects.filter(pk__in=found))


def captures_of(sources: QuerySet[Source], *, confidential: bool) -> QuerySet[Capture]:
    """What we hold of these sources; of confidential ones only with ``confidential``."""
    rows = Capture.objects.filter(source__in=sources.order_by().values("pk"))
    if not confidential:
        rows = rows.filter(source__confidential=False)
    return rows.select_related("source__type", "captured_by", "derived_from").order_by(
        "source_id", "pk"
    )


def take_out(title: str, captures: QuerySet[Capture], *, by: StaffMember) -> Evidence:
    """Write the export into the log of each file, and read what goes out."""
    rows = list(captures)
    there = [row for row in rows if _is_there(row)]
    custody.note_all(there, Act.EXPORTED, by=by, reason="evidence bundle")
    return Evidence(title, rows, list(custody.entries_of(rows)))


def _is_there(capture: Capture) -> bool:
    try:
        with opened(capture):
            return True
    except OSError:
        return False


def chunks_of(evidence: Evidence) -> Iterator[bytes]:
    """The bytes of the ZIP, a part at a time. A file that is gone is left out and said so."""
    pipe = _Pipe()
    sums: list[tuple[str, str]] = []
    with ZipFile(cast("IO[bytes]", pipe), "w") as archive:
        names = _names(evidence.captures)
        for capture in _once(evidence.captures):
            name = names[capture.sha256]
            try:
                file = opened(capture)
            except OSError:
                del names[capture.sha256]
                continue
            with file:
                yield from _add_file(archive, pipe, name, file)
            sums.append((capture.sha256, name))
        for name, content in _papers(evidence, names):
            _add(archive, name, content)
            sums.append((sha256(content).hexdigest(), name))
            yield pipe.taken()
        lines = "".join(f"{digest}  {name}\n" for digest, name in sums)
        _add(archive, "SHA256SUMS", lines.encode())
    yield pipe.taken()


class _Pipe:
    """What ZipFile writes to, and does nothing else with: it keeps what was written until it is
    taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing lies anywhere else."""

    def taken(self) -> bytes:
        content = b"".join(self._parts)
        self._parts.clear()
        return content


def _names(captures: Iterable[Capture]) -> dict[str, str]:
    """Hash → the name of the file in the bundle. One that is kept apart with any of its sources has
    an ending that opens no program."""
    names: dict[str, str] = {}
    apart: set[str] = set()
    for each in captures:
        if each.is_held:
            names.setdefault(each.sha256, f"files/{each.sha256}.{ending_of(each.media_type)}")
        if each.is_apart:
            apart.add(each.sha256)
    return {
        digest: f"{name}.quarantined" if digest in apart else name for digest, name in names.items()
    }


def _once(captures: Iterable[Capture]) -> list[Capture]:
    """Each file once, though two sources may hold it."""
    return list({each.sha256: each for each in captures if each.is_held}.values())


def _add_file(archive: ZipFile, pipe: _Pipe, name: str, file: IO[bytes]) -> Iterator[bytes]:
    # Stored as it is: pictures, films and PDF are packed already. Length unknown: 64 bits.
    with archive.open(_info(name, ZIP_STORED), "w", force_zip64=True) as out:
        while part := file.read(_AT_ONCE):
            out.write(part)
            yield pipe.taken()


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_info(name, ZIP_DEFLATED), content)


def _info(name: str, packing: int) -> ZipInfo:
    now = datetime.now(UTC)
    info = ZipInfo(name, date_time=(now.year, now.month, now.day, 0, 0, 0))
    info.compress_type = packing
    info.external_attr = 0o400 << 16
    return info


def _papers(evidence: Evidence, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """``names`` are those of the files that went in."""
    received = {entry.capture_id: entry for entry in evidence.entries if entry.act == Act.RECEIVED}
    rows = [_row(each, names, received.get(each.pk)) for each in evidence.captures]
    yield "manifest.json", _json(evidence.title, rows)
    yield "manifest.csv", _csv(_MANIFEST, ([_cell(row[key]) for key in _MANIFEST] for row in rows))
    yield "custody.csv", _csv(_CUSTODY, _custody_rows(evidence.entries))
    yield "README.txt", readme(evidence.title).encode()


def _row(capture: Capture, names: dict[str, str], received: CustodyEntry | None) -> dict[str, Any]:
    """What is known of a file. When it was received says the log; when and by whom it was captured,
    somebody typed."""
    source, original = capture.source, capture.derived_from
    return {
        "file": names.get(capture.sha256, "") if capture.is_held else "",
        "sha256": capture.sha256,
        "bytes": capture.bytes,
        "media_type": capture.media_type,
        "source": str(source),
        "source_type": source.type.code,
        "confidential": source.confidential,
        "received_at": _time(received.at if received else None),
        "received_by": received.by_whom if received else "",
        "captured_at": _time(capture.captured_at),
        "captured_by": pseudonym_of(capture.captured_by) if capture.captured_by else "",
        "method": capture.method,
        "url": capture.url,
        "copy_of_sha256": original.sha256 if original else "",
        "copy_kind": capture.copy_kind,
        "kept_apart_because": " ".join(capture.dangers),
    }


def _json(title: str, rows: list[dict[str, Any]]) -> bytes:
    told = {"about": title, "made_at": _time(datetime.now(UTC)), "files": rows}
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _custody_rows(entries: Iterable[CustodyEntry]) -> Iterator[list[str]]:
    # The database lets nothing into these texts that a spreadsheet takes for a formula: they stand
    # here as they went into the hash. Two sources can hold the same file, each with its own log.
    chains: dict[int, int] = {}
    for entry in entries:
        yield [
            str(chains.setdefault(entry.capture_id, len(chains) + 1)),
            entry.capture.sha256,
            entry.act,
            moment(entry),
            harmless(entry.by_whom),
            harmless(entry.reason),
            entry.previous_hash,
            entry.hash,
        ]


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(str(value))


def _time(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
