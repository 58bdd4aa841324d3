"""The contradiction table: every question against every claimant, nobody's version adopted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Account = Mapping[str, Any]
Party = Mapping[str, Any]

MOST_COLUMNS = 4
"""Columns of answers that a page in print, or a screen held upright, still shows side by side."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One answer of one claimant. ``replaces`` and ``replaced_by`` are statements' ids, shown as
    links only where that statement stands in the table too."""

    account: Account
    replaces: int | None
    replaced_by: int | None

    @property
    def anchor(self) -> str:
        """The id of the statement in the page."""
        return f"account-{self.account['id']}"

    @property
    def stance(self) -> str:
        """``asserts``, ``denies`` or ``disputes``."""
        stance = self.account["stance"]
        return str(stance["code"] if isinstance(stance, Mapping) else stance)


@dataclass(frozen=True, slots=True)
class Column:
    """One claimant; or, where ``claimant`` is None, all those who have no column of their own."""

    claimant: Party | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column says on a question, in the document's order; empty: nothing is known."""

    column: Column
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with a cell for each column of the table, in the table's order."""

    question: Mapping[str, Any]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ContradictionTable:
    """Claimants across, questions down, both in the order in which the document has them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __bool__(self) -> bool:
        return bool(self.rows)


def contradiction_table(accounts: Iterable[Account]) -> ContradictionTable:
    """Group a document's accounts by question and claimant.

    A claimant is the same where the same agency, or the same victim, or else the same name
    speaks. Replaced answers keep their place: what somebody used to say is part of the record.

    More than ``MOST_COLUMNS`` claimants would make a page of empty cells: then those who answer
    most questions keep columns of their own, and the last column holds the others, each answer
    under its speaker's name.
    """
    accounts = list(accounts)
    claimants = {_identity(account["claimant"]): account["claimant"] for account in accounts[::-1]}
    order = list(dict.fromkeys(_identity(account["claimant"]) for account in accounts))
    apart = _with_own_column(order, accounts)
    columns = {key: Column(claimants[key]) for key in order if key in apart}
    if len(columns) < len(order):
        columns[_OTHERS] = Column(None)

    present = {account["id"] for account in accounts}
    questions: dict[str, Mapping[str, Any]] = {}
    cells: dict[tuple[str, str], list[Statement]] = {}
    for account in accounts:
        key, question = _identity(account["claimant"]), account["question"]["code"]
        questions.setdefault(question, account["question"])
        place = (question, key if key in apart else _OTHERS)
        cells.setdefault(place, []).append(_statement(account, present))
    rows = (
        Row(
            question,
            tuple(
                Cell(column, tuple(cells.get((code, key), ()))) for key, column in columns.items()
            ),
        )
        for code, question in questions.items()
    )
    return ContradictionTable(tuple(columns.values()), tuple(rows))


_OTHERS = ""


def _with_own_column(order: list[str], accounts: list[Account]) -> set[str]:
    """The claimants with a column of their own: all, or those who answer most questions."""
    if len(order) <= MOST_COLUMNS:
        return set(order)
    answered: dict[str, set[str]] = {key: set() for key in order}
    for account in accounts:
        answered[_identity(account["claimant"])].add(account["question"]["code"])
    by_answers = sorted(order, key=lambda key: -len(answered[key]))
    return set(by_answers[: MOST_COLUMNS - 1])


def _statement(account: Account, present: set[int]) -> Statement:
    replaces, replaced_by = account.get("replaces"), account.get("replaced_by")
    return Statement(
        account,
        replaces if replaces in present else None,
        replaced_by if replaced_by in present else None,
    )


def _identity(party: Party) -> str:
    return party.get("agency") or party.get("victim") or f"{party.get('name')}|{party.get('post')}"
