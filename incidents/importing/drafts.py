"""What a case of a list would become, not yet in the database."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

from incidents.importing.problems import Problem


class KeyedRow(NamedTuple):
    """A row of the file: its key in the list, its number as a person counts, column → text."""

    key: str
    number: int
    cells: dict[str, str]


class DraftRef(NamedTuple):
    """Another draft of the same case: the key of the row that brought it, and its path."""

    row: str
    path: str


class Wanted(NamedTuple):
    """Stands in a draft for a row that several cases share and that does not exist yet.

    ``kind`` is ``agency``, ``source`` or ``area``; ``key`` is its key in ``wanted_agencies``,
    ``wanted_sources`` or ``wanted_areas`` of the lookups (there: the code of the area).
    """

    kind: str
    key: str


@dataclass(slots=True)
class Draft:
    """One row of the case file.

    ``path`` is stable within its owner: ``incident``, ``victim.0``, ``victim.0.name.1``,
    ``victim.0.violation.0.citation``. ``row`` is the key of the list row that brought it, empty
    where it belongs to the case as a whole. ``values`` are finished values by attribute name
    (``type_id``: 12), only those that were given; ``Wanted`` stands for what has to be created
    first. ``links`` lead to other drafts of the case by field name; ``sets`` are the ids of
    many-to-many fields, and ``linked_sets`` drafts of the case in many-to-many fields.
    """

    model: type[models.Model]
    path: str
    row: str
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, DraftRef] = field(default_factory=dict)
    sets: dict[str, list[int]] = field(default_factory=dict)
    linked_sets: dict[str, list[DraftRef]] = field(default_factory=dict)
    ref: DraftRef = field(init=False)
    """How other drafts of the case name this one."""

    def __post_init__(self) -> None:
        self.ref = DraftRef(self.row, self.path)


@dataclass(slots=True)
class CaseDraft:
    """The rows of a list that tell of one incident, and what they would become.

    Parents stand before their children in ``drafts``, which is empty where nothing can be made.
    """

    key: str
    rows: list[KeyedRow]
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether a problem keeps the case from being brought in."""
        return any(problem.refuses for problem in self.problems)

    def of_model(self, model: type[models.Model]) -> list[Draft]:
        """The drafts of one model, in order."""
        return [draft for draft in self.drafts if draft.model is model]
