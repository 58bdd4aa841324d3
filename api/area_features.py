"""Areas as GeoJSON (RFC 7946): the boundary where one has been loaded, else the point, else null.

A boundary is simplified and rounded to a thousandth of a degree: to draw, not to measure. Each
names who drew it, since one file may hold boundaries of several data sets.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import translation

from reference.models import Area, Boundary
from reference.models.boundary import BOUNDARY_CAVEAT
from reference.outlines import read_outline


def write_features(about: Mapping[str, object], areas: Iterable[Area]) -> Iterator[bytes]:
    """A file of features, one a line, under the members ``about``. Areas come with their
    boundaries."""
    with translation.override("en"):
        caveat = str(BOUNDARY_CAVEAT)
    head = {"type": "FeatureCollection", **about, "caveat": caveat}
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": ['.encode()
    between = "\n"
    for area in areas:
        yield f"{between}{json.dumps(_feature(area), ensure_ascii=False)}".encode()
        between = ",\n"
    yield b"\n]}\n"


def _feature(area: Area) -> dict[str, Any]:
    boundary = getattr(area, "boundary", None)
    point = _point(area)
    return {
        "type": "Feature",
        "id": area.code,
        "geometry": _polygons(boundary) if boundary else point,
        "properties": {
            "code": area.code,
            "level": area.level,
            "name": area.name,
            "name_local": area.name_local,
            "abolished": area.abolished.as_document(),
            "precision": "boundary" if boundary else "point" if point else None,
            "boundary": boundary_document(boundary),
        },
    }


def boundary_document(boundary: Boundary | None) -> dict[str, Any] | None:
    """Who drew a boundary, without the boundary."""
    if boundary is None:
        return None
    return {
        "attribution": boundary.attribution,
        "licence": boundary.licence,
        "date": boundary.dated.as_document(),
        "tolerance": boundary.tolerance,
    }


def _point(area: Area) -> dict[str, Any] | None:
    if area.latitude is None or area.longitude is None:
        return None
    return {"type": "Point", "coordinates": [float(area.longitude), float(area.latitude)]}


def _polygons(boundary: Boundary) -> dict[str, Any]:
    polygons = read_outline(boundary.outline)
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}
