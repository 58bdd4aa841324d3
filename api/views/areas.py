"""Areas: the codes and names that ``area``, ``province`` and ``district`` take."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request

from api.area_features import boundary_document, write_features
from api.envelope import write_envelope
from api.errors import wrong_parameters
from api.formats import GEOJSON, JSON, renderers_named
from api.headers import TOTAL_COUNT
from api.meta import reference_meta
from api.paging import neighbours
from api.parameters import PAGING, read_parameters
from api.views.base import ReadView, json_response
from record.coded_fields import AreasField
from record.parameter_fields import OneOfField, ParameterField, fault
from record.parameters import MAX_CHARACTERS, ParameterError
from record.reference_state import reference_version
from record.snapshots import snapshot
from reference.models import Area
from reference.models.area import AreaName, AreaQuerySet, fold_place

PAGE_SIZE = 50


class PlaceNameField(ParameterField):
    """The name of a place, in any spelling and either script."""

    def read_one(self, text: str) -> str:
        if len(text) > MAX_CHARACTERS:
            raise fault("This name is too long.", "long")
        if not fold_place(text):
            raise fault("This name holds no letters.", "invalid")
        return text


PARAMETERS: Mapping[str, ParameterField] = {
    "level": OneOfField(choices=Area.Level.choices),
    "within": AreasField(),
    "q": PlaceNameField(),
    **PAGING,
}


class AreaListView(ReadView):
    """Areas with their codes, names in every known spelling, and what they belong to; as GeoJSON
    with their boundaries, all that are found."""

    renderer_classes = renderers_named(JSON, GEOJSON)

    def get(self, request: Request) -> HttpResponseBase:
        """By code; with ``q``, by likeness of the name, the nearest first."""
        with snapshot():
            state = reference_version()
            values = read_parameters(request.query_params, PARAMETERS)
        if request.accepted_renderer.format == GEOJSON:
            _refuse_pages(request)
            return self.tagged(request, state, lambda: self._file(values))
        return self.tagged(request, state, lambda: self._page(request, values))

    def _file(self, values: Mapping[str, Any]) -> HttpResponse:
        with snapshot():
            areas = list(_chosen(values).select_related("boundary"))
            about = {"count": len(areas), **reference_meta("areas")}
            body = b"".join(write_features(about, areas))
        response = HttpResponse(body, content_type=str(renderers_named(GEOJSON)[0].media_type))
        response.headers["Content-Disposition"] = 'attachment; filename="areas.geojson"'
        response.headers[TOTAL_COUNT] = str(len(areas))
        return response

    def _page(self, request: Request, values: Mapping[str, Any]) -> HttpResponse:
        with snapshot():
            areas = _chosen(values)
            count = areas.count()
            page, size = values["page"] or 1, values["page_size"] or PAGE_SIZE
            beside = neighbours(request, page, size, count, lambda number: _query(request, number))
            rows = list(_with_names(areas)[(page - 1) * size : page * size])
            documents = [json.dumps(each, ensure_ascii=False) for each in _documents(rows)]
        head = {"count": count, "next": beside.next, "previous": beside.previous}
        response = json_response(write_envelope(head, documents, reference_meta("areas")))
        beside.write_links(response)
        return response


def _refuse_pages(request: Request) -> None:
    given = [name for name in PAGING if name in request.query_params]
    if given:
        message = "A file holds the whole list. Leave this out."
        raise wrong_parameters([ParameterError(name, message) for name in given])


def _chosen(values: Mapping[str, Any]) -> AreaQuerySet:
    areas = Area.objects.order_by("code")
    if values["q"]:
        areas = Area.objects.similar_to(values["q"])
    if values["level"]:
        areas = areas.at_level(values["level"])
    if values["within"]:
        areas = areas.filter(path__overlap=[area.pk for area in values["within"].items])
    return areas


def _with_names(areas: AreaQuerySet) -> AreaQuerySet:
    return (
        areas.select_related("boundary")
        .defer("boundary__outline")
        .prefetch_related(
            Prefetch("names", AreaName.objects.order_by("name")),
            Prefetch("predecessors", Area.objects.only("code").order_by("code")),
            Prefetch("successors", Area.objects.only("code").order_by("code")),
        )
    )


def _documents(areas: Iterable[Area]) -> list[dict[str, Any]]:
    """What is said of each area. Staff notes on an area are not among it."""
    areas = list(areas)
    above = Area.objects.in_bulk({pk for area in areas for pk in area.path})
    return [_document(area, [above[pk] for pk in area.path[:-1]]) for area in areas]


def _document(area: Area, above: list[Area]) -> dict[str, Any]:
    has_point = area.latitude is not None and area.longitude is not None
    return {
        "code": area.code,
        "level": area.level,
        "name": area.name,
        "name_local": area.name_local,
        "names": [{"name": each.name, "kind": each.kind} for each in _by_standing(area)],
        "within": [
            {
                "code": each.code,
                "level": each.level,
                "name": each.name,
                "name_local": each.name_local,
            }
            for each in above
        ],
        "point": (
            {"lat": float(area.latitude or 0), "lon": float(area.longitude or 0)}
            if has_point
            else None
        ),
        "boundary": boundary_document(getattr(area, "boundary", None)),
        "established": area.established.as_document(),
        "abolished": area.abolished.as_document(),
        "formed_out_of": [each.code for each in area.predecessors.all()],
        "succeeded_by": [each.code for each in area.successors.all()],
        "population": area.population,
        "source": area.source,
    }


def _by_standing(area: Area) -> list[AreaName]:
    """The names of an area, the official ones first."""
    kinds = AreaName.Kind.values
    return sorted(area.names.all(), key=lambda each: kinds.index(each.kind))


def _query(request: Request, page: int) -> str:
    query = request.query_params.copy()
    query["page"] = str(page)
    return query.urlencode(safe=",")
