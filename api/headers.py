"""Headers of every answer under ``/api/``, results and errors alike."""

from django.http import HttpResponseBase
from django.utils.cache import patch_vary_headers

from api.limits import LIMIT, REMAINING, RESET

READ_METHODS = "GET, HEAD, OPTIONS"

TOTAL_COUNT = "X-Total-Count"
"""How many records a file holds."""

DATASET_VERSION = "X-Dataset-Version"
"""The state of the data a file was written from."""

FILE_CAVEAT = "X-Caveat"
"""What has to be known of a file whose format has no room to say it."""

FILE_BODIES = "X-Collecting-Bodies"
"""The organisations whose collecting stands behind a file, with semicolons between them, in
percent-encoded UTF-8."""

SENT = "Accept, Authorization, If-Match, If-Modified-Since, If-None-Match, Range"
"""What scripts of other sites may send."""

EXPOSED = ", ".join(
    (
        *("Content-Disposition", "ETag", "Link", "Location", "Retry-After", "WWW-Authenticate"),
        *(TOTAL_COUNT, DATASET_VERSION, FILE_CAVEAT, FILE_BODIES, LIMIT, REMAINING, RESET),
    )
)


def open_for_reading(response: HttpResponseBase) -> None:
    """Let scripts of any site read the answer: it is public, and no cookie is involved.

    Cross-origin scripts see no header unless it is exposed; those listed are what a client needs
    for paging, for conditional requests and for waiting.
    """
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["X-Content-Type-Options"] = "nosniff"
    # The answer to a token is of no use to others: its headers say what that token has left, and
    # a copy kept for everybody would be handed to a token that is not accepted any more.
    patch_vary_headers(response, ("Accept", "Authorization"))


def answer_preflight(response: HttpResponseBase) -> None:
    """What a cross-origin script may send. A day, because the answer never changes."""
    response.headers["Allow"] = READ_METHODS
    response.headers["Access-Control-Allow-Methods"] = READ_METHODS
    response.headers["Access-Control-Allow-Headers"] = SENT
    response.headers["Access-Control-Max-Age"] = "86400"
