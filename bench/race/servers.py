"""The programs that compete, started as they would serve, each on a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.race.clients import Connection
from config.embedded.places import PROJECT

PATIENCE = 600.0
"""Seconds a program may take to start: Datasette reads a database whole before it answers."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running program."""

    port: int
    process: int

    def get(self, path: str) -> bytes:
        """One answer."""
        connection = Connection(self.port)
        try:
            return connection.get(path)
        finally:
            connection.close()

    def memory(self) -> float:
        """Resident memory of its largest process, in MB; 0 where the system does not say."""
        workers = Path(f"/proc/{self.process}/task/{self.process}/children")
        if not workers.exists():
            return 0.0
        numbers = [str(self.process), *workers.read_text().split()]
        return max(map(_resident, numbers))


def _resident(process: str) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def ours() -> Iterator[Server]:
    """Gawah's public side as production serves it, with the limits switched off."""
    environment = {
        "GAWAH_SIDE": "public",
        "GAWAH_DATABASE_ROLE": "reader",
        "GAWAH_API_REQUESTS": "0",
    }
    with _gunicorn(environment, []) as server:
        yield server


@contextmanager
def plain() -> Iterator[Server]:
    """The plain API behind the same application server."""
    environment = {
        "GAWAH_SIDE": "public",
        "GAWAH_DATABASE_ROLE": "reader",
        "DJANGO_SETTINGS_MODULE": "bench.plain.settings",
    }
    with _gunicorn(environment, ["bench.plain.wsgi"]) as server:
        yield server


@contextmanager
def _gunicorn(environment: Mapping[str, str], what: Sequence[str]) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", *what]
    with running(command, port, "/healthz", {"GAWAH_BIND": f"127.0.0.1:{port}", **environment}) as (
        server
    ):
        yield server


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    health: str,
    environment: Mapping[str, str],
    *,
    silent: bool = False,
) -> Iterator[Server]:
    """A program that serves on a port, from its first answer until the end of the block.

    ``silent`` for one that says a line about every request.
    """
    out = subprocess.DEVNULL if silent else None
    process = subprocess.Popen(  # noqa: S603 - our own command
        command,
        cwd=PROJECT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
    )
    server = Server(port, process.pid)
    try:
        _wait(process, server, health, command)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(
    process: "subprocess.Popen[bytes]", server: Server, health: str, command: Sequence[str]
) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            server.get(health)
        except (OSError, EOFError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"It did not start: {' '.join(command)}")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
