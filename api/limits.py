"""How often one asker may ask: a number of requests in each hour, the same in all processes.

One statement a request, outside of any snapshot. Where the database cannot count (a replica that
is read-only, a table not made yet) everybody is served: a limit protects the service, and must
never be what stops it. Nobody is written down: an asker is the hash of an address under a key
that changes with the hour and is never stored. Counts stay until somebody asks in a later hour.
"""

import hashlib
import hmac
import os
import time
from contextlib import nullcontext
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponseBase
from psycopg2.errors import LockNotAvailable

from api.models import AccessToken

WINDOW_SECONDS: Final = 3_600

LIMIT: Final = "X-RateLimit-Limit"
REMAINING: Final = "X-RateLimit-Remaining"
RESET: Final = "X-RateLimit-Reset"

_KEY: Final = os.urandom(32)
# Loaded before the workers fork, so that all of them share it; gone when the server ends. Whoever
# got hold of the counts and all stored keys could otherwise try every address there is.

_TRY_AGAIN_AFTER: Final = 60.0
_idle_until = 0.0
# Monotonic time until which this process does not try to count, since it failed.


@dataclass(frozen=True, slots=True)
class Budget:
    """What an asker has left: requests of ``limit``, until ``reset`` seconds from now. ``per`` is
    what they are counted by, ``address`` or ``token``."""

    limit: int
    used: int
    reset: int
    per: str = "address"

    @property
    def remaining(self) -> int:
        """Requests left in this window."""
        return max(0, self.limit - self.used)

    @property
    def is_spent(self) -> bool:
        """Whether the last request was one too many."""
        return self.used > self.limit

    def write_headers(self, response: HttpResponseBase) -> None:
        """The three headers by which clients can go slow before they are stopped."""
        response.headers[LIMIT] = str(self.limit)
        response.headers[REMAINING] = str(self.remaining)
        response.headers[RESET] = str(self.reset)


def spend(request: HttpRequest, token: AccessToken | None = None) -> Budget | None:
    """Count a request; None where there is no limit. With a ``token`` its limit and its count
    hold, whatever the address."""
    return _budget(request, token, 1)


def look(request: HttpRequest, token: AccessToken | None = None) -> Budget | None:
    """What is left, without counting; None where there is no limit."""
    return _budget(request, token, 0)


def _budget(request: HttpRequest, token: AccessToken | None, more: int) -> Budget | None:
    limit: int = settings.GAWAH_API_REQUESTS
    if not limit:
        return None
    now = int(time.time())
    window, gone = divmod(now, WINDOW_SECONDS)
    asker = _network(request) if token is None else f"token {token.digest}"
    used = _count(_disguised(asker, window), window, more)
    # A token only ever raises the limit, also one that was made before everybody's was raised.
    allowed = limit if token is None else max(limit, token.requests_per_hour)
    return Budget(allowed, used, WINDOW_SECONDS - gone, "address" if token is None else "token")


def _count(asker: str, window: int, more: int) -> int:
    """Requests of the asker so far; 0 where the database cannot count."""
    global _idle_until
    if time.monotonic() < _idle_until:
        return 0
    # Alone it needs no transaction; inside one its failure must spoil nothing.
    apart = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with apart, connection.cursor() as cursor:
            cursor.execute("SELECT api_count_requests(%s, %s, %s)", [asker, window, more])
            return int(cursor.fetchone()[0])
    except DatabaseError as fault:
        if isinstance(fault.__cause__, LockNotAvailable):
            # Somebody holds this one row, or clears up: no reason to stop counting everybody.
            return 0
        if connection.connection is None or connection.connection.closed:
            # The database is gone altogether, and the answer is to say so.
            connection.close()
            raise
        _idle_until = time.monotonic() + _TRY_AGAIN_AFTER
        return 0


def _disguised(asker: str, window: int) -> str:
    """Who asks, for this window only: from the hash nobody can tell an address, a token or
    another hour."""
    key = b"%d:%s" % (window, _KEY)
    return hmac.new(key, asker.encode(), hashlib.sha256).hexdigest()


def _network(request: HttpRequest) -> str:
    """What one subscriber is given: an IPv4 address, or 64 bits of IPv6."""
    neighbour = str(request.META.get("REMOTE_ADDR", ""))
    # Anything else than an address would be a way to a budget of one's own for each request.
    address = _parsed(_forwarded(request)) or _parsed(neighbour)
    if address is None:
        return neighbour
    if address.version == 4:
        return str(address)
    return str(ip_network((int(address) >> 64 << 64, 64)))


def _forwarded(request: HttpRequest) -> str:
    """What the outermost of our fronts noted; blank without fronts."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    fronts: int = settings.GAWAH_FRONTS
    return forwarded[-fronts] if 0 < fronts <= len(forwarded) else ""


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address, also with a port or in brackets, as some fronts write it; None for others."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or address
    return address
