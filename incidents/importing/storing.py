"""Drafts into the case file, many cases at once and in as few statements as there are tables."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from incidents.importing.copying import Copies
from incidents.importing.drafts import Draft, DraftRef
from incidents.importing.refusing import Refusal, problem_of
from incidents.importing.rows import Json, Table, UnfitValue, forget_defaults, new_ids
from incidents.importing.sharing import Shared
from incidents.importing.staging import StagedRow
from incidents.importing.storables import IN_ORDER, Ids, Storable, made_of, people_of, sets_of
from incidents.models import Citation, ImportBatch, ListCase, ListRow, Source, StaffMember
from incidents.models.sealed_json import sealed_cells


@dataclass(frozen=True, slots=True)
class _Begun:
    """Cases whose lines are on their way, and how to take them back."""

    cases: Sequence[Storable]
    known: list[Ids]
    savepoint: str

    def take_back(self) -> None:
        """Leave nothing of these cases behind."""
        transaction.savepoint_rollback(self.savepoint)
        for case, ids in zip(self.cases, self.known, strict=True):
            case.ids = ids


class Writer:
    """Writes the cases of one run."""

    def __init__(self, batch: ImportBatch, *, by: StaffMember, shared: Shared) -> None:
        forget_defaults()
        self._batch = batch
        self._list = batch.list_id
        self._shared = shared
        self._by = by.pk
        self._now = timezone.now()
        self._tables: dict[type[models.Model], Table] = {}
        self._in_trust: dict[int, bool] = {}
        self._copies = Copies()
        self._begun: _Begun | None = None
        self._refused: list[Refusal] = []

    def beside(self) -> AbstractContextManager[None]:
        """Let the server write what was begun while this block goes on."""
        return self._copies.beside(self._finish)

    def begin(self, cases: Sequence[Storable]) -> None:
        """Begin to write these cases; ``settle`` says what became of them.

        A refused case leaves nothing behind. The others are written as if it had not been there.
        """
        self._finish()
        if not cases:
            return
        known = [dict(case.ids) for case in cases]
        begun = _Begun(cases, known, transaction.savepoint())
        try:
            self._write(cases)
        except (DatabaseError, UnfitValue) as error:
            self._refuse(begun, error)
        else:
            self._begun = begun

    def settle(self) -> list[Refusal]:
        """Wait for all that was begun; return what the database or a column refused of it."""
        self._finish()
        refused, self._refused = self._refused, []
        return refused

    def store(self, cases: Sequence[Storable]) -> list[Refusal]:
        """Write cases and return what was refused of them, whatever was begun before."""
        self._finish()
        before, self._refused = self._refused, []
        self.begin(cases)
        refused, self._refused = self.settle(), before
        return refused

    def _finish(self) -> None:
        begun, self._begun = self._begun, None
        if begun is None:
            self._copies.wait()
            return
        try:
            self._copies.wait()
        except DatabaseError as error:
            self._refuse(begun, error)
        else:
            transaction.savepoint_commit(begun.savepoint)

    def _refuse(self, begun: _Begun, error: Exception) -> None:
        """Find the cases that are to blame, by halves."""
        with suppress(DatabaseError):
            self._copies.wait()
        begun.take_back()
        cases = begun.cases
        if len(cases) == 1:
            self._refused.append(
                Refusal(cases[0], problem_of(cases[0], error, self._shared.resolved))
            )
            return
        middle = len(cases) // 2
        for half in (cases[:middle], cases[middle:]):
            self.begin(half)
            self._finish()

    def _write(self, cases: Sequence[Storable]) -> None:
        by_model = self._number(cases)
        sets = sets_of(cases)
        self._ask_what_is_in_trust(by_model.get(Citation, ()))
        set_ids = new_ids({through._meta.db_table: len(rows) for through, rows in sets.items()})
        for model in IN_ORDER:
            if model in by_model:
                table = self.table(model)
                self._send(table, [self._line(table, *each) for each in by_model[model]])
        self._write_list_rows(cases)
        for through, rows in sets.items():
            table = self.table(through)
            ids = set_ids[table.name]
            self._send(table, [table.line(*each) for each in zip(ids, rows, strict=True)])

    def _send(self, table: Table, lines: list[str]) -> None:
        if lines:
            self._copies.copy(table.name, table.columns, lines)

    def _number(
        self, cases: Sequence[Storable]
    ) -> dict[type[models.Model], list[tuple[int, Draft, Ids]]]:
        """Give every row of the chunk its id, so that all can be written without asking back."""
        counts: dict[str, int] = defaultdict(int)
        for case in cases:
            for draft in case.drafts:
                counts[draft.model._meta.db_table] += 1
            counts[ListCase._meta.db_table] += case.staged.id is None
            counts[ListRow._meta.db_table] += sum(row.is_new for row in case.staged.rows)
        self._ids = {
            table: iter(ids)
            for table, ids in new_ids({t: n for t, n in counts.items() if n}).items()
        }
        by_model: dict[type[models.Model], list[tuple[int, Draft, Ids]]] = defaultdict(list)
        for case in cases:
            for draft in case.drafts:
                key = next(self._ids[draft.model._meta.db_table])
                case.ids[draft.ref] = key
                by_model[draft.model].append((key, draft, case.ids))
        return by_model

    def _line(self, table: Table, key: int, draft: Draft, ids: Ids) -> str:
        values = self._shared.resolved(draft.values)
        if draft.links:
            values = values | {f"{name}_id": ids[ref] for name, ref in draft.links.items()}
        table.check(values)
        in_trust = self._in_trust.get(values.get("source_id", 0), False)
        return table.line(key, values, in_trust=in_trust and draft.model is Citation)

    def _ask_what_is_in_trust(self, citations: Iterable[tuple[int, Draft, Ids]]) -> None:
        """Learn of each source that these citations name whether it is confidential now: somebody
        may have made it so since the cases before were written."""
        cited = {
            self._shared.resolved(draft.values).get("source_id") for _key, draft, _ids in citations
        }
        asked = [pk for pk in cited if isinstance(pk, int)]
        rows = Source.objects.filter(pk__in=asked).values_list("pk", "confidential")
        self._in_trust = dict(rows) if asked else {}

    def _write_list_rows(self, cases: Sequence[Storable]) -> None:
        """The rows as they were received, and what each of them became."""
        batch = self._batch.pk
        standing = {"list_id": self._list, "batch_id": batch, "last_batch_id": batch}
        of_cases, of_rows = self.table(ListCase), self.table(ListRow)
        in_trust = Source.objects.filter(lists=self._list, confidential=True).exists()
        lines: dict[Table, list[str]] = {of_cases: [], of_rows: []}
        for case in cases:
            made = made_of(case)
            case_id = case.staged.id
            if case_id is None:
                case_id = next(self._ids[of_cases.name])
                incident = case.ids[DraftRef("", "incident")]
                values = {"key": case.staged.key, "incident_id": incident, "made": made[""]}
                lines[of_cases].append(of_cases.line(case_id, standing | values))
            people = people_of(case.draft, case.ids)
            for row in case.staged.rows:
                if row.is_new:
                    values = standing | _row_values(row, in_trust=in_trust)
                    values["case_id"], values["person_id"] = case_id, people.get(row.key)
                    values["made"] = made.get(row.key, {})
                    lines[of_rows].append(of_rows.line(next(self._ids[of_rows.name]), values))
        for table, found in lines.items():
            self._send(table, found)

    def table(self, model: type[models.Model]) -> Table:
        """How rows of this model are written."""
        if model not in self._tables:
            self._tables[model] = Table(model, by=self._by, now=self._now)
        return self._tables[model]


def _row_values(row: StagedRow, *, in_trust: bool) -> dict[str, Any]:
    cells = sealed_cells(json.loads(row.received)) if in_trust else Json(row.received)
    return {
        "key": row.key,
        "number": row.number,
        "received": cells,
        "digest": row.digest,
    }
