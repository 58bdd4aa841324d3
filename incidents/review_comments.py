"""Comments on a case that is being checked: on one field of one row, on a row, on the whole case.

They stand in nobody's way. What a comment is about is kept in words too, so that it stays readable
when the row is gone. A neighbouring case is not named in them: it may be restricted one day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from incidents.history.wording import NAMED_WITH
from incidents.models import (
    Account,
    Attribution,
    BodyEntry,
    Casualties,
    Incident,
    IncidentLink,
    Intervention,
    Involvement,
    Person,
    PersonName,
    Protest,
    ReviewComment,
    StaffMember,
    StatusEntry,
    Violation,
)
from incidents.visibility import visible_to
from reference.fields import EarliestField, LatestField

COMMENT: Final = "incidents.change_incident"
"""Whoever may work on cases may comment on them."""

_WAY: Final[dict[type[Model], str]] = {
    Incident: "pk",
    Violation: "incident",
    Involvement: "incident",
    Attribution: "incident",
    StatusEntry: "incident",
    BodyEntry: "incident",
    Account: "incident",
    Casualties: "incident",
    Protest: "incident",
    Intervention: "incident",
    IncidentLink: "from_incident",
    Person: "violations__incident",
    PersonName: "person__violations__incident",
}
"""Rows that can be commented on → the way from them to the case."""

_KINDS: Final = {str(model._meta.model_name): model for model in _WAY}
_OWNERS: Final = {"incident", "from_incident"}
_LONGEST: Final = ReviewComment._meta.get_field("about").max_length or 0


class CommentRefused(Exception):
    """A comment that cannot be kept. The text says what would be right."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a comment is on: as text ``violation.17.start``, ``violation.17``, or empty for the
    whole case."""

    kind: str = ""
    key: int | None = None
    field: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read it. Raises CommentRefused for anything that is no place of a case."""
        if not text:
            return cls()
        kind, _dot, rest = text.partition(".")
        key, _dot, field = rest.partition(".")
        # The admin's own numbers have at most eighteen digits.
        if kind not in _KINDS or not key.isdecimal() or len(key) > 18:
            raise CommentRefused(_("Choose what the comment is on."))
        if field and field not in dict(fields_of(_KINDS[kind])):
            raise CommentRefused(_("Choose what the comment is on."))
        return cls(kind, int(key), field)

    @classmethod
    def of(cls, row: Model, field: str = "") -> Self:
        """The place of a row, or of one field of it."""
        return cls(str(row._meta.model_name), row.pk, field)

    def __str__(self) -> str:
        return ".".join(str(part) for part in (self.kind, self.key, self.field) if part)


def fields_of(model: type[Model]) -> list[tuple[str, str]]:
    """The fields of a row on which one can comment, each with its label."""
    fields: list[Any] = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [
        (each.name, str(capfirst(str(each.verbose_name))))
        for each in fields
        if each.editable
        and not each.primary_key
        and each.name not in _OWNERS
        and not (model is PersonName and each.name == "person")
        and not isinstance(each, EarliestField | LatestField)
    ]


def rows_of(incident: Incident, *, seen_by: StaffMember) -> Iterator[tuple[str, list[Model]]]:
    """Kind in words → the rows of a case on which this person can comment, its people included.
    The case itself is not among them."""
    for model in _WAY:
        if model is not Incident and (rows := list(_rows(model, incident, seen_by))):
            yield str(capfirst(str(model._meta.verbose_name_plural))), rows


def row_at(place: Place, incident: Incident, *, seen_by: StaffMember) -> Model | None:
    """The row that a comment on this place would be on; None for the whole case. Raises
    CommentRefused where the case has no such row, as far as this person may know."""
    if not place.kind:
        return None
    rows = _rows(_KINDS[place.kind], incident, seen_by)
    row: Model | None = rows.filter(pk=place.key).first()
    if row is None:
        raise CommentRefused(_("The row was taken out meanwhile. Choose what the comment is on."))
    return row


