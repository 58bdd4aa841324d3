"""What a corrected file changes: the former rows under the former mapping against the new ones.

A value is written only where the case file still holds what the import had put there. Where
somebody has worked on it, theirs stays and the change is recorded as not applied.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from incidents import models as case_file
from incidents import reviewing
from incidents.confidential import SILENT
from incidents.importing.drafts import CaseDraft, Draft, DraftRef, KeyedRow
from incidents.importing.passing_over import expunged_row
from incidents.importing.problems import Problem
from incidents.importing.recognising import follow_people
from incidents.importing.refusing import words_of
from incidents.importing.rows import default_of
from incidents.importing.sharing import Shared
from incidents.importing.staging import StagedCase
from incidents.importing.standing import StandingCase
from incidents.importing.storables import Ids, Storable, people_of, targets_of
from incidents.importing.storing import Writer
from incidents.importing.touched import hangs_on, is_as_brought, is_used, rows_pointing_to
from incidents.models import (
    ImportBatch,
    ImportChange,
    Incident,
    ListCase,
    Severity,
    StaffMember,
    Stage,
)
from incidents.publishing import Obeyed, obey_consents
from incidents.visibility import visible_to
from reference.dates import UncertainDate
from reference.fields import date_columns

DraftWith = Callable[[str, list[KeyedRow], ImportBatch], CaseDraft]
"""Drafts a case of these rows under the mapping of a batch."""

_NOBODY: Final[Mapping[str, int]] = {}


@dataclass(slots=True)
class Outcome:
    """What comparing one case came to."""

    problems: list[Problem] = field(default_factory=list)
    changes: list[ImportChange] = field(default_factory=list)
    kept_out: bool = False
    """Whether it is a case of which the person who brings it in may not know."""

    @property
    def refused(self) -> bool:
        """Whether the case stays as it was."""
        return self.kept_out or any(problem.refuses for problem in self.problems)


class Comparer:
    """Brings the corrected cases of one run in."""

    def __init__(
        self,
        batch: ImportBatch,
        *,
        by: StaffMember,
        writer: Writer,
        shared: Shared,
        draft_with: DraftWith,
        by_place: bool = False,
    ) -> None:
        """``by_place``: a row tells of several people, each in a column or a piece of a cell."""
        self._batch = batch
        self._by = by
        self._writer = writer
        self._shared = shared
        self._draft_with = draft_with
        self._by_place = by_place
        self._told = False
        self._people: set[int] = set()

    def bring_in(self, staged: StagedCase) -> Outcome:
        """Apply what differs in one case; all of it or, where the database refuses, nothing."""
        standing = ListCase.objects.select_related("incident", "last_batch").get(
            list=self._batch.list_id, key=staged.key
        )
        if self._is_concealed(standing.incident):
            return self._kept_out()
        case = StandingCase(standing, staged)
        if not case.rows:  # emptied, because a source was removed for good
            return Outcome([expunged_row(row.number) for row in staged.rows])
        new = self._draft_with(staged.key, case.rows_now(), self._batch)
        if new.refused:
            return Outcome(list(new.problems))
        if standing.incident is None:
            new.problems.append(_incident_gone(staged))
            self._renew_rows(case)
            return Outcome(list(new.problems))
        old = self._draft_with(staged.key, case.rows_before(), standing.last_batch)
        follow_people(case, old, new)
        self._shared.make(_new_values(old, new))
        try:
            with transaction.atomic():
                changes = self._apply(case, old, new)
        except DatabaseError as error:
            return Outcome([*new.problems, _refusal(staged, words_of(error))])
        except _NotStored as error:
            return Outcome([*new.problems, error.problem])
        return Outcome(list(new.problems), changes)

    def _is_concealed(self, incident: Incident | None) -> bool:
        if incident is None or not incident.restricted:
            return False
        return not visible_to(self._by, Incident.objects.filter(pk=incident.pk)).exists()

    def _kept_out(self) -> Outcome:
        """Say once, without row or number, that there are cases of which nothing may be said."""
        told, self._told = self._told, True
        return Outcome([] if told else [_not_by_you()], kept_out=True)

    def _apply(self, case: StandingCase, old: CaseDraft, new: CaseDraft) -> list[ImportChange]:
        standing = case.ids()
        added = [draft for draft in new.drafts if draft.ref not in standing]
        storable = Storable(new, case.staged, added, dict(standing))
        if refusals := self._writer.store([storable]):
            raise _NotStored(refusals[0].problem)
        changes = [self._added(case, draft, storable.ids) for draft in added]
        former = {draft.ref: draft for draft in old.drafts}
        wanted = {draft.ref for draft in new.drafts}
        vanished = [draft for draft in old.drafts if draft.ref in standing.keys() - wanted]
        ours = self._worked_on(old, new, storable.ids)
        kept = {
            name
            for name, who in self._renamed(former, new).items()
            if self._by_place and who in ours
        }
        for draft in new.drafts:
            if draft.ref in standing:
                # What came back after it had stayed against the file: it stands as people left it.
                was = former.get(draft.ref) or replace(draft, values={}, sets={}, linked_sets={})
                leave = draft.ref in kept
                changes += self._differences(case, was, draft, storable.ids, leave=leave)
        for draft in reversed(vanished):
            leave = any(hangs_on(draft, person) for person in ours)
            changes += self._removed(case, draft, storable.ids, leave=leave)
        before, now = people_of(old, storable.ids), people_of(new, storable.ids)
        self._renew_rows(case, storable.ids, added, before, now)
        if case.standing.incident and any(change.applied for change in changes):
            self._reopen(case.standing.incident)
        return changes

    def _renamed(self, former: dict[DraftRef, Draft], new: CaseDraft) -> dict[DraftRef, DraftRef]:
        """Names that the file changed → whose they are. It may be somebody else's in that place."""
        return {
            draft.ref: draft.links["person"]
            for draft in new.of_model(case_file.PersonName)
            if draft.ref in former and former[draft.ref].values != draft.values
        }

    def _worked_on(self, old: CaseDraft, new: CaseDraft, ids: Ids) -> set[DraftRef]:
        """People who may have gone, or have another name, and of whom anything is not as brought.

        To be asked before anything is changed.
        """
        former = {draft.ref: draft for draft in old.drafts}
        asked = {draft.ref for draft in old.of_model(case_file.Person) if draft.ref in ids}
        asked -= {draft.ref for draft in new.of_model(case_file.Person)}
        if self._by_place:
            asked |= {who for who in self._renamed(former, new).values() if who in former}
        brought = {
            (draft.model, ids[draft.ref])
            for draft in (*old.drafts, *new.drafts)
            if draft.ref in ids
        }
        return {person for person in asked if self._is_worked_on(person, old, brought, ids)}

    def _is_worked_on(
        self,
        person: DraftRef,
        old: CaseDraft,
        brought: set[tuple[type[models.Model], int]],
        ids: Ids,
    ) -> bool:
        for draft in old.drafts:
            if hangs_on(draft, person):
                row = draft.model._default_manager.filter(pk=ids.get(draft.ref)).first()
                if row is None or not is_as_brought(row, self._values(draft, ids)):
                    return True
        return any(each not in brought for each in rows_pointing_to(case_file.Person, ids[person]))

    def _differences(
        self, case: StandingCase, old: Draft, new: Draft, ids: Ids, *, leave: bool = False
    ) -> Iterator[ImportChange]:
        """Each value that the file changed, written where nobody has worked on it.

        With ``leave`` nothing is written, only told.
        """
        row = new.model._default_manager.filter(pk=ids[new.ref]).first()
        before, after = self._values(old, ids), self._values(new, ids)
        written: dict[str, Any] = {}
        for attname in sorted(before.keys() | after.keys()):
            column = _field(new.model, attname)
            was = before.get(attname, _MISSING)
            now = after.get(attname, _MISSING)
            was = default_of(column) if was is _MISSING else was
            now = default_of(column) if now is _MISSING else now
            stands = _MISSING if row is None else getattr(row, attname)
            if was == now or stands == now:
                continue
            fits = stands == was and not leave
            if fits:
                written[attname] = now
            yield self._change(case, new, ids, column, was, now, applied=fits)
        if written and row is not None:
            self._write(row, written)
        if row is not None:
            yield from self._set_differences(case, row, old, new, ids)

    def _set_differences(
        self, case: StandingCase, row: models.Model, old: Draft, new: Draft, ids: Ids
    ) -> Iterator[ImportChange]:
        before, after = targets_of(old, ids), targets_of(new, ids)
        for name in sorted(before.keys() | after.keys()):
            was, now = set(before.get(name, [])), set(after.get(name, []))
            manager = getattr(row, name)
            stands = set(manager.values_list("pk", flat=True))
            if now in (was, stands):
                continue
            if stands == was:
                manager.set(now)
                self._write(row, {})  # so that the row itself says who changed it
            column = new.model._meta.get_field(name)
            yield self._change(case, new, ids, column, was, now, applied=stands == was)

    def _write(self, row: models.Model, values: dict[str, Any]) -> None:
        columns: set[str] = {"changed_by", "changed_at"}
        for attname, value in values.items():
            setattr(row, attname, value)
            columns |= date_columns(attname, value).keys() if _is_date(row, attname) else {attname}
        if isinstance(row, case_file.PersonName):
            columns |= {"folded", "skeleton"}
        row.changed_by = self._by  # type: ignore[attr-defined]
        row.save(update_fields=columns)
        self._note_people(row, "publication_ground_id" in values)

    def obey(self) -> Iterator[Problem]:
        """Let the record obey what the file brought of people who are public, and tell it."""
        for person in case_file.Person.objects.filter(pk__in=self._people).order_by("pk"):
            if went := obey_consents(person, by=self._by):
                yield _obeyed(went)
        self._people.clear()

    def _note_people(self, row: models.Model, of_ground: bool = False) -> None:
        """Remember whose consents, return, or ground for being shown the file changed."""
        if isinstance(row, case_file.Consent | case_file.StatusEntry):
            self._people.add(row.person_id)
        elif isinstance(row, case_file.Person) and of_ground:
            self._people.add(row.pk)

    def _removed(
        self, case: StandingCase, draft: Draft, ids: Ids, *, leave: bool
    ) -> Iterator[ImportChange]:
        """Take away what the file no longer has, unless somebody has worked on it."""
        row = draft.model._default_manager.filter(pk=ids[draft.ref]).first()
        if row is None:
            return
        values = self._values(draft, ids)
        if not leave and is_as_brought(row, values) and not is_used(row):
            was = _shown_row(row)
            self._note_people(row)
            row.delete()
            case.forget(draft.ref)
            yield self._change(case, draft, ids, None, was, "")
            return
        for attname, value in values.items():
            column = _field(draft.model, attname)
            if attname not in _links_of(draft):
                yield self._change(
                    case, draft, ids, column, value, default_of(column), applied=False
                )

    def _added(self, case: StandingCase, draft: Draft, ids: Ids) -> ImportChange:
        row = draft.model._default_manager.get(pk=ids[draft.ref])
        self._note_people(row)
        return self._change(case, draft, ids, None, "", _shown_row(row))

    def _change(
        self,
        case: StandingCase,
        draft: Draft,
        ids: Ids,
        column: Any,
        before: Any,
        after: Any,
        *,
        applied: bool = True,
    ) -> ImportChange:
        if column is not None:
            before, after = shown(column, before), shown(column, after)
        if self._is_in_trust(draft, ids):
            before, after = (SILENT if text else "" for text in (before, after))
        return ImportChange(
            batch=self._batch,
            row=case.number_of(draft.row),
            key=draft.row or case.staged.key,
            incident=case.standing.incident,
            path=draft.path,
            model=draft.model._meta.model_name or "",
            object_id=ids[draft.ref],
            field="" if column is None else column.name,
            before=before,
            after=after,
            applied=applied,
        )

    def _is_in_trust(self, draft: Draft, ids: Ids) -> bool:
        """Whether the row says what a confidential source says."""
        if draft.model is not case_file.Citation:
            return False
        source = self._values(draft, ids).get("source_id")
        rows = case_file.Source.objects.filter(confidential=True)
        return isinstance(source, int) and rows.filter(pk=source).exists()

    def _values(self, draft: Draft, ids: Ids) -> dict[str, Any]:
        links = {f"{name}_id": ids.get(ref) for name, ref in draft.links.items()}
        return self._shared.resolved(draft.values) | links

    def _renew_rows(
        self,
        case: StandingCase,
        ids: Ids | None = None,
        added: Sequence[Draft] = (),
        before: Mapping[str, int] = _NOBODY,
        now: Mapping[str, int] = _NOBODY,
    ) -> None:
        """Replace what was received, and note the rows of the case file that were added.

        ``before`` and ``now`` are the people whom the rows document; where the file does not
        change that, it stays as people have it.
        """
        for draft in added:
            made = case.made_by(draft.row)
            made[draft.path] = [draft.model._meta.model_name, (ids or {})[draft.ref]]
        arrived = {row.key: row for row in case.staged.rows if row.changed}
        for row in case.rows:
            if (received := arrived.get(row.key)) is not None:
                row.received, row.digest = received.keyed().cells, received.digest
                row.number = received.number
            person = now.get(row.key)
            if person != before.get(row.key) or row.person_id is None:
                row.person_id = person
            if received is not None or case.is_changed(row):
                row.last_batch = self._batch
                row.save()
        case.standing.last_batch = self._batch
        case.standing.save()

    def _reopen(self, incident: Incident) -> None:
        """A case that was handed in or approved with other values needs that decision anew."""
        incident.refresh_from_db()
        if incident.stage not in (Stage.DRAFT, Stage.RETURNED):
            reviewing.reopen(incident, by=self._by)


