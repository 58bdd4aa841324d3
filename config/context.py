"""What every template may say about the organisation that runs this instance."""

from django.conf import settings
from django.http import HttpRequest


def organisation(request: HttpRequest) -> dict[str, str]:
    """``organisation``, ``licence``, ``contact``, ``leave_address`` and ``side`` for templates."""
    return {
        "organisation": settings.GAWAH_ORGANISATION,
        "licence": settings.GAWAH_LICENCE,
        "contact": settings.GAWAH_CONTACT,
        "leave_address": settings.GAWAH_LEAVE,
        "side": settings.SIDE,
    }
