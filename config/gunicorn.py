"""Configuration of the application server, for ``make run`` and for the container image."""

import os
import signal
import threading
from typing import Any

bind = os.environ.get("GAWAH_BIND") or "127.0.0.1:8000"
workers = int(os.environ.get("GAWAH_WORKERS") or 2)
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


def when_ready(server: Any) -> None:
    """Tell whoever started us that the port is ours, and end when they end.

    ``config.start`` waits at the other end of one pipe and keeps the other end of the second open.
    """
    if ready := os.environ.get("GAWAH_READY"):
        os.write(int(ready), b"1")
        os.close(int(ready))
    if lifeline := os.environ.get("GAWAH_LIFELINE"):
        threading.Thread(target=_wait_for_end, args=[int(lifeline)], daemon=True).start()


def _wait_for_end(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
