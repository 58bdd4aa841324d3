"""Who is said to be responsible, by whom, and on what ground."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Involvement = Mapping[str, Any]
Violation = Mapping[str, Any]


@dataclass(slots=True)
class Responsible:
    """One allegation. ``violations`` are those it is made for; empty: the whole incident.

    ``facts`` are all the document's parts that say so, for their notes.
    """

    involvement: Involvement
    violations: list[Violation] = field(default_factory=list)
    facts: list[Involvement] = field(default_factory=list)


def alleged_responsible(
    whole: Iterable[Involvement], violations: Iterable[Violation]
) -> list[Responsible]:
    """The allegations of an incident; the same one for several violations is told once."""
    found: dict[tuple[Any, ...], Responsible] = {}
    for involvement in whole:
        _add(found, ("whole", *_content(involvement)), involvement, None)
    for violation in violations:
        for involvement in violation.get("involvements") or ():
            _add(found, _content(involvement), involvement, violation)
    return list(found.values())


def _add(
    found: dict[tuple[Any, ...], Responsible],
    key: tuple[Any, ...],
    involvement: Involvement,
    violation: Violation | None,
) -> None:
    responsible = found.setdefault(key, Responsible(involvement))
    responsible.facts.append(involvement)
    if violation is not None:
        responsible.violations.append(violation)


def _content(involvement: Involvement) -> tuple[Any, ...]:
    """What makes two allegations the same: everything they say, apart from their sources."""
    party = involvement.get("party") or {}
    alleger = involvement.get("alleged_by") or {}
    coded = (involvement.get(name) for name in ("degree", "agency_type", "status", "basis"))
    return (
        party.get("agency") or party.get("name") or party.get("name_local"),
        party.get("post"),
        involvement.get("description"),
        alleger.get("agency") or alleger.get("name") or alleger.get("name_local"),
        *(value["code"] if value else None for value in coded),
    )
