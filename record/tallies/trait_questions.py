"""Which questions the tallies of traits answer, and their answers.

Those about one trait, of one type or in one province or without either. What else is asked
besides, a date above all, is counted on the facts.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from record.models.tally import UNITS
from record.tallies.covering import ARRANGED, added_types
from record.tallies.traits import TRAITS, UNRECORDED, Described
from reference.vocabularies import terms

if TYPE_CHECKING:
    from record.filter_sets import ParameterSet

Row = tuple[tuple[Any, ...], int, int]

_PLACES: Final = ("area", "province")


@dataclass(frozen=True, slots=True)
class _Among:
    """The types or the provinces whose cells are asked for; 0 for any."""

    types: tuple[int, ...] = (0,)
    provinces: tuple[int, ...] = (0,)


def trait_count(filters: "ParameterSet") -> int | None:
    """How many objects a question about one trait finds; None where the cells do not tell."""
    named = [name for name in filters.values if name in TRAITS]
    among = _among(filters, besides=named)
    if len(named) != 1 or among is None:
        return None
    described, unit = TRAITS[named[0]], filters.resource.name
    asked = _values(described, filters.values[named[0]], unit)
    if asked is None:
        return None
    own, values = asked
    return sum(_read(described, among, unit, own=own, values=values).values())


def trait_rows(filters: "ParameterSet", name: str) -> list[Row] | None:
    """The objects found by the values of a trait, as statistics group them: what the facts would
    be grouped by, and how many, possibly and certainly. None where the cells do not tell."""
    described, among = TRAITS.get(name), _among(filters)
    if described is None or among is None:
        return None
    paths = {each.pk: tuple(sorted(each.path)) for each in _terms(described)}
    whole = described.is_set and described.by_own
    return [
        ((None if value == UNRECORDED else paths[value] if whole else value,), count, count)
        for value, count in _read(
            described, among, filters.resource.name, own=described.by_own
        ).items()
    ]


def trait_counts(filters: "ParameterSet", name: str) -> dict[int | None, int] | None:
    """The objects found by each member of a set, ancestors included, and by None those without;
    None where the cells do not tell."""
    described, among = TRAITS.get(name), _among(filters)
    if described is None or described.by_own or among is None:
        return None
    counted = _read(described, among, filters.resource.name, own=False)
    return {value or None: count for value, count in counted.items()}


def tells_traits(filters: "ParameterSet") -> bool:
    """Whether what a question finds is counted by all its traits."""
    return _among(filters) is not None


def _among(filters: "ParameterSet", besides: list[str] | None = None) -> _Among | None:
    """What is asked for apart from the traits named; None where these cells do not have it."""
    unit = filters.resource.name
    values = filters.values
    given = [name for name in values if name not in ARRANGED and name not in (besides or ())]
    if unit not in UNITS or len(given) > 1:
        return None
    if not given:
        return _Among()
    (name,) = given
    if name == "type":
        types = added_types(values[name], unit)
        if types is None or types[0][1]:
            return None
        return _Among(types=tuple(type_ for type_, _own in types))
    value = values[name]
    if name not in _PLACES or value.bare:
        return None
    if any(area.level != "province" for area in value.items):
        return None
    if len(value.items) > 1 and unit != "violations":
        return None
    return _Among(provinces=tuple({area.pk for area in value.items}))


def _values(described: Described, asked: Any, unit: str) -> tuple[bool, list[int]] | None:
    """The values that say what is asked of a trait, and whether alone; None where there are
    none, or where one object may have several of them."""
    if isinstance(asked, bool):
        return True, [int(asked)]
    every = _terms(described)
    if asked.bare:
        narrower = any(described.unknown in each.path[:-1] for each in every)
        return None if asked.items or narrower else (described.by_own, [UNRECORDED])
    chosen = {each.id for each in asked.items}
    if described.is_set:
        return (False, list(chosen)) if len(chosen) == 1 else None
    below = [each.pk for each in every if chosen & {*each.path}]
    if described.unknown in below or (len(below) != 1 and unit != "violations"):
        return None
    return True, below


def _terms(described: Described) -> Any:
    return terms(described.vocabulary, hidden=True) if described.vocabulary else ()


def _read(
    described: Described, among: _Among, unit: str, *, own: bool, values: list[int] | None = None
) -> dict[int, int]:
    """How many objects have each value; those that nobody has are left out."""
    # Only our own column names stand in this text.
    statement = f"""
        SELECT value, sum({unit})::int FROM record_traittally
        WHERE trait = %s AND type = ANY (%s) AND province = ANY (%s) AND own = %s
            {"" if values is None else "AND value = ANY (%s)"}
        GROUP BY value HAVING sum({unit}) > 0
    """  # noqa: S608
    params: list[Any] = [described.trait.value, [*among.types], [*among.provinces], own]
    with connection.cursor() as cursor:
        cursor.execute(statement, params if values is None else [*params, values])
        return dict(cursor.fetchall())
