"""What officials say of an act, in order, with what each statement did to an earlier one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Attribution = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. ``replaced``: the same side has said something else since."""

    attribution: Attribution
    replaces: bool
    replaced: bool


def in_sequence(attributions: Sequence[Attribution]) -> list[Said]:
    """The statements in the document's order; none is left out because it was replaced."""
    replaced = {entry["replaces"] for entry in attributions if entry["replaces"] is not None}
    return [
        Said(entry, entry["replaces"] is not None, place in replaced)
        for place, entry in enumerate(attributions, start=1)
    ]
