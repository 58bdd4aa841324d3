"""The foot of every page, which names who publishes it: kept ready in each language."""

from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_resolver, get_script_prefix
from django.utils.safestring import SafeString

from reference.publisher import Publisher, last_known_publisher

_KEPT: Final = 32
"""More than there are languages, so that one process never forgets what it still needs."""

_feet: dict[object, tuple[Publisher, SafeString]] = {}


def colophon_markup(reader: str) -> SafeString:
    """Links to the pages about the record, its licence and how to reach its publisher.

    Written anew when the organisation says something else of itself.
    """
    by = last_known_publisher()
    own = (settings.GAWAH_ORGANISATION, settings.GAWAH_LICENCE, settings.GAWAH_CONTACT)
    state = (reader, get_script_prefix(), get_resolver(), own)
    held = _feet.get(state)
    if held is None or held[0] != by:
        if len(_feet) >= _KEPT:
            _feet.clear()
        context = {"publisher": by, "organisation": by.name, "licence": by.licence}
        held = _feet[state] = (by, render_to_string("website/parts/colophon.html", context))
    return held[1]
