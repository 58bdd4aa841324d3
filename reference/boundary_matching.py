"""Which area each feature of a file of boundaries is: by its code, or by an unambiguous name.

Codes of two lists can be alike and mean different areas, so an area whose point lies far from the
shape is not taken for it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from reference.areas import AreaError, resolve_area
from reference.boundary_files import (
    BoundaryFileError,
    Feature,
    ShapeError,
    shared_properties,
)
from reference.boundary_shapes import Shape, distance_to, shape_of
from reference.models.area import Area

FARTHEST: Final = 0.3
"""Degrees that the point of an area may lie outside of its boundary: points are those of towns,
and a town at a border is drawn on either side of it."""

_TRIED: Final = 40
"""Features that decide which property holds names; each costs a few queries."""

Finder = Callable[[str], Area | None]


@dataclass(slots=True)
class Matches:
    """Areas with their shapes; by number, why features were left out, and which match no area."""

    property_name: str
    shapes: dict[Area, Shape] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)
    unmatched: dict[int, str] = field(default_factory=dict)


def match_features(
    features: Sequence[Feature], *, code_property: str, name_property: str, level: str
) -> Matches:
    """Find the area of each feature. Without the name of a property, the one that fits best is
    taken: codes first, then names of areas of that ``level``.

    Raises BoundaryFileError where no feature is any area.
    """
    name, find = _chosen(features, code_property, name_property, level)
    matches = Matches(name)
    found: dict[Area, list[Feature]] = {}
    for feature in features:
        text = feature.properties.get(name, "")
        area = find(text) if text else None
        if area is None:
            matches.unmatched[feature.number] = text or f"has no {name}"
        else:
            found.setdefault(area, []).append(feature)
    for area, alike in found.items():
        _take(matches, area, alike)
    if not matches.shapes:
        why = _nothing_left(name) if matches.faults else _nothing(name)
        raise BoundaryFileError("\n".join((why, *_listed(matches))))
    return matches


def _take(matches: Matches, area: Area, alike: Sequence[Feature]) -> None:
    """Take the shape of the one feature that is an area. Of several, none may stand for it: they
    may be its parts, as in a file of tehsils that names the district of each."""
    for feature in alike:
        try:
            others = [str(each.number) for each in alike if each is not feature]
            if others:
                raise ShapeError(_several(area, others))
            matches.shapes[area] = _shape_of(feature, area)
        except ShapeError as error:
            matches.faults[feature.number] = str(error)


def _several(area: Area, others: Sequence[str]) -> str:
    are = f"feature {others[0]} is" if len(others) == 1 else f"features {', '.join(others)} are"
    return (
        f"is {area.code} as {are}. Parts of one area? Join them: mapshaper -dissolve. Or areas "
        "of another level? Name the property that holds their own code: --code-property"
    )


def _chosen(
    features: Sequence[Feature], code_property: str, name_property: str, level: str
) -> tuple[str, Finder]:
    names = shared_properties(features)
    for wanted in filter(None, (code_property, name_property)):
        if wanted not in names:
            offered = ", ".join(names) or "none"
            raise BoundaryFileError(f"no feature has the property {wanted}. There are: {offered}")
    by_code = _by_code(features)
    by_name = _by_name(level)
    if code_property:
        return code_property, by_code
    if name_property:
        return name_property, by_name
    for find, tried in ((by_code, features), (by_name, features[:_TRIED])):
        best = max(names, key=lambda name: _found(find, tried, name), default="")
        if best and _found(find, tried, best):
            return best, find
    raise BoundaryFileError(_nothing(""))


def _found(find: Finder, features: Iterable[Feature], name: str) -> int:
    """How many different areas a property names."""
    texts = {feature.properties.get(name, "") for feature in features}
    return len({area for text in texts if text and (area := find(text))})


def _by_code(features: Iterable[Feature]) -> Finder:
    given = {text.upper() for feature in features for text in feature.properties.values()}
    areas = {area.code.upper(): area for area in Area.objects.all() if area.code.upper() in given}
    return lambda text: areas.get(text.upper())


def _by_name(level: str) -> Finder:
    known: dict[str, Area | None] = {}

    def find(text: str) -> Area | None:
        if text not in known:
            try:
                known[text] = resolve_area(text, level)
            except AreaError:
                known[text] = None
        return known[text]

    return find


def _shape_of(feature: Feature, area: Area) -> Shape:
    shape = shape_of(feature.polygons)
    if area.latitude is not None and area.longitude is not None:
        away = distance_to(shape, float(area.longitude), float(area.latitude))
        if away > FARTHEST:
            raise ShapeError(
                f"lies {away:.1f} degrees from {area.name} ({area.code}), which it is by its "
                "code or name. Other codes than ours, or latitude before longitude? Another "
                "property may hold the name: --name-property"
            )
    return shape


def _nothing(name: str) -> str:
    by = f" by the property {name}" if name else ""
    return f"no feature is an area that is known{by}. Load the areas first: manage.py load_areas"


def _nothing_left(name: str) -> str:
    return f"every feature that is an area by the property {name} was left out"


def _listed(matches: Matches) -> Iterable[str]:
    for number, why in sorted({**matches.unmatched, **matches.faults}.items())[:10]:
        yield f"feature {number}: {why}"
