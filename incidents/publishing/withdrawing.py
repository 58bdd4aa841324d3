"""Taking something back. One person suffices: when in doubt, safety comes first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pghistory
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.documents.copies import without
from incidents.documents.values import Document
from incidents.documents.victim import current_status
from incidents.models import (
    Incident,
    LegalAction,
    Merger,
    NameProtection,
    Person,
    Publication,
    Source,
    StaffMember,
)
from incidents.publishing.neighbours import content_of, live_entries, rewrite, rewrite_mentions
from incidents.publishing.public_files import files_beside, take_down_files
from incidents.publishing.refusal import PublicationRefused
from incidents.readiness import PUBLISH, Obstacle, names_standing_in
from record.chain import publishing_lock
from record.kinds import Kind, kind_of
from record.mentions import live_mentions
from record.models.entry import ENTRY_OF, Entry
from record.sentence_marks import counting
from record.writing import withdraw_entries

Withdrawable = Incident | Person | LegalAction | Source


@dataclass
class Withdrawn:
    """What left the record: references withdrawn whole, those that were rewritten without, and the
    sources beside of which redacted files went."""

    withdrawn: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


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

    Raises PublicationRefused for a person who lives on in another record: what is public of them
    stands there, and to withdraw nothing would look like success.
    """
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    with publishing_lock(), pghistory.context(user=by.pk, act="withdraw", reason=reason):
        _refuse_merged(row)
        _hide(row)
        return Withdrawal(reason, note, at or timezone.now(), by=by).of(row)


def _refuse_merged(row: Withdrawable) -> None:
    if not isinstance(row, Person):
        return
    survivor = Merger.objects.survivor_of(row)
    if survivor.pk != row.pk:
        message = _(
            "This person lives on in another record: %s. What is public of them stands there, so "
            "withdraw that record."
        )
        named = " · ".join(filter(None, (str(survivor), survivor.reference)))
        raise PublicationRefused([Obstacle("merged-person", message % named)])


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


