"""The work of a run, inside its transaction: rows staged, cases drafted, stored or compared."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from incidents.importing import belonging, staging
from incidents.importing.comparing import Comparer
from incidents.importing.drafting import CaseDraft, KeyedRow, draft_case
from incidents.importing.file_areas import AreaPlan
from incidents.importing.lookups import Lookups
from incidents.importing.mapping import Mapping, read_mapping
from incidents.importing.passing_over import PassedOver
from incidents.importing.problems import Problem
from incidents.importing.reporting import Figures, ProblemLog
from incidents.importing.sharing import Shared
from incidents.importing.staging import StagedCase, UnstorableRow
from incidents.importing.storables import Storable
from incidents.importing.storing import Writer
from incidents.importing.tables import FileRefused, Table
from incidents.models import (
    Citation,
    ImportBatch,
    ImportChange,
    ListRow,
    Person,
    Severity,
    SourceList,
    StaffMember,
    Violation,
)

Progress = Callable[[int, int | None], None]
"""Called with how many rows are done, and of how many if that is known."""

_ROWS_AT_ONCE: Final = 500
"""Rows of which the cases are stored together: enough to make few statements of many rows."""


class Bringing:
    """One run, from the file to the last case. Everything here happens in one transaction."""

    def __init__(
        self,
        batch: ImportBatch,
        mapping: Mapping,
        table: Table,
        *,
        log: ProblemLog,
        progress: Progress,
        by: StaffMember | None = None,
        lookups: Lookups | None = None,
    ) -> None:
        """``by`` may be missing only where nothing is stored."""
        self._batch = batch
        self._mapping = mapping
        self._table = table
        self._by = by
        self._log = log
        self._progress = progress
        self._lookups = lookups or Lookups()
        self._former: dict[int, Mapping] = {batch.pk: mapping}
        self.figures = Figures()

    def drafts(self) -> Iterator[CaseDraft]:
        """Every case as it would be entered if the list were new."""
        self._stage(None)
        for staged in staging.cases():
            yield self._draft(staged)

    def bring_in(self) -> Figures:
        """Do all of it; raises FileRefused and OtherList."""
        self._stage(self._batch.list)
        # Links are checked with each statement: kept until the end, they would fill the memory.
        _do("SET CONSTRAINTS ALL IMMEDIATE")
        self._shared.make_areas()
        with self._writer.beside():
            self._take_all()
        # At the end: nobody else publishes from here to the end of the transaction.
        self._log.add(self._comparer.obey())
        self._note_what_is_gone()
        self._note_source()
        self.figures.problems = self._log.count
        self.figures.refused = bool(self.figures.rows_refused and not self._batch.good_rows_only)
        _do("SET CONSTRAINTS ALL DEFERRED")
        return self.figures

    def _stage(self, source_list: SourceList | None) -> None:
        plan = AreaPlan(self._mapping)
        passed = PassedOver(source_list)
        try:
            staging.fill(self._rows(plan, passed))
        except UnstorableRow as error:
            raise FileRefused(
                _("%(file)s, row %(row)d holds a character that is no text. Remove it.")
                % {"file": self._batch.file_name, "row": error.number}
            ) from None
        if not self._mapping.rows.key:
            staging.number_alike()
        list_id = source_list.pk if source_list else None
        staging.compare(list_id, self._mapping.text)
        self._log.add(staging.problems(self._mapping.rows.key))
        self._log.add(plan.problems())
        self._log.add(passed.problems())
        self._lookups.add_areas(plan)
        counted = staging.tally()
        self._left = counted.rows_left
        self.figures.rows, self.figures.cases = counted.rows, counted.cases
        self.figures.rows_unchanged = counted.rows_unchanged
        self.figures.rows_refused = counted.rows_refused
        self.figures.cases_refused = counted.cases_refused
        if source_list is not None:
            belonging.check_rows(source_list, self._mapping)

    def _rows(self, plan: AreaPlan, passed: PassedOver) -> Iterator[staging.Row]:
        mapping = self._mapping
        for number, row in enumerate(self._table.rows()):
            if number % 1_000 == 0:
                self._progress(0, None)
            key = mapping.row_key(row.cells)
            case_key = mapping.case_key(row.cells, key)
            if passed.holds(row.number, staging.fitting(key), staging.fitting(case_key)):
                continue
            plan.add(row.cells)
            yield staging.Row(row.number, key, case_key, row.cells)

    def _chunks(self) -> Iterator[list[StagedCase]]:
        chunk: list[StagedCase] = []
        rows = 0
        for case in staging.cases():
            chunk.append(case)
            rows += len(case.rows)
            if rows >= _ROWS_AT_ONCE:
                yield chunk
                chunk, rows = [], 0
        if chunk:
            yield chunk

    def _take_all(self) -> None:
        """Draft each chunk while the server writes the one before."""
        done = self.figures.rows - self._left
        chunks = self._chunks()
        chunk = next(chunks, [])
        begun: list[Storable] = []
        while chunk:
            new, problems = self._drafted(chunk)
            self._settle(begun)
            self._log.add(problems)
            self._progress(done, self.figures.rows)
            done += sum(len(case.rows) for case in chunk)
            chunk = next(chunks, [])
            self._shared.make(
                value for case in new for draft in case.drafts for value in draft.values.values()
            )
            self._writer.begin(new)
            begun = new
        self._settle(begun)
        self._progress(done, self.figures.rows)

    def _drafted(self, chunk: list[StagedCase]) -> tuple[list[Storable], list[Problem]]:
        """The cases that are new to the list; those that it has are brought in at once."""
        new: list[Storable] = []
        problems: list[Problem] = []
        for staged in chunk:
            if staged.id is not None:
                problems += self._take_corrected(staged)
                continue
            draft = self._draft(staged)
            problems += draft.problems
            if draft.refused:
                self._count_refused(staged)
            else:
                new.append(Storable(draft, staged, draft.drafts))
        return new, problems

    def _settle(self, begun: list[Storable]) -> None:
        """Wait until these cases are written, and count them."""
        refused = self._writer.settle()
        self._log.add(refusal.problem for refusal in refused)
        failed = {id(refusal.case) for refusal in refused}
        for case in begun:
            if id(case) in failed:
                self._count_refused(case.staged)
            else:
                self._count_new(case)

    def _take_corrected(self, staged: StagedCase) -> list[Problem]:
        """Bring a case in that the list has; return what was wrong with it."""
        outcome = self._comparer.bring_in(staged)
        if outcome.refused:
            self._count_refused(staged)
            return outcome.problems
        ImportChange.objects.bulk_create(outcome.changes)
        applied = sum(change.applied for change in outcome.changes)
        figures = self.figures
        figures.changes += applied
        figures.changes_kept_back += len(outcome.changes) - applied
        figures.rows_new += sum(row.is_new for row in staged.rows)
        figures.rows_changed += sum(row.changed and not row.is_new for row in staged.rows)
        figures.cases_changed += bool(applied)
        return outcome.problems

    def _draft(self, staged: StagedCase) -> CaseDraft:
        rows = [row.keyed() for row in staged.rows]
        return draft_case(staged.key, rows, self._mapping, self._lookups)

    def _draft_with(self, key: str, rows: list[KeyedRow], batch: ImportBatch) -> CaseDraft:
        if batch.pk not in self._former:
            self._former[batch.pk] = read_mapping(batch.mapping)
        return draft_case(key, rows, self._former[batch.pk], self._lookups)

    def _count_refused(self, staged: StagedCase) -> None:
        self.figures.rows_refused += len(staged.rows)
        self.figures.rows_unchanged -= sum(not row.changed for row in staged.rows)
        self.figures.cases_refused += 1

    def _count_new(self, case: Storable) -> None:
        figures = self.figures
        figures.rows_new += len(case.staged.rows)
        figures.cases_new += 1
        for draft in case.drafts:
            figures.people += draft.model is Person
            figures.violations += draft.model is Violation

    def _note_what_is_gone(self) -> None:
        if self._batch.list_id is not None:
            self._log.add(self._gone(self._batch.list_id))

    def _gone(self, list_id: int) -> Iterator[Problem]:
        for key, number in staging.gone(list_id):
            self.figures.rows_gone += 1
            yield Problem(
                row=number,
                key=key,
                code="row-gone",
                reason=_("This row is no longer in the file; what it brought stays."),
                remedy=_("If it was withdrawn, remove it from the case file by hand."),
                severity=Severity.NOTED,
            )

    def _note_source(self) -> None:
        """Let the list name the source on which its facts rest."""
        source_list = self._batch.list
        if source_list is None or source_list.source_id is not None:
            return
        row = ListRow.objects.filter(list=source_list).order_by("number", "pk").first()
        if row is None or row.case.incident_id is None:
            return
        cited = Citation.objects.filter(incident=row.case.incident_id).order_by("pk").first()
        if cited is not None:
            source_list.source_id = cited.source_id
            source_list.save()

    def _writing(self) -> StaffMember:
        if self._by is None:
            raise TypeError("Nobody was named who stores this.")
        return self._by

    @cached_property
    def _shared(self) -> Shared:
        return Shared(self._lookups, self._batch, by=self._writing())

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self._batch, by=self._writing(), shared=self._shared)

    @cached_property
    def _comparer(self) -> Comparer:
        return Comparer(
            self._batch,
            by=self._writing(),
            writer=self._writer,
            shared=self._shared,
            draft_with=self._draft_with,
            by_place=len(self._mapping.victims) > 1 or any(b.split for b in self._mapping.victims),
        )


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
