"""Conditions on facts as the text of a WHERE clause, made once for the statements of an answer.

An answer counts, counts again what is certain, and fetches a page under the same conditions. To
have them compiled anew for each statement costs more time than the statements.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query

from record.models import Fact
from record.search_matches import Among

FACTS = Fact._meta.db_table
"""The table of facts, by whose name the columns in a text are called."""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition in SQL on rows of ``FACTS``, for a SELECT that gives that table no other name,
    and the values of its placeholders."""

    sql: str
    values: tuple[Any, ...]


NO_FACT = Where("false", ())
"""No fact at all."""

EVERY_FACT = Where("true", ())
"""Every fact there is."""


def where_of(conditions: Iterable[Q]) -> Where:
    """All of these conditions together. They speak of columns of facts, and of other tables only
    in subqueries."""
    parts = [_kept(each) if _is_plain(each) else _compiled(each) for each in conditions]
    return Where(
        " AND ".join(part.sql for part in parts) or "true",
        tuple(value for part in parts for value in part.values),
    )


def speak_of(conditions: Iterable[Q], names: Collection[str]) -> bool:
    """Whether conditions speak of nothing but these columns of facts and of plain values."""
    return all(_speaks_of(each, names) for each in conditions)


def _speaks_of(condition: Q, names: Collection[str]) -> bool:
    for child in condition.children:
        if isinstance(child, Q):
            if not _speaks_of(child, names):
                return False
        elif not isinstance(child, tuple) or _name(child[0]) not in names:
            return False
        elif isinstance(child[1], F):
            if _name(str(child[1].name)) not in names:  # type: ignore[attr-defined]
                return False
        elif hasattr(child[1], "resolve_expression") or hasattr(child[1], "query"):
            return False
    return True


def _name(lookup: str) -> str:
    return lookup.partition("__")[0].removesuffix("_id")


def _is_plain(condition: Q) -> bool:
    """Whether it compares columns of facts with values, and looks into no other table by a
    QuerySet, by what wraps one, as ``Exists`` and ``Subquery`` do, or by a text. These may hold
    what people searched for, which need not be remembered, and are hardly ever asked for again."""
    return all(
        _is_plain(child)
        if isinstance(child, Q)
        else not _looks_elsewhere(child[1] if isinstance(child, tuple) else child)
        for child in condition.children
    )


def _looks_elsewhere(value: object) -> bool:
    return hasattr(value, "query") or isinstance(value, RawSQL | Among)


@lru_cache(maxsize=1_000)
def _kept(condition: Q) -> Where:
    """The text of a condition follows from the condition alone, and types, districts and years
    are asked for again and again."""
    return _compiled(condition)


def _compiled(condition: Q) -> Where:
    query = Query(Fact)
    try:
        node = query.build_where(condition)
        sql, values = query.get_compiler(connection=connection).compile(node)
    except EmptyResultSet:
        return NO_FACT
    except FullResultSet:
        return EVERY_FACT
    return Where(f"({sql})" if sql else "true", tuple(values))
