"""A first mapping from the headers and the first rows of a table."""

import re
from collections.abc import Sequence
from itertools import islice

from incidents.importing.suggesting.choices import VALUES_SHOWN, Choices, Entry, entries
from incidents.importing.suggesting.headers import is_in_local_script, plain, target_of
from incidents.importing.suggesting.targets import SECOND_OF, TARGET_OF, Kind
from incidents.importing.suggesting.values import (
    day_first,
    distinct,
    known_terms,
    mostly,
    not_given,
    parts,
)
from incidents.importing.suggesting.writing import mapping_text
from incidents.importing.tables import Table

ROWS_READ = 2000
"""Rows that a suggestion looks at. Enough to know a column; the same time for any file."""

_NUMBER = re.compile(r"^\s*[-+]?\d+([.,]\d+)?\s*$")
_HAS_DIGIT = re.compile(r"\d")
_SHOWS = {Kind.NUMBER: _NUMBER, Kind.DATE: _HAS_DIGIT}
_WITHOUT_BRACES = {ord("{"): "(", ord("}"): ")"}
_AGE = re.compile(r"\d")
_NEEDS_PARTNER = {"nom": ("given", "name"), "nombre": ("last", "name"), "nombres": ("last", "name")}
"""Headers that mean a part of the name beside the other part, and the whole name without it."""


def suggest(table: Table, *, list_code: str = "", list_name: str = "") -> Choices:
    """Return what the columns of a table probably are; what is not known stays unread."""
    samples = _samples(table)
    choices = Choices(list_code=list_code, list_name=list_name)
    choices.source.title = list_name
    choices.claimant = list_name
    choices.missing = not_given(value for values in samples.values() for value in values)
    given = {
        column: [value for value in values if value and value not in choices.missing]
        for column, values in samples.items()
    }
    for entry in entries(table.columns):
        _suggest_column(choices, entry, given)
    _use_partners(choices)
    _name_rows(choices, given, sum(1 for _row in islice(table.rows(), ROWS_READ)))
    for column in list(choices.targets):
        suggest_terms(choices, column, given.get(choices.first_of(column), []))
    dates = [column for column, code in choices.targets.items() if _kind(code) is Kind.DATE]
    choices.day_first = day_first(
        value for column in dates for value in given.get(choices.first_of(column), [])
    )
    choices.title = first_title(choices)
    return choices


def suggested_mapping(table: Table, *, list_code: str, list_name: str) -> str:
    """Return the suggestion as the text of a mapping."""
    return mapping_text(suggest(table, list_code=list_code, list_name=list_name))


def suggest_terms(choices: Choices, column: str, values: Sequence[str]) -> None:
    """Say which values of a column of terms are known, keeping what was chosen before."""
    target = TARGET_OF[choices.targets[column]]
    if target.kind not in (Kind.TERM, Kind.AGENCY):
        return
    single = (part for value in values for part in parts(value, target.code))
    choices.seen.setdefault(column, distinct(single, VALUES_SHOWN))
    if target.kind is Kind.TERM and column not in choices.terms:
        shown = [value for value, _number in choices.seen[column]]
        choices.terms[column] = known_terms(target.vocabulary, shown, header=column)


def first_title(choices: Choices) -> str:
    """A title that names nobody: the list and the number of the row or of its incident."""
    number = choices.column_for("group") or choices.column_for("row")
    name = choices.list_name.translate(_WITHOUT_BRACES)
    return f"{name}: {{{number}}}" if number and not {"{", "}"} & set(number) else name


def _samples(table: Table) -> dict[str, list[str]]:
    """The filled cells of each column in the first rows."""
    found: dict[str, list[str]] = {column: [] for column in table.columns}
    for row in islice(table.rows(), ROWS_READ):
        for column, text in row.cells.items():
            if text.strip() and column in found:
                found[column].append(text.strip())
    return found


def _suggest_column(choices: Choices, entry: Entry, given: dict[str, list[str]]) -> None:
    header = entry.family.stem if entry.family else entry.name
    code = target_of(header)
    values = given[entry.columns[0]]
    if not code or not values:
        return
    if code in SECOND_OF and is_in_local_script(values):
        # The script of the columns decides which name comes first; see _use_partners.
        code = SECOND_OF[code]
    if not _holds_what_it_says(code, values):
        return
    if rival := choices.column_for(code):
        if not _says_more(code, values, given[rival]):
            return
        choices.targets = {name: each for name, each in choices.targets.items() if each != code}
    choices.targets[entry.name] = code
    if entry.family:
        choices.families[entry.name] = list(entry.family.numbers)


def _holds_what_it_says(code: str, values: Sequence[str]) -> bool:
    """Whether the values are of the kind that the header promises."""
    if code == "age":
        return mostly(values, _AGE)
    shows = _SHOWS.get(_kind(code))
    return shows is None or mostly(values, shows)


def _says_more(code: str, values: Sequence[str], rival: Sequence[str]) -> bool:
    """Whether words tell more than those of another column: "occupation" and its details."""
    return _kind(code) is Kind.TEXT and len(set(values)) > len(set(rival))


def _use_partners(choices: Choices) -> None:
    """Settle headers whose meaning depends on the other columns."""
    for column, code in list(choices.targets.items()):
        partner, instead = _NEEDS_PARTNER.get(plain(column), ("", ""))
        if partner and not choices.column_for(partner) and not choices.column_for(instead):
            choices.targets[column] = code = instead
    first = {code for code in choices.targets.values() if code in SECOND_OF}
    if not first & {"name", "given"}:
        # Names in one script only: they are the names, whatever the script.
        back = {second: code for code, second in SECOND_OF.items()}
        for column, code in choices.targets.items():
            choices.targets[column] = back.get(code, code)


def _name_rows(choices: Choices, given: dict[str, list[str]], rows: int) -> None:
    """A column names the rows only if none of its values stands twice, and none is missing."""
    for column in choices.columns_for("row"):
        values = given.get(column, [])
        if len(values) < rows or len(set(values)) < len(values):
            del choices.targets[column]


def _kind(code: str) -> Kind:
    return TARGET_OF[code].kind
