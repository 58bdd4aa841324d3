"""Every type of page that the public can reach, as one address of the site under test.

Names become those of the screenshots. Places in braces are filled from ``Contents``.
"""

PAGES = {
    "home": "/",
    "incidents": "/incidents/?q=Turbat",
    "victims": "/victims/?sex=man",
    "violations": "/violations/?type=life&date_from=2023-11&date_to=2023-11",
    "agencies": "/agencies/?q=police",
    "legal-actions": "/legal-actions/?q=FIR",
    "sources": "/sources/?source_type=news",
    "nothing-found": "/violations/?type=torture&district=Quetta&date_from=2021&date_to=2021",
    "table": "/violations/table/?district=Kech",
    "timeline": "/violations/timeline/",
    "map": "/violations/map/",
    "statistics": "/statistics/",
    "statistics-crossed": "/statistics/?unit=violations&group_by=type&group_by=month"
    "&date_from=2023-10&date_to=2023-12",
    "incident": "/incidents/{incident}/",
    "incident-corrected": "/incidents/{corrected}/",
    "incident-revision": "/incidents/{corrected}/r/1/",
    "changes": "/incidents/{corrected}/r/2/changes/",
    "victim": "/victims/{victim}/",
    "victim-pictured": "/victims/{pictured}/",
    "violation": "/violations/{violation}/",
    "agency": "/agencies/{agency}/",
    "legal-action": "/legal-actions/{legal_action}/",
    "source": "/sources/{source}/",
    "definitions": "/definitions/",
    "vocabulary": "/definitions/violation-type/",
    "methodology": "/methodology/",
    "about": "/about/",
    "api-guide": "/api-guide/",
    "coverage": "/coverage/",
    "privacy": "/privacy/",
    "corrections": "/corrections/?record={incident}",
    "downloads": "/downloads/",
    "400": "/violations/?district=Turbatt&date_from=yesterday&typ=torture",
    "404": "/no/such/page/",
    "410": "/incidents/{withdrawn}/",
}

STATUSES = {"400": 400, "404": 404, "410": 410}
"""Of the pages that answer with anything but 200."""

LANGUAGES = {"en": "", "ur": "/ur"}
"""What stands before an address in each language."""

FILES = {
    "website.views.downloads.latest_file",
    "website.views.downloads.release_file",
    "website.views.logo.logo",
    "website.views.map.map_file",
    "website.views.picture.picture_file",
    "website.views.robots.robots",
    "website.views.sitemap.pages_map",
    "website.views.sitemap.records_map",
    "website.views.sitemap.site_index",
    "website.views.source_file.redacted_file",
    "website.views.statistics.statistics_chart",
    "website.views.statistics.statistics_table",
}
"""Views that answer with something else than a page."""


def path_of(name, contents, language="en"):
    """The path and query of a page."""
    return LANGUAGES[language] + PAGES[name].format(**vars(contents))
