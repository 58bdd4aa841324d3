"""What a question finds, as far as it can be put on a map, and what cannot, told apart."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import F
from django.utils.translation import gettext

from record.questions import Question
from record.statistics import Bucket, Statistics
from reference.date_text import render_date
from reference.dates import UncertainDate
from reference.models import Area, AreaQuerySet, Boundary
from website.drawing.district_map import EmptyDistrict, PlacedCount
from website.drawing.ground import Outline
from website.drawing.map_extent import Point
from website.presentation.counted import Address, Counted, counted_rows


@dataclass(frozen=True, slots=True)
class Mapped:
    """Counts by place. ``placed`` have a point, if only one inside of a boundary;
    ``without_point`` are districts that have neither; ``roughly`` is known to a province only;
    ``unplaced`` not even to that."""

    found: Statistics
    placed: list[PlacedCount]
    empty: list[EmptyDistrict]
    without_point: list[Counted]
    roughly: list[Counted]
    unplaced: Counted | None

    @property
    def rows(self) -> list[Counted]:
        """Every count with its place in words, the largest first, what is unknown last."""
        rows = [*(each.counted for each in self.placed), *self.without_point]
        rows.sort(key=lambda row: -row.count)
        return [*rows, *self.roughly, *([self.unplaced] if self.unplaced else [])]


def mapped(question: Question, address: Address) -> Mapped:
    """Count a question by district. As many queries as statistics of two dimensions, and two."""
    found = question.statistics(["province", "district"])
    counted = {(row.code, row.label): row for row in counted_rows(found, address)}
    districts = {
        bucket.values[1].code: bucket for bucket in found.buckets if not bucket.values[1].unknown
    }
    areas = {area.code: area for area in _drawn().filter(code__in=districts)}
    points = {code: point for code, area in areas.items() if (point := _point(area))}
    placed, without_point, roughly = [], [], []
    unplaced = None
    for bucket in found.buckets:
        row = counted[bucket.code, bucket.label]
        province, district = bucket.values
        if not district.unknown:
            row = replace(row, label=district.label)
            if district.code in points:
                outline = _outline(areas[district.code])
                placed.append(PlacedCount(points[district.code], row, district.label, outline))
            else:
                without_point.append(row)
        elif not province.unknown:
            label = gettext("%(province)s, district unknown") % {"province": province.label}
            roughly.append(replace(row, label=label))
        elif bucket.count:
            unplaced = replace(row, label=gettext("place unknown, or only the country known"))
    return Mapped(
        found, placed, _empty(areas.values(), districts), without_point, roughly, unplaced
    )


def _empty(found: Iterable[Area], districts: dict[str, Bucket]) -> list[EmptyDistrict]:
    """The other districts of the countries concerned, those that exist today."""
    countries = sorted({area.path[0] for area in found if area.path})
    if not countries:
        return []
    others = (
        _drawn()
        .at_level(Area.Level.DISTRICT)
        .filter(path__overlap=countries, abolished="")
        .exclude(code__in=districts)
        .order_by(F("population").desc(nulls_last=True), "code")
    )
    return [
        EmptyDistrict(point, area.label, _outline(area))
        for area in others
        if (point := _point(area))
    ]


def _drawn() -> AreaQuerySet:
    return Area.objects.select_related("boundary")


def _boundary(area: Area) -> Boundary | None:
    return getattr(area, "boundary", None)


def _point(area: Area) -> Point | None:
    if area.latitude is not None and area.longitude is not None:
        return Point(float(area.latitude), float(area.longitude))
    boundary = _boundary(area)
    if boundary is None:
        return None
    return Point(boundary.middle_latitude, boundary.middle_longitude)


def _outline(area: Area) -> Outline | None:
    """The boundary of a district that exists; that of a former one would hide its successors."""
    boundary = _boundary(area)
    if boundary is None or not area.abolished.is_unknown:
        return None
    return Outline(
        boundary.outline,
        boundary.west,
        boundary.south,
        boundary.east,
        boundary.north,
        _credit(boundary.attribution, boundary.licence, boundary.dated),
    )


def _credit(attribution: str, licence: str, dated: UncertainDate) -> str:
    # Isolated: a name in another script keeps its own order, and its brackets their sides.
    given = {"attribution": f"\u2068{attribution}\u2069", "licence": f"\u2068{licence}\u2069"}
    words = {**given, "date": render_date(dated)}
    if dated.is_unknown:
        return gettext("Boundaries as drawn by %(attribution)s. Licence: %(licence)s.") % words
    return (
        gettext("Boundaries as drawn by %(attribution)s, %(date)s. Licence: %(licence)s.") % words
    )
