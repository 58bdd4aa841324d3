"""The api app."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Configuration of the api app."""

    name = "api"
    verbose_name = _("API")

    def ready(self) -> None:
        """Make the key of the counts now: workers that fork later have to share it. Where there
        is an admin, tokens are made in it."""
        from api import limits  # noqa: F401

        if apps.is_installed("django.contrib.admin"):
            from api import admin  # noqa: F401
