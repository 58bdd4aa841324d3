"""The page of a legal action."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from record.kinds import Kind
from website.presentation.legal_action import present_legal_action
from website.published import cited_sources
from website.views.record_page import read, record_context, record_page


@record_page
def legal_action(request: HttpRequest, reference: str, version: int | None = None) -> HttpResponse:
    """Forum, parties, each step with whether it was obeyed, and what it does to other actions."""
    document = read(Kind.LEGAL_ACTION, reference, version)
    page = present_legal_action(document, cited_sources(document), get_language() or "en")
    context = record_context(request, document, version)
    return render(
        request, "website/legal_action.html", {**context, "page": page, "notes": page.notes}
    )