class Withdrawal:
    """One withdrawal on its way through the record; call it under the publishing lock.

    After one that is not ``final`` the incidents that went can be published again, under their
    references, once they are approved as they may be shown then.
    """

    def __init__(
        self,
        reason: str,
        note: str,
        at: datetime,
        *,
        by: StaffMember | None,
        final: bool = True,
    ) -> None:
        self.reason, self.note, self.at, self.by, self.final = reason, note, at, by, final
        self.result = Withdrawn()

    def of(self, row: Withdrawable) -> Withdrawn:
        """Withdraw the object, what belongs to it alone, and every mention of them.

        Somebody accused has no reference of their own and may be named all the same.
        """
        gone = [row.reference, *self._acts(row.reference)] if row.reference else []
        telling = self._all_telling(row, gone) if isinstance(row, Person) else []
        return self._take_out(gone + telling, named=[*gone, *telling])

    def of_words_naming(self, person: Person) -> Withdrawn:
        """Withdraw what still names the person in its words; they themselves stay, unless it is
        their own document that does."""
        telling = self._all_telling(person, [], known_as=person.reference)
        return self._take_out(telling, named=telling)

    def _all_telling(
        self, person: Person, gone: list[str], *, known_as: str | None = None
    ) -> list[str]:
        """What would still tell of the person without what is gone, with the acts of victims."""
        found: list[str] = []
        # What goes may leave an incident without a victim, which then goes as well.
        while telling := self._telling(person, [*gone, *found], known_as):
            found += [name for each in telling for name in (each, *self._acts(each))]
        return found

    def _take_out(self, gone: list[str], *, named: list[str]) -> Withdrawn:
        """Withdraw these objects with what belongs to them alone, and every mention of them."""
        if not gone:
            return self.result
        gone = gone + self._belongings({name for name in gone if kind_of(name) is Kind.INCIDENT})
        beside = files_beside(gone)
        self._rewrite_mentions(gone)
        entries = live_entries(gone)
        if entries:
            withdraw_entries(entries, reason=self.reason, note=self.note, at=self.at)
        self.result.withdrawn = [entry.reference for entry in entries]
        if self.final:
            _keep_from_returning(self.result.withdrawn)
        else:
            _let_return(self.result.withdrawn, named)
        # What else rests on these files stays; what they say of this, nobody has looked for.
        take_down_files(beside, by=self.by, at=self.at)
        self.result.files = beside
        return self.result

    def _acts(self, reference: str) -> list[str]:
        """The violations against a victim; other objects have none that go with them."""
        if kind_of(reference) is not Kind.VICTIM:
            return []
        entry = ENTRY_OF[Kind.VICTIM].objects.live().filter(reference=reference).first()
        content: Document = entry.content() if entry else {}
        return [act["reference"] for act in content.get("violations", [])]

    def _belongings(self, incidents: set[str]) -> list[str]:
        """What stands in these incidents alone: violations, victims, legal actions, sources."""
        parts = {
            part["reference"]
            for entry in live_entries(sorted(incidents))
            for key in ("violations", "victims", "legal_actions", "sources")
            for part in entry.content()[key]
        }
        return [
            part
            for part in sorted(parts)
            if set(live_mentions([part]).get(Kind.INCIDENT, [])) <= incidents
        ]

    def _telling(self, person: Person, gone: list[str], known_as: str | None) -> list[str]:
        """Documents of any kind whose words would still name the person, and incidents that
        have no victim left. ``known_as``: their reference, where they stay."""
        about = [*gone, known_as] if known_as else gone
        mentioning = [name for names in live_mentions(about).values() for name in names]
        mentioning += [known_as] if known_as else []
        around = {
            part["reference"]
            for entry in live_entries(mentioning)
            if entry.kind is Kind.INCIDENT
            for key in ("legal_actions", "sources", "victims")
            for part in entry.content()[key]
        }
        candidates = {entry.reference: entry for entry in live_entries([*mentioning, *around])}
        candidates |= {entry.reference: entry for entry in documents_naming(person)}
        telling = []
        for reference in sorted(candidates.keys() - set(gone)):
            rest = without(content_of(candidates[reference].content()), _names_one_of(gone))
            left_empty = reference in mentioning and rest.get("violations") == []
            is_incident = candidates[reference].kind is Kind.INCIDENT
            if (is_incident and left_empty) or names_standing_in(person, rest):
                telling.append(reference)
        return telling

    def _rewrite_mentions(self, gone: list[str]) -> None:
        """Write every document that mentions what is gone anew, without it."""
        mentioning = [name for names in live_mentions(gone).values() for name in names]
        self.result.rewritten = rewrite(
            mentioning, lambda content: _without(content, gone), note=self.note, at=self.at
        )
        victims = [name for name in self.result.rewritten if kind_of(name) is Kind.VICTIM]
        changed = {entry.reference: content_of(entry.content()) for entry in live_entries(victims)}
        rewrite_mentions(changed, leaving_out={*gone, *victims}, note=self.note, at=self.at)


def documents_naming(person: Person) -> list[Entry]:
    """Live documents that hold one of the person's names as it was entered."""
    words = Q()
    for name in person.names.all():
        words |= Q(document__icontains=name.given)
    if not words:
        return []
    return [entry for model in ENTRY_OF.values() for entry in model.objects.live().filter(words)]


def _keep_from_returning(references: list[str]) -> None:
    """Mark in the case file what was withdrawn along with something else."""
    Incident.objects.filter(reference__in=references).update(publication=Publication.WITHDRAWN)
    LegalAction.objects.filter(reference__in=references).update(internal=True)
    Source.objects.filter(reference__in=references).make_confidential()


def _let_return(references: list[str], named: list[str]) -> None:
    """Mark what was withdrawn as not public. What names the person in its own words stays out of
    later publications of the incidents that may come back."""
    Incident.objects.filter(reference__in=references).update(publication=Publication.UNPUBLISHED)
    LegalAction.objects.filter(reference__in=named).update(internal=True)
    Source.objects.filter(reference__in=named).make_confidential()


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
    if "account" in rest:
        rest |= _accounts_without(content, gone)
    if rest.get("origin") and rest["origin"]["reference"] in gone:
        rest["origin"] = None
    if "statuses" in rest and "names" in rest:
        rest["status"] = current_status(rest["statuses"])
    return _marked_confidential(rest) if _lost_a_source(content, gone) else rest


def _accounts_without(content: Document, gone: list[str]) -> Document:
    """What happened in a case, with marks that count the citations that are left."""
    is_gone = _names_one_of(gone)
    stays = [not is_gone(citation) for citation in content["citations"]]
    return {name: counting(content[name], stays) for name in ("account", "account_local")}


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
