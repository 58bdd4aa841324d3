"""The api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Configuration of the api app."""

    name = "api"
