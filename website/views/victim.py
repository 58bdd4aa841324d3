"""The page of a victim: the person first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from record.kinds import Kind
from record.pictures import is_shown
from website.presentation.victim import present_victim
from website.published import cited_sources
from website.views.record_page import read, record_context, record_page


@record_page
def victim(request: HttpRequest, reference: str, version: int | None = None) -> HttpResponse:
    """Who they are, what became of them, and every incident and legal step."""
    document = read(Kind.VICTIM, reference, version)
    photograph = document.get("photograph")
    # What stands now has its photograph; an earlier revision may have lost it, as by a merger.
    lost = bool(version and photograph and not is_shown(photograph["sha256"]))
    reader = get_language() or "en"
    page = present_victim(document, cited_sources(document), reader, taken_back=lost)
    context = record_context(request, document, version)
    return render(request, "website/victim.html", {**context, "page": page, "notes": page.notes})
