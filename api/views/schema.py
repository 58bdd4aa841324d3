"""The description of this API for programs, by OpenAPI 3.1."""

import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework.request import Request

from api.views.base import ReadView, json_response, refuse_parameters
from record.reference_state import reference_version
from record.snapshots import snapshot
from reference.publisher import publisher


class SchemaView(ReadView):
    """Every address with its parameters, its answers and its errors."""

    def get(self, request: Request) -> HttpResponseBase:
        """Written once, and again when a term or an area has changed."""
        refuse_parameters(request)
        with snapshot():
            body = _written(
                reference_version(),
                publisher().name_in(settings.LANGUAGE_CODE),
                publisher().licence,
                publisher().contact,
            )
        return self.tagged(request, hashlib.sha256(body).hexdigest(), lambda: json_response(body))


@lru_cache(maxsize=1)
def _written(state: str, name: str, licence: str, contact: str) -> bytes:
    # Both name this view, so they can be read only once it is there.
    from api.schema.document import description
    from api.urls import urlpatterns

    described = description(urlpatterns, name=name, licence=licence, contact=contact)
    return json.dumps(described, ensure_ascii=False, indent=1).encode()
