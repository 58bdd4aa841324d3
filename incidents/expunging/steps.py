"""The two people of an expunging: one asks, another agrees or turns it down.

Who agrees is proved here alone: the database knows the office's program, not the people who use
it. What the database holds against a program gone wrong is that an expunging begins as a wish,
that two different people stand in it, that only what belongs to it goes, and that it stays.
"""

import json
import logging
from collections.abc import Callable
from typing import Any, Final

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.expunging.emptying import remove
from incidents.expunging.scope import Plan, history_of, plan_of
from incidents.history.reasons import forget_reasons
from incidents.models import Expunging, Incident, Merger, Person, Source, StaffMember
from incidents.publishing.neighbours import content_of
from incidents.publishing.withdrawing import documents_naming
from incidents.readiness import names_standing_in
from incidents.visibility import visible_to
from record.chain import publishing_lock
from record.models import IncidentEntry, SourceEntry, VictimEntry
from reference.names import fold

logger = logging.getLogger(__name__)

ASK: Final = "incidents.add_expunging"
AGREE: Final = "incidents.agree_to_expunging"

_ROOTS: Final[dict[str, type[models.Model]]] = {
    Expunging.Kind.PERSON: Person,
    Expunging.Kind.SOURCE: Source,
    Expunging.Kind.INCIDENT: Incident,
}
_ENTRIES: Final[dict[str, Any]] = {
    Expunging.Kind.PERSON: VictimEntry,
    Expunging.Kind.SOURCE: SourceEntry,
    Expunging.Kind.INCIDENT: IncidentEntry,
}


class ExpungingRefused(Exception):
    """It cannot be done now; the text says why, and names nothing of the content."""


def fit(kind: str, row_id: int, *, seen_by: StaffMember) -> models.Model:
    """The record that can be expunged. Raises ExpungingRefused where there is none that this
    person may know of, it is still public, or lives on in another one."""
    root = visible_to(seen_by, _ROOTS[kind]._default_manager.filter(pk=row_id)).first()
    if root is None:
        raise ExpungingRefused(_("There is no such record."))
    reference = getattr(root, "reference", None)
    if reference and _ENTRIES[kind].objects.live().filter(reference=reference).exists():
        raise ExpungingRefused(
            _("It is public under %s. Withdraw it first: then it leaves every page and version.")
            % reference
        )
    if isinstance(root, Person) and Merger.objects.standing().filter(
        Q(loser=root) | Q(survivor=root)
    ):
        raise ExpungingRefused(
            _("This person was merged with another record. Take the merger back first.")
        )
    if isinstance(root, Person) and (telling := _public_words_naming(root)):
        raise ExpungingRefused(
            _("The name still stands in what is public: %s. Withdraw or correct that first.")
            % ", ".join(telling)
        )
    return root


def _public_words_naming(person: Person) -> list[str]:
    """References of what is public and still holds a name of the person.

    Where somebody else of that name stands in it, it may well be theirs, and is left to people.
    """
    alike = Q(pk__in=())
    for given in {fold(name.given) for name in person.names.all()}:
        alike |= Q(names__folded=given) | Q(names__folded__startswith=f"{given} ")
    others = Person.objects.filter(alike, reference__isnull=False).exclude(pk=person.pk)
    theirs = {str(each.reference) for each in others}
    return [
        entry.reference
        for entry in documents_naming(person)
        if names_standing_in(person, content_of(entry.content()))
        and not any(reference in (entry.document or "") for reference in theirs)
    ]


def root_model(kind: str) -> type[models.Model]:
    """The kind of record that is meant by a ``Expunging.Kind``."""
    return _ROOTS[kind]


def ask_for(expunging: Expunging, *, by: StaffMember) -> Expunging:
    """Keep the wish of one person, for another one to agree to. Nothing goes yet.

    Raises ExpungingRefused where there is no such record, or it is still public.
    """
    if not by.has_perm(ASK):
        raise PermissionDenied
    root = fit(expunging.kind, expunging.row_id, seen_by=by)
    expunging.reference = getattr(root, "reference", None) or ""
    expunging.asked_by = by
    expunging.save()
    return expunging


