"""Whether the address of a source still answers: beside its document, and no part of it."""

import json
from typing import Any

from django.http import HttpResponseBase
from django.utils import translation
from rest_framework.request import Request

from api.views.base import json_response, refuse_parameters
from api.views.details import DetailView
from record.kinds import Kind
from record.snapshots import bounded
from record.source_links import LinkStanding, link_of


class LinkView(DetailView):
    """The state of the address that a source's document names."""

    kind = Kind.SOURCE
    behind = "link/"

    def get(self, request: Request, reference: str) -> HttpResponseBase:
        """State, and days in UTC; null where nothing is known. 308 and 410 as for the source."""
        refuse_parameters(request)
        entry = self._read(request, reference, "document")
        document = json.loads(entry["document"])
        with bounded():
            link = link_of(document)
        answer = _answer(document, link)
        return self.tagged(request, answer, lambda: json_response(answer))


def _answer(document: dict[str, Any], link: LinkStanding | None) -> dict[str, Any]:
    answer: dict[str, Any] = {"record": document["reference"], "url": document["url"]}
    if link is None:
        return {**answer, "state": None, "since": None, "checked_on": None}
    with translation.override("en"):
        state = {"code": link.state.value, "label": str(link.state.label)}
    return {
        **answer,
        "state": state,
        "since": link.since.isoformat(),
        "checked_on": link.checked_on.isoformat(),
    }
