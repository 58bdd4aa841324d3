"""The system account that the server runs under.

PostgreSQL refuses to run as root. A user runs it as themself. Root runs it under an unprivileged
account and never creates one: the account that already owns the data, else the one named by
``GAWAH_POSTGRES_ACCOUNT``, else the owner of the project, else ``nobody``. A dedicated account is
the better choice on a shared machine, because other services may run as ``nobody`` too and could
then open the socket.
"""

import os
import pwd
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.errors import EmbeddedServerError


@dataclass(frozen=True, slots=True)
class Account:
    """A system account: numeric user and group."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this process already runs under the account."""
        return self.uid == os.geteuid()

    @property
    def name(self) -> str:
        """The account's name, or its number when the system has no name for it."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return f"uid {self.uid}"

    def popen_arguments(self) -> dict[str, Any]:
        """Arguments of ``subprocess`` that start a program under this account."""
        if self.is_ours:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_enter(self, directory: Path) -> bool:
        """Whether the account may pass through ``directory`` and every directory above it.

        Reads permission bits only; directories that do not exist yet are left out.
        """
        return all(self._may_pass(each) for each in (directory, *directory.parents))

    def _may_pass(self, directory: Path) -> bool:
        try:
            status = directory.stat()
        except FileNotFoundError:
            return True
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def ourselves() -> Account:
    """The account that this process runs under, which may be root."""
    return Account(os.geteuid(), os.getegid())


def server_account(project: Path, environ: Mapping[str, str] = os.environ) -> Account:
    """The account for a server whose data belongs to the checkout ``project``."""
    if os.geteuid() != 0:
        return ourselves()
    if named := environ.get("GAWAH_POSTGRES_ACCOUNT"):
        return _named(named)
    owner = project.stat()
    return Account(owner.st_uid, owner.st_gid) if owner.st_uid else _named("nobody")


def owner_of(path: Path) -> Account | None:
    """The account that owns ``path``; None if it does not exist or root owns it."""
    try:
        status = path.stat()
    except (FileNotFoundError, PermissionError):
        return None
    return Account(status.st_uid, status.st_gid) if status.st_uid else None


def _named(name: str) -> Account:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise EmbeddedServerError(
            f"There is no system account {name!r}. Name one in GAWAH_POSTGRES_ACCOUNT, "
            "or set DATABASE_URL to use another PostgreSQL."
        ) from None
    if entry.pw_uid == 0:
        raise EmbeddedServerError("PostgreSQL does not run as root. Name another account.")
    return Account(entry.pw_uid, entry.pw_gid)
