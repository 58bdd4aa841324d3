"""A case of a list as it would be entered, laid out for reading: people, names, acts, sources."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from incidents.admin.labels import joined
from incidents.importing.drafting import CaseDraft, Draft
from incidents.importing.problems import Problem
from incidents.models import Citation, Incident, Person, PersonName

Described = Callable[[Draft], list[tuple[str, str]]]


@dataclass(slots=True)
class Node:
    """One row of the case file with its values, and what belongs to it."""

    title: str
    lines: list[tuple[str, str]]
    below: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class ShownCase:
    """One case: where it comes from, what is wrong with it, and what it would become."""

    key: str
    title: str
    rows: list[int]
    refused: bool
    problems: list[Problem]
    nodes: list[Node]


def shown(case: CaseDraft, described: Described) -> ShownCase:
    """Lay a case out. Names stand on the line of their person, citations below their fact."""
    nodes: dict[tuple[str, str], Node] = {}
    top: list[Node] = []
    title = ""
    for draft in case.drafts:
        lines = [(capfirst(label), value) for label, value in described(draft) if value]
        parent = _parent(draft, nodes)
        if draft.model is Citation and parent:
            # A source that is still to be made is called by all that names it, also what is empty.
            parent.lines.append(
                (_("Rests on"), joined(value.rstrip(" /") for _label, value in lines))
            )
            continue
        node = Node(_kind_of(draft), lines)
        nodes[draft.row, draft.path] = node
        (parent.below if parent else top).append(node)
        if draft.model is Incident:
            title = str(draft.values.get("title", ""))
    return ShownCase(
        case.key,
        title or _("no case can be made of this"),
        sorted({row.number for row in case.rows}),
        case.refused,
        case.problems,
        top,
    )


def _kind_of(draft: Draft) -> str:
    names: dict[Any, str] = {
        Person: _("person"),
        PersonName: _("name"),
    }
    return capfirst(names.get(draft.model) or str(draft.model._meta.verbose_name))


def _parent(draft: Draft, nodes: dict[tuple[str, str], Node]) -> Node | None:
    """The row in which this one is nested by its path: "victim.0" for "victim.0.name.1"."""
    for path in _shorter(draft.path):
        for row in (draft.row, ""):
            if (row, path) in nodes:
                return nodes[row, path]
    return None


def _shorter(path: str) -> Iterable[str]:
    while "." in path:
        path = path.rpartition(".")[0]
        yield path
