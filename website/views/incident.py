"""The page of an incident."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from record.kinds import Kind
from website.presentation.incident import present_incident
from website.published import cited_sources
from website.views.record_page import read, record_context, record_page


@record_page
def incident(request: HttpRequest, reference: str, version: int | None = None) -> HttpResponse:
    """What happened, to whom, who says what, and on what it rests."""
    document = read(Kind.INCIDENT, reference, version)
    page = present_incident(document, cited_sources(document), get_language() or "en")
    context = record_context(request, document, version)
    return render(request, "website/incident.html", {**context, "page": page, "notes": page.notes})
