"""The round of words: those of what was published lately are filed in their indexes."""

import time
from typing import Final

from record.filing_words import file_words

EVERY: Final = 20.0
"""Seconds between two rounds; few words wait that long, and nobody notices the few."""


class WordsRound:
    """When one worker files words again."""

    def __init__(self) -> None:
        self._look_at = 0.0

    def step(self) -> bool:
        """File what waits, now and then; whether there was anything."""
        if time.monotonic() < self._look_at:
            return False
        self._look_at = time.monotonic() + EVERY
        return file_words() > 0
