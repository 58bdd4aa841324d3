"""Whether a file is of the list that its mapping names; another list must not overwrite it."""

import json
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from incidents.importing import staging
from incidents.importing.drafting.building import columns_of
from incidents.importing.mapping import Mapping
from incidents.models import ListRow, SourceList
from reference.names import fold

_KEYS_COMPARED: Final = 20
_ROWS_COMPARED: Final = 1_000


class OtherList(Exception):
    """The file does not fit what stands of the list. The text says why and what to do."""


def check_name(source_list: SourceList, mapping: Mapping) -> None:
    """Raise OtherList where the mapping calls the list otherwise than it is called."""
    name = mapping.list.name
    if name and name != source_list.name:
        raise OtherList(
            _(
                "The short name “%(list)s” belongs to another list, “%(standing)s”; the mapping "
                "says “%(name)s”. Give this list a short name of its own. If it is the same list, "
                "write its name as it stands."
            )
            % {"list": source_list.code, "standing": source_list.name, "name": name}
        )


def check_rows(source_list: SourceList, mapping: Mapping) -> None:
    """Raise OtherList where the staged rows are not those that the list has."""
    if mapping.rows.key:
        _check_keys(source_list, mapping)
        _check_people(source_list, mapping)
    elif staging.has_new() and any(True for _row in islice(staging.gone(source_list.pk), 1)):
        raise OtherList(
            _(
                "The list “%(list)s” has no columns that name a row, so that a corrected row "
                "cannot be told from a new one: rows have gone and others have come. Undo the "
                "earlier import, name such columns under “key”, and bring the whole list in again."
            )
            % {"list": source_list.code}
        )


def _check_keys(source_list: SourceList, mapping: Mapping) -> None:
    """A list that is named by other columns than before would come in a second time."""
    standing: list[ListRow] = list(_rows(source_list)[:_KEYS_COMPARED])
    if standing and not any(
        staging.fitting(mapping.row_key(row.received)) == row.key for row in standing
    ):
        raise OtherList(
            _(
                "The list “%(list)s” was brought in with other columns as its key, so that no "
                "row could be found again. Name the same columns, or undo the earlier import."
            )
            % {"list": source_list.code}
        )


def _check_people(source_list: SourceList, mapping: Mapping) -> None:
    """Keys of another list can be the same numbers; the people behind them are not."""
    columns = _name_columns(mapping)
    known = other = 0
    for before, now in staging.known(source_list.pk, _ROWS_COMPARED):
        was, is_now = _words(json.loads(before), columns), _words(json.loads(now), columns)
        if was and is_now:
            known += 1
            other += was.isdisjoint(is_now)
    if other > 1 and other * 2 > known:
        raise OtherList(
            _(
                "Most of the rows that the list “%(list)s” has would name somebody else. If this "
                "is another list, give it a short name of its own; if its rows were numbered "
                "anew, undo the earlier import first."
            )
            % {"list": source_list.code}
        )


def _rows(source_list: SourceList) -> QuerySet[ListRow]:
    return source_list.rows.order_by("pk")


def _name_columns(mapping: Mapping) -> set[str]:
    """The columns from which names of people are read."""
    found: set[str] = set()
    for victim in mapping.victims:
        for block in (victim, *victim.children):
            if block.table.name == "name":
                for value in block.fields.values():
                    found |= set(columns_of(value))
            elif block.split is not None:
                found.add(block.split.column)
    return found


def _words(cells: dict[str, Any], columns: set[str]) -> set[str]:
    return {word for column in columns for word in fold(cells.get(column, "")).split()}
