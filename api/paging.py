"""Turning pages: the neighbours of a page, and the refusal of pages that do not exist."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from rest_framework.request import Request

from api.errors import wrong_parameters
from record.parameters import MAX_LISTED_ROWS, ParameterError


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
    request: Request,
    page: int,
    size: int,
    count: int,
    query: Callable[[int], str],
    beyond: Callable[[], str] | None = None,
) -> Neighbours:
    """The pages beside ``page``; ``query`` gives the query string of a page by its number.

    ``beyond`` gives the query string that reads on where page numbers end. Raises ``Problem``
    when the list ends before ``page``: an empty page would look like a list without results.
    """
    last = max(1, -(-count // size))
    if page > last:
        raise wrong_parameters([ParameterError("page", f"The last page is {last}.", str(last))])
    following = None
    if page < last:
        is_far = beyond is not None and (page + 1) * size > MAX_LISTED_ROWS
        following = beyond() if beyond is not None and is_far else query(page + 1)
    return beside(request, following, query(page - 1) if page > 1 else None)


def beside(request: Request, following: str | None, preceding: str | None) -> Neighbours:
    """The neighbours that these query strings ask for."""
    return Neighbours(
        next=None if following is None else _address(request, following),
        previous=None if preceding is None else _address(request, preceding),
    )


def _address(request: Request, query: str) -> str:
    # Only hosts in ALLOWED_HOSTS get this far, so the host of the request may be repeated.
    return request.build_absolute_uri(f"{request.path}?{query}")
