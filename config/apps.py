"""The config app: system checks and the commands that belong to no other app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Configuration of the config app."""

    name = "config"

    def ready(self) -> None:
        """Register the system checks."""
        from config import checks  # noqa: F401
