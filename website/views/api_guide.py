"""The guide to the API, for people who have not asked one before."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from website.api_guide import example
from website.api_parameters import explained_parameters
from website.caching import public_page


@public_page
def api_guide(request: HttpRequest) -> HttpResponse:
    """A first question in five minutes, in four ways, with the addresses of this site."""
    context = {
        "example": example(request.build_absolute_uri("/").rstrip("/")),
        "parameters": explained_parameters(),
        "requests_an_hour": settings.GAWAH_API_REQUESTS,
        "canonical": request.build_absolute_uri(request.path),
        "robots": "index, follow",
        "explaining": "api-guide",
    }
    return render(request, "website/api_guide.html", context)
