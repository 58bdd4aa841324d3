"""Reading a list of any length from where one stands: keyset cursors on (sort key, id).

A cursor names the row that was read last, never how many were read, so each stretch costs what
the first one costs, and rows that come and go meanwhile move nothing. Rows without a sort key
are a walk of their own behind the others: a comparison with nothing would lose them.

The text of a cursor is signed and bound to its question; clients hand it back as they got it. It
stands in addresses, which proxies and browsers write down, so it holds no name: where names are
the sort key, only the row is in it, with a mark by which the name is known again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django.core.signing import BadSignature, Signer
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.crypto import constant_time_compare, salted_hmac

from record.models import Fact, IncidentKey, VictimKey
from record.pages import with_documents
from record.resources import Resource

FIRST: Final = "first"
"""The cursor that begins a walk."""

LAST: Final = "last"
"""The cursor that begins one at the end and goes back."""

ARRANGING: Final = frozenset({"page", "page_size", "cursor", "fields", "format"})
"""Parameters that may change in the middle of a walk; the order may not."""

_SIGNER: Final = Signer(salt="record.cursors", sep=".")
_BLANK_WHEN_ABSENT: Final = "sort_name"
_BEGINNING: Final = "start_earliest"
_REACHING_BACK: Final = (IncidentKey, VictimKey)


class CursorRefused(Exception):
    """The text is no cursor of ours, or one of another question."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a row stands: its sort key (None where it has none) and its id."""

    key: Any
    id: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """Read on behind ``after``, from the beginning without it; ``back`` reads the other way, from
    the end without it."""

    after: Position | None = None
    back: bool = False

    def written(self, bound_to: str) -> str:
        """The text handed out for a question whose ``mark`` is ``bound_to``."""
        if self.after is None:
            return LAST if self.back else FIRST
        key = self.after.key
        if isinstance(key, str):
            key = _mark_of_name(self.after)
        shown = key.isoformat() if isinstance(key, date) else key
        return _SIGNER.sign_object([shown, self.after.id, int(self.back), bound_to])


@dataclass(frozen=True, slots=True)
class Stretch:
    """The documents of one stretch in order, in UTF-8, and the cursors of its neighbours."""

    documents: list[bytes]
    next: Cursor | None
    previous: Cursor | None


def mark(resource: Resource, ordering: str, spelled: Mapping[str, list[str]]) -> str:
    """What tells one question from another: equal for all spellings of the same one."""
    asked = sorted((name, sorted(values)) for name, values in spelled.items())
    # The order counts as it is, whether it was spelled out or is the one that goes without saying.
    told = [each for each in asked if each[0] not in ARRANGING and each[0] != "ordering"]
    text = repr((resource.name, ordering, told))
    return sha256(text.encode()).hexdigest()[:16]


def read_cursor(text: str, resource: Resource, ordering: str, bound_to: str) -> Cursor:
    """The cursor that a text stands for; in the order of names, one query.

    Raises CursorRefused, also where a row has gone or was renamed whose name was the position.
    """
    if text in (FIRST, LAST):
        return Cursor(back=text == LAST)
    try:
        key, id_, back, bound = _SIGNER.unsign_object(text)
    except (BadSignature, ValueError, TypeError):
        raise CursorRefused from None
    if bound != bound_to:
        raise CursorRefused
    keyset = Keyset(resource, ordering)
    if isinstance(key, str) and keyset.column == _BLANK_WHEN_ABSENT:
        return Cursor(_position_of_name(keyset, id_, key), bool(back))
    if isinstance(key, str):
        key = date.fromisoformat(key)
    return Cursor(Position(key, id_), bool(back))


def _position_of_name(keyset: "Keyset", id_: int, marked: str) -> Position:
    """Where the row stands that has this id. Under another name it would be another place, from
    which reading on would leave rows out without a word."""
    rows = keyset.resource.keys.objects.filter(**{keyset.tie: id_})
    for name in rows.values_list(keyset.column, flat=True):
        position = Position(name, id_)
        if name and constant_time_compare(_mark_of_name(position), marked):
            return position
    raise CursorRefused


def _mark_of_name(position: Position) -> str:
    """Tells the name again to who knows it and our key, and nothing to anybody else."""
    digest = salted_hmac("record.cursors.name", f"{position.id}:{position.key}", algorithm="sha256")
    return digest.hexdigest()[:16]


