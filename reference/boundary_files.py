"""Reading boundaries: a GeoJSON file (RFC 7946) with a feature an area. Knows no database.

The file is read twice, a feature at a time, so that its text is never held as a whole: first for
what no feature can mend (not GeoJSON, cut off, not in degrees), then for the features.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import ijson

from reference.outlines import Polygon

DEGREES_WANTED: Final = (
    "Degrees in WGS 84 are wanted, longitude before latitude. "
    "To convert: ogr2ogr -t_srs EPSG:4326 converted.geojson FILE"
)
_DEGREE_SYSTEMS: Final = ("CRS84", "EPSG::4326", "EPSG:4326")
_KINDS: Final = ("Polygon", "MultiPolygon")


class BoundaryFileError(ValueError):
    """A file of which nothing can be loaded. Its string says why, and what to do."""


class ShapeError(ValueError):
    """A feature whose shape cannot be used. Its string says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature whose shape reads as polygons. ``number`` counts from 1, as in the file."""

    number: int
    properties: Mapping[str, str]
    polygons: Sequence[Polygon]


@dataclass(slots=True)
class FeatureFile:
    """The features of a file, in their order, and what is wrong with the others, by number."""

    features: list[Feature] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)


def read_features(path: Path) -> FeatureFile:
    """Read the file. Raises BoundaryFileError, and OSError where it cannot be opened."""
    read = FeatureFile()
    try:
        _refuse_foreign(path)
        with path.open("rb") as file:
            features = ijson.items(file, "features.item", use_float=True)
            for number, feature in enumerate(features, 1):
                try:
                    read.features.append(_feature(number, feature))
                except ShapeError as error:
                    read.faults[number] = str(error)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        # The parser has one error for what is no JSON and for what breaks off.
        reason = str(error).partition("\n")[0]
        raise BoundaryFileError(f"not GeoJSON, or not all of it: {reason}") from error
    return read


def _refuse_foreign(path: Path) -> None:
    kind, system, has_features = "", "", False
    with path.open("rb") as file:
        for prefix, event, value in ijson.parse(file, use_float=True):
            if prefix == "type":
                kind = str(value)
            elif prefix == "crs.properties.name":
                system = str(value)
            elif prefix == "features" and event == "start_array":
                has_features = True
    if kind != "FeatureCollection" or not has_features:
        found = f"a {kind}" if kind else "something else"
        raise BoundaryFileError(f"not a FeatureCollection of GeoJSON but {found}")
    if system and not system.endswith(_DEGREE_SYSTEMS):
        raise BoundaryFileError(f"its coordinates are in {system}. {DEGREES_WANTED}")


def _feature(number: int, given: Any) -> Feature:
    if not isinstance(given, dict) or given.get("type") != "Feature":
        raise ShapeError("is not a Feature")
    properties = given.get("properties") or {}
    if not isinstance(properties, dict):
        raise ShapeError("its properties are not an object")
    return Feature(number, _texts(properties), list(_polygons(given.get("geometry"))))


def _texts(properties: Mapping[str, Any]) -> dict[str, str]:
    """The properties that could be a code or a name."""
    return {
        name: str(value).strip()
        for name, value in properties.items()
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip()
    }


def _polygons(geometry: Any) -> Iterator[Polygon]:
    if not isinstance(geometry, dict):
        raise ShapeError("has no geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in _KINDS:
        raise ShapeError(f"is a {kind}; an area is a Polygon or a MultiPolygon")
    polygons: Any = [coordinates] if kind == "Polygon" else coordinates
    if not _filled(polygons) or not all(map(_filled, polygons)):
        raise ShapeError("has no coordinates")
    for polygon in polygons:
        yield [_ring(ring) for ring in polygon]


def _filled(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _ring(given: Any) -> list[tuple[float, float]]:
    if not _filled(given):
        raise ShapeError("has a ring without positions")
    ring = [_position(each) for each in given]
    if ring[0] != ring[-1]:
        raise ShapeError("has a ring that is not closed: its last position has to be its first")
    if len(ring) < 4:
        raise ShapeError("has a ring of fewer than four positions, which encloses nothing")
    return ring


def _position(given: Any) -> tuple[float, float]:
    if not _filled(given) or len(given) < 2 or not all(map(_is_number, given[:2])):
        raise ShapeError("has a position that is not two numbers")
    x, y = float(given[0]), float(given[1])
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        # One feature alone cannot be in another system than the rest.
        raise BoundaryFileError(f"{x:g}, {y:g} is no place in degrees. {DEGREES_WANTED}")
    return x, y


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def shared_properties(features: Iterable[Feature]) -> list[str]:
    """The names of properties, in the order in which they first come."""
    return list(dict.fromkeys(name for feature in features for name in feature.properties))
