"""Reading a mapping as a whole. All its faults are found at once."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext as _

from incidents.importing.mapping.blocks import read_blocks, read_fields
from incidents.importing.mapping.catalogue import (
    ALSO_CITE,
    CASE_FACTS,
    CITATION,
    INCIDENT,
    SOURCE,
    VICTIM,
)
from incidents.importing.mapping.faults import MappingFault, MappingRefused
from incidents.importing.mapping.head import (
    read_agencies,
    read_areas,
    read_file,
    read_list,
    read_rows,
)
from incidents.importing.mapping.reader import Raw, Reader
from incidents.importing.mapping.shape import Block, DateOptions, Mapping, RowsSpec, Value
from incidents.importing.mapping.values import read_dates

LONGEST_MAPPING = 1_000_000
"""Characters of a mapping; a longer text is none."""

SECTIONS = (
    *("list", "file", "rows", "dates", "areas", "agency", "source", "citation", "also_cite"),
    *("incident", "victim", *(table.name for table in CASE_FACTS)),
)
"""Tables of the top level."""

_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_mapping(text: str, *, columns: Collection[str] | None = None) -> Mapping:
    """Read and check a mapping; with ``columns``, also that the list has what it reads.

    Raises MappingRefused with every fault, each with its line.
    """
    data = _toml(text)
    reader = Reader(text, columns)
    reader.known_keys(data, SECTIONS, ())
    mapping = _mapping(reader, data, text)
    if reader.faults:
        raise MappingRefused(_once(reader.faults))
    return mapping


def list_code(text: str) -> str:
    """The short name of the list that a mapping is for, also if the rest has faults, or nothing."""
    try:
        named = _toml(text).get("list")
    except MappingRefused:
        return ""
    code = named.get("code") if isinstance(named, dict) else None
    return code if isinstance(code, str) else ""


def _toml(text: str) -> Raw:
    if len(text) > LONGEST_MAPPING:
        raise MappingRefused([MappingFault(None, "", _("This text is too long for a mapping."))])
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        message = _("This is not TOML: %(fault)s. Texts stand in quotation marks, tables in [ ].")
        fault = _TOML_LINE.sub("", str(error)).strip()
        raise MappingRefused([MappingFault(line, "", message % {"fault": fault})]) from None
    except RecursionError:
        message = _("The brackets of this text are nested too deeply.")
        raise MappingRefused([MappingFault(None, "", message)]) from None


def _once(faults: list[MappingFault]) -> list[MappingFault]:
    """Every fault once: a block with ``each`` finds the same ones again and again."""
    return list(dict.fromkeys(faults))


def _mapping(reader: Reader, data: Raw, text: str) -> Mapping:
    areas = read_areas(reader, data)
    agencies = read_agencies(reader, data)
    reader.agency_names = frozenset(agency.name for agency in agencies)
    reader.dates = _dates(reader, data)
    table_options, missing = read_file(reader, data)
    rows = read_rows(reader, data)
    incident = read_blocks(reader, data, INCIDENT, ())
    if not incident:
        message = _("The mapping needs a table [incident] with at least “title” and “kind”.")
        reader.fault((), message)
    return Mapping(
        text=text,
        list=read_list(reader, data),
        table_options=table_options,
        missing=missing,
        rows=rows,
        dates=reader.dates,
        areas=areas,
        agencies=agencies,
        source=_source(reader, data),
        citation=_citation(reader, data),
        also_cite=read_blocks(reader, data, ALSO_CITE, ()),
        incident=incident[0] if incident else Block(INCIDENT, "0", "incident", None),
        facts=tuple(
            block for table in CASE_FACTS for block in read_blocks(reader, data, table, ())
        ),
        victims=_victims(reader, data, rows),
        columns_read=frozenset(reader.columns_read),
    )


def _dates(reader: Reader, data: Raw) -> DateOptions:
    raw = reader.table(data, "dates", ())
    reader.known_keys(raw, ("formats", "day_first"), ("dates",))
    return read_dates(reader, raw, ("dates",), reader.dates)


def _source(reader: Reader, data: Raw) -> dict[str, Value]:
    raw = reader.table(data, "source", ())
    for key in ("title", "type"):
        given = raw.get(key, "")
        if not (isinstance(given, str) and given.strip()):
            message = _("Say on what source the facts rest: [source] with “%(key)s”.")
            reader.fault(("source",), message % {"key": key})
    return _constants(reader, read_fields(reader, _as_constants(raw), SOURCE, ("source",)))


def _as_constants(raw: Raw) -> Raw:
    """The source is one for the whole list, so its texts stand for themselves."""
    return {
        key: value if isinstance(value, dict) else {"value": value} for key, value in raw.items()
    }


def _constants(reader: Reader, fields: dict[str, Value]) -> dict[str, Value]:
    for key, value in fields.items():
        if value.kind != "constant":
            message = _(
                "The source is one for the whole list: write the text itself here. What"
                " each row cites goes into [[also_cite]]."
            )
            reader.fault(("source", key), message)
    return fields


def _citation(reader: Reader, data: Raw) -> dict[str, Value]:
    raw = reader.table(data, "citation", ())
    return read_fields(reader, raw, CITATION, ("citation",))


def _victims(reader: Reader, data: Raw, rows: RowsSpec) -> tuple[Block, ...]:
    before = len(reader.faults)
    victims = read_blocks(reader, data, VICTIM, ())
    told = len(reader.faults) > before  # there is one, of which no more could be read
    if not victims and not told and rows.are != "incident":
        message = _(
            "A row of this list is a person or an act: the mapping needs a table [[victim]]."
        )
        reader.fault((), message)
    return tuple(_with_person(victim) for victim in victims)


def _with_person(victim: Block) -> Block:
    """A victim always has a person, also where the mapping says nothing of one."""
    if victim.child("person") is not None:
        return victim
    person = victim.table.child("person")
    if person is None:
        return victim
    block = Block(person, "0", f"{victim.where}.person", victim.line)
    return replace(victim, children=(block, *victim.children))
