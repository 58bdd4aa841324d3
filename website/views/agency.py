"""The page of an agency."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from record.kinds import Kind
from website.presentation.official_responses import answers_of, statements_of
from website.presentation.units import units_of
from website.related import related
from website.views.record_page import read, record_context, record_page


@record_page
def agency(request: HttpRequest, reference: str, version: int | None = None) -> HttpResponse:
    """What it is, what it is alleged to have done, what it says of it, and what came before it as
    a forum."""
    document = read(Kind.AGENCY, reference, version)
    context = record_context(request, document, version)
    if version is None:
        incidents = related(Kind.INCIDENT, f"agency={reference}")
        context["incidents"] = incidents
        context["statements"] = statements_of(reference, incidents.documents)
        context["answers"] = answers_of(reference, incidents.documents)
        below = related(Kind.AGENCY, f"agency={reference}")
        context["units"] = units_of(reference, below.documents)
        context["below"] = below
        context["legal_actions"] = related(Kind.LEGAL_ACTION, f"forum={reference}")
    return render(request, "website/agency.html", context)
