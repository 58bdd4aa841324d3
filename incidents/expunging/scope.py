"""What an expunging would take: everything that says something of a record and is its own."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from incidents.evidence.storing import remove_unused
from incidents.expunging.mentions import Ids, files_of, mentions_of, rest_of
from incidents.importing.files import forget as forget_list
from incidents.models import (
    Capture,
    Citation,
    ImportBatch,
    ImportProblem,
    Incident,
    ListCase,
    ListRow,
    Merger,
    Person,
    Picture,
    Source,
)
from incidents.pictures.receiving import forget

Owners = dict[type[models.Model], dict[str, set[int]]]
"""Model → column → the rows to which it points."""


@dataclass(slots=True)
class Plan:
    """What would go. ``parts`` are deleted, ``emptied`` stay as empty rows; each model → ids.

    Some of ``parts`` are in the history alone. ``passed`` names rows that were its own for a while
    and are another record's now: of these only the values of that while go. ``rest`` says how many
    imported files may still tell of it in their mapping.
    """

    root: models.Model
    parts: Ids = field(default_factory=dict)
    emptied: Ids = field(default_factory=dict)
    passed: Owners = field(default_factory=lambda: defaultdict(dict))
    files: list[Callable[[], Any]] = field(default_factory=list)
    rest: int = 0
    lists: list[ImportBatch] = field(default_factory=list)
    """Imports whose files, as they were sent, hold it."""

    def counts(self) -> dict[str, int]:
        """How many rows of which table would go, of histories as well, and how many files."""
        found = Counter[str]()
        for model, ids in (*self.parts.items(), *self.emptied.items()):
            found[model._meta.db_table] += model._default_manager.filter(pk__in=ids).count()
        for model in {**self.parts, **self.emptied, **self.passed}:
            if (events := history_of(model)) is not None:
                found[events.model._meta.db_table] += events.filter(self.going(model)).count()
        found["files"] = len(self.files)
        return {name: count for name, count in sorted(found.items()) if count}

    def ids_of(self, model: type[models.Model]) -> set[int]:
        """The rows of a model of which every earlier value goes."""
        return self.parts.get(model, set()) | self.emptied.get(model, set())

    def going(self, model: type[models.Model]) -> Q:
        """Which events of the history of a model go."""
        going = Q(id__in=self.ids_of(model))
        for column, owners in self.passed.get(model, {}).items():
            going |= Q(**{f"{column}__in": owners})
        return going

    def histories(self) -> dict[str, dict[str, Any]]:
        """Table of a history → what is erased of it, as the door of the database takes it."""
        found = {}
        for model in {**self.parts, **self.emptied, **self.passed}:
            if (events := history_of(model)) is not None:
                found[events.model._meta.db_table] = {
                    "ids": sorted(self.ids_of(model)),
                    "of": {name: sorted(ids) for name, ids in self.passed.get(model, {}).items()},
                }
        return found


def plan_of(root: models.Model) -> Plan:
    """Everything that says something of the record and is its own."""
    plan = Plan(root, emptied={type(root): {root.pk}})
    if isinstance(root, Source):
        for hanging in (Capture, Citation):
            _sort(plan, hanging, "source_id", {root.pk}, into=plan.emptied)
    _gather(plan, type(root), {root.pk})
    if captures := plan.emptied.get(Capture):
        _gather(plan, Capture, captures)
    _pass_by(plan)
    mentions = mentions_of(root, plan.parts, plan.emptied)
    plan.rest = rest_of(mentions)
    for model, ids in mentions.items():
        own = plan.parts if model is ImportProblem else plan.emptied
        if ids := ids - plan.ids_of(model):
            own[model] = own.get(model, set()) | ids
    plan.lists = list(files_of(mentions))
    plan.files = list(_files(plan))
    return plan


def _gather(plan: Plan, model: type[models.Model], ids: set[int]) -> None:
    """Add the rows that belong to these and would be deleted with them, at any depth; also those
    that are in the history alone."""
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            not isinstance(relation, models.ManyToOneRel)
            or relation.on_delete is not models.CASCADE
        ):
            continue
        child: Any = relation.related_model
        if child._meta.proxy or not child._meta.managed:
            continue
        column = str(relation.field.attname)
        if found := _sort(plan, child, column, ids, into=plan.parts):
            _gather(plan, child, found)


def _sort(
    plan: Plan, model: type[models.Model], column: str, ids: set[int], *, into: Ids
) -> set[int]:
    """Add the rows that point to these now, or did at the end; return those that are new.

    A row that points elsewhere now belongs there: combined incidents, people made two again.
    """
    rows = model._default_manager.filter(**{f"{column}__in": ids})
    own = set(rows.values_list("pk", flat=True))
    if (events := history_of(model)) is not None:
        past = set(events.filter(**{f"{column}__in": ids}).values_list("id", flat=True))
        past -= own
        past -= set(model._default_manager.filter(pk__in=past).values_list("pk", flat=True))
        last = dict(events.filter(id__in=past).order_by("pgh_id").values_list("id", column))
        own |= {pk for pk, owner in last.items() if owner in ids}
        if events.filter(**{f"{column}__in": ids}).exclude(id__in=own).exists():
            plan.passed[model].setdefault(column, set()).update(ids)
    own -= into.get(model, set())
    if own:
        into.setdefault(model, set()).update(own)
    return own


def _pass_by(plan: Plan) -> None:
    """Rows of others that told of it for a while: mergers taken back, lists read otherwise."""
    ties: tuple[tuple[type[models.Model], str], ...] = ()
    if isinstance(plan.root, Person):
        ties = ((Merger, "loser_id"), (Merger, "survivor_id"), (ListRow, "person_id"))
    elif isinstance(plan.root, Incident):
        ties = ((ListCase, "incident_id"),)
    for model, column in ties:
        plan.passed[model].setdefault(column, set()).add(plan.root.pk)


def history_of(model: type[models.Model]) -> Any:
    """The history of a model; None of one that has none. Its ``id`` is that of the row: links
    have no other."""
    history = _histories().get(model)
    return None if history is None else history.objects.all()


@cache
def _histories() -> dict[type[models.Model], Any]:
    """Model → that of its history; a link is tracked under another name than its table has."""
    return {
        tracked._meta.concrete_model: model
        for model in apps.get_models()
        if (tracked := getattr(model, "pgh_tracked_model", None)) is not None
    }


def _files(plan: Plan) -> Iterator[Callable[[], Any]]:
    for picture in Picture.objects.filter(pk__in=plan.parts.get(Picture, ())).defer("copy"):
        yield partial(forget, picture)
    captures = Capture.objects.held().filter(pk__in=plan.emptied.get(Capture, ()))
    for name in captures.values_list("storage_name", flat=True):
        # Another source that holds the same file keeps it.
        yield partial(remove_unused, name)
    for batch in plan.lists:
        yield partial(forget_list, batch)
