"""Tokens: a header that raises the limit of whoever sends it, and opens nothing else.

Only the hash of a token is stored. A token that is not accepted is refused, never ignored: who
sends one relies on its limit, and would otherwise learn of its end by failing in the middle.
"""

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest

from api.errors import Problem
from api.models import AccessToken
from api.problem_types import CREDENTIALS
from record.snapshots import bounded

SCHEME: Final = "Bearer"
_BEGINNING: Final = "gawah_"
# By which people and programs that look for leaked secrets know what they found.

_BYTES: Final = 32
_LONGEST: Final = 200


def new_token() -> str:
    """A token with 256 random bits. Show it once and keep its ``digest``."""
    return f"{_BEGINNING}{secrets.token_urlsafe(_BYTES)}"


def digest(token: str) -> str:
    """What is stored of a token and looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(request: HttpRequest) -> AccessToken | None:
    """The token in the Authorization header; None, without a query, where there is no such header.

    Raises ``Problem`` for anything in the header but a token that is accepted today.
    """
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _space, text = header.strip().partition(" ")
    text = text.strip()
    if scheme.lower() != SCHEME.lower() or not text or len(text) > _LONGEST:
        raise refused()
    with bounded():
        token = AccessToken.objects.filter(digest=digest(text)).first()
    if token is None or not token.is_accepted(datetime.now(UTC).date()):
        raise refused()
    return token


def refused() -> Problem:
    """401. It does not say whether the token never was, is over or was revoked: whoever found
    one somewhere need not know."""
    return Problem(
        CREDENTIALS,
        "This token is not accepted. Without the Authorization header nothing but the limit "
        "is different.",
        headers={"WWW-Authenticate": f'{SCHEME} realm="api", error="invalid_token"'},
    )
