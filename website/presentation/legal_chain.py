"""Legal actions in order, with what each does to the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from website.presentation.dates import in_order
from website.presentation.terms import term_label

Action = Mapping[str, Any]

RELATIONS: dict[str, Promise] = {
    "implements": pgettext_lazy("legal action", "carries out"),
    "implemented-by": pgettext_lazy("legal action", "is carried out by"),
    "challenges": pgettext_lazy("legal action", "challenges"),
    "challenged-by": pgettext_lazy("legal action", "is challenged by"),
    "follows": pgettext_lazy("legal action", "follows"),
    "followed-by": pgettext_lazy("legal action", "is followed by"),
    "joined-with": pgettext_lazy("legal action", "is joined with"),
    "transferred-to": pgettext_lazy("legal action", "was transferred to"),
    "transferred-from": pgettext_lazy("legal action", "was transferred from"),
}
"""What an action does to another one, before the other's title, in both directions."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``words`` ("carries out") and the other action; ``on_page`` if it stands in this chain."""

    words: Promise | str
    other: Action
    on_page: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One action of the chain with its relations in both directions."""

    action: Action
    relations: tuple[Relation, ...]


def legal_chain(actions: Iterable[Action]) -> list[Link]:
    """Actions in order of filing, undated ones last, each with its relations to others."""
    ordered = sorted(actions, key=lambda action: in_order(action.get("filed")))
    here = frozenset(action["reference"] for action in ordered)
    return [Link(action, tuple(relations_of(action, here))) for action in ordered]


def relations_of(action: Action, on_page: frozenset[str] = frozenset()) -> list[Relation]:
    """The relations of one action as its document has them, in both directions, each once."""
    found: dict[tuple[str, str], Relation] = {}
    for relation in action.get("relations") or ():
        code, reference = relation["relation"]["code"], relation["reference"]
        words = RELATIONS.get(code, relation["relation"]["label"])
        found.setdefault((code, reference), Relation(words, relation, reference in on_page))
    return list(found.values())


def course_words(action: Action) -> list[str]:
    """Stage and outcome in words: what is known of them, and nothing said twice."""
    course = ((action["stage"], "legal-stage"), (action["outcome"], "legal-outcome"))
    known = [
        term_label(value, vocabulary)
        for value, vocabulary in course
        if value and value["code"] != "unknown"
    ]
    return list(dict.fromkeys(known))
