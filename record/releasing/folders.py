"""Where releases lie: a folder for each date, and drafts beside them that nobody is shown.

A draft becomes a release by being renamed, so there is no moment at which half of one could be
read. What a killed run left behind is finished or removed by the next.
"""

import fcntl
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

from record.releasing.manifest import MANIFEST

logger = logging.getLogger(__name__)

DATE: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")

_DRAFT: Final = ".draft"
_OLD: Final = ".old"
_LOCK: Final = ".lock"


def releases_folder() -> Path:
    """Where the releases of this installation lie, whether or not there are any."""
    return Path(settings.GAWAH_RELEASES)


def release_folders(within: Path) -> list[Path]:
    """The folders of whole releases, the newest first."""
    if not within.is_dir():
        return []
    found = (folder for folder in within.iterdir() if DATE.fullmatch(folder.name))
    return sorted((each for each in found if (each / MANIFEST).is_file()), reverse=True)


def left_behind(within: Path) -> list[Path]:
    """What killed runs left on the disk: drafts, and what stood where a rewritten release stands
    now. Empty while somebody is writing, whose draft it may be."""
    if not _unfinished(within):
        return []
    with _lock(within, waiting=False) as is_ours:
        return sorted(_unfinished(within)) if is_ours else []


def _unfinished(within: Path) -> list[Path]:
    """Drafts and old releases, whether or not somebody is at work on them."""
    return [path for ending in (_DRAFT, _OLD) for path in within.glob(f".*{ending}")]


def clear_left_behind(within: Path) -> None:
    """Put right what killed runs left behind, unless somebody is writing: such files hold
    documents that may have been withdrawn since."""
    if not _unfinished(within):
        return
    with _lock(within, waiting=False) as is_ours:
        if is_ours:
            _put_right(within)


@contextmanager
def writing_alone(within: Path) -> Iterator[None]:
    """Write releases here and nobody else, in this process or another; puts right first what a
    killed run left behind. The lock ends with the process."""
    within.mkdir(parents=True, exist_ok=True)
    with _lock(within, waiting=True):
        _put_right(within)
        yield


@contextmanager
def _lock(within: Path, *, waiting: bool) -> Iterator[bool]:
    """Whether the lock of those who write here is ours."""
    with (within / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def draft_of(release: Path) -> Iterator[Path]:
    """An empty folder in which a release is written; gone when that fails."""
    draft = release.with_name(f".{release.name}{_DRAFT}")
    draft.mkdir()
    try:
        yield draft
    finally:
        _remove(draft)


def put_in_place(draft: Path, release: Path) -> None:
    """Make a finished draft the release of its date; what stood there before is removed."""
    _settle(draft)
    old = release.with_name(f".{release.name}{_OLD}")
    if release.exists():
        release.rename(old)
    draft.rename(release)
    _settle(release.parent)
    _remove(old)


def _put_right(within: Path) -> None:
    for old in sorted(within.glob(f".*{_OLD}")):
        release = within / old.name.removeprefix(".").removesuffix(_OLD)
        draft = release.with_name(f".{release.name}{_DRAFT}")
        if not release.exists() and (draft / MANIFEST).is_file():
            draft.rename(release)  # killed between the two renamings: the draft was whole
        elif not release.exists():
            old.rename(release)
        _remove(old)
    for draft in within.glob(f".*{_DRAFT}"):
        _remove(draft)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        logger.error(
            "%s could not be removed. It may hold what was withdrawn: remove it by hand.", folder
        )


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk before others rest on them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
