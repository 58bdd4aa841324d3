"""Reading what a mapping says of the list itself: its name, its file, its rows, its areas."""

import re
from typing import Any, cast

from django.utils.translation import gettext as _

from incidents.importing.mapping.catalogue import AGENCY, FieldSpec
from incidents.importing.mapping.constants import check_constant
from incidents.importing.mapping.lines import Path
from incidents.importing.mapping.nearest import listed
from incidents.importing.mapping.reader import Raw, Reader
from incidents.importing.mapping.shape import (
    AgencySpec,
    AreasSpec,
    ListSpec,
    Order,
    PlaceSpec,
    RowKind,
    RowsSpec,
)
from incidents.importing.mapping.templates import with_numbers
from incidents.importing.tables.rows import TableOptions
from incidents.models import SourceList
from reference.models import Area
from reference.models.area import CODE_PATTERN

ORDER_POLICIES = ("leave-later", "leave-all", "refuse")

_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


def read_list(reader: Reader, data: Raw) -> ListSpec:
    """What the list is called and covers."""
    raw, path = reader.table(data, "list", ()), ("list",)
    if "list" not in data:
        reader.fault((), _("The mapping needs a table [list] with a code and a name."))
        return ListSpec("", "")
    reader.known_keys(raw, ("code", "name", "covers"), path)
    code = reader.text(raw, "code", path, needed=True)
    if code and not _CODE.fullmatch(code):
        message = _("A code has up to 40 letters a to z, digits and hyphens, no spaces.")
        reader.fault((*path, "code"), message)
    name = reader.text(raw, "name", path, needed=True)
    covers = reader.table(raw, "covers", path)
    where = (*path, "covers")
    reader.known_keys(covers, ("date", "areas", "types"), where)
    date = reader.text(covers, "date", where)
    areas, types = (reader.texts(covers, key, where) for key in ("areas", "types"))
    fields = {field.name: field for field in SourceList._meta.get_fields()}
    _check(reader, FieldSpec("date", "date"), [date], (*where, "date"))
    _check(reader, FieldSpec("areas", "area"), areas, (*where, "areas"))
    types_spec = FieldSpec("types", "term", fields["covers_types"])
    _check(reader, types_spec, types, (*where, "types"))
    return ListSpec(code, name, date, areas, types)


def _check(reader: Reader, spec: FieldSpec, values: Any, path: Path) -> None:
    for value in values:
        check_constant(reader, spec, value, path)


def read_file(reader: Reader, data: Raw) -> tuple[TableOptions, frozenset[str]]:
    """How the file is read, and which texts of a cell mean that nothing is given."""
    raw, path = reader.table(data, "file", ()), ("file",)
    names = ("format", "encoding", "delimiter", "sheet")
    reader.known_keys(raw, (*names, "header_row", "missing"), path)
    header = raw.get("header_row", 1)
    if not isinstance(header, int) or isinstance(header, bool) or header < 1:
        reader.fault((*path, "header_row"), _("“header_row” must be the number of a row: 1, 2 …"))
        header = 1
    reader.one_of(raw, "format", ("", "csv", "xlsx", "json"), path, "")
    texts = {name: reader.text(raw, name, path) for name in names}
    return (
        TableOptions(header_row=header, **texts),
        frozenset(reader.texts(raw, "missing", path)),
    )


def read_rows(reader: Reader, data: Raw) -> RowsSpec:
    """What a row is, and which columns name it and its incident."""
    raw, path = reader.table(data, "rows", ()), ("rows",)
    if "are" not in raw:
        message = _(
            "Say what a row of the list is: a table [rows] with are = “victim”,"
            " “violation” or “incident”."
        )
        reader.fault(path, message)
    reader.known_keys(raw, ("are", "key", "incident", "person", "order"), path)
    are = reader.one_of(raw, "are", ("victim", "violation", "incident"), path, "victim")
    person = reader.columns_under(raw, "person", path)
    if person and are != "violation":
        message = _("“person” is only for a list whose rows are violations.")
        reader.fault((*path, "person"), message)
    orders = []
    for place, table in enumerate(reader.tables(raw, "order", path)):
        orders.append(_order(reader, table, (*path, "order", place)))
    return RowsSpec(
        are=cast(RowKind, are),
        key=reader.columns_under(raw, "key", path),
        incident=reader.columns_under(raw, "incident", path),
        person=person,
        orders=tuple(orders),
    )


