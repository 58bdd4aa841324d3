"""Why a file is not taken in: everything that was found, and what would mend it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_COMMANDS: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
"""Signs that a terminal obeys. What is told of a file quotes it, and strangers wrote it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way."""

    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return _COMMANDS.sub("�", f"{self.what} {self.remedy}".rstrip())


class CasesRefused(Exception):
    """Nothing was brought in."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(map(str, problems[:1])))
        self.problems: Sequence[Problem] = problems
