"""The file as it comes in: read once from end to end, every hash compared, before anything of it
counts. What it holds is data of others, and is taken for nothing else."""

import io
import json
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO, Any, Final, cast

from django.db.models import JSONField
from django.utils.translation import gettext as _

from incidents.interchange.declared import KIND, Kind
from incidents.interchange.describing import Record
from incidents.interchange.flow import Flow
from incidents.interchange.identifiers import Name, is_code
from incidents.interchange.parcel import (
    FILES,
    FORMAT,
    LISTED,
    MANIFEST,
    ROWS,
    SUMS,
    TERMS,
    VERSION,
)
from incidents.interchange.refusing import CasesRefused, Problem

Opened = Callable[[], Iterable[bytes]]
"""Gives the bytes of the archive from its beginning, as often as it is called."""

_AT_ONCE: Final = 256 * 1024
_LARGEST: Final = 512 * 1024 * 1024
"""Bytes of a part that is held in memory."""

_MISWRITTEN: Final = (tarfile.TarError, ValueError)
"""What the reader of archives raises of one that nobody wrote properly."""

_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
"""Signs that the database takes in no text."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a file says."""

    installation: str
    digest: str
    """SHA-256 of its rows: which rows these were, wherever they are asked for again."""
    records: tuple[Record, ...]
    labels: dict[tuple[str, str], dict[str, Any]]
    """Vocabulary and code → what the file says of the term."""
    files: frozenset[str]
    """SHA-256 of each file of evidence in it."""
    withdrawn: frozenset[str]
    """Cases that were published there and taken back."""


def read(opened: Opened) -> Received:
    """Read and check all of a file. Raises CasesRefused."""
    parts, digests = _parts(opened)
    manifest = _manifest(parts)
    listed = manifest["sha256"]
    for name in LISTED:
        if name not in parts:
            raise _refused(_("“%(name)s” is missing in it.") % {"name": name})
        if listed.get(name) != sha256(parts[name]).hexdigest():
            raise _changed(name)
    files = frozenset(manifest["files"])
    for digest in files:
        if digests.get(f"{FILES}{digest}") != digest:
            raise _changed(f"{FILES}{digest}")
    if unlisted := digests.keys() - {f"{FILES}{digest}" for digest in files}:
        raise _refused(_("“%(name)s” is not in its list.") % {"name": sorted(unlisted)[0]})
    records = tuple(_record(line) for line in _lines(parts[ROWS], ROWS))
    return Received(
        manifest["installation"],
        listed[ROWS],
        records,
        {(row["vocabulary"], row["code"]): row for row in _terms(parts[TERMS])},
        files,
        frozenset(manifest["withdrawn"]),
    )


def evidence_in(opened: Opened) -> Iterator[tuple[str, Iterator[bytes]]]:
    """SHA-256 and content of each file of evidence; the content is to be read before the next."""
    with _archive(opened()) as archive:
        for member in archive:
            if member.name.startswith(FILES):
                yield member.name.removeprefix(FILES), _content(archive, member)


def _archive(pieces: Iterable[bytes]) -> tarfile.TarFile:
    flow = cast("IO[bytes]", io.BufferedReader(Flow(pieces), _AT_ONCE))
    try:
        return tarfile.open(fileobj=flow, mode="r|")
    except _MISWRITTEN:
        raise _refused(_("This is no file of cases.")) from None


def _parts(opened: Opened) -> tuple[dict[str, bytes], dict[str, str]]:
    """Name → content of what is held, and name → SHA-256 of the files of evidence."""
    parts: dict[str, bytes] = {}
    digests: dict[str, str] = {}
    pieces = iter(opened())
    try:
        with _archive(pieces) as archive:
            for member in archive:
                name = member.name
                if not member.isreg() or member.issparse() or name in parts or name in digests:
                    raise _refused(_("“%(name)s” does not belong in it.") % {"name": name})
                if name in (MANIFEST, SUMS, *LISTED) and member.size <= _LARGEST:
                    parts[name] = b"".join(_content(archive, member))
                elif name.startswith(FILES):
                    digest = sha256()
                    for piece in _content(archive, member):
                        digest.update(piece)
                    digests[name] = digest.hexdigest()
                else:
                    raise _refused(_("“%(name)s” does not belong in it.") % {"name": name})
    except _MISWRITTEN:
        raise _refused(_("It breaks off, or is not what was written.")) from None
    for _piece in pieces:
        pass  # to its end: what is sealed says only there that nothing was cut off
    return parts, digests


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    file = archive.extractfile(member)
    if file is None:
        raise _changed(member.name)
    left = member.size
    while left:
        piece = file.read(min(left, _AT_ONCE))
        if not piece:
            raise _refused(_("It breaks off, or is not what was written."))
        left -= len(piece)
        yield piece


