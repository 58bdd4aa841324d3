"""The page of what one revision of a record changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from record.kinds import Kind
from website.presentation.differences import differences
from website.published import published_version
from website.views.record_page import NOT_INDEXED, record_page


@record_page
def changes(request: HttpRequest, kind: Kind, reference: str, version: int) -> HttpResponse:
    """What revision ``version`` says otherwise than the one before it, field by field.

    Both are read as their own pages read them, so where one of them was withdrawn or emptied
    there is nothing to compare and the answer is 410.
    """
    if version < 2:
        raise Http404("The first revision changed nothing.")
    before = published_version(kind, reference, version - 1)
    after = published_version(kind, reference, version)
    context = {
        "document": after,
        "kind": kind,
        "earlier": before,
        "differences": differences(before, after, get_language() or "en"),
        "robots": NOT_INDEXED,
        "share_title": f"{kind.label}: {reference}",
        "canonical": request.build_absolute_uri(
            reverse(f"website:{kind.value}-changes", args=[reference, version])
        ),
    }
    return render(request, "website/changes.html", context)
