"""What every page of a published object has in common: its address, its history, its end."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from record.citing import cite
from record.kinds import Kind
from website.addresses import record_address
from website.caching import public_page
from website.published import (
    Document,
    Merged,
    Withdrawn,
    history,
    published,
    published_version,
)

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]

INDEXED = "index, follow, noarchive"
"""People have to find a name in a search engine; no engine may keep a copy of its own, because
nobody could call that back."""

NOT_INDEXED = "noindex, follow"


def record_page(
    view: View[Parameters], *, beside: Callable[..., Subquery | None] | None = None
) -> View[Parameters]:
    """The page of one object, or the right answer where it is there no longer.

    Withdrawn: 410 with nothing but the class of reason. Merged: 308 to the survivor. ``beside``
    is as for ``public_page``.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Withdrawn as withdrawn:
            return _gone(request, withdrawn)
        except Merged as merged:
            survivor = record_address(merged.survivor)
            return HttpResponsePermanentRedirect(survivor, preserve_request=True)

    return public_page(answer, beside=beside)


def read(kind: Kind, reference: str, version: int | None) -> Document:
    """The current document, or the one that revision ``version`` published."""
    if version is None:
        return published(kind, reference)
    return published_version(kind, reference, version)


def record_context(request: HttpRequest, document: Document, version: int | None) -> dict[str, Any]:
    """What ``record.html`` needs: the document, its history and how to cite it."""
    reference = document["reference"]
    kind = Kind(document["kind"])
    cited = request.build_absolute_uri(
        reverse(f"website:{kind.value}-version", args=[reference, document["version"]])
    )
    here = cited if version else request.build_absolute_uri(request.path)
    return {
        "document": document,
        "kind": kind,
        "history": history(reference),
        "canonical": here,
        "robots": NOT_INDEXED if version else INDEXED,
        # Networks keep what they show of a shared link for ever, so it names no person.
        "share_title": f"{kind.label}: {reference}",
        "version": version,
        "citation": cite(document, cited),
        "api_address": f"/api/v1/{kind.plural}/{reference}/",
    }


def _gone(request: HttpRequest, withdrawn: Withdrawn) -> HttpResponse:
    context = {
        "reference": withdrawn.reference,
        "reason": {"code": withdrawn.reason, "label": ""},
        "robots": "noindex, noarchive",
    }
    return render(request, "410.html", context, status=410)
