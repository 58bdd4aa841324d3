"""What cannot be taken back by one button, and what can be done instead."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.history.events import names_of, users_of
from incidents.history.lowering import lowers_protection
from incidents.history.owners import Keys, all_visible, owners_of
from incidents.history.touched import RECORDS, Touched, later_events, records_of
from incidents.history.wording import kind_in_words
from incidents.models import Decision, Expunging, Incident, Review, StaffMember, Stage

_REVIEW: Final = "incidents.review_incident"
_CHECKED: Final = (Stage.VERIFIED, Stage.APPROVED)
"""Stages to which only those who review bring a case."""
_PUBLIC: Final = ("reference", "publication", "published_at")
"""Columns that only publishing writes."""

Row = tuple[type[models.Model], int]


class TakingBackRefused(Exception):
    """An action that cannot be taken back by itself. The text says why, and what can be done.

    ``rows`` are the records in whose history one can look it up.
    """

    def __init__(self, message: str, rows: Iterable[models.Model] = ()) -> None:
        super().__init__(message)
        self.rows = list(rows)


def refuse_unfit(rows: list[Touched], *, by: StaffMember) -> None:
    """Refuse what this person could not have taken back at any time. Raises TakingBackRefused;
    where they may not know of something that it touches the text tells nothing."""
    owners = owners_of(rows)
    if not all_visible(owners, by):
        raise TakingBackRefused(nothing_of_yours())
    if not by.has_perm(_REVIEW) and any(_is_of_reviewers(row) for row in rows):
        raise TakingBackRefused(_left_to_reviewers(), records_of(rows))
    if any(not row.is_known or _was_published(row) for row in rows) or _expunged(rows, owners):
        raise TakingBackRefused(not_by_this_way())
    made = [row for row in rows if row.is_new and row.model in RECORDS]
    if made:
        raise TakingBackRefused(_nobody_deletes(made), records_of(made))
    protecting = [row for row in rows if lowers_protection(row)]
    if protecting:
        raise TakingBackRefused(_protects(protecting), records_of(rows))


def refuse_changed(rows: list[Touched], *, there: set[Row]) -> None:
    """Refuse where somebody has changed one of the rows since, or the same person again. ``there``
    are those of them that stand now. Raises TakingBackRefused."""
    later = later_events(rows)
    gone = [row for row in rows if row.stands != ((row.model, row.key) in there)]
    if not later and not gone:
        return
    users = names_of(users_of(event for _model, event in later))
    what = [
        _("%(what)s (%(who)s, %(when)s)")
        % {
            "what": kind_in_words(model),
            "who": users.get(event.pgh_context_id) or _("no member of staff: a command or import"),
            "when": f"{timezone.localtime(event.pgh_created_at):%Y-%m-%d %H:%M}",
        }
        for model, event in later
    ] or [kind_in_words(row.model) for row in gone]
    raise TakingBackRefused(
        _("This cannot be taken back, because it was changed since: %s.")
        % "; ".join(dict.fromkeys(what)),
        records_of(rows),
    )


def nothing_of_yours() -> str:
    """The text for whoever asks for what is not theirs, or not for their eyes."""
    return _("There is nothing of yours to take back here.")


def not_by_this_way() -> str:
    """The text for what has a way back of its own."""
    return _(
        "This cannot be taken back by one button. What was published is corrected or withdrawn on "
        "the page “Review and publication”; a merger is taken back on the page of the person."
    )


def _nobody_deletes(made: list[Touched]) -> str:
    return _(
        "This cannot be taken back, because a record was made: %s. Nobody deletes a record, so "
        "that what it said can be found, and removed for good if somebody asks for that. Take what "
        "is wrong off its page, take it out of the case, or say in its internal notes that it was "
        "made by mistake."
    ) % ", ".join(dict.fromkeys(kind_in_words(row.model) for row in made))


def _protects(rows: list[Touched]) -> str:
    return _(
        "This cannot be taken back by one button, because it protects somebody: %s. If less is "
        "to be protected, decide that on the page of the record."
    ) % ", ".join(dict.fromkeys(kind_in_words(row.model) for row in rows))


def _left_to_reviewers() -> str:
    return _(
        "This cannot be taken back, because the case would be verified or approved again. Correct "
        "it, and submit it anew."
    )


def _is_of_reviewers(row: Touched) -> bool:
    """Whether a row tells of a decision of reviewers, or would by itself make one again."""
    if row.model is Review:
        return bool(row.last.decision != Decision.SUBMITTED)
    if row.model is not Incident or row.before is None:
        return False
    return row.before.stage in _CHECKED and row.before.stage != row.last.stage


def _was_published(row: Touched) -> bool:
    """Whether the request put something into the public record or took it out."""
    if not row.stands:
        return False
    written = [name for name in _PUBLIC if hasattr(row.last, name)]
    return any(getattr(row.last, name) != _stood(row, name) for name in written)


def _stood(row: Touched, name: str) -> Any:
    """What a row held in a column; for one that was added, what it holds before it is published."""
    if row.before is not None:
        return getattr(row.before, name)
    field: Any = row.model._meta.get_field(name)
    return field.get_default()


def _expunged(rows: list[Touched], owners: Keys) -> bool:
    """Whether something that the rows belong to was removed for good since: it must not return."""
    since = min(row.last.pgh_created_at for row in rows)
    removed = Expunging.objects.done().filter(done_at__gte=since)
    gone = set(removed.values_list("kind", "row_id"))
    return any((model._meta.model_name, key) in gone for model in owners for key in owners[model])
