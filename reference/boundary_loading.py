"""Loading boundaries into the database: a file as a whole, as often as you like."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from reference.boundary_files import BoundaryFileError, read_features
from reference.boundary_matching import match_features
from reference.boundary_shapes import Shape, Simplified, fit_together, simplified
from reference.dates import UncertainDate
from reference.models import Area, Boundary

TOLERANCE = 0.015
"""Side, in degrees, of the square as large as a corner that may be cut off: about a square mile.
Long thin ones count by their area, so a line may move farther. Half of it weighs half as much
again: 160 districts take some 20 KB of a page that is compressed."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who drew a data set, under which licence it may be shown, and of when it is."""

    attribution: str
    licence: str
    dated: UncertainDate

    def columns(self) -> dict[str, Any]:
        """Its members as columns of a boundary."""
        return {"attribution": self.attribution, "licence": self.licence, "dated": self.dated}


@dataclass(slots=True)
class BoundaryReport:
    """What loading did. Features that were left out stand by number with the reason; areas by
    code. ``characters``: of all outlines together. ``without``: districts of today, in the same
    provinces, that have no boundary now."""

    property_name: str
    loaded: list[str]
    unmatched: dict[int, str]
    faults: dict[int, str]
    too_small: list[str]
    without: list[str]
    characters: int
    fit_together: bool


def load_boundaries(
    path: Path,
    credit: Credit,
    *,
    code_property: str = "",
    name_property: str = "",
    level: str = Area.Level.DISTRICT,
    tolerance: float = TOLERANCE,
) -> BoundaryReport:
    """Load the boundaries of a file, in place of those that its areas had. Others stay.

    Raises BoundaryFileError, and then changes nothing; OSError where the file cannot be opened.
    """
    read = read_features(path)
    matches = match_features(
        read.features, code_property=code_property, name_property=name_property, level=level
    )
    layers = _layers(matches.shapes)
    boundaries = [
        Boundary(area=area, tolerance=tolerance, **credit.columns(), **asdict(shape))
        for layer in layers
        for area, shape in _simplified(layer, tolerance)
    ]
    if not boundaries:
        raise BoundaryFileError("every shape is smaller than a thousandth of a degree")
    areas = [each.area for each in boundaries]
    with transaction.atomic():
        Boundary.objects.filter(area__in=areas).delete()
        Boundary.objects.bulk_create(boundaries)
        without = list(_without_any(areas))
    return BoundaryReport(
        property_name=matches.property_name,
        loaded=sorted(area.code for area in areas),
        unmatched=matches.unmatched,
        faults={**read.faults, **matches.faults},
        too_small=sorted(area.code for area in matches.shapes.keys() - set(areas)),
        without=without,
        characters=sum(len(each.outline) for each in boundaries),
        fit_together=all(fit_together(list(layer.values())) for layer in layers),
    )


def remove_boundaries() -> int:
    """Remove all; returns how many there were."""
    return Boundary.objects.all().delete()[0]


def _layers(shapes: dict[Area, Shape]) -> list[dict[Area, Shape]]:
    """The areas level by level: those of one level lie beside each other."""
    layers: dict[str, dict[Area, Shape]] = {}
    for area, shape in shapes.items():
        layers.setdefault(area.level, {})[area] = shape
    return list(layers.values())


def _simplified(layer: dict[Area, Shape], tolerance: float) -> Iterator[tuple[Area, Simplified]]:
    kept = simplified(list(layer.values()), tolerance)
    return ((area, shape) for area, shape in zip(layer, kept, strict=True) if shape)


def _without_any(areas: Iterable[Area]) -> Iterable[str]:
    """Districts beside the areas, in the same provinces, that have no boundary."""
    beside = {_province_or_country(area) for area in areas}
    return (
        Area.objects.at_level(Area.Level.DISTRICT)
        .filter(abolished="", boundary=None, path__overlap=sorted(beside))
        .order_by("code")
        .values_list("code", flat=True)
    )


def _province_or_country(area: Area) -> int:
    """The key of the province that an area lies in, or of the country where there is none."""
    above = area.path[:-1] or area.path
    return int(above[:2][-1])
