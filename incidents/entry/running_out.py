"""The round that drops what was typed and nobody came back to, also where nobody types any more."""

import time
from typing import Final

from incidents.entry.keeping import drop_run_out

LOOK_EVERY: Final = 600.0
"""Seconds between two looks."""


class RunOutRound:
    """When one worker looks again."""

    def __init__(self) -> None:
        self._look_at = 0.0

    def step(self) -> None:
        """Drop what has run out, unless that was done a moment ago."""
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + LOOK_EVERY
            drop_run_out()
