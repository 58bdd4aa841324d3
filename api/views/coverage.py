"""What the record covers: zero, not searched and not published are different answers."""

import json
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from api.envelope import write_envelope
from api.meta import collecting_bodies, reference_meta
from api.views.base import json_response, refuse_parameters
from api.views.questions import LANGUAGE, QuestionView
from record.coverage import COUNTED_BY, SilentDistricts, coverage
from record.kinds import Kind
from record.statistics import Bucket
from reference.models import Area

CAVEAT: Final = (
    "A zero says that this record holds nothing, never that nothing happened. The record does not "
    "hold which districts and years were searched."
)


class CoverageView(QuestionView):
    """How much is published, of which districts and years, and where there is nothing."""

    def answer(self, request: Request, version: int) -> HttpResponse:
        """Counts by kind, incidents by district and year, and the districts without any."""
        refuse_parameters(request)
        whole = coverage(LANGUAGE)
        incidents = _address(request, Kind.INCIDENT)
        head = {
            "count": whole.found.total,
            "held": [
                {"resource": kind.plural, "count": count, "url": _address(request, kind)}
                for kind, count in whole.held.items()
            ],
            "without_records": [_silent(each) for each in whole.silent],
        }
        buckets = [
            json.dumps(_bucket(each, incidents), ensure_ascii=False) for each in whole.found.buckets
        ]
        meta = {
            **reference_meta("incidents"),
            "dataset_version": version,
            "caveat": CAVEAT,
            "collecting_bodies": collecting_bodies(),
            "adds_up": whole.found.adds_up,
        }
        return json_response(write_envelope(head, buckets, meta, results="buckets"))


def _address(request: Request, kind: Kind) -> str:
    return request.build_absolute_uri(reverse(f"api:{kind.plural}"))


def _bucket(bucket: Bucket, incidents: str) -> dict[str, Any]:
    """As statistics have it."""
    values = zip(COUNTED_BY, bucket.values, strict=True)
    return {
        **{
            name: {"code": value.code, "label": value.label, "unknown": value.unknown}
            for name, value in values
        },
        "count": bucket.count,
        "url": None if bucket.link is None else f"{incidents}?{bucket.link}",
    }


def _silent(found: SilentDistricts) -> dict[str, Any]:
    """``of``: how many districts the province has today."""
    return {
        "province": _named(found.province),
        "of": found.all_districts,
        "districts": [_named(each) for each in found.districts],
    }


def _named(area: Area) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "name_local": area.name_local}
