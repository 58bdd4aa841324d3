"""The logo of the organisation, from our own address and under a name that changes with it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reference.publisher import logo_bytes, publisher

KEPT_FOR = 365 * 24 * 60 * 60
"""Seconds: another picture has another name, so no copy is ever out of date."""


@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """The picture, if this is the name of the one that stands now."""
    current = publisher().logo
    data = logo_bytes(current.sha256) if current and current.file_name == name else None
    if current is None or data is None:
        raise Http404("There is no such logo.")
    return HttpResponse(
        data,
        content_type=current.media_type,
        headers={
            "Cache-Control": f"public, max-age={KEPT_FOR}, immutable",
            "ETag": f'"{current.sha256[:32]}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
