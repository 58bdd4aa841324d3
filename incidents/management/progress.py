"""How far a command has come, on a terminal that somebody looks at."""

import time
from collections.abc import Callable
from typing import Final

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

_INTERVAL: Final = 0.2


def progress_on(stream: OutputWrapper) -> Callable[[int, int | None], None] | None:
    """A function to call with how much is done of how much; None where nobody looks."""
    if not stream.isatty():
        return None
    last = 0.0

    def show(done: int, total: int | None) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _INTERVAL and done != total:
            return
        last = now
        words = f"{done:,} / {total:,}" if total else _("reading …")
        stream.write(f"\r{words}\033[K", ending="\n" if total and done >= total else "")
        stream.flush()

    return show