def comment(incident: Incident, place: Place, text: str, *, by: StaffMember) -> ReviewComment:
    """Put a comment on a case. Raises CommentRefused, and PermissionDenied for somebody who may
    not work on cases."""
    if not by.has_perm(COMMENT):
        raise PermissionDenied
    if not text.strip():
        raise CommentRefused(_("Write what is to be looked at."))
    row = row_at(place, incident, seen_by=by)
    return ReviewComment.objects.create(
        incident=incident,
        row_kind=place.kind,
        row_id=place.key,
        field=place.field,
        about=_in_words(row, place.field),
        text=text.strip(),
        written_by=by,
    )


@transaction.atomic
def answer(on: ReviewComment, text: str, *, by: StaffMember, seen: str = "") -> None:
    """Answer a comment; a later answer takes the place of the one before, which stays in the
    history. ``seen`` is the one that its author has read (``ReviewComment.seen_answer``).

    Raises CommentRefused for an empty answer, for a comment that was settled, and where somebody
    has answered since.
    """
    if not by.has_perm(COMMENT):
        raise PermissionDenied
    if not text.strip():
        raise CommentRefused(_("Write the answer first."))
    standing = ReviewComment.objects.select_for_update(no_key=True).get(pk=on.pk)
    if not standing.is_open:
        raise CommentRefused(_("This comment was settled meanwhile. Put a new one on the case."))
    if standing.seen_answer != seen:
        raise CommentRefused(
            _("Somebody has answered meanwhile. Read their answer first: yours would replace it.")
        )
    on.answer, on.answered_by, on.answered_at = text.strip(), by, timezone.now()
    on.save(update_fields=["answer", "answered_by", "answered_at"])


def settle(on: ReviewComment, *, by: StaffMember) -> None:
    """Note that nothing is left to be done about a comment."""
    if not by.has_perm(COMMENT):
        raise PermissionDenied
    if on.is_open:
        on.settled_by, on.settled_at = by, timezone.now()
        on.save(update_fields=["settled_by", "settled_at"])


def reason_of_return(incident: Incident, words: str) -> str:
    """Why a case goes back: these words, and below them the comments that are open.

    They stay in the decision for good, so that they say on what kind of row a comment is and not
    whose row: a name in them would outlive the person.
    """
    lines = [words] if words else []
    for each in incident.review_comments.open():
        place = _without_name(each)
        lines.append(f"– {place}: {each.text}" if place else f"– {each.text}")
    return "\n".join(lines)


def open_on(cases: Iterable[int]) -> dict[Incident, list[ReviewComment]]:
    """The open comments on cases, given by their ids: those cases alone that have some. One query.

    Whether the reader may know of the cases is for the caller to see to.
    """
    found = ReviewComment.objects.open().filter(incident__in=list(cases))
    asked: dict[Incident, list[ReviewComment]] = {}
    for each in found.select_related("incident").order_by("incident_id", "pk"):
        asked.setdefault(each.incident, []).append(each)
    return asked


def name_of_row(row: Model) -> str:
    """How a row is called among those of its case."""
    if isinstance(row, IncidentLink):
        return str(row.kind)
    if isinstance(row, Protest):
        return ""
    return str(row)


def _rows(model: type[Model], incident: Incident, seen_by: StaffMember) -> QuerySet[Any]:
    rows = visible_to(seen_by, model._default_manager.filter(**{_WAY[model]: incident.pk}))
    return rows.prefetch_related(*NAMED_WITH.get(model, ())).order_by("pk").distinct()


def _without_name(each: ReviewComment) -> str:
    """“Violation – Start”: what a comment is on, without saying whose row it is."""
    model = _KINDS.get(each.row_kind)
    if model is None:
        return ""
    label = dict(fields_of(model)).get(each.field, "")
    if model is Incident:
        return label
    kind = str(capfirst(str(model._meta.verbose_name)))
    return f"{kind} – {label}" if label else kind


def _in_words(row: Model | None, field: str) -> str:
    """“Violation: Enforced disappearance: Balach – Start”; empty for the whole case."""
    if row is None:
        return ""
    label = dict(fields_of(type(row))).get(field, "")
    if isinstance(row, Incident):
        return label
    kind = str(capfirst(str(row._meta.verbose_name)))
    about = ": ".join(filter(None, (kind, name_of_row(row))))
    room = _LONGEST - len(label) - 3
    about = Truncator(about).chars(room)
    return f"{about} – {label}" if label else about
