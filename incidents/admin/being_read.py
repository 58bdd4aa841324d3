"""Whether somebody reads the page that is asked for."""

from django.http import HttpRequest


def is_being_read(request: HttpRequest) -> bool:
    """False where a browser only asks whether there is something, or fetches it in advance: what
    somebody has seen, or was told once, is not decided by that."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in purpose.lower()
