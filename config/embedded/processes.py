"""Which processes run on a data directory, and lock files left behind by those that do not.

After a kill, a reboot or in a new container, the process number in PostgreSQL's lock files may
belong to a zombie or to another program, and PostgreSQL then refuses to start. Knows ``/proc``,
so Linux only; elsewhere nothing is cleared and PostgreSQL's own message says which file to remove.
"""

import os
from pathlib import Path

from config.embedded.places import SOCKET_NAME, Cluster

PROC = Path("/proc")


def servers_on(data: Path) -> list[int]:
    """Process numbers of PostgreSQL on ``data``: the server and its children, zombies left out.

    Told by the working directory, because children rewrite their command line; by the command
    line in the first moments.
    """
    return [
        int(entry.name)
        for entry in (PROC.iterdir() if PROC.is_dir() else ())
        if entry.name.isdecimal() and _works_on(entry, data)
    ]


def is_alive(number: int) -> bool:
    """Whether a process has this number and is not a zombie."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    try:
        # The state follows the name, which stands in parentheses and may hold anything.
        return (PROC / str(number) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return not PROC.is_dir()


def names_a_server(cluster: Cluster) -> bool:
    """Whether ``postmaster.pid`` names a process that really is a server on the data."""
    number = _number_in(cluster.data / "postmaster.pid")
    if not PROC.is_dir():
        return number is not None
    return number in servers_on(cluster.data)


def clear_stale_locks(cluster: Cluster) -> list[Path]:
    """Remove lock files that name a zombie or another program; return those removed.

    A number that no process has is left to PostgreSQL, which clears it itself. Nothing is removed
    while any process of a server runs on the data: the files are part of PostgreSQL's own
    protection against two servers on one directory. The caller holds the starting lock.
    """
    if not PROC.is_dir() or servers_on(cluster.data):
        return []
    files = (cluster.data / "postmaster.pid", cluster.socket / f"{SOCKET_NAME}.lock")
    stale = [path for path in files if (PROC / str(_number_in(path))).exists()]
    for path in stale:
        path.unlink()
    return stale


def _works_on(entry: Path, data: Path) -> bool:
    try:
        name = (entry / "comm").read_text(errors="replace").strip()
        if name == "postgres" and (entry / "cwd").readlink() == data:
            return True
        # In its first moments it is a shell, or has not changed into the directory yet.
        arguments = (entry / "cmdline").read_bytes().split(b"\0")
        return name in ("postgres", "sh") and os.fsencode(data) in arguments
    except OSError:
        # Ended meanwhile, a zombie, or of another account: none of them is our server.
        return False


def _number_in(lock: Path) -> int | None:
    """The process number on the first line of a lock file; None without one."""
    try:
        first = lock.read_text(errors="replace").split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdecimal() else None
