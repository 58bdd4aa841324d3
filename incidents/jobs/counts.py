"""The round of counts: what is asked of the whole record is counted before anybody asks."""

import time
from typing import Final

from record.kept_blocks import count_ahead

EVERY: Final = 20.0
"""Seconds between two rounds."""

FOR: Final = 2.0
"""Seconds that a round takes at most, where much is to be counted: jobs wait for it."""


class CountsRound:
    """When one worker counts ahead again."""

    def __init__(self) -> None:
        self._look_at = 0.0

    def step(self) -> bool:
        """Count for a moment, now and then; whether there is more to count."""
        if time.monotonic() < self._look_at:
            return False
        more = count_ahead(FOR)
        self._look_at = time.monotonic() + (FOR if more else EVERY)
        return more
