"""One request a host at a time, with a pause between two."""

import time
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Final, TypeVar

PAUSE: Final = 5.0
"""Seconds between two requests to one host."""

_Row = TypeVar("_Row")


class Pauses:
    """Remembers when each host was last asked."""

    def __init__(
        self,
        seconds: float | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = PAUSE if seconds is None else seconds
        self._now, self._sleep = now, sleep
        self._free: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Return when the host may be asked, and count from now."""
        waiting = self._free.get(host, 0.0) - self._now()
        if waiting > 0:
            self._sleep(waiting)
        now = self._now()
        # Those that are free again need not be remembered.
        self._free = {name: until for name, until in self._free.items() if until > now}
        self._free[host] = now + self._seconds


def in_turn(rows: Iterable[_Row], host_of: Callable[[_Row], str]) -> list[_Row]:
    """The rows host by host in turn, so that most of each pause passes with the others."""
    by_host: dict[str, list[_Row]] = {}
    for row in rows:
        by_host.setdefault(host_of(row), []).append(row)
    rounds = zip_longest(*by_host.values())
    return [row for each in rounds for row in each if row is not None]
