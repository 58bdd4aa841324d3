"""``make run``: from a checkout to a running Gawah, and back to nothing on Ctrl-C.

Brings up the database, prepares it, and serves on 127.0.0.1. Every step may be repeated; a step
with nothing to do costs little.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from types import FrameType

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from config.database import ROLES
from config.embedded import locks
from config.embedded.account import ourselves
from config.embedded.errors import EmbeddedServerError
from config.embedded.folders import make_passable
from config.embedded.places import PROJECT, var_directory
from config.embedded.use import Use
from config.messages import compile_messages
from config.serving import HOST, ServerEndedError, application_server, job_worker
from config.startup import prepare_environment, use_database

PATIENCE = 600.0
"""Seconds to wait while another start prepares the same database: migrations can take minutes."""

LOOK = 0.5
"""Seconds between two looks whether server and worker still run."""


def main() -> int:
    """Run until stopped; returns the exit code."""
    _stop_on_signals()
    use: Use | None = None
    try:
        port = free_port(os.environ.get("PORT") or "8000")
        public = os.environ.get("GAWAH_SIDE") == "public"
        prepare_environment("reader" if public else "owner")
        with _step("Database"):
            use = use_database()
        make_passable(var_directory())
        with locks.alone(var_directory() / "preparing.lock", ourselves(), PATIENCE):
            _prepare()
        _serve(port, [use.descriptor] if use else [])
    except KeyboardInterrupt:
        return 0
    except (CommandError, EmbeddedServerError, ImproperlyConfigured) as error:
        _say(f"\n{error}")
        return 1
    except DatabaseError as error:
        _say(f"\nThe database says: {error}")
        return 1
    except ServerEndedError:
        _say("\nThe application server ended by itself; its message stands above.")
        return 1
    finally:
        _ignore_signals()
        if use is not None:
            use.leave()
    return 0


def free_port(text: str) -> int:
    """The port that ``text`` names. Ends the program if it is none, or taken."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SystemExit(f"PORT must be a number between 1 and 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            raise SystemExit(
                f"Port {text} cannot be used ({error.strerror}). "
                f"Choose another one: make run PORT={int(text) % 65535 + 1}"
            ) from None
    return int(text)


def _prepare() -> None:
    with _step("Translations"):
        compile_messages(PROJECT / "locale")
    django.setup()
    from django.conf import settings

    from config.checks import refuse_unsafe
    from config.static_files import collect

    if settings.HAS_STAFF_SIDE:
        with _step("Tables"):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("grant_roles", verbosity=0)
        _continue_as_application()
        with _step("Reference data"):
            call_command("load_reference", stdout=StringIO())
        if os.environ.get("GAWAH_DEMONSTRATION") != "0":
            with _step("Documented case"):
                call_command("load_demonstration", stdout=StringIO())
        call_command("create_administrator")
    with _step("Static files"):
        collect()
    with _step("Checks"):
        # Before the server, because an error of a program that starts it reads better.
        refuse_unsafe()


def _continue_as_application() -> None:
    """Give up the owner's rights, here and in the server that we start."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    os.environ["GAWAH_DATABASE_ROLE"] = settings.DATABASE_ROLE = "app"
    if settings.EMBEDDED_CLUSTER is not None:
        connection.settings_dict["USER"] = ROLES["app"]


def _serve(port: int, keep_open: list[int]) -> None:
    from django.conf import settings

    begun = time.monotonic()
    with application_server(port, keep_open) as server, job_worker(keep_open) as worker:
        # Named only now: it writes its warnings on lines of their own.
        _say(_done("Server", begun))
        _say(_where_to_look(f"http://{HOST}:{port}"))
        while server.poll() is None:
            if settings.HAS_STAFF_SIDE:
                worker.keep_going()
            time.sleep(LOOK)
    raise ServerEndedError


def _where_to_look(address: str) -> str:
    from django.conf import settings

    places = []
    if settings.HAS_PUBLIC_SIDE:
        places += [
            ("Public pages", f"{address}/"),
            ("In Urdu", f"{address}/ur/"),
            ("API", f"{address}/api/v1/"),
        ]
    if settings.HAS_STAFF_SIDE:
        places.append(("Staff", f"{address}/admin/"))
    lines = [f"  {name:<14}{where}" for name, where in places]
    return "\n".join(["", "Gawah is running. Ctrl-C stops it.", *lines])


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Say what is being done, and how long it took when it is."""
    begun = time.monotonic()
    _say(f"{name:.<20}", end="")
    yield
    _say(_done("", begun, width=0))


def _done(name: str, begun: float, width: int = 20) -> str:
    return f"{name:.<{width}}{time.monotonic() - begun:6.1f} s"


def _say(text: str, end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()


def _stop_on_signals() -> None:
    """Ctrl-C, a closed terminal and ``kill`` all stop us in order.

    SIGINT too: a shell that starts us in the background has it ignored. A SIGHUP that is ignored
    stays so, because that is what nohup asks for.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
