"""What every template may say about the organisation that runs this instance."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from reference.publisher import last_known_publisher


def organisation(request: HttpRequest) -> dict[str, Any]:
    """``publisher``, its name as ``organisation``, ``licence``, ``leave_address`` and ``side``."""
    publisher = last_known_publisher()
    return {
        "publisher": publisher,
        "organisation": publisher.name,
        "licence": publisher.licence,
        "leave_address": settings.GAWAH_LEAVE,
        "side": settings.SIDE,
    }