def _order(reader: Reader, raw: Raw, path: Path) -> Order:
    reader.known_keys(raw, ("columns", "otherwise"), path)
    columns = reader.columns_under(raw, "columns", path)
    if len(columns) < 2:
        reader.fault(path, _("Name at least two columns of dates, the earlier one first."))
    otherwise = reader.one_of(raw, "otherwise", ORDER_POLICIES, path, "refuse")
    return Order(columns, cast(Any, otherwise))


def read_areas(reader: Reader, data: Raw) -> AreasSpec | None:
    """The areas that the list itself brings."""
    if "areas" not in data:
        return None
    raw, path = reader.table(data, "areas", ()), ("areas",)
    reader.known_keys(raw, ("country", "place"), path)
    country = reader.table(raw, "country", path)
    reader.known_keys(country, ("code", "name"), (*path, "country"))
    code = reader.text(country, "code", (*path, "country"), needed=True)
    if code and not re.fullmatch(CODE_PATTERN, code):
        message = _("A code begins with a letter or digit and has letters, digits, “.”, “_”, “-”.")
        reader.fault((*path, "country", "code"), message)
    name = reader.text(country, "name", (*path, "country"), needed=True)
    reader.country_code = code
    places: list[PlaceSpec] = []
    for number, table in enumerate(reader.tables(raw, "place", path)):
        places += _places(reader, table, (*path, "place", number), code)
    return AreasSpec(code, name, tuple(places))


def _places(reader: Reader, raw: Raw, path: Path, country: str) -> list[PlaceSpec]:
    known = ("each", "name", "latitude", "longitude", "level", "parent", "except", "box")
    reader.known_keys(raw, known, path)
    each = reader.table(raw, "each", path)
    if len(each) > 1 or not all(isinstance(run, list) for run in each.values()):
        reader.fault((*path, "each"), _("Write the numbers as each = { n = [1, 2, 3] }."))
        return []
    runs = [{name: number} for name, run in each.items() for number in run] or [{}]
    level = reader.one_of(raw, "level", Area.Level.values[1:], path, "town")
    box = _box(reader, raw, path)
    places = []
    for run in runs:
        spread = cast(Raw, with_numbers(raw, run))
        columns = {
            key: reader.column(reader.text(spread, key, path, needed=True), (*path, key))
            for key in ("name", "latitude", "longitude")
        }
        places.append(
            PlaceSpec(
                **columns,
                level=level,
                parent=reader.text(spread, "parent", path) or country,
                leave_out=frozenset(text.casefold() for text in reader.texts(raw, "except", path)),
                box=box,
            )
        )
    return places


def _box(reader: Reader, raw: Raw, path: Path) -> tuple[float, float, float, float] | None:
    if "box" not in raw:
        return None
    box = raw["box"]
    numbers = isinstance(box, list) and all(isinstance(each, int | float) for each in box)
    if not numbers or len(box) != 4 or box[0] > box[2] or box[1] > box[3]:
        message = _("Write the box as four degrees: [south, west, north, east].")
        reader.fault((*path, "box"), message)
        return None
    south, west, north, east = map(float, box)
    return south, west, north, east


def read_agencies(reader: Reader, data: Raw) -> tuple[AgencySpec, ...]:
    """The agencies that the mapping describes."""
    found: list[AgencySpec] = []
    fields = AGENCY.fields()
    for place, raw in enumerate(reader.tables(data, "agency", ())):
        path = ("agency", place)
        reader.known_keys(raw, fields, path)
        for key, value in raw.items():
            if key in fields:
                check_constant(reader, fields[key], value, (*path, key))
        name = reader.text(raw, "name", path, needed=True)
        if "type" not in raw:
            reader.fault(path, _('Say what type of agency this is: type = "police".'))
        values = {key: value for key, value in raw.items() if key != "name"}
        found.append(AgencySpec(name, values))
    names = [each.name for each in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        message = _("These agencies are described twice: %(names)s.") % {"names": listed(twice)}
        reader.fault(("agency",), message)
    return tuple(found)
