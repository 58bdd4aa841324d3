"""Reading the tables that become rows of the case file, and those inside them."""

from itertools import product
from typing import Any, cast

from django.utils.translation import gettext as _

from incidents.importing.mapping.catalogue import CITATION, Table
from incidents.importing.mapping.conditions import read_when
from incidents.importing.mapping.lines import Path
from incidents.importing.mapping.nearest import did_you_mean, listed
from incidents.importing.mapping.reader import Raw, Reader
from incidents.importing.mapping.shape import Block, Split, Value
from incidents.importing.mapping.templates import with_numbers
from incidents.importing.mapping.values import read_value

OPTIONS = ("each", "when", "split", "cite")
"""Keys of every table that name no field."""

END_POLICIES = ("refuse", "leave-end", "leave-both")


def read_blocks(reader: Reader, holder: Raw, table: Table, path: Path) -> tuple[Block, ...]:
    """Every block of one kind in a table, those with ``each`` once for each number."""
    if not table.many:
        if table.name not in holder:
            return ()
        raw = reader.table(holder, table.name, path)
        return (_block(reader, raw, table, (*path, table.name), "0"),)
    blocks: list[Block] = []
    for place, raw in enumerate(reader.tables(holder, table.name, path)):
        where = (*path, table.name, place)
        for spread in _spread(reader, raw, where):
            blocks.append(_block(reader, spread, table, where, str(len(blocks))))
    return tuple(blocks)


def _spread(reader: Reader, raw: Raw, path: Path) -> list[Raw]:
    """The block once for each number of ``each``, with the number in the place of its name."""
    if "each" not in raw:
        return [raw]
    each = raw["each"]
    if not isinstance(each, dict) or not all(isinstance(run, list) for run in each.values()):
        reader.fault((*path, "each"), _("Write the numbers as each = { n = [1, 2, 3] }."))
        return []
    rest = {key: value for key, value in raw.items() if key != "each"}
    runs = [dict(zip(each, numbers, strict=True)) for numbers in product(*each.values())]
    return [cast(Raw, with_numbers(rest, run)) for run in runs]


def _block(reader: Reader, raw: Raw, table: Table, path: Path, index: str) -> Block:
    specs = table.fields() if table.model else {}
    children = [child.name for child in table.children]
    own = (*OPTIONS, "end_before_start") if table.name == "violation" else OPTIONS
    fields: dict[str, Value] = {}
    for key, value in raw.items():
        if key in specs:
            read = read_value(reader, specs[key], value, (*path, key))
            if read is not None:
                fields[key] = read
        elif key not in own and key not in children:
            _unknown(reader, key, (*specs, *children, *own), path)
    _require(reader, raw, table, path)
    policy = reader.one_of(raw, "end_before_start", END_POLICIES, path, "refuse")
    return Block(
        table=table,
        index=index,
        where=".".join(part for part in path if isinstance(part, str)),
        line=reader.lines.of(path),
        fields=fields,
        children=tuple(
            block for child in table.children for block in read_blocks(reader, raw, child, path)
        ),
        when=read_when(reader, raw["when"], (*path, "when")) if "when" in raw else None,
        split=_split(reader, raw, path),
        end_before_start=cast(Any, policy),
        cite=_cite(reader, raw, path),
        cited=raw.get("cite") is not False,
    )


def _unknown(reader: Reader, key: str, known: tuple[str, ...], path: Path) -> None:
    message = _("There is no field or table “%(key)s” here.") % {"key": key}
    reader.fault((*path, key), message + did_you_mean(key, known))


def _require(reader: Reader, raw: Raw, table: Table, path: Path) -> None:
    for choices in table.needs:
        if not any(choice in raw for choice in choices):
            if len(choices) == 1:
                message = _("“%(field)s” is missing here.") % {"field": choices[0]}
            else:
                message = _("One of %(fields)s is missing here.") % {"fields": listed(choices)}
            reader.fault(path, message)


def _split(reader: Reader, raw: Raw, path: Path) -> Split | None:
    if "split" not in raw:
        return None
    table = reader.table(raw, "split", path)
    where = (*path, "split")
    reader.known_keys(table, ("column", "by"), where)
    column = reader.text(table, "column", where, needed=True)
    by = reader.texts(table, "by", where)
    if not by:
        reader.fault(where, _('Say what stands between the items: by = [";"].'))
    return Split(reader.column(column, where), by)


def _cite(reader: Reader, raw: Raw, path: Path) -> dict[str, Value] | None:
    if not isinstance(raw.get("cite", False), dict):
        if not isinstance(raw.get("cite", False), bool):
            reader.fault((*path, "cite"), _('Write cite = { locator = "p. {page}" } or false.'))
        return None
    return read_fields(reader, raw["cite"], CITATION, (*path, "cite"))


def read_fields(reader: Reader, raw: Raw, table: Table, path: Path) -> dict[str, Value]:
    """The fields of a table that holds nothing else."""
    specs = table.fields()
    reader.known_keys(raw, specs, path)
    read = {
        key: read_value(reader, specs[key], value, (*path, key))
        for key, value in raw.items()
        if key in specs
    }
    return {key: value for key, value in read.items() if value is not None}
