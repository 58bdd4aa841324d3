"""What ``make run`` starts: the application server and the worker, which never outlive us."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from config.embedded.places import PROJECT
from config.probe import is_healthy

HOST = "127.0.0.1"
PATIENCE = 60.0
"""Seconds to wait for the first answer."""

GRACE = 10.0
"""Seconds between asking the server to end and killing it."""


RESTART: Final = 5.0
"""Seconds between two starts of a worker that ends by itself."""


class ServerEndedError(Exception):
    """The application server ended by itself."""


@contextmanager
def application_server(port: int, keep_open: Sequence[int]) -> "Iterator[subprocess.Popen[bytes]]":
    """Serve on ``port`` for the block, which begins when requests are answered.

    The child inherits the descriptors ``keep_open``. It has a session of its own, so that Ctrl-C
    reaches only us and we end it in order; if we are killed, the pipe it reads closes and it ends
    by itself. Raises ``ServerEndedError`` when it cannot serve.
    """
    waiting, ready = os.pipe()
    lifeline, ours = os.pipe()
    environment = {
        "GAWAH_BIND": f"{HOST}:{port}",
        "GAWAH_READY": str(ready),
        "GAWAH_LIFELINE": str(lifeline),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"],
        cwd=PROJECT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        pass_fds=[ready, lifeline, *keep_open],
        start_new_session=True,
    )
    try:
        os.close(ready)
        # Nothing comes when it ended. Asking the port alone would not do: another program may
        # have taken it meanwhile and answer.
        if not os.read(waiting, 1):
            raise ServerEndedError
        _wait_until_healthy(server, port)
        yield server
    finally:
        _end(server)
        for end in (waiting, lifeline, ours):
            os.close(end)


class Worker:
    """The program that does background jobs, started again whenever it ends."""

    def __init__(self, keep_open: Sequence[int]) -> None:
        self._keep_open = keep_open
        self._lifeline, self._ours = os.pipe()
        self._process: subprocess.Popen[bytes] | None = None
        self._started = -RESTART

    def keep_going(self) -> None:
        """Start it unless it runs or has just ended; called every now and then."""
        ended = self._process is None or self._process.poll() is not None
        if ended and time.monotonic() - self._started >= RESTART:
            self._started = time.monotonic()
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "run_jobs"],
                cwd=PROJECT,
                env=os.environ | {"GAWAH_LIFELINE": str(self._lifeline)},
                stdin=subprocess.DEVNULL,
                pass_fds=[self._lifeline, *self._keep_open],
                start_new_session=True,
            )

    def end(self) -> None:
        """End it. A job that it was doing is taken up by the next worker."""
        if self._process is not None:
            _end(self._process)
        os.close(self._lifeline)
        os.close(self._ours)


@contextmanager
def job_worker(keep_open: Sequence[int]) -> Iterator[Worker]:
    """A worker for the block, which has to call its ``keep_going``.

    As with the server: a session of its own, so that Ctrl-C reaches only us, and a pipe that
    closes when we are killed.
    """
    worker = Worker(keep_open)
    try:
        yield worker
    finally:
        worker.end()


def _wait_until_healthy(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        if is_healthy({"GAWAH_BIND": f"{HOST}:{port}"}):
            return
        time.sleep(0.05)
    raise ServerEndedError


def _end(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
