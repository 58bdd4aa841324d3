"""The api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Configuration of the api app."""

    name = "api"

    def ready(self) -> None:
        """Make the key of the counts now: workers that fork later have to share it."""
        from api import limits  # noqa: F401
