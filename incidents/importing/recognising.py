"""People of a row that stand in columns or pieces of a cell: known again by name, not by place.

A list of incidents may name its victims in one column each. Where a name goes from the second
column to the first, the person does not become another one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from incidents.importing.drafts import CaseDraft, Draft, DraftRef
from incidents.importing.standing import StandingCase
from incidents.models import Person, PersonName
from reference.names import fold

_DESCRIBING = ("description", "description_local", "group_size")

_People = dict[str, tuple[str, ...]]
"""Path of each person → what they are called, or how they are described; empty if neither."""


@dataclass(frozen=True, slots=True)
class _Move:
    """All that hangs on a person of a row goes from one path to another."""

    row: str
    before: str
    now: str

    def of(self, path: str) -> str | None:
        """The new path of a draft; None where it does not hang on this person."""
        if path == self.before or path.startswith(f"{self.before}."):
            return self.now + path[len(self.before) :]
        return None


def follow_people(case: StandingCase, old: CaseDraft, new: CaseDraft) -> None:
    """Let what stands of each person have the paths at which the new drafts have them.

    Changes the paths in ``old`` and in what the case knows to have brought.
    """
    moves = list(_moves(case, old, new))
    if not moves:
        return
    for draft in old.drafts:
        draft.path = _moved(moves, draft.ref).path
        draft.ref = DraftRef(draft.row, draft.path)
        draft.links = {name: _moved(moves, ref) for name, ref in draft.links.items()}
        draft.linked_sets = {
            name: [_moved(moves, ref) for ref in refs] for name, refs in draft.linked_sets.items()
        }
    for row in case.rows:
        row.made = {
            _moved(moves, DraftRef(row.key, path)).path: made for path, made in row.made.items()
        }


def _moves(case: StandingCase, old: CaseDraft, new: CaseDraft) -> Iterator[_Move]:
    was, now = _people_by_row(old), _people_by_row(new)
    for row in was.keys() & now.keys():
        taken = set(case.made_by(row))
        for before, after in _places(was[row], now[row]).items():
            if before != after:
                yield _Move(row, before, after or _beside(before, taken))


def _places(was: _People, now: _People) -> dict[str, str | None]:
    """Where each person stood → where they stand: by name first, whoever is left by place.

    None for those who are gone.
    """
    found: dict[str, str | None] = {
        path: path for path, name in was.items() if now.get(path) == name
    }
    free = [path for path in now if path not in found]
    for path, name in was.items():
        if path not in found and name:
            place = next((each for each in free if now[each] == name), None)
            if place is not None:
                found[path] = place
                free.remove(place)
    for path in was:
        if path not in found:
            found[path] = path if path in free else None
    return found


def _beside(path: str, taken: set[str]) -> str:
    """A path at which no column puts anybody, for a person who stays without the file."""
    while path in taken or "~" not in path:
        path += "~"
    return path


def _people_by_row(case: CaseDraft) -> dict[str, _People]:
    """Key of a row → path of each person whom it brings → what they are called."""
    found: dict[str, _People] = {}
    for person in case.of_model(Person):
        names = [
            _folded(draft)
            for draft in case.of_model(PersonName)
            if draft.links.get("person") == person.ref
        ]
        described = tuple(str(person.values.get(name, "")) for name in _DESCRIBING)
        called = sorted(names) or (described if any(described) else ())
        found.setdefault(person.row, {})[person.path] = tuple(called)
    return found


def _folded(name: Draft) -> str:
    return fold(" ".join(str(value) for _attname, value in sorted(name.values.items())))


def _moved(moves: list[_Move], ref: DraftRef) -> DraftRef:
    for move in moves:
        if ref.row == move.row and (path := move.of(ref.path)) is not None:
            return DraftRef(ref.row, path)
    return ref
