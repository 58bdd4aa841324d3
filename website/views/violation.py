"""The page of a violation: one act, one person, one incident."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from record.kinds import Kind
from website.presentation.violation import present_violation
from website.published import cited_sources
from website.views.record_page import read, record_context, record_page


@record_page
def violation(request: HttpRequest, reference: str, version: int | None = None) -> HttpResponse:
    """One act against one person, with what officials say of it and who is held responsible."""
    document = read(Kind.VIOLATION, reference, version)
    page = present_violation(document, cited_sources(document))
    context = record_context(request, document, version)
    return render(request, "website/violation.html", {**context, "page": page, "notes": page.notes})
