"""How many objects may belong to a place, counted with the tallies.

Objects of one place lie in the cells of the area that is all that is known of them. Of the others
their own facts tell whether one of them is in the place that is asked for.
"""

from typing import TYPE_CHECKING, Final

from django.db import connection
from django.db.models import Q

from record.models.tally import Grain, Lacking
from record.resources import Resource
from record.tallies.asking import edges, near, objects_of, of_types, summed
from record.tallies.covering import UNEVEN, Covered, covered
from record.where import FACTS, NO_FACT, where_of

if TYPE_CHECKING:
    from record.filter_sets import ParameterSet

_ALWAYS: Final = (Grain.EVEN, Grain.WHOLE)
_AT_A_TIME: Final = (Grain.EVEN,)


def unplaced(filters: "ParameterSet", resource: Resource) -> int | None:
    """How many more objects may belong to the one place asked for; None where the tallies do not
    tell."""
    asked = covered(filters)
    if asked is None or len(asked.areas) != 1:
        return None
    (area,) = asked.areas
    wider = [0, *(pk for pk in area.path if pk != area.pk)]
    types, own = [type_ for type_, _own in asked.types], asked.types[0][1]
    grains = _ALWAYS if asked.times is None else _AT_A_TIME
    in_cells = summed(asked, [types, wider, own, Lacking.NARROWER.value], grains)
    outside = _outside(filters, asked)
    cut_off = objects_of(resource, outside) if outside else 0
    return in_cells - cut_off + _uneven(filters, asked, outside)


def _outside(filters: "ParameterSet", asked: Covered) -> tuple[Q, ...]:
    """The facts that may lie in the place, in the whole months of a range and not in the range;
    nothing where there can be none."""
    cut = edges(asked.times)
    if cut is None:
        return ()
    ((name, value),) = filters.places()
    parameter = filters.filters[name]
    wider, inside = parameter.may_lie_in(value), parameter.chosen(value)
    return (wider if inside is None else wider & ~inside, *of_types(asked), cut)


def _uneven(filters: "ParameterSet", asked: Covered, outside: tuple[Q, ...]) -> int:
    """The objects that no cell tells of, with those that are cut off although no cell had them."""
    if asked.unit not in UNEVEN:
        return 0
    parts = {
        "wider": filters.conditions(unplaced=True).where,
        "inside": filters.conditions().where,
        "cut": where_of(outside) if outside else NO_FACT,
    }
    values = [value for part in parts.values() for value in part.values]
    near_by = near(asked.times)
    # Only our own names, numbers and compiled conditions stand in this text.
    statement = f"""
        SELECT count(*) FILTER (WHERE wider AND inside IS NOT TRUE), count(*) FILTER (WHERE cut)
        FROM (
            SELECT {", ".join(f"bool_or({part.sql}) AS {name}" for name, part in parts.items())}
            FROM record_unevenfact AS {FACTS}
            WHERE unit = {UNEVEN[asked.unit].value}
                {"AND places_differ" if asked.times is None else ""}
                AND {near_by.sql} AND ({" OR ".join(f"({part.sql})" for part in parts.values())})
            GROUP BY {filters.resource.fact_column}
        ) AS object
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *near_by.values, *values])
        found, cut = cursor.fetchone()
    return int(found + cut)
