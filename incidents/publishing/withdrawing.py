"""Taking something back. One person suffices: when in doubt, safety comes first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pghistory
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from incidents.documents.copies import without
from incidents.documents.values import Document
from incidents.documents.victim import current_status
from incidents.models import (
    Incident,
    LegalAction,
    NameProtection,
    Person,
    Publication,
    Source,
    StaffMember,
)
from incidents.publishing.neighbours import content_of, rewrite
from incidents.readiness import PUBLISH, names_standing_in
from record.chain import publishing_lock
from record.kinds import Kind, kind_of
from record.mentions import live_mentions
from record.models.entry import ENTRY_OF, Entry
from record.writing import withdraw_entries

Withdrawable = Incident | Person | LegalAction | Source


@dataclass
class Withdrawn:
    """What left the record: references withdrawn whole, and those that were rewritten without."""

    withdrawn: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)


def withdraw(
    row: Withdrawable,
    *,
    by: StaffMember,
    reason: str,
    note: str = "",
    at: datetime | None = None,
) -> Withdrawn:
    """Remove an object from pages, API, exports and every earlier revision, at once.

    ``reason`` is a code of the vocabulary ``withdrawal-reason``: it is all the public learns,
    besides the reference. Other documents lose what they said of the object. Where a protected
    name still stands in the words of another document, that one is withdrawn too, whole.
    """
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    with publishing_lock(), pghistory.context(user=by.pk, act="withdraw", reason=reason):
        _hide(row)
        if row.reference is None:
            return Withdrawn()
        return _Withdrawal(reason, note, at or timezone.now()).of(row, row.reference)


def _hide(row: Withdrawable) -> None:
    """Make sure that no later publication brings it back."""
    if isinstance(row, Incident):
        row.publication = (
            Publication.WITHDRAWN if row.reference is not None else Publication.UNPUBLISHED
        )
        row.save(update_fields=["publication", "changed_at"])
    elif isinstance(row, Person):
        row.name_protection = NameProtection.HIDDEN
        row.save(update_fields=["name_protection", "changed_at"])
    elif isinstance(row, Source):
        row.confidential = True
        row.save(update_fields=["confidential", "changed_at"])
    else:
        row.internal = True
        row.save(update_fields=["internal", "changed_at"])


class _Withdrawal:
    """One withdrawal on its way through the record."""

    def __init__(self, reason: str, note: str, at: datetime) -> None:
        self.reason, self.note, self.at = reason, note, at
        self.result = Withdrawn()

    def of(self, row: Withdrawable, reference: str) -> Withdrawn:
        """Withdraw the object, what belongs to it alone, and every mention of them."""
        gone = [reference, *self._belongings(reference)]
        if isinstance(row, Person):
            gone += self._telling_incidents(row, gone)
        self._rewrite_mentions(gone)
        entries = self._live(gone)
        if entries:
            withdraw_entries(entries, reason=self.reason, note=self.note, at=self.at)
        self.result.withdrawn = [entry.reference for entry in entries]
        return self.result

    def _belongings(self, reference: str) -> list[str]:
        """Objects that cannot stand without this one."""
        kind = kind_of(reference)
        if kind is Kind.INCIDENT:
            entry = ENTRY_OF[kind].objects.live().filter(reference=reference).first()
            content: Document = entry.content() if entry else {}
            acts = [act["reference"] for act in content.get("violations", [])]
            return acts + self._only_here(reference, content)
        if kind is Kind.VICTIM:
            entry = ENTRY_OF[kind].objects.live().filter(reference=reference).first()
            content = entry.content() if entry else {}
            return [act["reference"] for act in content.get("violations", [])]
        return []

    def _only_here(self, reference: str, content: Document) -> list[str]:
        """Victims, legal actions and sources that no other live incident mentions."""
        parts = [
            part["reference"]
            for key in ("victims", "legal_actions", "sources")
            for part in content.get(key, [])
        ]
        return [
            part
            for part in parts
            if set(live_mentions([part]).get(Kind.INCIDENT, [])) <= {reference}
        ]

    def _telling_incidents(self, person: Person, gone: list[str]) -> list[str]:
        """Incidents that have no victim left, or whose words still name the person."""
        telling: list[str] = []
        for entry in self._live(live_mentions(gone).get(Kind.INCIDENT, [])):
            rest = without(content_of(entry.content()), _names_one_of(gone))
            if not rest["violations"] or names_standing_in(person, rest):
                telling += [entry.reference, *self._belongings(entry.reference)]
        return telling

    def _live(self, references: list[str]) -> list[Entry]:
        return [
            entry
            for kind, model in ENTRY_OF.items()
            for entry in model.objects.live().filter(
                reference__in=[ref for ref in references if kind_of(ref) is kind]
            )
        ]

    def _rewrite_mentions(self, gone: list[str]) -> None:
        """Write every document that mentions what is gone anew, without it."""
        mentioning = [name for names in live_mentions(gone).values() for name in names]
        self.result.rewritten = rewrite(
            mentioning, lambda content: _without(content, gone), note=self.note, at=self.at
        )


def _names_one_of(gone: list[str]) -> Callable[[Document], bool]:
    """Whether a part of a document stands for, or tells of, something that is gone."""

    def is_gone(part: Document) -> bool:
        return (
            part.get("reference") in gone
            or part.get("source") in gone
            or part.get("about") in gone
            or ("incident" in part and (part["incident"] or {}).get("reference") in gone)
        )

    return is_gone


def _without(content: Document, gone: list[str]) -> Document:
    """The content without what is gone, and with what follows from the rest put right."""
    rest: Document = without(content, _names_one_of(gone))
    if rest.get("origin") and rest["origin"]["reference"] in gone:
        rest["origin"] = None
    if "statuses" in rest and "names" in rest:
        rest["status"] = current_status(rest["statuses"])
    return _marked_confidential(rest) if _lost_a_source(content, gone) else rest


def _lost_a_source(content: Document, gone: list[str]) -> bool:
    return any(kind_of(reference) is Kind.SOURCE for reference in gone) and bool(content)


def _marked_confidential(content: Document) -> Document:
    """A fact that lost its last citation rests on a confidential source from now on."""
    if "citations" in content and not content["citations"]:
        content["confidential_sources"] = True
    for value in content.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                _marked_confidential(part)
    return content
