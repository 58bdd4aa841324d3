"""Browsers in which somebody has logged in before, with every factor.

A signed cookie says so. It opens nothing: it gives a browser a count of failed attempts of its own,
so that whoever guesses elsewhere cannot keep the owner out, and it says whose unsent text may be
kept when a session has ended.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from incidents.accounts.sealing import digest
from incidents.models import StaffMember

COOKIE: Final = "known"
LASTS: Final = 180 * 24 * 60 * 60
"""Seconds for which a browser stays known since somebody last logged in with it."""

MOST_ACCOUNTS: Final = 8
"""Accounts that one shared computer is known for; the one unused longest is forgotten."""

_SALT: Final = "gawah.known-browser"


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """A browser by a random sign, and digests of the accounts that used it, the latest last."""

    sign: str
    accounts: tuple[str, ...]

    def knows(self, account: str) -> bool:
        """Whether somebody has logged in here as this account, given by its digest."""
        return account in self.accounts


def account_digest(name: str) -> str:
    """The account of a user name, however it is written; there need be none."""
    return digest("account", name.strip().casefold())


def known_browser(request: HttpRequest) -> KnownBrowser | None:
    """The browser that sent this request, if somebody has logged in with it before."""
    text = request.COOKIES.get(COOKIE)
    if not text:
        return None
    try:
        sign, *accounts = signing.loads(text, salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return KnownBrowser(sign, tuple(accounts))


def make_known(request: HttpRequest, response: HttpResponseBase, member: StaffMember) -> None:
    """Give the browser the cookie: this account has just logged in with it."""
    account = account_digest(member.get_username())
    known = known_browser(request) or KnownBrowser(secrets.token_urlsafe(12), ())
    others = [each for each in known.accounts if each != account]
    accounts = [*others, account][-MOST_ACCOUNTS:]
    # For all paths: the staff side has one address in each language.
    response.set_cookie(
        COOKIE,
        signing.dumps([known.sign, *accounts], salt=_SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
