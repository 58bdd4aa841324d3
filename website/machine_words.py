"""What search engines are told about the record as a whole, in the words of schema.org.

Only who publishes it, addresses and the date of the last publication: never a word of a case,
since what an engine copied from here nobody could call back.
"""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from reference.publisher import publisher
from website.logo import logo_address
from website.published import RecordState

_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def dataset_words(request: HttpRequest, state: RecordState) -> SafeString:
    """The record as a ``Dataset``."""
    described: dict[str, Any] = {
        "@type": "Dataset",
        "name": gettext("%(organisation)s: the record") % _organisation(),
        "description": _description(),
        "url": request.build_absolute_uri(reverse("website:coverage")),
        "inLanguage": [code for code, _ in settings.LANGUAGES],
        "isAccessibleForFree": True,
        **_licence(),
        "creator": _creator(request),
        "version": str(state.sequence),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": request.build_absolute_uri("/api/v1/"),
            }
        ],
    }
    if state.published_at:
        described["dateModified"] = state.published_at.date().isoformat()
    return _written(described)


def website_words(request: HttpRequest) -> SafeString:
    """The site, with where a search engine may send a search."""
    address = request.build_absolute_uri(reverse("website:search"))
    described = {
        "@type": "WebSite",
        "name": publisher().name,
        "description": _description(),
        "url": address,
        "inLanguage": get_language() or "en",
        "publisher": _creator(request),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{address}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
    return _written(described)


def _description() -> str:
    return gettext(
        "Human-rights cases, documented: who did what to whom, who says so, and what came of it."
    )


def _organisation() -> dict[str, str]:
    return {"organisation": publisher().name}


def _creator(request: HttpRequest) -> dict[str, Any]:
    by = publisher()
    described: dict[str, Any] = {"@type": "Organization", "name": by.name}
    if by.website:
        described["url"] = by.website
    if by.email:
        described["email"] = by.email
    if by.logo:
        described["logo"] = request.build_absolute_uri(logo_address(by.logo))
    return described


def _licence() -> dict[str, str]:
    """The address of the licence; nothing where only its name is known, which is no value here."""
    address = publisher().licence_address
    return {"license": address} if address else {}


def _written(described: dict[str, Any]) -> SafeString:
    """JSON that can stand in a page: with these three escaped it cannot end its element."""
    text = json.dumps({"@context": "https://schema.org", **described}, ensure_ascii=False)
    return SafeString(text.translate(_ESCAPED))
