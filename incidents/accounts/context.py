"""What the pages of allauth need to look like the rest of the staff side."""

from typing import Any

from django.http import HttpRequest

ACCOUNT_PAGES = ("account", "mfa_")


def account_pages(request: HttpRequest) -> dict[str, Any]:
    """Name, languages and links of the staff side, for pages about accounts alone."""
    match = request.resolver_match
    if match is None or not (match.url_name or "").startswith(ACCOUNT_PAGES):
        return {}
    from incidents.admin.site import site

    return site.each_context(request)
