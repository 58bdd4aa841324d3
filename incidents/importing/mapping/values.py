"""Reading where the value of a field comes from: a column, a template, a constant, several."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from incidents.importing.mapping.catalogue import AGENCY, FieldSpec
from incidents.importing.mapping.conditions import read_when
from incidents.importing.mapping.constants import check_constant
from incidents.importing.mapping.lines import Path
from incidents.importing.mapping.nearest import listed
from incidents.importing.mapping.reader import Raw, Reader
from incidents.importing.mapping.shape import DateOptions, Value
from incidents.importing.mapping.templates import Template, has_braces
from reference.models import Area

SOURCES = ("column", "text", "value", "first_of", "columns", "from", "to", "year", "month", "day")
"""Keys of which one says where a value comes from (``from`` and ``to``, or the parts of a date)."""

MODIFIERS = (
    *("map", "map_case", "unmapped", "missing", "split", "differ", "formats", "day_first"),
    *("exact_to", "approximate", "uncertain", "within", "level", "basis", "create", "when", "join"),
)
"""Keys that say how the value is read."""

_DATES = frozenset({"from", "to", "year", "month", "day"})
_DATE_KEYS = ("formats", "day_first", "exact_to", "approximate", "uncertain")


def read_value(reader: Reader, spec: FieldSpec, raw: Any, path: Path) -> Value | None:
    """The value of a field as a mapping writes it; None where that is faulty."""
    return _read(reader, spec, raw, path, None)


def _read(
    reader: Reader, spec: FieldSpec, raw: Any, path: Path, outer: Value | None
) -> Value | None:
    line = reader.lines.of(path, raw if isinstance(raw, str) and outer else "")
    plain = replace(outer, kind="column", options=(), line=line) if outer else None
    base = plain or Value("column", ".".join(map(str, path)), line, dates=reader.dates)
    if isinstance(raw, dict):
        return _from_table(reader, spec, raw, path, base)
    if isinstance(raw, str):
        return _from_text(reader, raw, path, base)
    if isinstance(raw, list):
        reader.fault(path, _("Write a list of columns as { columns = […] }, or first_of = […]."))
        return None
    check_constant(reader, spec, raw, path)
    return replace(base, kind="constant", constant=raw)


def _from_text(reader: Reader, raw: str, path: Path, base: Value) -> Value:
    if has_braces(raw) and not (reader.columns is not None and raw in reader.columns):
        template = Template.read(raw)
        for name in template.columns:
            reader.column(name, path)
        return replace(base, kind="text", template=template, sources=template.columns)
    known = reader.is_column(raw)
    reader.column(raw, path)
    if not known:
        hint = _('A text that is to stand as it is goes into { value = "…" }.')
        fault = reader.faults.pop()
        reader.faults.append(replace(fault, message=f"{fault.message} {hint}"))
    return replace(base, kind="column", sources=(raw,))


def _from_table(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value | None:
    reader.known_keys(raw, (*SOURCES, *MODIFIERS), path)
    given = [key for key in SOURCES if key in raw]
    if len(given) != 1 and not (given and set(given) <= _DATES):
        message = _("Say where the value comes from, with exactly one of %(keys)s.")
        shown = ("column", "text", "value", "first_of", "columns", "from")
        reader.fault(path, message % {"keys": listed(shown)})
        return None
    if set(given) <= _DATES and spec.kind not in {"date", "day"}:
        reader.fault((*path, given[0]), _("Only a date can be put together of such parts."))
        return None
    modified = _modified(reader, spec, raw, path, base)
    return _SOURCE_READERS[_source_of(given)](reader, spec, raw, path, modified)


def _source_of(given: list[str]) -> str:
    if set(given) <= {"from", "to"}:
        return "range"
    return "parts" if set(given) <= _DATES else given[0]


def _column(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value | None:
    name = reader.text(raw, "column", path, needed=True)
    return replace(base, kind="column", sources=(reader.column(name, (*path, "column")),))


def _text(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value | None:
    template = Template.read(reader.text(raw, "text", path, needed=True))
    for name in template.columns:
        reader.column(name, (*path, "text"))
    return replace(base, kind="text", template=template, sources=template.columns)


def _constant(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value | None:
    value = raw["value"]
    check_constant(reader, spec, value, (*path, "value"), creates=base.create is not None)
    return replace(base, kind="constant", constant=value)


def _columns(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value | None:
    return replace(base, kind="columns", sources=reader.columns_under(raw, "columns", path))


def _first_of(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value | None:
    tried = raw["first_of"]
    if not isinstance(tried, list) or not tried:
        reader.fault((*path, "first_of"), _("“first_of” must be a list of values to try in turn."))
        return None
    inherited = replace(base, when=None)
    options = [_read(reader, spec, each, (*path, "first_of"), inherited) for each in tried]
    return replace(base, kind="first_of", options=tuple(filter(None, options)))


def _range(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value | None:
    inherited = replace(base, when=None)
    ends = [
        _read(reader, spec, raw[key], (*path, key), inherited) if key in raw else None
        for key in ("from", "to")
    ]
    return replace(base, kind="range", options=tuple(ends))


def _parts(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value | None:
    if "year" not in raw:
        reader.fault(path, _("A date in parts needs the column of the year."))
        return None
    names = [reader.text(raw, key, path) for key in ("year", "month", "day")]
    for name in filter(None, names):
        reader.column(name, path)
    return replace(base, kind="parts", sources=tuple(names))


_SOURCE_READERS = {
    "column": _column,
    "text": _text,
    "value": _constant,
    "columns": _columns,
    "first_of": _first_of,
    "range": _range,
    "parts": _parts,
}


def _modified(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, base: Value) -> Value:
    """The value with what its table says about reading it."""
    changes: dict[str, Any] = {}
    if "when" in raw:
        changes["when"] = read_when(reader, raw["when"], (*path, "when"))
    if "missing" in raw:
        changes["missing"] = frozenset(reader.texts(raw, "missing", path))
    if "split" in raw:
        changes["split"] = reader.texts(raw, "split", path)
    if "join" in raw:
        changes["join"] = reader.text(raw, "join", path)
    if "create" in raw:
        changes["create"] = _create(reader, raw, path)
    if "differ" in raw:
        allowed = ("refuse", "first", "span", "leave")
        changes["differ"] = reader.one_of(raw, "differ", allowed, path, "refuse")
    changes |= _place(reader, raw, path)
    if any(key in raw for key in _DATE_KEYS):
        changes["dates"] = read_dates(reader, raw, path, base.dates)
    value = replace(base, **changes)
    return _mapped(reader, spec, raw, path, value)


def _mapped(reader: Reader, spec: FieldSpec, raw: Raw, path: Path, value: Value) -> Value:
    creates = value.create is not None
    changes: dict[str, Any] = {}
    if "map" in raw:
        table = reader.table(raw, "map", path)
        for target in table.values():
            check_constant(reader, spec, target, (*path, "map"), creates=creates)
        changes["map"] = table
    if "map_case" in raw:
        changes["map_case"] = bool(reader.yes_no(raw, "map_case", path))
    if "unmapped" in raw:
        changes |= _unmapped(reader, spec, raw, path, creates)
    return replace(value, **changes)


def _unmapped(
    reader: Reader, spec: FieldSpec, raw: Raw, path: Path, creates: bool
) -> dict[str, Any]:
    policy = raw["unmapped"]
    if isinstance(policy, dict) and set(policy) == {"use"}:
        check_constant(reader, spec, policy["use"], (*path, "unmapped"), creates=creates)
        return {"unmapped": "use", "use": policy["use"]}
    if policy in ("refuse", "leave", "ignore"):
        return {"unmapped": policy}
    message = _("“unmapped” must be one of %(choices)s, or { use = … }.")
    reader.fault((*path, "unmapped"), message % {"choices": listed(("refuse", "leave", "ignore"))})
    return {}


def _create(reader: Reader, raw: Raw, path: Path) -> Raw:
    table = reader.table(raw, "create", path)
    fields = AGENCY.fields()
    reader.known_keys(table, fields, (*path, "create"))
    if "type" not in table:
        reader.fault((*path, "create"), _('Say what type of agency this is: type = "police".'))
    for key, value in table.items():
        if key in fields:
            check_constant(reader, fields[key], value, (*path, "create", key))
    return table


def _place(reader: Reader, raw: Raw, path: Path) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "within" in raw:
        changes["within"] = reader.text(raw, "within", path)
        check_constant(reader, FieldSpec("within", "area"), changes["within"], (*path, "within"))
    if "level" in raw:
        changes["level"] = reader.one_of(raw, "level", Area.Level.values, path, "")
    if "basis" in raw:
        changes["basis"] = reader.one_of(raw, "basis", ("stated", "inferred"), path, "stated")
    return changes


def read_dates(reader: Reader, raw: Raw, path: Path, base: DateOptions) -> DateOptions:
    """How dates are written, on top of what holds for the whole mapping."""
    changes: dict[str, Any] = {}
    if "formats" in raw:
        changes["formats"] = reader.texts(raw, "formats", path)
        for form in changes["formats"]:
            if "%Y" not in form:
                message = _("A format of dates needs a year of four digits: %(sign)s.")
                reader.fault((*path, "formats"), message % {"sign": "%Y"}, containing=form)
    if "exact_to" in raw:
        levels = ("day", "month", "year")
        changes["exact_to"] = reader.one_of(raw, "exact_to", levels, path, "day")
    for key in ("day_first", "approximate", "uncertain"):
        if key in raw:
            changes[key] = reader.yes_no(raw, key, path)
    return replace(base, **changes)
