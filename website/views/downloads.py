"""Releases of the whole record: the page that lists them, and their files."""

from http import HTTPStatus

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from record.snapshots import snapshot
from website.byte_ranges import Part, Unsatisfiable, asked_part, range_applies
from website.caching import FRESH_FOR
from website.downloads import (
    Busy,
    Closed,
    Damaged,
    Download,
    latest_date,
    shown_releases,
)

LATEST = "latest"

_SOON = "30"
"""Seconds after which a release that is being rewritten, or a busy server, may be asked again."""


@require_safe
@gzip_page
def downloads(request: HttpRequest) -> HttpResponse:
    """Every release with its files, their sizes and hashes, and what a count means."""
    with snapshot():
        releases = shown_releases()
    context = {
        "releases": releases,
        "canonical": request.build_absolute_uri(request.path),
        "robots": "index, follow",
        "explaining": "downloads",
    }
    response = render(request, "website/downloads.html", context)
    # Not by the state of the record, as other pages: releases come and go without a revision.
    response.headers["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return response


@require_safe
def latest_file(request: HttpRequest, name: str = "") -> HttpResponseBase:
    """The way to a file of the newest release; without a name, to its manifest."""
    date = latest_date()
    if date is None:
        raise Http404("There is no release.")
    address = reverse("website:release-file", args=[date, name or "manifest.json"])
    response = HttpResponseRedirect(address)
    response.headers["Cache-Control"] = "no-cache"
    # A script of another site is stopped by a way that is not open to it, wherever that leads.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def release_file(request: HttpRequest, date: str, name: str) -> HttpResponseBase:
    """A file of a release, whole or the part asked for."""
    try:
        download = Download(date, name)
    except FileNotFoundError:
        raise Http404("There is no such file.") from None
    except Closed:
        return _later("These files are being rewritten, because something in them was withdrawn.")
    except Damaged:
        return _later("These files cannot be given out at the moment.")
    try:
        return _answer(request, download)
    except Busy:
        download.close()
        return _later("As many downloads are under way as can be at once.")
    except BaseException:
        download.close()
        raise


def _answer(request: HttpRequest, download: Download) -> HttpResponseBase:
    modified = int(download.modified.timestamp())
    held = get_conditional_response(request, etag=download.etag, last_modified=modified)
    if held is not None:
        download.close()
        return _described(held, download, modified)
    size = download.file.bytes
    try:
        part = _part(request, download, http_date(modified))
    except Unsatisfiable:
        download.close()
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return _described(refused, download, modified)
    chosen = part or Part(0, size - 1)
    if request.method == "HEAD":
        download.close()
        response: HttpResponseBase = HttpResponse()
    else:
        response = StreamingHttpResponse(download.pieces(chosen))
    response.headers["Content-Type"] = _content_type(download.file.media_type)
    response.headers["Content-Length"] = str(chosen.length)
    if part is not None:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = part.content_range(size)
    return _described(response, download, modified)


def _part(request: HttpRequest, download: Download, modified: str) -> Part | None:
    """The part asked for; None for the whole file, also where the client's part is of another."""
    header = request.headers.get("Range", "")
    condition = request.headers.get("If-Range", "")
    if request.method != "GET" or not range_applies(condition, download.etag, modified):
        return None
    return asked_part(header, download.file.bytes)


def _described(response: HttpResponseBase, download: Download, modified: int) -> HttpResponseBase:
    """What every answer about a file says of it."""
    response.headers["ETag"] = download.etag
    response.headers["Last-Modified"] = http_date(modified)
    response.headers["Accept-Ranges"] = "bytes"
    # Copies may be kept, but a withdrawal has to reach them: ask each time, 304 is cheap.
    response.headers["Cache-Control"] = "no-cache"
    # Public, and no cookie is involved: scripts of any site may read it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Accept-Ranges, Content-Range, ETag"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _later(words: str) -> HttpResponse:
    response = HttpResponse(f"{words} Please try again later.\n", content_type="text/plain")
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = _SOON
    response.headers["Cache-Control"] = "no-store"
    return response
