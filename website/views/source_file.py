"""The redacted file of a source, to keep."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from record.source_files import is_named, source_file
from website.caching import CACHE_CONTROL


@require_safe
def redacted_file(request: HttpRequest, sha256: str, ending: str) -> HttpResponse:
    """The file that a live document of a source names; 404 as soon as none does.

    An original has an address as little as a file that never was: both are the same 404. What is
    sent is kept, never shown as a page of ours, and lives in caches as long as pages do.
    """
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") and is_named(sha256, ending):
        held = get_conditional_response(request, etag=etag)
        if held is not None:
            return _described(held, etag)
    found = source_file(sha256, ending)
    if found is None:
        raise Http404("There is no such file.")
    media_type, content = found
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{sha256[:12]}.{ending}"'
    return _described(answer, etag)


def _described(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response
