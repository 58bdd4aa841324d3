"""How the application server answers what it cannot read: as every other error of the API.

Such a request reaches no view, and nobody knows which address it was for, so pages have the same
answer. Nothing of the request is repeated, and nothing of it is written down.
"""

from contextlib import suppress
from typing import Any, Final

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from api.problem_types import BAD_REQUEST, HEADERS, LONGEST_LINE, TOO_LONG, ProblemType

_OURS: Final = (
    errors.ConfigurationProblem,
    errors.InvalidResponseHeader,
    errors.InvalidResponseHeaderName,
)
# Not faults of the request, though they are counted among what cannot be parsed.

_OF_BODIES: Final = (
    errors.InvalidChunkSize,
    errors.ChunkMissingTerminator,
    errors.InvalidChunkExtension,
)
# Found where a body that nobody read is cleared away, behind the answer.


class ReadableErrors(ThreadWorker):  # type: ignore[misc]
    """Workers with threads, as they are but for these answers."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer the request that ``exc`` was about, once, and nothing after it."""
        if isinstance(exc, _OF_BODIES):
            # A proxy would take a second answer for that to the next reader's request.
            return
        if isinstance(exc, errors.ParseException) and not isinstance(exc, _OURS):
            with suppress(OSError):
                util.write_nonblock(client, refusal(exc))
        else:
            super().handle_error(req, client, addr, exc)


def refusal(fault: Exception) -> bytes:
    """The whole answer to a request with this ``fault``, after which the connection ends."""
    # The server reads this file before it loads the site, which writes errors.
    from api.errors import Problem, problem_response

    response = problem_response(Problem(*_told(fault)))
    response.headers["Connection"] = "close"
    response.headers["Content-Length"] = str(len(response.content))
    line = f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n"
    return line.encode() + response.serialize_headers() + b"\r\n\r\n" + response.content


def _told(fault: Exception) -> tuple[ProblemType, str]:
    if isinstance(fault, errors.LimitRequestLine):
        return TOO_LONG, f"Shorten it to less than {LONGEST_LINE:,} bytes."
    if isinstance(fault, errors.LimitRequestHeaders):
        return HEADERS, "Send fewer headers, or shorter ones."
    return BAD_REQUEST, "The request cannot be read."
