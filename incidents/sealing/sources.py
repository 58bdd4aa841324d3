"""The seal of what was told in trust: ``GAWAH_SOURCE_KEYS`` open it."""

from typing import Final

from django.conf import settings

from incidents.sealing.seal import Seal

SOURCES: Final = Seal(
    b"gawah confidential sources",
    # The last one opens what was sealed before there were keys of its own.
    lambda: [*settings.GAWAH_SOURCE_KEYS, settings.SECRET_KEY],
)