class Keyset:
    """The total order of a resource's rows, walked from any position in either direction."""

    def __init__(self, resource: Resource, ordering: str, until: date | None = None) -> None:
        """``until``: the last day on which anything that is asked for can have begun. It is kept
        where that, or the date of what it happened to, is what the rows are ordered by."""
        self.resource = resource
        self.column = resource.orderings[ordering.removeprefix("-")]
        self.reaches_back = resource.keys in _REACHING_BACK and self.column == "earliest"
        self.until = until if self.column == _BEGINNING or self.reaches_back else None
        self.descending = ordering.startswith("-")
        self.tie = "id" if resource.keys is Fact else "entry_id"
        self.nullable: bool = resource.keys._meta.get_field(self.column).null

    def stretch(self, rows: QuerySet[Any], cursor: Cursor, size: int) -> Stretch:
        """Up to ``size`` rows behind the cursor. One query; a second and a third where a walk
        ends before."""
        found: list[tuple[Any, ...]] = []
        for walk in self._walks(rows, cursor):
            # One more than wanted tells whether there is a next stretch.
            missing = size + 1 - len(found)
            found += with_documents(self.resource, walk, 0, missing, self.column, self.tie)
            if len(found) > size:
                break
        more, found = len(found) > size, found[:size]
        if cursor.back:
            found.reverse()
        ends = [self._position(key, id_) for _document, key, id_ in (found[:1] + found[-1:])]
        # Behind the last row that was left, the way back begins with that row.
        head, tail = ends or (None, None)
        has_previous = more if cursor.back else cursor.after is not None
        return Stretch(
            documents=[document for document, _key, _id in found if document is not None],
            # Who turned back can turn round again, at the beginning if nothing was left there.
            next=Cursor(tail) if cursor.back or more else None,
            previous=Cursor(head, back=True) if has_previous else None,
        )

    def page(self, rows: QuerySet[Any], first: int, size: int) -> list[bytes]:
        """The documents, in UTF-8, of a stretch of the order counted from its beginning. One query;
        up to three where sort keys end before it is full."""
        found: list[tuple[Any, ...]] = []
        for walk in self._walks(rows, Cursor()):
            part = with_documents(self.resource, walk, first, size - len(found))
            found += part
            if len(found) == size:
                break
            # What is skipped of the next walk is what this one did not have.
            first = 0 if part or not first else first - walk.order_by().count()
        return [document for (document,) in found if document is not None]

    @property
    def enters_an_index(self) -> bool:
        """Whether an index is entered or followed by the walks where it is not by the whole order,
        which has one place for rows without a sort key, whichever way it runs."""
        return self.until is not None or (self.nullable and not self.descending)

    def behind(self, rows: QuerySet[Any], number: int) -> Cursor:
        """The cursor behind the first ``number`` of the ordered rows; there must be as many."""
        key, id_ = rows.values_list(self.column, self.tie)[number - 1]
        return Cursor(self._position(key, id_))

    def _walks(self, rows: QuerySet[Any], cursor: Cursor) -> Iterator[QuerySet[Any]]:
        """The rows behind the cursor, in order: those with a sort key, then those without."""
        position = cursor.after
        walks: list[QuerySet[Any]] = []
        if position is None or position.key is not None or cursor.back:
            walks += self._with_key(rows, cursor)
        if self._absent is not None and (
            not cursor.back or position is None or position.key is None
        ):
            walks.append(self._without_key(rows, cursor))
        for walk in reversed(walks) if cursor.back else walks:
            yield walk.order_by(*self._order(back=cursor.back))

    def _with_key(self, rows: QuerySet[Any], cursor: Cursor) -> list[QuerySet[Any]]:
        if self._absent is not None:
            rows = rows.exclude(**self._absent)
        position = cursor.after
        if position is not None and position.key is not None:
            # Compared as a row, so that an index on both columns is entered at this very place.
            beyond = TupleLessThan if self.descending != cursor.back else TupleGreaterThan
            row = Tuple(F(self.column), F(self.tie))
            rows = rows.filter(beyond(row, (position.key, position.id)))
        if self.until is None:
            return [rows]
        # Nothing that is not said already, but by it an index is entered where the range is.
        early = rows.filter(**{f"{self.column}__lte": self.until})
        if not self.reaches_back:
            return [early]
        # Later ones are found by something else that was earlier, and most have nothing such.
        late = rows.filter(**{f"{self.column}__gt": self.until}, reaches_back=True)
        return [late, early] if self.descending else [early, late]

    def _without_key(self, rows: QuerySet[Any], cursor: Cursor) -> QuerySet[Any]:
        rows = rows.filter(**(self._absent or {}))
        position = cursor.after
        if position is None or position.key is not None:
            return rows
        beyond = "lt" if self.descending != cursor.back else "gt"
        return rows.filter(**{f"{self.tie}__{beyond}": position.id})

    @property
    def _absent(self) -> dict[str, Any] | None:
        """The condition on rows without a sort key; None where all have one."""
        if self.column == _BLANK_WHEN_ABSENT:
            return {self.column: ""}
        return {f"{self.column}__isnull": True} if self.nullable else None

    def _order(self, *, back: bool) -> tuple[OrderBy, OrderBy]:
        """The order within a walk. Where nulls stand makes no difference to it, but an index is
        walked in order only where the words are its own."""
        key, tie = F(self.column), F(self.tie)
        if self.descending != back:
            return key.desc(nulls_last=self.nullable or None), tie.desc()
        return key.asc(nulls_first=self.nullable or None), tie.asc()

    def _position(self, key: Any, id_: int) -> Position:
        name = key.decode() if isinstance(key, bytes) else key
        return Position(None if name == "" else name, id_)
