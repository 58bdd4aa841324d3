"""The admin as it is installed: our site, our sections, and no others."""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig


class StaffAdminConfig(SimpleAdminConfig):
    """Installs the admin without searching applications for sections of their own.

    Libraries bring some, such as raw tables of the history, that would pass by the rules on
    restricted cases.
    """

    default_site = "incidents.admin.site.StaffSite"

    def ready(self) -> None:
        """Register the sections once all models are there."""
        super().ready()
        import_module("incidents.admin.sections")
