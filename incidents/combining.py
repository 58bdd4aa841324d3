"""Two rows of the case file that turn out to be one: every row that points to one of them is
moved to the other. The lower id survives by convention of the caller, nothing is deleted."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from incidents.models import Incident, Person, StaffMember

MOVED_WITH_PERSON = (
    "violations",
    "statuses",
    "body_entries",
    "involvements",
    "names",
    "contacts",
    "consents",
    "citations",
    "sources",
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
)
"""Rows that say something of an incident and go with them to the survivor."""

KEPT_WITH_PERSON = ("relations", "relations_to")
KEPT_WITH_INCIDENT = ("links_out", "links_in", "protest", "reviews")
"""Rows that stay: links could then point from a row to itself, and reviews judged that row."""

SHARED_WITH_PERSON = ("legal_actions", "interventions")
SHARED_WITH_INCIDENT = ("legal_actions",)
"""Many-to-many sets that the survivor gains."""


class CombiningRefused(Exception):
    """Two rows that cannot be made one. The text says why."""


@transaction.atomic
def combine(loser: models.Model, survivor: models.Model, *, by: StaffMember) -> None:
    """Move everything of ``loser`` to ``survivor``. Both keep their own fields."""
    if type(loser) is not type(survivor):
        raise CombiningRefused(_("Only two incidents or two people can be made one."))
    if loser.pk == survivor.pk:
        raise CombiningRefused(_("These are already one and the same."))
    moved, shared = (
        (MOVED_WITH_INCIDENT, SHARED_WITH_INCIDENT)
        if isinstance(loser, Incident)
        else (MOVED_WITH_PERSON, SHARED_WITH_PERSON)
    )
    for name in moved:
        relation = loser._meta.get_field(name)
        getattr(loser, name).update(**{relation.remote_field.name: survivor})  # type: ignore[union-attr]
    for name in shared:
        getattr(survivor, name).add(*getattr(loser, name).all())
        getattr(loser, name).clear()
    for row in (loser, survivor):
        if isinstance(row, Incident | Person):
            row.changed_by = by
            row.save()
