"""Taking what was withdrawn out of the releases that hold it."""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from record.chain import last_sequence, timestamp
from record.kinds import Kind
from record.releasing import folders
from record.releasing.files import ndjson_name, write_documents
from record.releasing.lines import Clearing, documents_in, one_state
from record.releasing.making import Tell, actions_between, finish
from record.releasing.manifest import (
    MANIFEST,
    Manifest,
    ManifestError,
    Reissue,
    ReleasedFile,
    manifest_in,
    write_manifest,
)
from record.releasing.reference_tables import write_codebook
from record.releasing.safety import emptied_until, head_of, is_of_this_record, may_be_read

logger = logging.getLogger(__name__)

_KEPT = ("areas.csv", "vocabularies.csv", "changes.csv")
"""Files that hold no words of any record and say how things stood on that day."""


@dataclass(frozen=True, slots=True)
class Honoured:
    """What became of a release that held something withdrawn. ``other``: it was made from other
    data than the database holds, so nobody can tell; it stays closed."""

    release: str
    removed: int = 0
    replaced: int = 0
    other: bool = False


def honour_withdrawals(
    *, within: Path | None = None, tell: Tell = lambda _line: None
) -> list[Honoured]:
    """Rewrite every release that holds what was withdrawn since; say what became of each.

    Until then nobody can read such a release (``safety``), so a run that is killed does no harm;
    what it left on the disk is cleared away here too. Costs two short queries a release where
    there is nothing to do.
    """
    within = within or folders.releases_folder()
    folders.clear_left_behind(within)
    if not _closed(within):
        return []
    with folders.writing_alone(within):
        # Looked for anew: what a killed run left is put right by now.
        return [_honoured(folder, tell) for folder in _closed(within)]


def _closed(within: Path) -> list[Path]:
    return [folder for folder in folders.release_folders(within) if not _is_open(folder)]


def _is_open(folder: Path) -> bool:
    try:
        return may_be_read(manifest_in(folder))
    except (ManifestError, OSError) as error:
        # Nobody can read it, and there is nothing to rewrite it by.
        logger.error("Whether the release of %s may be read is unknown: %s", folder.name, error)
        return True


def what_there_is() -> tuple[object, ...]:
    """The state of record and releases, at one short query: while it is the same, nothing can
    have been withdrawn that was honoured before."""
    within = folders.releases_folder()
    manifests = [folder / MANIFEST for folder in folders.release_folders(within)]
    left = folders.left_behind(within)
    if not manifests and not left:
        return ()
    states = ((str(each), each.stat().st_mtime_ns) for each in manifests)
    return (last_sequence(), *map(str, left), *states)


def _honoured(folder: Path, tell: Tell) -> Honoured:
    manifest = manifest_in(folder)
    if not is_of_this_record(manifest):
        return Honoured(manifest.release, other=True)
    clearing = Clearing()
    with folders.draft_of(folder) as draft:
        with one_state():
            now, emptied = last_sequence(), emptied_until(manifest.covers)
            made, counts = _clear(folder, draft, clearing, tell)
            current = replace(manifest, covers=now, head=head_of(now), emptied=emptied_until(now))
            actions = actions_between(_since(folder, manifest), manifest.dataset_version)
        if not clearing.changed:
            # Emptied were revisions that were past already when the release was made.
            write_manifest(replace(manifest, emptied=emptied), folder)
            return Honoured(manifest.release)
        reissue = Reissue(
            at=timestamp(datetime.now(UTC)),
            dataset_version=now,
            removed=len(clearing.removed),
            replaced=len(clearing.replaced),
        )
        current = replace(current, counts=counts, reissues=(*manifest.reissues, reissue), files=())
        # The tables are written as this version of the program writes them, so explain those.
        made += [*_kept(folder, draft, manifest), *write_codebook(draft)]
        finish(draft, current, made, actions, tell)
        folders.put_in_place(draft, folder)
    return Honoured(manifest.release, reissue.removed, reissue.replaced)


def _clear(
    folder: Path, draft: Path, clearing: Clearing, tell: Tell
) -> tuple[list[ReleasedFile], dict[str, int]]:
    """The documents that may be read, written into the draft."""
    made, counts = [], {}
    for kind in Kind:
        documents = clearing.of(kind, documents_in(folder / ndjson_name(kind)))
        written, counts[kind.plural] = write_documents(draft, kind, documents)
        made.append(written)
        tell(f"{folder.name}/{written.name}: {written.rows}")
    return made, counts


def _kept(folder: Path, draft: Path, manifest: Manifest) -> Iterator[ReleasedFile]:
    for name in _KEPT:
        if (file := manifest.file(name)) is not None:
            os.link(folder / name, draft / name)
            yield file


def _since(folder: Path, manifest: Manifest) -> int:
    """The last revision that the release before this one tells of; 0 where nothing says so."""
    if not manifest.previous:
        return 0
    try:
        return manifest_in(folder.with_name(manifest.previous)).dataset_version
    except (ManifestError, OSError):
        return 0
