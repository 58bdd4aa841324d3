"""Addresses of the website: a list for each kind of record, and a page for each object.

A reference never changes, so neither do these addresses; each revision has one of its own.
"""

from django.urls import URLPattern, path, register_converter

from record.kinds import REFERENCE_PATTERN, Kind
from website.resources import RESOURCES
from website.views.agency import agency
from website.views.incident import incident
from website.views.legal_action import legal_action
from website.views.search import search
from website.views.source import source
from website.views.victim import victim
from website.views.violation import violation


class ReferenceConverter:
    """A public reference in an address."""

    regex = REFERENCE_PATTERN.pattern.strip("^$")

    def to_python(self, value: str) -> str:
        """The reference as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The reference as it stands."""
        return value


register_converter(ReferenceConverter, "reference")

app_name = "website"

_PAGES = {
    Kind.INCIDENT: incident,
    Kind.VICTIM: victim,
    Kind.VIOLATION: violation,
    Kind.AGENCY: agency,
    Kind.LEGAL_ACTION: legal_action,
    Kind.SOURCE: source,
}

urlpatterns: list[URLPattern] = [
    path("", search, {"home": True}, name="search"),
    *(path(f"{kind.plural}/", search, {"kind": kind}, name=kind.plural) for kind in RESOURCES),
    *(
        path(f"{kind.plural}/<reference:reference>/", page, name=kind.value)
        for kind, page in _PAGES.items()
    ),
    *(
        path(
            f"{kind.plural}/<reference:reference>/r/<int:version>/",
            page,
            name=f"{kind.value}-version",
        )
        for kind, page in _PAGES.items()
    ),
]
