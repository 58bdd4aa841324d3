"""File locks (POSIX ``flock``): the kernel drops them when their holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import EmbeddedServerError

PATIENCE = 120.0
"""Seconds to wait for another process that creates, starts or stops the server."""


@contextmanager
def alone(path: Path, account: Account, patience: float = PATIENCE) -> Iterator[None]:
    """Hold ``path`` alone for the block; others wait their turn, for ``patience`` seconds."""
    descriptor = _open(path, account)
    try:
        deadline = time.monotonic() + patience
        while not _try(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise EmbeddedServerError(
                    f"Another process has held {path} for {patience:.0f} seconds."
                )
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def share(path: Path, account: Account) -> int:
    """Hold ``path`` together with others; closing the returned descriptor ends it.

    Close it, never unlock it: a child that inherited the descriptor then still holds the lock.
    """
    descriptor = _open(path, account)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_held(path: Path, account: Account) -> bool:
    """Whether any process holds ``path``."""
    descriptor = _open(path, account)
    try:
        return not _try(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path, account: Account) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except PermissionError:
        raise EmbeddedServerError(
            f"{path} belongs to another account. Run as that account, or as root."
        ) from None
    if os.geteuid() == 0:
        os.fchown(descriptor, account.uid, account.gid)
    return descriptor
