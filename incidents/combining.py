"""Two rows of the case file that turn out to be one: every row that points to one of them is
moved to the other. Nothing is deleted, and what moved is told, so that it can be moved back."""

from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext as _

from incidents.marked_accounts import cited, keep_marks
from incidents.models import Incident, Merger, Person, PersonName, StaffMember
from incidents.models.sealed_key import SealedForeignKey

Moved = dict[str, list[int]]
"""Relation → ids of the rows that were moved. Of a many-to-many set: all that the loser had,
and under ``… gained`` those that were new to the survivor. Of names also, under ``OWN_NAMES``,
those that are the survivor's own names no longer."""

MOVED_WITH_PERSON = (
    "violations",
    "statuses",
    "body_entries",
    "involvements",
    "postings",
    "names",
    "contacts",
    "consents",
    "pictures",
    "citations",
    "sources",
    "legal_actions_brought",
    "list_rows",
)
"""Rows that say something of a person and go with them to the survivor."""

MOVED_WITH_INCIDENT = (
    "violations",
    "statuses",
    "body_entries",
    "involvements",
    "attributions",
    "accounts",
    "casualties",
    "interventions",
    "citations",
    "list_cases",
    "tasks",
)
"""Rows that say something of an incident and go with them to the survivor."""

TIES_OF_PERSON = ("relations", "relations_to")
"""Rows that tie a person to another one; they go along unless the survivor is the other one, or
has the same tie already."""

KEPT_WITH_PERSON = ("mergers_in", "mergers_out")
KEPT_WITH_INCIDENT = ("links_out", "links_in", "protest", "reviews", "review_comments")
"""Rows that stay: links could then point from a row to itself, and reviews and comments judged
that row."""

SHARED_WITH_PERSON = ("legal_actions", "interventions")
SHARED_WITH_INCIDENT = ("legal_actions",)
"""Many-to-many sets that the survivor gains."""


class CombiningRefused(Exception):
    """Two rows that cannot be made one. The text says why."""


GAINED: Final = "{} gained"
OWN_NAMES: Final = "names that were own"


@transaction.atomic
def combine(loser: models.Model, survivor: models.Model, *, by: StaffMember) -> Moved:
    """Move everything of ``loser`` to ``survivor`` and return what that was. Both keep their
    own fields. Raises CombiningRefused."""
    if type(loser) is not type(survivor):
        raise CombiningRefused(_("Only two incidents or two people can be made one."))
    if loser.pk == survivor.pk:
        raise CombiningRefused(_("These are already one and the same."))
    rows, sets = _carried(loser)
    moved: Moved = {}
    marked = cited(survivor) if isinstance(survivor, Incident) else []
    for name in rows:
        ids = list(getattr(loser, name).order_by("pk").values_list("pk", flat=True))
        moved[name] = _point(loser, name, ids, survivor)
    if isinstance(loser, Person) and isinstance(survivor, Person):
        moved |= {name: _move_ties(loser, survivor, name) for name in TIES_OF_PERSON}
        moved[OWN_NAMES] = _become_aliases(survivor, moved["names"])
    for name in sets:
        had, has = _keys(loser, name), set(_keys(survivor, name))
        moved[name] = had
        moved[GAINED.format(name)] = [pk for pk in had if pk not in has]
        getattr(survivor, name).add(*had)
        getattr(loser, name).clear()
    if isinstance(survivor, Incident):
        keep_marks(survivor, marked)
    _mark_changed((loser, survivor), by)
    return {name: ids for name, ids in moved.items() if ids}


@transaction.atomic
def move_back(merger: Merger, *, by: StaffMember) -> Moved:
    """Give the loser back what ``combine`` moved, as far as the survivor still has it.

    What was added to the survivor since stays there, and so does what another standing merger
    brought as well. Returns what went back.
    """
    loser, survivor = merger.loser, merger.survivor
    back: Moved = {}
    for name in (*MOVED_WITH_PERSON, *TIES_OF_PERSON):
        rows = getattr(survivor, name).filter(pk__in=merger.moved_of(name))
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        back[name] = _point(survivor, name, ids, loser)
    _become_own(loser, merger.moved_of(OWN_NAMES))
    for name in SHARED_WITH_PERSON:
        still = set(_keys(survivor, name))
        back[name] = [pk for pk in merger.moved_of(name) if pk in still]
        gained = GAINED.format(name)
        back[gained] = _left_to_others(
            merger, name, [pk for pk in merger.moved_of(gained) if pk in still]
        )
        getattr(loser, name).add(*back[name])
        getattr(survivor, name).remove(*back[gained])
    _mark_changed((loser, survivor), by)
    return {name: ids for name, ids in back.items() if ids}


def _become_aliases(survivor: Person, ids: list[int]) -> list[int]:
    """Moved names stand beside the own names of the survivor, whose name is not theirs to change.
    Returns the ids of those that were own names."""
    own = survivor.names.filter(kind=PersonName.Kind.OWN)
    if not own.exclude(pk__in=ids).exists():
        return []
    came = list(own.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    own.filter(pk__in=came).update(kind=PersonName.Kind.ALIAS)
    return came


def _become_own(loser: Person, ids: list[int]) -> None:
    aliases = loser.names.filter(pk__in=ids, kind=PersonName.Kind.ALIAS)
    aliases.update(kind=PersonName.Kind.OWN)


def _left_to_others(merger: Merger, name: str, ids: list[int]) -> list[int]:
    """Those of ``ids`` that came with this merger alone. The others stay with the survivor, as
    gained by the merger that brought them too."""
    gained = GAINED.format(name)
    mergers = Merger.objects.standing().filter(survivor=merger.survivor).exclude(pk=merger.pk)
    for other in mergers.select_for_update().order_by("pk"):
        shared = [pk for pk in ids if pk in other.moved.get(name, [])]
        if shared:
            other.moved[gained] = sorted({*other.moved.get(gained, []), *shared})
            other.save(update_fields=["moved"])
            ids = [pk for pk in ids if pk not in shared]
    return ids


def _carried(row: models.Model) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if isinstance(row, Incident):
        return MOVED_WITH_INCIDENT, SHARED_WITH_INCIDENT
    return MOVED_WITH_PERSON, SHARED_WITH_PERSON


def _point(owner: models.Model, name: str, ids: list[int], to: models.Model) -> list[int]:
    """Let rows of one owner point to another one."""
    relation: Any = owner._meta.get_field(name)
    column = relation.remote_field.name
    rows = getattr(owner, name).filter(pk__in=ids)
    if isinstance(relation.remote_field, SealedForeignKey):
        for pk in rows.values_list("pk", flat=True):
            # Each by itself: sealed in one, they could be seen to be ties to the same person.
            relation.related_model.objects.filter(pk=pk).update(**{column: to})
    elif ids:
        rows.update(**{column: to})
    return ids


def _move_ties(loser: Person, survivor: Person, name: str) -> list[int]:
    end = "other" if name == "relations" else "person"
    has = set(getattr(survivor, name).values_list("kind", end))
    ties = getattr(loser, name).exclude(**{end: survivor})
    ids = [
        pk
        for pk, kind, other in ties.order_by("pk").values_list("pk", "kind", end)
        if (kind, other) not in has
    ]
    return _point(loser, name, ids, survivor)


def _keys(row: models.Model, name: str) -> list[int]:
    return list(getattr(row, name).order_by("pk").values_list("pk", flat=True))


def _mark_changed(rows: tuple[models.Model, ...], by: StaffMember) -> None:
    for row in rows:
        if isinstance(row, Incident | Person):
            row.changed_by = by
            row.save(update_fields=["changed_by", "changed_at"])
