"""The first address: what there is, with one question each to start from."""

import hashlib
import json
from typing import Final

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from api.meta import dataset_version
from api.views.base import ReadView, json_response, refuse_parameters
from record.caveat import CAVEAT
from record.snapshots import bounded
from reference.publisher import publisher

RESOURCES: Final = (
    (
        "violations",
        "One victim, one type, one incident: what was done to whom. The unit of statistics.",
        "type=enforced-disappearance&date_from=2023-10-01&date_to=2023-10-31",
    ),
    (
        "incidents",
        "What happened at a time and place: violations, protests, attacks, with all accounts.",
        "type=life&date_from=2023&date_to=2023",
    ),
    (
        "victims",
        "The persons and groups harmed, as far as they may be named.",
        "status=disappeared",
    ),
    ("agencies", "Forces, groups, courts and bodies.", "ordering=name"),
    ("legal-actions", "Complaints, petitions, cases and orders, and whether they were obeyed.", ""),
    ("sources", "What the record rests on.", "date_from=2023"),
    (
        "statistics",
        "Counts by district, month and other groups; what is unknown is counted too.",
        "unit=violations&group_by=district",
    ),
    (
        "changes",
        "What was published, corrected, merged and withdrawn, in order, for copies of the record.",
        "after=0",
    ),
    (
        "coverage",
        "What the record holds by district and year, and the districts where it holds nothing.",
        "",
    ),
    ("areas", "Codes and names of provinces, districts and places.", "level=district&q=Kech"),
    ("vocabularies", "The codes of types, statuses and grades, with definitions.", ""),
    ("limits", "How much may be asked, and what is left of it.", ""),
    ("problems", "What each error means.", ""),
    ("schema", "This API described for programs, by OpenAPI 3.1.", ""),
)
"""Name, what it holds, and the query string of an example."""


class RootView(ReadView):
    """The index of the API."""

    def get(self, request: Request) -> HttpResponseBase:
        """The resources, and what to know before citing a figure."""
        refuse_parameters(request)
        with bounded():
            version = dataset_version()
            by = publisher()
        index = {
            "name": by.name_in(settings.LANGUAGE_CODE),
            "version": "v1",
            "resources": [
                _describe(request, name, holds, query) for name, holds, query in RESOURCES
            ],
            "dataset_version": version,
            "licence": by.licence,
            "contact": by.contact or None,
            "caveat": CAVEAT,
            "collecting_bodies": list(by.collecting_bodies_in(settings.LANGUAGE_CODE)),
        }
        body = json.dumps(index, ensure_ascii=False, indent=1).encode()
        return self.tagged(request, hashlib.sha256(body).hexdigest(), lambda: json_response(body))


def _describe(request: Request, name: str, holds: str, query: str) -> dict[str, str]:
    url = request.build_absolute_uri(reverse(f"api:{name}"))
    return {"name": name, "url": url, "holds": holds, "example": f"{url}?{query}" if query else url}
