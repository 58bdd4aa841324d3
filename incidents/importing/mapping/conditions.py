"""Reading ``when``: for which rows a table or a value is meant."""

from typing import Any

from django.utils.translation import gettext as _

from incidents.importing.mapping.lines import Path
from incidents.importing.mapping.reader import Raw, Reader
from incidents.importing.mapping.shape import Condition, When

KEYS = ("column", "is", "not", "contains", "present", "absent", "any")


def read_when(reader: Reader, raw: Any, path: Path) -> When:
    """A condition, or a list of conditions that must all hold."""
    tables = raw if isinstance(raw, list) else [raw]
    every: list[Condition] = []
    either: list[When] = []
    for table in tables:
        if not isinstance(table, dict):
            reader.fault(path, _('Write a condition as { column = "…", is = ["…"] }.'))
            continue
        reader.known_keys(table, KEYS, path)
        every += _conditions(reader, table, path)
        if "any" in table:
            either += [read_when(reader, each, path) for each in _listed(table["any"])]
    return When(tuple(every), tuple(either))


def _listed(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [raw]


def _conditions(reader: Reader, table: Raw, path: Path) -> list[Condition]:
    found = [
        Condition(reader.column(name, (*path, key)), filled=key == "present")
        for key in ("present", "absent")
        for name in reader.texts(table, key, path)
    ]
    if "column" in table:
        found.append(_of_column(reader, table, path))
    elif {"is", "not", "contains"} & set(table):
        reader.fault(path, _('Say which column is meant: column = "…".'))
    return found


def _of_column(reader: Reader, table: Raw, path: Path) -> Condition:
    column = reader.column(reader.text(table, "column", path), (*path, "column"))
    if not {"is", "not", "contains"} & set(table):
        reader.fault(path, _("Say what the column must hold, with “is”, “not” or “contains”."))
    return Condition(
        column,
        among=frozenset(text.casefold() for text in reader.texts(table, "is", path)),
        unlike=frozenset(text.casefold() for text in reader.texts(table, "not", path)),
        containing=tuple(text.casefold() for text in reader.texts(table, "contains", path)),
    )