class _NotStored(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


_MISSING: Any = object()


def shown(column: Any, value: Any) -> str:
    """A value of a column as a person reads it."""
    if value in (None, "", [], set()):
        return ""
    if column.remote_field is not None:
        keys = value if isinstance(value, set) else {value}
        rows = column.remote_field.model._default_manager.filter(pk__in=keys).order_by("pk")
        return ", ".join(map(str, rows))
    if isinstance(value, UncertainDate):
        return value.text
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return str(value)


def _shown_row(row: models.Model) -> str:
    """Which row was added or removed, in a few words."""
    return f"{row._meta.verbose_name}: {row}"


def _new_values(old: CaseDraft, new: CaseDraft) -> Iterator[Any]:
    """The values of the new draft that the old one did not have."""
    former = {draft.ref: draft.values for draft in old.drafts}
    for draft in new.drafts:
        before = former.get(draft.ref, {})
        for attname, value in draft.values.items():
            if before.get(attname) != value:
                yield value


def _field(model: type[models.Model], attname: str) -> Any:
    return next(each for each in model._meta.concrete_fields if each.attname == attname)


def _is_date(row: models.Model, attname: str) -> bool:
    return isinstance(getattr(row, attname), UncertainDate)


def _links_of(draft: Draft) -> set[str]:
    return {f"{name}_id" for name in draft.links}


def _refusal(staged: StagedCase, reason: str) -> Problem:
    return Problem(
        row=staged.rows[0].number,
        key=staged.rows[0].key,
        code="not-storable",
        reason=reason,
        remedy=_("Correct the value in the list, or say in the mapping to leave it out."),
        severity=Severity.REFUSED,
    )


def _not_by_you() -> Problem:
    return Problem(
        row=None,
        code="not-by-you",
        reason=_("The file has corrections that cannot be brought in by you."),
        remedy=_("Ask a coordinator to bring it in."),
        severity=Severity.REFUSED,
    )


def _obeyed(went: Obeyed) -> Problem:
    return Problem(
        row=None,
        code="consent-ended",
        reason=_(
            "With what this file brings, what was public of a person is allowed no longer. "
            "Withdrawn: %(gone)s. Written anew with less: %(kept)s."
        )
        % {
            "gone": ", ".join(went.withdrawn) or "–",
            "kept": ", ".join(went.rewritten) or "–",
        },
        remedy=_("Look at the cases named; undoing the import does not bring them back."),
        severity=Severity.NOTED,
    )


def _incident_gone(staged: StagedCase) -> Problem:
    return Problem(
        row=staged.rows[0].number,
        key=staged.rows[0].key,
        code="incident-gone",
        reason=_("The incident that this row had become is no longer in the case file."),
        remedy=_("Nothing has to be done; the row was kept as it is now."),
        severity=Severity.NOTED,
    )
