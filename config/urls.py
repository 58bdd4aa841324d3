"""Addresses. The API speaks one language; pages are English at ``/…`` and Urdu at ``/ur/…``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from api.views.problems import UnknownView
from config.health import healthz

handler400 = "config.errors.bad_request"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", healthz, name="healthz")]
_pages: list[URLPattern | URLResolver] = []

if settings.HAS_STAFF_SIDE:
    from incidents.admin.site import site

    if settings.HAS_PUBLIC_SIDE:
        from config.case_preview import public_page, public_victim_page

        _pages.append(
            path(
                "admin/incidents/incident/<int:pk>/public-page/",
                site.admin_view(public_page),
                name="staff-public-page",
            )
        )
        _pages.append(
            path(
                "admin/incidents/incident/<int:pk>/public-page/victims/<int:person>/",
                site.admin_view(public_victim_page),
                name="staff-public-victim-page",
            )
        )
    # Before the admin, whose own pages for logging in and out they replace.
    _pages.append(path("admin/", include("incidents.accounts.urls")))
    _pages.append(path("admin/", site.urls))

if settings.HAS_PUBLIC_SIDE:
    urlpatterns.append(path("api/v1/", include("api.urls")))
    # Limits and headers are those of the API for addresses of no version too.
    urlpatterns.append(re_path("^api(?:/(?P<rest>.*))?$", UnknownView.as_view()))
    _pages.append(path("", include("website.urls")))
else:
    _pages.append(path("", RedirectView.as_view(pattern_name="admin:index")))

urlpatterns += i18n_patterns(*_pages, prefix_default_language=False)
