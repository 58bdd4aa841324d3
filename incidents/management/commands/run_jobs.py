import os
import signal
import threading
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from incidents.jobs import work_off


class Command(BaseCommand):
    help = "Do what was asked for in the background: imports, bulk review, bulk publication."
    # The worker starts beside a server that has checked everything already.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")

    def handle(self, *, once: bool, **options: Any) -> None:
        if lifeline := os.environ.get("GAWAH_LIFELINE"):
            threading.Thread(target=_wait_for_end, args=[int(lifeline)], daemon=True).start()
        with suppress(KeyboardInterrupt):
            work_off(once=once)


def _wait_for_end(lifeline: int) -> None:
    """End when whoever started us has ended. At once: every job stands a kill."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGKILL)
