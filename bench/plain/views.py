"""The lists, filtered over joins, or over EXISTS where they are tuned."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.plain.models import Incident, Violation, ViolationType
from bench.plain.serializers import IncidentSerializer, ViolationSerializer

_OF_VIOLATION = (
    *("type", "type__parent", "province", "district__province", "victim", "agencies"),
    "citations__source",
)


class Pages(PageNumberPagination):
    """Fifty rows, as everywhere."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class IncidentList(ListAPIView[Incident]):
    """Incidents that have such a violation."""

    serializer_class = IncidentSerializer
    pagination_class = Pages
    tuned = False

    def get_queryset(self) -> QuerySet[Incident]:
        """Newest first."""
        wanted = self.request.query_params
        found: QuerySet[Incident] = Incident.objects.order_by(
            F("earliest").desc(nulls_last=True), "-id"
        )
        if self.tuned:
            acts = Violation.objects.filter(chosen(wanted, tuned=True), incident=OuterRef("pk"))
            found = found.filter(Exists(acts))
        else:
            found = found.filter(chosen(wanted, of="violations__")).distinct()
        if text := wanted.get("q"):
            found = found.extra(
                where=["to_tsvector('english', account) @@ plainto_tsquery('english', %s)"],
                params=[text],
            )
        return found.prefetch_related(*(f"violations__{name}" for name in _OF_VIOLATION))


class ViolationList(ListAPIView[Violation]):
    """Violations themselves."""

    serializer_class = ViolationSerializer
    pagination_class = Pages
    tuned = False

    def get_queryset(self) -> QuerySet[Violation]:
        """Newest first."""
        found = Violation.objects.filter(chosen(self.request.query_params, tuned=self.tuned))
        found = found.order_by(F("start_earliest").desc(nulls_last=True), "-id")
        newest: QuerySet[Violation] = found.prefetch_related("incident", *_OF_VIOLATION)
        return newest


class Statistics(APIView):
    """Violations by district and month."""

    def get(self, request: Request) -> Response:
        """One bucket a district and month."""
        found = Violation.objects.filter(chosen(request.query_params))
        return Response(
            found.values("district__code", month=TruncMonth("start_earliest"))
            .annotate(count=Count("id"))
            .order_by("district__code", "month")
        )


def chosen(wanted: Any, *, of: str = "", tuned: bool = False) -> Q:
    """The conditions on violations; ``of`` leads to them from another table."""
    condition = Q()
    if code := wanted.get("type"):
        if tuned:
            below = Q(code=code) | Q(parent__code=code) | Q(parent__parent__code=code)
            ids = list(ViolationType.objects.filter(below).values_list("pk", flat=True))
            condition &= Q(**{f"{of}type__in": ids})
        else:
            condition &= (
                Q(**{f"{of}type__code": code})
                | Q(**{f"{of}type__parent__code": code})
                | Q(**{f"{of}type__parent__parent__code": code})
            )
    for place in ("district", "province"):
        if code := wanted.get(place):
            condition &= Q(**{f"{of}{place}__code": code})
    return condition & _dated(wanted, of)


def _dated(wanted: Any, of: str) -> Q:
    """What possibly lies in the range: a bound that is not known may be any day."""
    if "date_from" not in wanted:
        return Q()
    first, last = date.fromisoformat(wanted["date_from"]), date.fromisoformat(wanted["date_to"])
    earliest, latest = f"{of}start_earliest", f"{of}start_latest"
    return (
        Q(**{f"{earliest}__lte": last, f"{latest}__gte": first})
        | Q(**{f"{earliest}__lte": last, f"{latest}__isnull": True})
        | Q(**{f"{earliest}__isnull": True, f"{latest}__gte": first})
    )
