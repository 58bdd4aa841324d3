"""A case of a list as it stands in the case file, beside what the file has of it now."""

from dataclasses import dataclass, field
from typing import Any

from incidents.importing.drafts import DraftRef, KeyedRow
from incidents.importing.staging import StagedCase
from incidents.importing.storables import Ids
from incidents.models import Incident, ListCase, ListRow, Merger, Person


@dataclass(slots=True)
class StandingCase:
    """A case of the list with its rows, in the order in which they first came."""

    standing: ListCase
    staged: StagedCase
    rows: list[ListRow] = field(init=False)
    _before: dict[int, tuple[Any, ...]] = field(init=False)

    def __post_init__(self) -> None:
        # Not by their numbers: the first row of a person has brought that person, and keeps them
        # when the file comes sorted otherwise.
        # One whose person was removed for good holds nothing any more.
        self.rows = list(self.standing.rows.exclude(received={}).order_by("pk"))
        self._before = {row.pk: _known_of(row) for row in self.rows}

    def rows_before(self) -> list[KeyedRow]:
        """The rows as they were received last."""
        return [KeyedRow(row.key, row.number, row.received) for row in self.rows]

    def rows_now(self) -> list[KeyedRow]:
        """The rows of the file, and those that it no longer has: they stay. New ones come last."""
        arrived = {row.key: row.keyed() for row in self.staged.rows}
        known = [arrived.pop(row.key, row) for row in self.rows_before()]
        return known + sorted(arrived.values(), key=lambda row: row.number)

    def ids(self) -> Ids:
        """What the case brought, as far as it is known; what was made one leads to what stayed."""
        made = [("", self.standing.made), *((row.key, row.made) for row in self.rows)]
        found = {
            DraftRef(key, path): (model, id_)
            for key, paths in made
            for path, (model, id_) in paths.items()
        }
        people = _survivors({id_ for model, id_ in found.values() if model == _PERSON})
        ids = {
            ref: people.get(id_, id_) if model == _PERSON else id_
            for ref, (model, id_) in found.items()
        }
        if self.standing.incident_id is not None:
            ids |= {
                ref: self.standing.incident_id
                for ref, (model, _id) in found.items()
                if model == _INCIDENT
            }
        return ids

    def forget(self, ref: DraftRef) -> None:
        """Let the case no longer know a row that was taken away, so that it can come again."""
        self.made_by(ref.row).pop(ref.path, None)

    def made_by(self, key: str) -> dict[str, Any]:
        """What the row with this key, or the case as a whole, brought: path → model and id."""
        made: dict[str, Any] = self.standing.made
        if key:  # nothing for a row that is new: it was written with what it brought
            made = next((row.made for row in self.rows if row.key == key), {})
        return made

    def is_changed(self, row: ListRow) -> bool:
        """Whether what a row brought, or whom it documents, is not what it was at first."""
        return self._before[row.pk] != _known_of(row)

    def number_of(self, key: str) -> int:
        """The row of the file with this key; for the case as a whole, its first."""
        for row in self.staged.rows:
            if row.key == key:
                return row.number
        return self.staged.rows[0].number


def _known_of(row: ListRow) -> tuple[Any, ...]:
    return row.person_id, dict(row.made)


_PERSON = Person._meta.model_name
_INCIDENT = Incident._meta.model_name


def _survivors(people: set[int]) -> dict[int, int]:
    """Of these people those who were merged → who they are now."""
    merged: dict[int, int] = {}
    wanted = people
    while wanted:
        mergers = Merger.objects.standing().filter(loser__in=wanted - merged.keys())
        found = dict(mergers.values_list("loser_id", "survivor_id"))
        merged |= found
        wanted = set(found.values())
    return {loser: _last(merged, loser) for loser in merged}


def _last(merged: dict[int, int], person: int) -> int:
    while person in merged:
        person = merged[person]
    return person
