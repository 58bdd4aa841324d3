"""Reading the tables of a mapping while collecting everything that is wrong with them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from incidents.importing.mapping.faults import MappingFault
from incidents.importing.mapping.lines import Lines, Path
from incidents.importing.mapping.nearest import did_you_mean, listed
from incidents.importing.mapping.shape import COUNT, ITEM, ROWS, DateOptions

PSEUDO_COLUMNS = frozenset({ITEM, COUNT, ROWS})
"""Names in braces that are no columns of the list."""

Raw = dict[str, Any]


class Reader:
    """One reading of one mapping: its lines, the columns of the list, the faults found so far.

    ``columns`` is None where the list is not at hand; any name is then taken for a column.
    """

    def __init__(self, text: str, columns: Collection[str] | None) -> None:
        self.lines = Lines(text)
        self.columns = None if columns is None else frozenset(columns)
        self.column_order = tuple(columns or ())
        self.faults: list[MappingFault] = []
        self.columns_read: set[str] = set()
        self.dates = DateOptions()
        self.agency_names: frozenset[str] = frozenset()
        self.country_code = ""

    def fault(self, path: Path, message: str, containing: object = "") -> None:
        """Note a fault at a key; ``containing`` is a text on the line that is meant."""
        line = self.lines.of(path, str(containing) if containing else "")
        self.faults.append(MappingFault(line, named(path), message))

    def known_keys(self, table: Raw, known: Iterable[str], path: Path) -> None:
        """Note every key of a table that is not one of ``known``."""
        known = tuple(known)
        for key in table:
            if key not in known:
                message = _("There is no “%(key)s” here.") % {"key": key}
                self.fault((*path, key), message + did_you_mean(key, known))

    def table(self, holder: Raw, key: str, path: Path) -> Raw:
        """The table under a key; empty where there is none."""
        found = holder.get(key, {})
        if isinstance(found, dict):
            return found
        self.fault((*path, key), _("Write this as a table: [%(key)s].") % {"key": key})
        return {}

    def tables(self, holder: Raw, key: str, path: Path) -> list[Raw]:
        """The tables in double brackets under a key."""
        found = holder.get(key, [])
        if isinstance(found, list) and all(isinstance(each, dict) for each in found):
            return found
        message = _("Write this in double brackets, one table for each: [[%(key)s]].")
        self.fault((*path, key), message % {"key": key})
        return []

    def text(self, holder: Raw, key: str, path: Path, *, needed: bool = False) -> str:
        """A text under a key, empty where there is none."""
        found = holder.get(key, "")
        if isinstance(found, str):
            if needed and not found.strip():
                self.fault((*path, key), _("“%(key)s” must not be empty.") % {"key": key})
            return found
        if isinstance(found, date | datetime | time):
            return found.isoformat()
        self.fault((*path, key), _("“%(key)s” must be a text in quotation marks.") % {"key": key})
        return ""

    def texts(self, holder: Raw, key: str, path: Path) -> tuple[str, ...]:
        """A list of texts under a key; one text alone counts as a list of one."""
        found = holder.get(key, [])
        found = [found] if isinstance(found, str) else found
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return tuple(found)
        message = _('“%(key)s” must be a list of texts: ["one", "two"].')
        self.fault((*path, key), message % {"key": key})
        return ()

    def yes_no(self, holder: Raw, key: str, path: Path) -> bool | None:
        """True or false under a key; None where there is neither."""
        found = holder.get(key)
        if found is None or isinstance(found, bool):
            return found
        self.fault((*path, key), _("“%(key)s” must be true or false.") % {"key": key})
        return None

    def one_of(
        self, holder: Raw, key: str, choices: Iterable[str], path: Path, default: str
    ) -> str:
        """One of a few words under a key."""
        found, choices = holder.get(key, default), tuple(choices)
        if isinstance(found, str) and found in choices:
            return found
        message = _("“%(key)s” must be one of %(choices)s.") % {
            "key": key,
            "choices": listed(choices),
        }
        self.fault((*path, key), message)
        return default

    def is_column(self, name: str) -> bool:
        """Whether the list has this column, as far as is known."""
        return name in PSEUDO_COLUMNS or self.columns is None or name in self.columns

    def column(self, name: str, path: Path) -> str:
        """Note that a column is read, or that the list has none of that name."""
        if not self.is_column(name):
            message = _("The list has no column “%(name)s”.") % {"name": name}
            self.fault(path, message + did_you_mean(name, self.column_order), containing=name)
        elif name not in PSEUDO_COLUMNS:
            self.columns_read.add(name)
        return name

    def columns_under(self, holder: Raw, key: str, path: Path) -> tuple[str, ...]:
        """Columns named by a list under a key."""
        names = self.texts(holder, key, path)
        return tuple(self.column(name, (*path, key)) for name in names)


def named(path: Path) -> str:
    """A path as people write it: ``victim.violation.type``, the second block as ``victim[2]``."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            if part and words:
                words[-1] += f"[{part + 1}]"
        else:
            words.append(part)
    return ".".join(words)


def constants(table: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a table that stand for themselves."""
    return {key: value for key, value in table.items() if not isinstance(value, dict | list)}