def turn_down(expunging: Expunging, *, by: StaffMember) -> None:
    """Let it be: one of two does not want it. Whoever asked may take it back themselves."""
    if not (by.has_perm(AGREE) or by.pk == expunging.asked_by_id):
        raise PermissionDenied
    with transaction.atomic():
        waiting = _waiting(expunging)
        waiting.refused_by, waiting.refused_at = by, timezone.now()
        waiting.save(update_fields=["refused_by", "refused_at"])


def carry_out(expunging: Expunging, *, by: StaffMember) -> Expunging:
    """Agree, and remove it now: rows, histories and files, in one transaction.

    Raises ExpungingRefused for whoever asked for it, and while the record is public. Nobody
    publishes from the asking of that to the end of the transaction.
    """
    if not by.has_perm(AGREE):
        raise PermissionDenied
    with publishing_lock(), pghistory.context(user=by.pk, act="expunge"):
        waiting = _waiting(expunging)
        if waiting.asked_by_id == by.pk:
            raise ExpungingRefused(_("Whoever asked for it cannot agree to it as well."))
        _hold(waiting)
        plan = plan_of(fit(waiting.kind, waiting.row_id, seen_by=by))
        counts = plan.counts()
        waiting.agreed_by = by
        waiting.save(update_fields=["agreed_by"])
        remove(plan)
        _forget_reasons(plan)
        _erase_history(waiting, plan)
        waiting.done_at, waiting.counts = timezone.now(), counts
        waiting.save(update_fields=["done_at", "counts"])
        for delete in plan.files:
            # One that the disk does not let go keeps none of the others.
            transaction.on_commit(_deleting(delete), robust=True)
    return waiting


def expunged(row: models.Model) -> Expunging | None:
    """What was removed of this record for good, if anything was; the latest."""
    model = row._meta.concrete_model or type(row)
    kind = next((kind for kind, root in _ROOTS.items() if root is model), None)
    if kind is None or row.pk is None:
        return None
    found = Expunging.objects.done().filter(kind=kind, row_id=row.pk)
    return found.select_related("asked_by", "agreed_by").first()


def _deleting(delete: Callable[[], Any]) -> Callable[[], None]:
    """The same, telling of a file that stays without naming it; ``verify_files`` does."""

    def attempt() -> None:
        try:
            delete()
        except OSError as error:
            logger.error(
                "A file of what was expunged could not be deleted (%s): run verify_files.",
                type(error).__name__,
            )

    return attempt


def _waiting(expunging: Expunging) -> Expunging:
    found = Expunging.objects.waiting().select_for_update(of=("self",)).filter(pk=expunging.pk)
    waiting = found.first()
    if waiting is None:
        raise ExpungingRefused(_("Somebody has answered this already."))
    return waiting


def _hold(expunging: Expunging) -> None:
    """Let nobody add to the record until it is gone: a worker that still reads one of its files
    waits for this row, and then finds the file gone."""
    rows = _ROOTS[expunging.kind]._default_manager.select_for_update(of=("self",), no_key=True)
    rows.filter(pk=expunging.row_id).first()


def _forget_reasons(plan: Plan) -> None:
    """Take out why the record was changed, of every change whose values are erased."""
    for model in {**plan.parts, **plan.emptied, **plan.passed}:
        if (events := history_of(model)) is not None:
            going = events.filter(plan.going(model))
            forget_reasons(going.values_list("pgh_context_id", flat=True))


def _erase_history(expunging: Expunging, plan: Plan) -> None:
    """Erase every earlier value, by the one door that opens for an agreed expunging only
    (migration ``expunging``)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT incidents_erase_history(%s, %s::jsonb)",
            [expunging.pk, json.dumps(plan.histories())],
        )
