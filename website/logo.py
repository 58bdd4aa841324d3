"""Where the logo of the organisation is served."""

from django.urls import reverse
from django.utils import translation

from reference.publisher import Logo


def logo_address(logo: Logo) -> str:
    """The path of the picture, one for all languages, so that it is fetched once."""
    with translation.override("en"):
        return reverse("website:logo", args=[logo.file_name])
