"""The file as it is written: a tar archive, a part at a time, so that what is sealed on its way
never lies open on a disk."""

import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import IO, Any, Final

from incidents.evidence.custody import pseudonym_of
from incidents.evidence.storing import opened
from incidents.interchange.describing import canonical
from incidents.interchange.exporting import Export
from incidents.interchange.parcel import (
    ABSENT,
    AREAS,
    FILES,
    FORMAT,
    LISTED,
    MANIFEST,
    README,
    ROWS,
    SUMS,
    TERMS,
    VERSION,
    Parcel,
)
from incidents.models import Capture, StaffMember

_AT_ONCE: Final = 256 * 1024
_END: Final = bytes(2 * tarfile.BLOCKSIZE)

_README: Final = """\
Cases of a human-rights case file, on their way from one installation of Gawah to another.
This file holds what the case file holds: names, addresses, what was told. Keep it as safe.

Check that it is whole:   sha256sum -c SHA256SUMS
What it says of itself:   manifest.json
Its rows, one a line:     rows.ndjson (JSON; "id" is the same wherever the row goes)
Ends of links not in it:  absent.ndjson
Terms and areas by code:  terms.ndjson, areas.ndjson
Files of evidence:        files/, each named by its SHA-256

It is brought in with:    manage.py receive_cases FILE --key KEY
The format is told in docs/interchange.md of the program.
"""


def chunks_of(export: Export, by: StaffMember) -> Iterator[bytes]:
    """The bytes of the archive. Raises OSError where a file of evidence cannot be read any more, or
    is not what it was."""
    parts = dict(_parts(export.parcel))
    manifest = _manifest(export, by, parts)
    sums = [(sha256(manifest).hexdigest(), MANIFEST)]
    sums += [(sha256(parts[name]).hexdigest(), name) for name in LISTED]
    sums += [(digest, f"{FILES}{digest}") for digest in export.parcel.files]
    lines = "".join(f"{digest}  {name}\n" for digest, name in sums)
    yield from _member(MANIFEST, manifest)
    yield from _member(SUMS, lines.encode())
    for name in LISTED:
        yield from _member(name, parts[name])
    once = {capture.sha256: capture for capture in export.captures}
    for digest in export.parcel.files:
        yield from _file(once[digest])
    yield _END


def _parts(parcel: Parcel) -> Iterator[tuple[str, bytes]]:
    yield ROWS, _lines(record.line() for record in parcel.records)
    for name, rows in ((ABSENT, parcel.absent), (TERMS, parcel.terms), (AREAS, parcel.areas)):
        yield name, _lines(canonical(row) for row in rows)
    yield README, _README.encode()


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _manifest(export: Export, by: StaffMember, parts: dict[str, bytes]) -> bytes:
    parcel = export.parcel
    told: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "installation": parcel.installation,
        "written_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "written_by": pseudonym_of(by),
        "cases": list(parcel.cases),
        "withdrawn": list(parcel.withdrawn),
        "counts": parcel.counts(),
        "with_files": parcel.choices.files,
        "with_informants": parcel.choices.informants,
        "with_restricted": parcel.choices.restricted,
        "files": list(parcel.files),
        "sha256": {name: sha256(parts[name]).hexdigest() for name in LISTED},
        "not_in_it": [
            "accounts of staff (pseudonyms only)",
            "the access log",
            "comments, tasks and decisions of the office",
            "histories of changes",
            "photographs of people",
            *([] if parcel.choices.files else ["files of evidence (their hashes only)"]),
            *([] if parcel.choices.informants else ["what was told in trust, and by whom"]),
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _member(name: str, content: bytes) -> Iterator[bytes]:
    yield _head(name, len(content))
    yield content
    yield _padding(len(content))


def _file(capture: Capture) -> Iterator[bytes]:
    with opened(capture) as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        yield _head(f"{FILES}{capture.sha256}", size)
        yield from _checked(file, capture.sha256)
        yield _padding(size)


def _checked(file: IO[bytes], expected: str) -> Iterator[bytes]:
    digest = sha256()
    while piece := file.read(_AT_ONCE):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != expected:
        raise OSError(f"{expected} is not what it was when it came in. Run verify_files.")


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    # The same rows make the same bytes: no time, no owner.
    info.size, info.mode = size, 0o400
    return info.tobuf(tarfile.GNU_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)
