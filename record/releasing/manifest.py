"""What a release says of itself: of which data it is, and every file with its size and hash.

It is the last file of a release to be written, so where it stands the release is whole.
"""

import json
import os
import re
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar, get_origin

MANIFEST: Final = "manifest.json"
_FORM: Final = 1
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

_Part = TypeVar("_Part")


class ManifestError(Exception):
    """A manifest that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFile:
    """One file. ``rows`` are records or terms, 0 where a file has none; ``kind`` is the plural of
    the kind of record, if it holds one."""

    name: str
    bytes: int
    sha256: str
    media_type: str
    rows: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissue:
    """A rewriting of the files because something they held was withdrawn: how many records were
    taken out, and how many put in as they were published later."""

    at: str
    dataset_version: int
    removed: int
    replaced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A release. ``dataset_version`` is the last revision it tells of.

    ``covers`` is the last revision that any line may come from: the same, or where lines were
    replaced that of the newest reissue. ``head`` is the hash of that revision: where it is not
    part of the chain, the release was made from other data. ``emptied`` counts the revisions up
    to it that had been emptied by then; where there are more now, something was withdrawn since.
    ``collecting_bodies`` are the organisations whose collecting stands behind the data, in English.
    """

    release: str
    dataset_version: int
    covers: int
    head: str
    emptied: int
    made_at: str
    organisation: str
    licence: str
    collecting_bodies: tuple[str, ...] = ()
    previous: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    reissues: tuple[Reissue, ...] = ()
    files: tuple[ReleasedFile, ...] = ()

    def file(self, name: str) -> ReleasedFile | None:
        """The file of this name, if the release has it."""
        return next((each for each in self.files if each.name == name), None)

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(each.bytes for each in self.files)

    def written(self) -> str:
        """The manifest as its file holds it."""
        return json.dumps({"form": _FORM, **asdict(self)}, ensure_ascii=False, indent=1) + "\n"


def read_manifest(content: bytes) -> Manifest:
    """The manifest in the content of a file. Raises ManifestError, which says nothing of it."""
    try:
        values: dict[str, Any] = json.loads(content.decode())
        if values.pop("form") != _FORM:
            raise ManifestError("The manifest is of another version of Gawah.")
        # Those of before they were named have none.
        values["collecting_bodies"] = tuple(values.get("collecting_bodies", ()))
        values["reissues"] = tuple(_as(Reissue, each) for each in values["reissues"])
        values["files"] = tuple(_as(ReleasedFile, each) for each in values["files"])
        manifest = _as(Manifest, values)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ManifestError("The manifest cannot be read.") from None
    if not _is_sound(manifest):
        raise ManifestError("The manifest says what none can say.")
    return manifest


def _as(of: type[_Part], values: Any) -> _Part:
    """An object with these values. Raises TypeError where one is missing, of another type or of
    no use."""
    part = of(**values)
    for each in fields(part):  # type: ignore[arg-type]
        kind = get_origin(each.type) or each.type
        if type(getattr(part, each.name)) is not kind:
            raise TypeError(each.name)
    return part


def _is_sound(manifest: Manifest) -> bool:
    """Whether pages can be made of it: dates are dates, names are those of files."""
    times = [manifest.made_at, *(each.at for each in manifest.reissues)]
    try:
        days = [str(date.fromisoformat(manifest.release)), *map(datetime.fromisoformat, times)]
    except ValueError:
        return False
    if not all(isinstance(name, str) for name in manifest.collecting_bodies):
        return False
    numbers = (manifest.dataset_version, manifest.covers, manifest.emptied)
    return (
        days[0] == manifest.release
        and all(type(number) is int for number in manifest.counts.values())
        and all(0 <= number < 2**63 for number in numbers)
        and all(_FILE_NAME.fullmatch(each.name) for each in manifest.files)
    )


def manifest_in(folder: Path) -> Manifest:
    """The manifest of a release. Raises ManifestError, and OSError where there is none."""
    return read_manifest((folder / MANIFEST).read_bytes())


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest, whole or not at all."""
    draft = folder / f".{MANIFEST}"
    with draft.open("w", encoding="utf-8") as file:
        file.write(manifest.written())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / MANIFEST)
