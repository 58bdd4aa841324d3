"""Drafts as they hang on one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from incidents.importing.drafts import Draft


@dataclass(slots=True)
class Node:
    """A draft with those that hang on it."""

    draft: Draft
    children: list["Node"] = field(default_factory=list)
    citing: list[Draft] = field(default_factory=list)

    def flat(self) -> Iterable[Draft]:
        """The draft, its citations and all below it, parents first."""
        yield self.draft
        yield from self.citing
        for child in self.children:
            yield from child.flat()

    def same_as(self) -> tuple[Any, ...]:
        """What two nodes have in common that say the same, whichever row brought them."""
        draft = self.draft
        return (
            draft.model,
            _frozen(draft.values),
            _frozen(draft.sets),
            tuple(child.same_as() for child in self.children),
        )


def _frozen(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(values.items())
    )
