"""The website app."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """Configuration of the website app."""

    name = "website"
