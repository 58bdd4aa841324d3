"""Ids, references and sequence numbers of the objects of a stretch: they follow from its number, so
that stretches can be made in any order and by several processes."""

from dataclasses import dataclass
from typing import Final

from record.kinds import Kind, format_reference

YEAR: Final = 2026

INCIDENTS: Final = 100
"""Incidents of one stretch; sizes are multiples of it."""

OF_STRETCH: Final = {
    Kind.SOURCE: 20,
    Kind.LEGAL_ACTION: 5,
    Kind.VICTIM: INCIDENTS * 3 // 2,
    Kind.VIOLATION: INCIDENTS * 2,
    Kind.INCIDENT: INCIDENTS,
}
"""Objects of one stretch, in the order in which they are published."""

WITHOUT_VIOLATION: Final = 3
"""Incidents of a stretch in which nobody's rights are violated: protests, say."""

FACTS: Final = OF_STRETCH[Kind.VIOLATION] + WITHOUT_VIOLATION
REVISIONS: Final = sum(OF_STRETCH.values())


@dataclass(frozen=True, slots=True)
class Identity:
    """What an object is known by in the tables and outside."""

    id: int
    reference: str
    sequence: int


def identities(stretch: int, kind: Kind, first_sequence: int) -> list[Identity]:
    """The identities of all objects of a kind in a stretch; the first stretch is 0."""
    count = OF_STRETCH[kind]
    first = stretch * count + 1
    earlier = list(OF_STRETCH)[: list(OF_STRETCH).index(kind)]
    sequence = first_sequence + stretch * REVISIONS + sum(OF_STRETCH[each] for each in earlier)
    return [
        Identity(
            first + number, format_reference(kind, YEAR, first + number), sequence + number + 1
        )
        for number in range(count)
    ]
