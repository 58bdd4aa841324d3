"""Why a record is changed: a box at the end of its page, for the history.

Nobody has to explain a draft. What was approved or is public already, others rely on: to change
that, one sentence is asked for.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Final, cast

from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from incidents.documents.references import kind_of
from incidents.history.reasons import MOST, changing_because
from incidents.models import Incident, Publication, Stage
from incidents.models.base import Referenced
from record.models.entry import ENTRY_OF

WHY: Final = "why"
_MOST_LETTERS: Final = MOST


@dataclass(frozen=True, slots=True)
class Reason:
    """What was typed into the box, and whether saving asks for it."""

    text: str = ""
    is_needed: bool = False
    most: int = _MOST_LETTERS

    @property
    def is_missing(self) -> bool:
        """Whether nothing may be changed before something is typed."""
        return self.is_needed and not self.text

    @property
    def refusal(self) -> str:
        """What somebody is told who changes something without."""
        return _(
            "This is approved or public already. Say in a sentence why you change it: the box is "
            "at the end of the page, and the history keeps it."
        )


NONE: Final = Reason()


def reason_of(request: HttpRequest, record: models.Model | None) -> Reason:
    """The reason on the page of a record; worked out once a request."""
    if record is None or record.pk is None:
        return NONE
    held: dict[Any, Reason] = request.__dict__.setdefault("reasons_of_pages", {})
    key = (record._meta.concrete_model, record.pk)
    if key not in held:
        held[key] = Reason(_typed(request), is_relied_on(record))
    return held[key]


def is_relied_on(record: models.Model) -> bool:
    """Whether others rely on a record as it stands: it was approved, or is public."""
    if isinstance(record, Incident):
        return record.stage == Stage.APPROVED or record.publication == Publication.PUBLISHED
    if not isinstance(record, Referenced) or record.reference is None:
        return False
    entries = ENTRY_OF[kind_of(cast("Any", record))]
    return entries.objects.live().filter(reference=record.reference).exists()


def told_why(
    request: HttpRequest, model: type[models.Model], object_id: str | None
) -> AbstractContextManager[Any]:
    """What the page of a record changes keeps the reason that was typed, if any. ``object_id`` is
    the key as it stands in the address; None for a record that is only being entered."""
    typed, key = _typed(request), _key(object_id)
    return changing_because(typed, on_page_of=(model, key)) if typed and key else nullcontext()


def _key(object_id: str | None) -> int | None:
    """The key of a record, read as the admin reads it."""
    try:
        return int(unquote(object_id or ""))
    except ValueError:
        return None


def _typed(request: HttpRequest) -> str:
    return request.POST.get(WHY, "").replace("\0", "").strip()[:MOST]
