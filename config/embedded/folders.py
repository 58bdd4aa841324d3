"""Private directories and files, made for the account of the server."""

import os
import secrets
import shutil
import stat
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import EmbeddedServerError

PRIVATE = 0o700


def make_private(directory: Path, account: Account) -> None:
    """Make ``directory``, 0700 and owned by ``account``; an existing one must be just that.

    Raises ``EmbeddedServerError`` if it is a symbolic link, a file, or belongs to another account.
    """
    try:
        directory.mkdir(mode=PRIVATE)
    except FileExistsError:
        _require_ours(directory, account)
    else:
        _give(directory, account)
    directory.chmod(PRIVATE)


def make_passable(directory: Path) -> None:
    """Make ``directory`` and its parents if missing; others may pass through, whatever the umask.

    A directory that exists keeps its permissions.
    """
    if directory.exists():
        return
    make_passable(directory.parent)
    try:
        directory.mkdir()
    except FileExistsError:
        return
    directory.chmod(0o755)


def write_private(path: Path, text: str, account: Account) -> None:
    """Replace the file ``path``, 0600 and owned by ``account``, in one step.

    A new file is made beside it and renamed, so that root never writes through a symbolic link
    that somebody put into the account's directory.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    _give(draft, account)
    draft.replace(path)


def give_tree(directory: Path, account: Account) -> None:
    """Give ``directory`` and all in it to ``account``."""
    _give(directory, account)
    for parent, folders, files in os.walk(directory):
        for name in (*folders, *files):
            _give(Path(parent, name), account)


def remove_tree(directory: Path) -> None:
    """Remove a directory and all in it, if it exists."""
    if directory.exists():
        shutil.rmtree(directory)


def _give(path: Path, account: Account) -> None:
    if os.geteuid() == 0:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _require_ours(directory: Path, account: Account) -> None:
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise EmbeddedServerError(f"{directory} is in the way: it is not a directory.")
    if os.geteuid() == 0 and status.st_uid == 0:
        # Another starter made it a moment ago and has not given it away yet.
        _give(directory, account)
    elif status.st_uid != account.uid:
        raise EmbeddedServerError(
            f"{directory} belongs to {Account(status.st_uid, status.st_gid).name}, not to "
            f"{account.name}. Run as that account, or set DATABASE_URL to use another PostgreSQL."
        )
