"""What a question finds, as far as it can be put on a map, and what cannot, told apart."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import F
from django.utils.translation import gettext

from record.questions import Question
from record.statistics import Bucket, Statistics
from reference.models import Area
from website.drawing.district_map import EmptyDistrict, PlacedCount
from website.drawing.map_extent import Point
from website.presentation.counted import Address, Counted, counted_rows


@dataclass(frozen=True, slots=True)
class Mapped:
    """Counts by place. ``placed`` have a point; ``without_point`` are districts that have none
    in the gazetteer; ``roughly`` is known to a province only; ``unplaced`` not even to that."""

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
    areas = {area.code: area for area in Area.objects.filter(code__in=districts)}
    points = {code: point for code, area in areas.items() if (point := _point(area))}
    placed, without_point, roughly = [], [], []
    unplaced = None
    for bucket in found.buckets:
        row = counted[bucket.code, bucket.label]
        province, district = bucket.values
        if not district.unknown:
            row = replace(row, label=district.label)
            if district.code in points:
                placed.append(PlacedCount(points[district.code], row, district.label))
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
        Area.objects.at_level(Area.Level.DISTRICT)
        .filter(path__overlap=countries, latitude__isnull=False, abolished="")
        .exclude(code__in=districts)
        .order_by(F("population").desc(nulls_last=True), "code")
    )
    return [EmptyDistrict(point, area.label) for area in others if (point := _point(area))]


def _point(area: Area) -> Point | None:
    if area.latitude is None or area.longitude is None:
        return None
    return Point(float(area.latitude), float(area.longitude))
