"""What somebody is typing into a long form, kept on the server until it is saved.

A power cut loses nothing, and nothing stays on a shared computer. What is kept is sealed, is seen
by its owner alone, and goes with the first saving, or by itself after ``KEPT_FOR``. Files are not
kept. Whether the owner may still see the record that a form changes is for the page to ask.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from incidents.accounts.sealing import UnreadableSecretError, seal, unseal
from incidents.models import EntryDraft, StaffMember
from incidents.models.entry_draft import EntryDraftQuerySet

KEPT_FOR: Final = timedelta(days=7)

LARGEST: Final = 500_000
"""Characters of a form that are kept: a case of some two hundred rows."""

LEFT_OUT: Final = frozenset({"csrfmiddlewaretoken"})

INCIDENT: Final = "incident"
NEW_CASE: Final = "new-case"
"""The forms that are kept."""

USED: Final = "used"
"""Stands as the form of a row that says: the page with this key was saved. It holds no text."""

KEY: Final = "page_key"
"""Hidden field: the key of a page. It is made when the page is first shown, and stays with what is
typed on it while that is refused, kept and shown again."""

_MOST_KEYS: Final = 2**62


class TooLarge(ValueError):
    """More was typed than is kept."""


class NotKept(ValueError):
    """Another page has something kept in this place, or this page was saved already."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it stood: which one, of which row (0: a new one), its fields in order."""

    form: str
    row: int
    at: datetime
    fields: tuple[tuple[str, str], ...]

    def as_posted(self) -> QueryDict:
        """The fields as the browser had sent them."""
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        data._mutable = False
        return data

    @property
    def key(self) -> int:
        """The key of the page that was kept; 0 if it had none."""
        return key_of(self.as_posted())


def new_key() -> int:
    """The key of a page that is shown for the first time."""
    return secrets.randbelow(_MOST_KEYS) + 1


def key_of(posted: QueryDict) -> int:
    """The key of the page that was sent; 0 if it has none."""
    text = posted.get(KEY, "")
    key = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return key if key <= _MOST_KEYS else 0


def one_at_a_time(owner: StaffMember) -> None:
    """Let nobody send two pages at once: the second waits until the transaction is over."""
    StaffMember.objects.select_for_update(no_key=True).get(pk=owner.pk)


@transaction.atomic
def keep(owner: StaffMember, form: str, row: int, posted: QueryDict) -> datetime:
    """Keep a form in place of what was kept of the same page before; returns when.

    Raises TooLarge, and NotKept where that would be lost which another page has kept here.
    """
    drop_run_out()
    one_at_a_time(owner)
    if not may_be_kept(owner, form, row, key_of(posted)):
        raise NotKept
    fields = [
        (name, str(value))
        for name, values in posted.lists()
        # What begins with an underscore is a button.
        if name not in LEFT_OUT and not name.startswith("_")
        for value in values
    ]
    text = json.dumps(fields, ensure_ascii=False)
    if len(text) > LARGEST:
        raise TooLarge
    now = timezone.now()
    EntryDraft.objects.update_or_create(
        owner=owner,
        form=form,
        row=row,
        defaults={"sealed": seal(text.encode()), "kept_at": now, "expires_at": now + KEPT_FOR},
    )
    return now


def kept_form(owner: StaffMember, form: str, row: int) -> KeptForm | None:
    """What is kept of a form for its owner. What no key opens any more is dropped."""
    draft = EntryDraft.objects.in_time().filter(owner=owner, form=form, row=row).first()
    if draft is None:
        return None
    try:
        fields = json.loads(unseal(draft.sealed))
    except UnreadableSecretError:
        draft.delete()
        return None
    return KeptForm(form, row, draft.kept_at, tuple((name, value) for name, value in fields))


def may_be_kept(owner: StaffMember, form: str, row: int, key: int) -> bool:
    """Whether a page was not saved yet, and nothing of another page is kept in its place."""
    if _used(owner, key).exists():
        return False
    kept = kept_form(owner, form, row)
    return kept is None or kept.key == key


def kept_at(owner: StaffMember, form: str, row: int) -> datetime | None:
    """When a form was kept, without opening it; None if it is not."""
    drafts = EntryDraft.objects.in_time().filter(owner=owner, form=form, row=row)
    return drafts.values_list("kept_at", flat=True).first()


def unfinished(owner: StaffMember) -> list[EntryDraft]:
    """The forms that are kept for somebody, the latest first."""
    drop_run_out()
    drafts = EntryDraft.objects.in_time().filter(owner=owner).exclude(form=USED)
    return list(drafts.order_by("-kept_at"))


def saved(owner: StaffMember, form: str, row: int, key: int, *, led_to: int = 0) -> None:
    """Note that a page was saved: what was kept of it goes, and it is neither kept nor saved again.

    Belongs into the transaction of the saving. What another page has kept in this place stays.
    """
    kept = kept_form(owner, form, row)
    if kept is not None and kept.key == key:
        drop(owner, form, row)
    if key:
        now = timezone.now()
        EntryDraft.objects.update_or_create(
            owner=owner,
            form=USED,
            row=key,
            defaults={
                "sealed": seal(str(led_to).encode()),
                "kept_at": now,
                "expires_at": now + KEPT_FOR,
            },
        )


def where_it_led(owner: StaffMember, key: int) -> int | None:
    """Primary key of the case that a page was saved as; None if it was not saved."""
    note = _used(owner, key).first()
    if note is None:
        return None
    try:
        return int(unseal(note.sealed))
    except UnreadableSecretError:
        return None


def drop(owner: StaffMember, form: str, row: int) -> None:
    """Keep nothing of a form any more."""
    EntryDraft.objects.filter(owner=owner, form=form, row=row).delete()


def forget(form: str, rows: Iterable[int]) -> None:
    """Drop what anybody has kept of these rows: for what must be gone for good."""
    EntryDraft.objects.filter(form=form, row__in=list(rows)).delete()


def drop_run_out() -> None:
    """Drop what nobody came back to."""
    EntryDraft.objects.run_out().delete()


def _used(owner: StaffMember, key: int) -> EntryDraftQuerySet:
    return EntryDraft.objects.in_time().filter(owner=owner, form=USED, row=key)
