"""The plain API as Django knows it."""

from django.apps import AppConfig


class PlainConfig(AppConfig):
    """Known as ``plain``."""

    name = "bench.plain"
    label = "plain"
    default_auto_field = "django.db.models.BigAutoField"
