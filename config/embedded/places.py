"""Where a cluster keeps its files. Reads permission bits, writes nothing, so settings may ask.

Normally everything is under ``var/`` of the project. Started by root for an account that cannot
enter the project (a checkout under a 0700 home), the files go to a state directory instead.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.embedded.account import Account, owner_of, server_account

PROJECT = Path(__file__).resolve().parent.parent.parent

SYSTEM_STATE = Path("/var/lib")

SOCKET_NAME = ".s.PGSQL.5432"

# The whole socket path must fit into sockaddr_un: 108 bytes with its end mark on Linux, 104 on
# macOS. The smaller one, so that the place does not depend on the system.
LONGEST_SOCKET_PATH = 103

# Not the TMPDIR of whoever starts it: two shells would look for the same server in two places.
SHORT_PLACE = Path("/tmp")  # noqa: S108


@dataclass(frozen=True, slots=True)
class Cluster:
    """The places of one PostgreSQL cluster, all below ``home`` but for awkward sockets."""

    home: Path
    account: Account
    durable: bool = True
    """False turns ``fsync`` off: for the test suite's own data only."""

    @property
    def data(self) -> Path:
        """The data directory of PostgreSQL."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.home / "server.log"

    @property
    def socket(self) -> Path:
        """The directory of the socket: Django's ``HOST``."""
        inside = self.home / "socket"
        short_enough = len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        # To libpq a comma separates several hosts.
        if short_enough and "," not in str(inside):
            return inside
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return SHORT_PLACE / f"gawah-{digest}"

    @property
    def starting_lock(self) -> Path:
        """Held while somebody creates, starts or stops the server."""
        return self.home / "starting.lock"

    @property
    def users_lock(self) -> Path:
        """Held, shared, by each process that uses the server."""
        return self.home / "users.lock"

    @property
    def programs(self) -> Path:
        """A copy of the programs, made when the account cannot run those of the virtualenv."""
        return self.home / "programs"


def var_directory(project: Path = PROJECT, environ: Mapping[str, str] = os.environ) -> Path:
    """Where everything that Gawah writes goes: ``GAWAH_STATE``, else ``var/`` of the project."""
    given = environ.get("GAWAH_STATE")
    return Path(given).resolve() if given else project / "var"


def cluster(
    name: str = "postgres",
    *,
    durable: bool = True,
    project: Path = PROJECT,
    environ: Mapping[str, str] = os.environ,
) -> Cluster:
    """The cluster called ``name`` of the checkout ``project``.

    Raises ``EmbeddedServerError`` when root names an account that does not exist.
    """
    account = server_account(project, environ)
    home = _state(name, project, account, environ) / name
    if account.is_ours:
        return Cluster(home, account, durable)
    return Cluster(home, owner_of(home) or account, durable)


def _state(name: str, project: Path, account: Account, environ: Mapping[str, str]) -> Path:
    inside = var_directory(project, environ)
    if environ.get("GAWAH_STATE") or account.is_ours or (inside / name).exists():
        return inside
    digest = hashlib.sha256(os.fsencode(project)).hexdigest()[:16]
    outside = SYSTEM_STATE / f"gawah-{digest}"
    # Where data is stays where it is: a permission that changes later must not make an empty
    # database appear in the other place.
    if (outside / name).exists() or not account.may_enter(inside):
        return outside
    return inside
