"""The page of a source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from record.kinds import Kind
from website.related import related
from website.views.record_page import read, record_context, record_page


@record_page
def source(request: HttpRequest, reference: str, version: int | None = None) -> HttpResponse:
    """What it is, what copies are kept, and which incidents rest on it."""
    document = read(Kind.SOURCE, reference, version)
    context = record_context(request, document, version)
    if version is None:
        context["incidents"] = related(Kind.INCIDENT, f"source={reference}")
    return render(request, "website/source.html", context)
