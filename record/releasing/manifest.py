"""What a release says of itself: of which data it is, and every file with its size and hash.

It is the last file of a release to be written, so where it stands the release is whole.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

MANIFEST: Final = "manifest.json"
_FORM: Final = 1


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
    """

    release: str
    dataset_version: int
    covers: int
    head: str
    emptied: int
    made_at: str
    organisation: str
    licence: str
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


def read_manifest(text: str) -> Manifest:
    """The manifest in a text. Raises ManifestError."""
    try:
        values: dict[str, Any] = json.loads(text)
        if values.pop("form") != _FORM:
            raise ManifestError("The manifest is of another version of Gawah.")
        values["reissues"] = tuple(Reissue(**each) for each in values["reissues"])
        values["files"] = tuple(ReleasedFile(**each) for each in values["files"])
        return Manifest(**values)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ManifestError("The manifest cannot be read.") from error


def manifest_in(folder: Path) -> Manifest:
    """The manifest of a release. Raises ManifestError, and OSError where there is none."""
    return read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest, whole or not at all."""
    draft = folder / f".{MANIFEST}"
    with draft.open("w", encoding="utf-8") as file:
        file.write(manifest.written())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / MANIFEST)
