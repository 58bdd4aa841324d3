"""Every kind of error there is, with the words that explain it. Needs nothing of Django, because
the server that runs the site refuses in the same words what it cannot read."""

from dataclasses import dataclass
from typing import Final

LONGEST_LINE: Final = 8_190
"""Bytes of a request line, method and version included: as many as the application server can
allow. A parameter with 500 references is 7,000 long."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: its address ends in ``slug``; ``meaning`` is its description."""

    slug: str
    status: int
    title: str
    meaning: str

    @property
    def address(self) -> str:
        """The absolute path under which the problem is described, without a host."""
        # Written out: a staff server answers errors too, and has no addresses of the API.
        return f"/api/v1/problems/{self.slug}/"


PARAMETERS = ProblemType(
    "parameters",
    400,
    "The question is not understood",
    "One or more parameters are unknown, misspelt or out of bounds. Nothing is guessed or left "
    "out, so there is no answer until every entry in errors is put right. Each entry names the "
    "parameter, says what is wrong and, where one is near, suggests what may have been meant.",
)
BAD_REQUEST = ProblemType(
    "bad-request",
    400,
    "The request is malformed",
    "The request itself, rather than a parameter, cannot be read: an unknown host name or "
    "characters that may not stand in an address, for example.",
)
CREDENTIALS = ProblemType(
    "credentials",
    401,
    "The token is not accepted",
    "The Authorization header holds no token that is accepted: it is misspelt, has ended or was "
    "revoked. Nothing here needs a token; one only raises the limit. Leave the header out, or ask "
    "whoever gave you the token for another.",
)
NOT_FOUND = ProblemType(
    "not-found",
    404,
    "Not found",
    "There is nothing at this address: it never existed, or it is not public. References are "
    "permanent, so a reference from a citation is not lost by a correction; check its spelling.",
)
METHOD = ProblemType(
    "method",
    405,
    "Only reading is possible",
    "The API is read-only. GET, HEAD and OPTIONS are answered; the Allow header lists them.",
)
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable",
    406,
    "That format is not offered",
    "The Accept header names no format that this address can answer in. Leave the header out or "
    "accept application/json.",
)
ADDRESS = ProblemType(
    "address",
    308,
    "The address ends with a slash",
    "The Location header gives the address with its closing slash. Clients that follow "
    "redirections need not do anything.",
)
MERGED = ProblemType(
    "merged",
    308,
    "Merged into another record",
    "Two records turned out to describe the same thing. The Location header and merged_into "
    "give the record that remains; its reference is the one to cite from now on.",
)
WITHDRAWN = ProblemType(
    "withdrawn",
    410,
    "Withdrawn",
    "The record was public and has been withdrawn, in all its versions. The reason names a "
    "class of reasons; nothing else is said about the record. Please remove copies.",
)
PRECONDITION = ProblemType(
    "precondition",
    412,
    "The record has changed",
    "The request asked for an answer only if the record had not changed, and it has.",
)
TOO_LONG = ProblemType(
    "too-long",
    414,
    "The address is too long",
    "The address with its parameters is longer than bytes_in_a_request_line of /api/v1/limits/. "
    "Give fewer values at once and put the answers together, or take the whole list as a file.",
)
TOO_MANY = ProblemType(
    "too-many",
    429,
    "Too many requests",
    "More requests came from one address, or under one token, within the hour than are answered. "
    "Repeat the request after the seconds in Retry-After. Whole lists are one request each as a "
    "file, and asking again with If-None-Match costs nothing while nothing has changed.",
)
HEADERS = ProblemType(
    "headers",
    431,
    "The headers are too long",
    "The request has more headers, or longer ones, than are read. No answer depends on any but "
    "Accept, Authorization, Range and the conditions: leave the others out.",
)
SERVER = ProblemType(
    "server",
    500,
    "Something failed here",
    "The fault is on the side of the server and has been recorded under request_id. Please "
    "report that number if the fault remains.",
)
TOO_SLOW = ProblemType(
    "too-slow",
    503,
    "The question took too long",
    "The database stopped working on the question after its time limit. Narrow it, by area, "
    "type or years, or repeat it after the seconds in Retry-After.",
)
UNAVAILABLE = ProblemType(
    "unavailable",
    503,
    "Not available for the moment",
    "The database cannot be reached, or as many files are being sent as can be at once. Repeat "
    "the request after the seconds in Retry-After.",
)

PROBLEM_TYPES: dict[str, ProblemType] = {
    problem.slug: problem
    for problem in (
        PARAMETERS,
        BAD_REQUEST,
        CREDENTIALS,
        NOT_FOUND,
        METHOD,
        NOT_ACCEPTABLE,
        ADDRESS,
        MERGED,
        WITHDRAWN,
        PRECONDITION,
        TOO_LONG,
        TOO_MANY,
        HEADERS,
        SERVER,
        TOO_SLOW,
        UNAVAILABLE,
    )
}
