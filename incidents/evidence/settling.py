"""How a file is to lie: sealed while any of its sources is confidential, and open otherwise.

It is sealed in the transaction in which a source becomes confidential: what lies open has no
source that the database calls confidential. It is opened after the transaction in which the last
such source became open. Whatever breaks off leaves a file that can be read in either form, and
``settle`` sets it right: the files of a source when it is saved, all when they are hashed again.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction

from incidents.evidence.storing import path_of, wait_for, write_anew
from incidents.models import Capture, Source
from incidents.sealing.sources import SOURCES
from incidents.sealing.streams import UnreadableFileError, lies_sealed, opened_at

logger = logging.getLogger(__name__)


def settle(storage_name: str) -> None:
    """Have a file lie as its sources ask. One that is gone, or that no key opens, is left to
    ``verifying``. Raises OSError where it cannot be written."""
    with transaction.atomic():
        wait_for(storage_name)
        in_trust = told_in_trust(storage_name)
        with suppress(FileNotFoundError, UnreadableFileError):
            if lies_sealed(path_of(storage_name)) != in_trust:
                write_anew(storage_name, sealed=in_trust)


def seal_if_told_in_trust(storage_name: str) -> None:
    """Have a file that a row names from now on lie sealed, if any of its sources is confidential.
    Call it in the transaction that saved the row."""
    # Before looking: another may be about to open it, knowing nothing of this transaction.
    wait_for(storage_name)
    with suppress(FileNotFoundError):
        if not lies_sealed(path_of(storage_name)) and told_in_trust(storage_name):
            settle(storage_name)


def settle_files_of(source: Source) -> None:
    """Seal the files of a source that is confidential now, or have them opened after the end of
    the transaction in which it became open."""
    held = Capture.objects.held().filter(source=source).order_by("storage_name")
    names = list(held.values_list("storage_name", flat=True).distinct())
    if not source.confidential:
        transaction.on_commit(lambda: _settle_all(names), robust=True)
        return
    for name in names:
        seal_if_told_in_trust(name)


def can_be_opened(source: Source) -> bool:
    """Whether there is a key for each file of a source; what is gone needs none."""
    names = Capture.objects.held().filter(source=source).values_list("storage_name", flat=True)
    return all(map(_has_key, names))


def reseal_files() -> tuple[int, int]:
    """Have every file that lies sealed, or should, lie as its sources ask under the present key:
    (files written anew, files whose key is missing). Each is done by itself; if it breaks off it
    is begun again.

    The file says whether it is sealed, not the source: what broke off may have left it so.
    """
    held = Capture.objects.held().order_by("storage_name")
    done = lost = 0
    for name in list(held.values_list("storage_name", flat=True).distinct()):
        with transaction.atomic(), suppress(FileNotFoundError):
            wait_for(name)
            in_trust = told_in_trust(name)
            if not (in_trust or lies_sealed(path_of(name))):
                continue
            try:
                write_anew(name, sealed=in_trust)
                done += 1
            except UnreadableFileError:
                lost += 1
    return done, lost


def told_in_trust(storage_name: str) -> bool:
    """Whether any source that holds these bytes is confidential."""
    rows = Capture.objects.filter(storage_name=storage_name, source__confidential=True)
    return rows.exists()


def _settle_all(storage_names: Iterable[str]) -> None:
    for name in storage_names:
        try:
            settle(name)
        except OSError as error:
            logger.error("A file stays sealed until all are verified: %s", type(error).__name__)


def _has_key(storage_name: str) -> bool:
    try:
        with opened_at(path_of(storage_name), SOURCES):
            return True
    except UnreadableFileError:
        return False
    except FileNotFoundError:
        return True
