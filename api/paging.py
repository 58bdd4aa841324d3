"""Page numbers: which page, its neighbours, and the refusal of pages that do not exist."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from rest_framework.request import Request

from api.errors import wrong_parameters
from record.parameters import ParameterError


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Addresses of the next and the previous page, with host; None at the ends."""

    next: str | None
    previous: str | None

    def write_links(self, response: HttpResponseBase) -> None:
        """The same in a Link header (RFC 8288), for clients that need not read the body."""
        links = (("next", self.next), ("prev", self.previous))
        header = ", ".join(f'<{url}>; rel="{name}"' for name, url in links if url)
        if header:
            response.headers["Link"] = header


def neighbours(
    request: Request, page: int, size: int, count: int, query: Callable[[int], str]
) -> Neighbours:
    """The pages beside ``page``; ``query`` gives the query string of a page by its number.

    Raises ``Problem`` when the list ends before ``page``: an empty page would look like a list
    without results.
    """
    last = max(1, -(-count // size))
    if page > last:
        raise wrong_parameters([ParameterError("page", f"The last page is {last}.", str(last))])
    return Neighbours(
        next=_address(request, query(page + 1)) if page < last else None,
        previous=_address(request, query(page - 1)) if page > 1 else None,
    )


def _address(request: Request, query: str) -> str:
    # Only hosts in ALLOWED_HOSTS get this far, so the host of the request may be repeated.
    return request.build_absolute_uri(f"{request.path}?{query}")
