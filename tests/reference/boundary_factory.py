"""Made-up boundaries: what is nearest to the point of each district, with crooked borders.

Nobody's borders: good enough to see a map by, and as many corners as a real file has.
"""

import json
import random
from itertools import pairwise

import shapely

from reference.models import Area

CROOKED = 5
"""How often each stretch of a border is broken in the middle."""


def feature(code, *rings, name="", **properties):
    """A Polygon with the code of an area."""
    return {
        "type": "Feature",
        "properties": {"adm2_pcode": code, "adm2_name": name or code, **properties},
        "geometry": {"type": "Polygon", "coordinates": [[list(at) for at in r] for r in rings]},
    }


def square(west, south, size=1.0):
    """A closed ring."""
    east, north = west + size, south + size
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def collection(*features, **members):
    """A file of features."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members})


def made_up_borders(within, margin=0.7, crooked=CROOKED):
    """A file with every present district below the area whose code is ``within``."""
    districts = list(
        Area.objects.at_level("district")
        .within(Area.objects.get(code=within))
        .filter(abolished="", latitude__isnull=False)
    )
    points = [(float(each.longitude), float(each.latitude)) for each in districts]
    cloud = shapely.MultiPoint(points)
    cells = shapely.voronoi_polygons(cloud, ordered=True).geoms
    land = cloud.convex_hull.buffer(margin)
    edges = {}
    return collection(
        *(
            feature(each.code, _crooked(cell.intersection(land), edges, crooked), name=each.name)
            for each, cell in zip(districts, cells, strict=True)
        )
    )


def _crooked(cell, edges, times):
    corners = [(round(x, 4), round(y, 4)) for x, y in cell.exterior.coords]
    ring = [corners[0]]
    for start, end in pairwise(corners):
        # From the same end whichever neighbour comes by, so that both have one border.
        line = edges.setdefault(frozenset((start, end)), None) or _line(start, end, times)
        edges[frozenset((start, end))] = line
        ring += (line if line[0] == start else line[::-1])[1:]
    return ring


def _line(start, end, times):
    chance = random.Random(repr(sorted((start, end))))  # noqa: S311
    line = [start, end]
    for _ in range(times):
        broken = [line[0]]
        for (x, y), (to_x, to_y) in pairwise(line):
            across = chance.uniform(-0.1, 0.1)
            middle = ((x + to_x) / 2 - (to_y - y) * across, (y + to_y) / 2 + (to_x - x) * across)
            broken += [(round(middle[0], 4), round(middle[1], 4)), (to_x, to_y)]
        line = broken
    return line
