"""Starting and stopping the server of a cluster. The caller holds the starting lock."""

import time
from enum import Enum, auto
from pathlib import Path

import psycopg2

from config.embedded.binaries import programs, run
from config.embedded.creation import SUPERUSER, configure, create, require_same_version
from config.embedded.errors import EmbeddedServerError
from config.embedded.folders import make_passable, make_private
from config.embedded.places import Cluster
from config.embedded.processes import clear_stale_locks, is_alive, names_a_server, servers_on

PATIENCE = 90.0
"""Seconds to wait for recovery after a crash; an office's database needs a few."""

_ON_ITS_WAY = (
    "starting up",
    "shutting down",
    "recovery mode",
    "not yet accepting connections",
    # It died, or began to end, while we connected.
    "closed the connection unexpectedly",
    "reset by peer",
    "terminating connection",
)
_NOBODY_THERE = ("No such file or directory", "Connection refused")


class State(Enum):
    """What a connection attempt says about the server."""

    READY = auto()
    ON_ITS_WAY = auto()
    ABSENT = auto()


def state(cluster: Cluster) -> State:
    """Try a connection. Only that counts: a process number proves nothing."""
    try:
        psycopg2.connect(host=str(cluster.socket), user=SUPERUSER, dbname="postgres").close()
    except psycopg2.OperationalError as error:
        text = str(error)
        if any(phrase in text for phrase in _ON_ITS_WAY):
            return State.ON_ITS_WAY
        if any(phrase in text for phrase in _NOBODY_THERE):
            return State.ABSENT
        raise EmbeddedServerError(f"The database refuses us: {text.strip()}") from error
    return State.READY


def make_home(cluster: Cluster) -> None:
    """Make the directory that holds the locks and the data."""
    make_passable(cluster.home.parent)
    if not cluster.account.may_enter(cluster.home.parent):
        raise EmbeddedServerError(
            f"{cluster.account.name}, who runs the database, may not enter {cluster.home.parent}."
        )
    make_private(cluster.home, cluster.account)


def bring_up(cluster: Cluster) -> None:
    """Start the server unless it runs; return once connections work."""
    deadline = time.monotonic() + PATIENCE
    while (now := state(cluster)) is not State.READY:
        if time.monotonic() > deadline:
            raise EmbeddedServerError(f"The database does not answer.{log_tail(cluster)}")
        # Absent, yet processes at work: it has not opened its socket, or is about to end.
        if now is State.ON_ITS_WAY or servers_on(cluster.data):
            time.sleep(0.05)
        else:
            _start(cluster)


def shut_down(cluster: Cluster) -> bool:
    """Stop the server and wait until it has; False if none ran.

    Also ends a server that is only just starting because its starter was interrupted.
    """
    deadline = time.monotonic() + PATIENCE
    stopped, complaint = False, "it has written no process number"
    while _runs(cluster):
        # Asked first, because pg_ctl signals whatever process the file names.
        if names_a_server(cluster):
            complaint = _control(cluster, programs(cluster), "stop", "-m", "fast")
            stopped = True
        if time.monotonic() > deadline:
            raise EmbeddedServerError(f"The database does not stop: {complaint}{log_tail(cluster)}")
        time.sleep(0.02)
    return stopped


def _runs(cluster: Cluster) -> bool:
    return bool(servers_on(cluster.data)) or state(cluster) is not State.ABSENT


def log_tail(cluster: Cluster, lines: int = 8) -> str:
    """The end of the server's log, to show under an error."""
    try:
        text = cluster.log.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    return f"\nThe end of {cluster.log}:\n" + "\n".join(text.splitlines()[-lines:])


def _start(cluster: Cluster) -> None:
    make_private(cluster.socket, cluster.account)
    directory = programs(cluster)
    if not cluster.data.exists():
        create(cluster, directory)
    require_same_version(cluster, directory)
    configure(cluster)
    clear_stale_locks(cluster)
    number = _launch(cluster, directory)
    deadline = time.monotonic() + PATIENCE
    while (alive := is_alive(number)) and state(cluster) is not State.READY:
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    if not alive:
        raise EmbeddedServerError(f"The database does not start.{log_tail(cluster)}")


def _launch(cluster: Cluster, directory: Path) -> int:
    """Start the server in the background and return its process number.

    By a shell that ends at once, so that the server is nobody's child and is reaped when it ends.
    Not by pg_ctl, which pastes paths into a command line: this shell gets them as arguments.
    """
    script = '"$1" -D "$2" </dev/null >>"$3" 2>&1 & echo $!'
    arguments = (directory / "postgres", cluster.data, cluster.log)
    answer = run(cluster, Path("/bin/sh"), "-c", script, "gawah", *arguments)
    return int(answer.stdout)


def _control(cluster: Cluster, directory: Path, action: str, *arguments: str) -> str:
    """Run pg_ctl and wait for it; returns its complaint, empty when all went well."""
    places = ("-D", str(cluster.data))
    answer = run(cluster, directory / "pg_ctl", action, *places, "-w", "-s", *arguments)
    return (answer.stderr.strip() or f"exit {answer.returncode}") if answer.returncode else ""
