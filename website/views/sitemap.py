"""The sitemap: an index, the pages that explain, and every published object, in parts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from record.kinds import Kind
from website.caching import public_page
from website.sitemap import Located, pages_located, parts, records_located

_XML = "application/xml; charset=utf-8"


@public_page
def site_index(request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap."""
    context = {"addresses": [request.build_absolute_uri(path) for path in parts()]}
    return render(request, "website/sitemap_index.xml", context, content_type=_XML)


@public_page
def pages_map(request: HttpRequest) -> HttpResponse:
    """The lists and the pages that explain."""
    return _written(request, pages_located())


@public_page
def records_map(request: HttpRequest, kind: Kind, part: int) -> HttpResponse:
    """One part of the published objects of a kind; 404 beyond the last."""
    located = records_located(kind, part)
    if located is None:
        raise Http404("The sitemap has no such part.")
    return _written(request, located)


def _written(request: HttpRequest, located: list[Located]) -> HttpResponse:
    root = request.build_absolute_uri("/").rstrip("/")
    context = {"located": located, "root": root}
    return render(request, "website/sitemap.xml", context, content_type=_XML)
