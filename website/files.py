"""Files that a page offers to keep."""

from django.http import HttpResponse


def attachment(content: str, content_type: str, name: str) -> HttpResponse:
    """A file under a name of our own making; nothing typed may stand in it."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=disposition)
