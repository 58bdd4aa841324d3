"""What robots are asked to leave alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from website.caching import public_page


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """``robots.txt``: every record may be found, but not every question that could be asked.

    A filter has more combinations than a robot has days; the sitemap leads to all records.
    """
    lines = [
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /api/",
        f"Sitemap: {request.build_absolute_uri(reverse('website:sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
