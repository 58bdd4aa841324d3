"""The photograph of a person, as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from record.pictures import MEDIA_TYPE, is_shown, picture
from website.caching import CACHE_CONTROL


@require_safe
def picture_file(request: HttpRequest, sha256: str) -> HttpResponse:
    """The JPEG that a live document shows; 404 as soon as none does.

    Copies live as long as those of pages, so that whoever takes a face back is obeyed within a
    minute. Search engines are asked not to keep it: nobody could call that back.
    """
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") and is_shown(sha256):
        held = get_conditional_response(request, etag=etag)
        if held is not None:
            return _described(held, etag)
    content = picture(sha256)
    if content is None:
        raise Http404("There is no such picture.")
    return _described(HttpResponse(content, content_type=MEDIA_TYPE), etag)


def _described(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["X-Robots-Tag"] = "noindex, noimageindex, noarchive"
    return response
