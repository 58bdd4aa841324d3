"""Files that a page offers to keep."""

from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext

from website.drawing.picture import can_draw, picture

_TEXT: Final = "text/plain; charset=utf-8"


def attachment(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    """A file under a name of our own making; nothing typed may stand in it."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=disposition)


def drawing_file(sheet: str, name: str, ending: str) -> HttpResponse:
    """A drawing of ``website.drawing.sheet`` as ``svg`` or ``png``; 404 in words for a picture
    that this machine cannot draw."""
    if ending == "svg":
        return attachment(sheet, "image/svg+xml", name)
    if not can_draw():
        words = gettext("This server has not the fonts to draw pictures. The SVG has the same.")
        return HttpResponse(words, status=404, content_type=_TEXT)
    return attachment(picture(sheet), "image/png", name)