def _manifest(parts: dict[str, bytes]) -> dict[str, Any]:
    try:
        found = json.loads(parts.get(MANIFEST, b""))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _refused(_("This is no file of cases."))
    if found.get("version") != VERSION:
        raise CasesRefused(
            Problem(
                _("It is of version %(has)s; this program reads version %(reads)d.")
                % {"has": str(found.get("version"))[:10], "reads": VERSION},
                _("Bring both installations to the same version of the program."),
            )
        )
    if not (
        isinstance(found.get("installation"), str)
        and is_code(found["installation"])
        and isinstance(found.get("sha256"), dict)
        and _are_texts(found.get("files"))
        and _are_texts(found.get("withdrawn"))
    ):
        raise _changed(MANIFEST)
    return found


def _are_texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(each, str) for each in found)


def _lines(content: bytes, name: str) -> Iterator[Any]:
    try:
        for line in content.decode().split("\n"):
            if line:
                yield json.loads(line)
    except (ValueError, RecursionError):
        raise _changed(name) from None


def _terms(content: bytes) -> Iterator[dict[str, Any]]:
    for row in _lines(content, TERMS):
        if not isinstance(row, dict) or not _are_texts([row.get("vocabulary"), row.get("code")]):
            raise _changed(TERMS)
        yield row


def _record(found: Any) -> Record:
    """One row, of exactly the form that is declared."""
    try:
        name = Name.parse(found["id"])
        kind = KIND[found["kind"]]
        values, entered = found["values"], found["entered"]
        left_out = tuple(found.get("left_out", ()))
        reference = found.get("reference", "")
        if name.kind != kind.name or values.keys() != set(kind.fields):
            raise ValueError(found["id"])
        _check(kind, values, left_out)
        texts = (entered["at"], entered["by"], reference)
        if not all(_is_text(text) for text in texts):
            raise TypeError(found["id"])
        if entered["at"] and datetime.fromisoformat(entered["at"]).tzinfo is None:
            raise ValueError(entered["at"])
    except (KeyError, TypeError, ValueError, AttributeError):
        told = str(found.get("id", "?"))[:80] if isinstance(found, dict) else "?"
        raise _refused(
            _("The row %(id)s has not the form that this version knows.") % {"id": told}
        ) from None
    return Record(
        kind.name, str(name), values, entered["at"], entered["by"][:80], reference[:24], left_out
    )


def _check(kind: Kind, values: dict[str, Any], left_out: tuple[str, ...]) -> None:
    """Codes are texts, notes are texts by codes, links are identifiers, sets are lists of them."""
    for each in (*kind.terms, *kind.areas):
        if values[each.name] is not None and not _is_text(values[each.name]):
            raise TypeError(each.name)
    for each in kind.plain:
        if isinstance(each, JSONField) and not _are_texts(list(values[each.name].values())):
            raise TypeError(each.name)
    for each in kind.links:
        if values[each.name] is not None:
            Name.parse(values[each.name])
    for many in (*kind.term_sets, *kind.link_sets):
        if not _are_texts(values[many.name]):
            raise TypeError(many.name)
    for many in kind.link_sets:
        for each in values[many.name]:
            Name.parse(each)
    if not set(left_out) <= {each.name for each in kind.links}:
        raise ValueError(left_out)


def _is_text(found: Any) -> bool:
    """Whether it is a text that the database takes."""
    return isinstance(found, str) and _NO_TEXT.search(found) is None


def _changed(name: str) -> CasesRefused:
    return CasesRefused(
        Problem(
            _("“%(name)s” is not what was written: its SHA-256 is another.") % {"name": name},
            _("Ask for the file again."),
        )
    )


def _refused(what: str) -> CasesRefused:
    return CasesRefused(Problem(what, _("Ask for the file again.")))
