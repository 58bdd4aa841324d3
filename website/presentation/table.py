"""The columns of the table of each kind of record, and the orders that some of them give."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from record.kinds import Kind
from record.questions import Question

_WHEN: Final = pgettext_lazy("column of a table", "Date")
_WHERE: Final = pgettext_lazy("column of a table", "Place")
_GRADE: Final = pgettext_lazy("column of a table", "How well established")
_CHANGED: Final = pgettext_lazy("column of a table", "Last changed")
_REFERENCE: Final = pgettext_lazy("column of a table", "Reference")
_KIND: Final = pgettext_lazy("column of a table", "Kind")
_NAME: Final = pgettext_lazy("column of a table", "Name")
_TITLE: Final = pgettext_lazy("column of a table", "Title")

COLUMNS: Final[dict[Kind, tuple[tuple[Promise, str], ...]]] = {
    Kind.INCIDENT: (
        (_WHEN, "date"),
        (pgettext_lazy("column of a table", "Incident"), ""),
        (_WHERE, ""),
        (pgettext_lazy("column of a table", "What was done, to whom"), ""),
        (_GRADE, ""),
        (_CHANGED, "changed"),
        (_REFERENCE, ""),
    ),
    Kind.VICTIM: (
        (_NAME, "name"),
        (pgettext_lazy("column of a table", "Who"), ""),
        (pgettext_lazy("column of a table", "What was done, latest first"), "date"),
        (pgettext_lazy("column of a table", "Status now"), ""),
        (_CHANGED, "changed"),
        (_REFERENCE, ""),
    ),
    Kind.VIOLATION: (
        (_WHEN, "date"),
        (pgettext_lazy("column of a table", "What was done, to whom"), ""),
        (_WHERE, ""),
        (pgettext_lazy("column of a table", "Incident"), ""),
        (_GRADE, ""),
        (_CHANGED, "changed"),
        (_REFERENCE, ""),
    ),
    Kind.AGENCY: (
        (_NAME, "name"),
        (pgettext_lazy("column of a table", "Abbreviation"), ""),
        (_KIND, ""),
        (_CHANGED, "changed"),
        (_REFERENCE, ""),
    ),
    Kind.LEGAL_ACTION: (
        (pgettext_lazy("column of a table", "Filed"), "date"),
        (_TITLE, ""),
        (_KIND, ""),
        (pgettext_lazy("column of a table", "Court or body"), ""),
        (pgettext_lazy("column of a table", "Outcome"), ""),
        (_CHANGED, "changed"),
        (_REFERENCE, ""),
    ),
    Kind.SOURCE: (
        (pgettext_lazy("column of a table", "Published"), "date"),
        (_TITLE, ""),
        (pgettext_lazy("column of a table", "Publisher"), ""),
        (_KIND, ""),
        (_CHANGED, "changed"),
        (_REFERENCE, ""),
    ),
}
"""Heading and the order it gives, if any; the cells stand in ``templates/website/table/``."""

_DOWNWARD_FIRST: Final = frozenset({"date", "changed"})
"""Of dates a reader wants the latest first, of names the beginning of the alphabet."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A heading. ``query`` puts the table in its order, turned round where it has it already.

    ``order`` is ``ascending``, ``descending`` or empty, as ``aria-sort`` says it.
    """

    label: Promise
    query: str = ""
    order: str = ""


def table_columns(kind: Kind, question: Question) -> list[TableColumn]:
    """The columns of a kind's table, from the reader's start to the end."""
    return [
        TableColumn(label, *(_ordering(question, key) if key else ()))
        for label, key in COLUMNS[kind]
    ]


def _ordering(question: Question, key: str) -> tuple[str, str]:
    down, up = f"-{key}", key
    if question.ordering == down:
        following, order = up, "descending"
    elif question.ordering == up:
        following, order = down, "ascending"
    else:
        following, order = down if key in _DOWNWARD_FIRST else up, ""
    return question.link(page=None, cursor=None, ordering=following), order
