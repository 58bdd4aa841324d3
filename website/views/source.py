"""The page of a source."""

from functools import partial

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from record.kinds import Kind
from record.source_files import files_here
from record.source_links import link_fingerprint, link_of
from website.presentation.links import link_words
from website.related import related
from website.views.record_page import read, record_context, record_page


def _link(reference: str, version: int | None = None) -> Subquery | None:
    return link_fingerprint(reference) if version is None else None


@partial(record_page, beside=_link)
def source(request: HttpRequest, reference: str, version: int | None = None) -> HttpResponse:
    """What it is, what copies are kept, and which incidents rest on it.

    Whether its address still answers belongs to no revision, so only the present page tells.
    """
    document = read(Kind.SOURCE, reference, version)
    context = record_context(request, document, version)
    context["files"] = files_here(document)
    if version is None:
        context["incidents"] = related(Kind.INCIDENT, f"source={reference}")
        context["link"] = link_of(document)
        context["link_words"] = link_words(context["link"])
    return render(request, "website/source.html", context)
