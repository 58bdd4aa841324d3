"""Asking one address whether it still answers: HEAD, and GET where that says too little."""

import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPException
from typing import Final

from incidents.link_checking.addresses import NotOfTheWeb, WebAddress
from incidents.link_checking.connecting import Deadline, NotReached, connected
from incidents.models import LinkOutcome, LinkProblem
from reference.publisher import publisher

MOST_REDIRECTS: Final = 5
SECONDS: Final = 10.0
"""For one request, from looking the name up to the last byte that is read."""
SECONDS_IN_ALL: Final = 60.0
"""For all requests that one address leads to, with the pauses between them."""
MOST_BYTES: Final = 64 * 1024
"""Of a page: enough to see that it comes."""

MOST_OF_AN_ADDRESS: Final = 2_000
"""Characters that are noted of where an address leads."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({404, 410})
_PROBLEMS_OF_HEAD: Final = frozenset({LinkProblem.TIME, LinkProblem.ANSWER})
"""Servers that make nothing of HEAD show it so; a GET is worth trying."""

Pause = Callable[[str], None]
"""Waits until a host may be asked again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking an address. ``final_address`` is empty where it led nowhere else."""

    outcome: LinkOutcome
    problem: str = ""
    status: int | None = None
    final_address: str = ""
    milliseconds: int = 0


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    location: str


def ask(address: str, *, pause: Pause) -> Answer:
    """Ask an address, and where it leads. Never raises; sends no cookie and no referrer."""
    started = time.monotonic()
    try:
        answer = _follow(WebAddress.read(address), pause, Deadline(SECONDS_IN_ALL))
    except NotOfTheWeb:
        answer = Answer(LinkOutcome.NOT_CHECKED, LinkProblem.ADDRESS)
    except NotReached as error:
        answer = Answer(_outcome_of(error.problem), error.problem)
    return replace(answer, milliseconds=int((time.monotonic() - started) * 1000))


def user_agent() -> str:
    """The program and whom to write to. Nothing else: not the version, not the machine."""
    contact = re.sub(r"[^\x21-\x7e]+", " ", publisher().contact).strip()
    return f"Gawah link check ({contact})" if contact else "Gawah link check"


def _outcome_of(problem: LinkProblem) -> LinkOutcome:
    if problem in (LinkProblem.INSIDE, LinkProblem.LINE):
        return LinkOutcome.NOT_CHECKED
    return LinkOutcome.UNREACHABLE


def _follow(first: WebAddress, pause: Pause, end: Deadline) -> Answer:
    here, seen = first, {first}
    while True:
        reply = _reply(here, pause, end)
        if reply.status not in _REDIRECTS or not reply.location:
            return _judged(first, here, reply.status)
        here = here.leading_to(reply.location)
        if here in seen or len(seen) > MOST_REDIRECTS:
            # Sites that insist on a cookie do this to programs; a reader may well get through.
            return Answer(LinkOutcome.REFUSED, LinkProblem.REDIRECTS, reply.status)
        seen.add(here)


def _judged(first: WebAddress, last: WebAddress, status: int) -> Answer:
    moved = "" if first.is_same_place(last) else str(last)[:MOST_OF_AN_ADDRESS]
    if 200 <= status < 300:
        outcome = LinkOutcome.MOVED if moved else LinkOutcome.WORKS
    elif status in _GONE:
        outcome = LinkOutcome.GONE
    elif 400 <= status < 500:
        outcome = LinkOutcome.REFUSED
    else:
        outcome = LinkOutcome.SERVER_ERROR
    return Answer(outcome, status=status, final_address=moved)


def _reply(address: WebAddress, pause: Pause, end: Deadline) -> _Reply:
    try:
        reply = _request("HEAD", address, pause, end)
    except NotReached as error:
        if error.problem not in _PROBLEMS_OF_HEAD:
            raise
    else:
        if reply.status in _REDIRECTS or 200 <= reply.status < 300:
            return reply
    return _request("GET", address, pause, end)


def _request(method: str, address: WebAddress, pause: Pause, end: Deadline) -> _Reply:
    pause(address.host)
    try:
        seconds = min(SECONDS, end.left())
    except TimeoutError:
        raise NotReached(LinkProblem.TIME) from None
    headers = {
        "Host": address.authority,
        "User-Agent": user_agent(),
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    with closing(connected(address, Deadline(seconds))) as connection:
        try:
            connection.request(method, address.target, headers=headers)
            with closing(connection.getresponse()) as response:
                response.read(MOST_BYTES)
                return _Reply(response.status, response.headers.get("Location", ""))
        except TimeoutError:
            raise NotReached(LinkProblem.TIME) from None
        except (HTTPException, ValueError):
            raise NotReached(LinkProblem.ANSWER) from None
        except OSError:
            raise NotReached(LinkProblem.CONNECTION) from None
