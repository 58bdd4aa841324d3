"""What is wrong with a mapping: all of it at once, each fault with its line."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class MappingFault:
    """One fault. ``line`` counts from 1; ``where`` is the key in the mapping."""

    line: int | None
    where: str
    message: str

    def __str__(self) -> str:
        place = self.where
        if self.line is not None:
            line = _("Line %(line)d") % {"line": self.line}
            place = f"{line}, {place}" if place else line
        return f"{place}: {self.message}" if place else self.message


class MappingRefused(Exception):
    """A mapping that cannot be used. As text: every fault, one a line, with its line."""

    def __init__(self, faults: Iterable[MappingFault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line or 0)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)
