"""Turning pages: where one stands, and links to the others."""

from collections.abc import Callable
from dataclasses import dataclass

from record.parameters import MAX_LISTED_ROWS


@dataclass(frozen=True, slots=True)
class Paging:
    """The rows of this page among all, and the query strings of its neighbours, if any."""

    first_row: int
    last_row: int
    page: int
    pages: int
    previous: str | None
    next: str | None

    @property
    def needed(self) -> bool:
        """Whether there is more than one page."""
        return self.pages > 1


def paging(count: int, page: int, size: int, link: Callable[[str | None], str]) -> Paging | None:
    """Where ``page`` stands among ``count`` rows; None for a page beyond the last.

    ``link`` gives the query string of a page. Rows beyond ``MAX_LISTED_ROWS`` are reached by a
    narrower question or as a file, so no link leads there.
    """
    pages = max(1, -(-count // size))
    if page > pages:
        return None
    has_next = page < pages and (page + 1) * size <= MAX_LISTED_ROWS
    return Paging(
        first_row=(page - 1) * size + 1 if count else 0,
        last_row=min(page * size, count),
        page=page,
        pages=pages,
        previous=link(str(page - 1) if page > 2 else None) if page > 1 else None,
        next=link(str(page + 1)) if has_next else None,
    )
