"""Addresses of the website: a list for each kind of record, and a page for each object.

A reference never changes, so neither do these addresses; each revision has one of its own.
"""

from django.urls import URLPattern, path, re_path, register_converter

from record.kinds import REFERENCE_PATTERN, Kind
from record.source_files import ENDINGS
from record.statistics import COUNTED
from website.resources import RESOURCES
from website.views.agency import agency
from website.views.api_guide import api_guide
from website.views.changes import changes
from website.views.downloads import LATEST, downloads, latest_file, release_file
from website.views.explaining import (
    about,
    corrections,
    coverage_page,
    definitions,
    methodology,
    privacy,
    vocabulary,
)
from website.views.incident import incident
from website.views.legal_action import legal_action
from website.views.logo import logo
from website.views.map import map_file, map_page
from website.views.picture import picture_file
from website.views.robots import robots
from website.views.search import search
from website.views.sitemap import pages_map, records_map, site_index
from website.views.source import source
from website.views.source_file import redacted_file
from website.views.statistics import statistics, statistics_chart, statistics_table
from website.views.table import table
from website.views.timeline import timeline
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

_MAPPED = [kind for kind in RESOURCES if kind.plural in COUNTED]

urlpatterns: list[URLPattern] = [
    path("", search, {"home": True}, name="search"),
    *(path(f"{kind.plural}/", search, {"kind": kind}, name=kind.plural) for kind in RESOURCES),
    *(
        path(f"{kind.plural}/table/", table, {"kind": kind}, name=f"{kind.plural}-table")
        for kind in RESOURCES
    ),
    *(
        path(f"{kind.plural}/timeline/", timeline, {"kind": kind}, name=f"{kind.plural}-timeline")
        for kind in _MAPPED
    ),
    *(
        path(f"{kind.plural}/map/", map_page, {"kind": kind}, name=f"{kind.plural}-map")
        for kind in _MAPPED
    ),
    *(
        path(f"{kind.plural}/map.svg", map_file, {"kind": kind}, name=f"{kind.plural}-map-file")
        for kind in _MAPPED
    ),
    *(
        path(
            f"{kind.plural}/map.png",
            map_file,
            {"kind": kind, "ending": "png"},
            name=f"{kind.plural}-map-picture",
        )
        for kind in _MAPPED
    ),
    path("statistics/", statistics, name="statistics"),
    path("about/", about, name="about"),
    path("api-guide/", api_guide, name="api-guide"),
    path("logo/<str:name>", logo, name="logo"),
    path("methodology/", methodology, name="methodology"),
    path("definitions/", definitions, name="definitions"),
    path("definitions/<slug:slug>/", vocabulary, name="vocabulary"),
    path("coverage/", coverage_page, name="coverage"),
    path("privacy/", privacy, name="privacy"),
    path("corrections/", corrections, name="corrections"),
    path("downloads/", downloads, name="downloads"),
    path(f"downloads/{LATEST}/", latest_file, name="latest-release"),
    path(f"downloads/{LATEST}/<str:name>", latest_file, name="latest-release-file"),
    path("downloads/<str:date>/<str:name>", release_file, name="release-file"),
    re_path(r"^pictures/(?P<sha256>[0-9a-f]{64})\.jpg$", picture_file, name="picture"),
    re_path(
        rf"^files/(?P<sha256>[0-9a-f]{{64}})\.(?P<ending>{'|'.join(ENDINGS.values())})$",
        redacted_file,
        name="redacted-file",
    ),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", site_index, name="sitemap"),
    path("sitemap-pages.xml", pages_map, name="sitemap-pages"),
    *(
        path(
            f"sitemap-{kind.plural}-<int:part>.xml",
            records_map,
            {"kind": kind},
            name=f"sitemap-{kind.plural}",
        )
        for kind in RESOURCES
    ),
    path("statistics/table.csv", statistics_table, name="statistics-table"),
    path("statistics/chart.svg", statistics_chart, name="statistics-chart"),
    path("statistics/chart.png", statistics_chart, {"ending": "png"}, name="statistics-picture"),
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
    *(
        path(
            f"{kind.plural}/<reference:reference>/r/<int:version>/changes/",
            changes,
            {"kind": kind},
            name=f"{kind.value}-changes",
        )
        for kind in _PAGES
    ),
]
