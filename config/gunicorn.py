"""Configuration of the application server, for ``make run`` and for the container image."""

import os
import signal
import socket
import threading
from typing import Any

from api.problem_types import LONGEST_LINE

bind = os.environ.get("GAWAH_BIND") or "127.0.0.1:8000"
workers = int(os.environ.get("GAWAH_WORKERS") or 2)
# With threads a worker is told alive while one of them sends a file to a slow reader: without,
# it could serve nobody else meanwhile, and the timeout below would cut the file off.
threads = int(os.environ.get("GAWAH_THREADS") or 4)
worker_class = "config.unreadable.ReadableErrors"
limit_request_line = LONGEST_LINE
# Loaded once, before the workers fork: half the memory, and the checks run once.
preload_app = True
wsgi_app = "config.wsgi"
# Otherwise a socket through which any process of this account can control the server.
control_socket_disable = True
# Request lines hold what people searched for.
accesslog = None
# Below that it remarks on every HEAD request, whose body Django leaves for it to drop.
loglevel = "error"
# Exports stream for long; a worker that is merely slow must not be killed in the middle.
timeout = 120
graceful_timeout = 5

SEND_TIMEOUT = 60
"""Seconds after which a reader who takes nothing at all is cut off."""


def when_ready(server: Any) -> None:
    """Tell whoever started us that the port is ours, and end when they end.

    ``config.start`` waits at the other end of one pipe and keeps the other end of the second open.
    """
    for listener in server.LISTENERS:
        give_up_on_stalled_readers(listener.sock)
    if ready := os.environ.get("GAWAH_READY"):
        os.write(int(ready), b"1")
        os.close(int(ready))
    if lifeline := os.environ.get("GAWAH_LIFELINE"):
        threading.Thread(target=_wait_for_end, args=[int(lifeline)], daemon=True).start()


def give_up_on_stalled_readers(listener: socket.socket) -> None:
    """Let the system end connections on which nothing is taken for ``SEND_TIMEOUT`` seconds.

    A thread that sends waits without limit otherwise. Accepted connections inherit it. Nothing
    is done where the system has no such limit, or the listener is no TCP socket.
    """
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is not None and listener.family in (socket.AF_INET, socket.AF_INET6):
        listener.setsockopt(socket.IPPROTO_TCP, option, SEND_TIMEOUT * 1000)


def _wait_for_end(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
