"""Districts of rows: for lists in one query, and in words beside a place."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from incidents.among import IsAmong
from incidents.models.base import Placed
from reference.areas import district_of
from reference.models import Area


def with_district(rows: QuerySet[Any], path: str = "area__path") -> QuerySet[Any]:
    """Rows with ``district``: the name of the district of their area, in the active language."""
    districts = Area.objects.at_level(Area.Level.DISTRICT).filter(IsAmong("pk", OuterRef(path)))
    named = districts.annotate(shown=_label())
    annotated: QuerySet[Any] = rows.annotate(district=Subquery(named.values("shown")[:1]))
    return annotated


def district_names(area_ids: Iterable[int | None]) -> dict[int, str]:
    """Area → the name of the district that it is or lies in. Two queries for any number."""
    areas = Area.objects.in_bulk({pk for pk in area_ids if pk is not None})
    above = {pk for area in areas.values() for pk in area.path}
    districts = Area.objects.at_level(Area.Level.DISTRICT).in_bulk(above)
    return {
        pk: districts[step].label
        for pk, area in areas.items()
        for step in area.path
        if step in districts
    }


def district_in_words(placed: Placed) -> str:
    """“Kech district (inferred)”; empty where the place is wider than a district."""
    if placed.area is None:
        return ""
    district = district_of(placed.area)
    if district is None:
        return ""
    return _("%(name)s district (%(basis)s)") % {
        "name": district.label,
        "basis": placed.get_area_basis_display(),
    }


def _label() -> Any:
    if (get_language() or "en").startswith("en"):
        return F("name")
    return Coalesce(NullIf("name_local", Value("")), "name")
