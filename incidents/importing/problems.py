"""Something wrong with one value of one row: what it is, why, and how to mend it."""

from dataclasses import dataclass

from incidents.models import Severity

SHOWN_CHARACTERS = 200
"""Characters of a value that a problem repeats; the row itself keeps all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of a list.

    ``row`` is the row as a person counts it in the file, None for the file as a whole; ``key``
    the key of that row. ``reason`` and ``remedy`` are sentences in the active language; ``code``
    names the kind of fault for programs. ``severity`` says what became of the row.
    """

    row: int | None
    key: str = ""
    column: str = ""
    value: str = ""
    code: str
    reason: str
    remedy: str = ""
    severity: Severity

    @property
    def refuses(self) -> bool:
        """Whether the case of this row is not brought in."""
        return self.severity is Severity.REFUSED


def shown(value: str) -> str:
    """A value short enough for a message."""
    return value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
