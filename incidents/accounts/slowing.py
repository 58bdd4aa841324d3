"""Slowing down those who guess, without locking out the owner.

An attempt is counted before it is made, in one statement, and taken back when it succeeds. After a
few failures each further attempt has to wait, twice as long each time, up to a quarter of an hour.
Nothing is ever locked. A browser that the account has used before has a count of its own; all
others share one for the account, and each network has one besides. Guessing from elsewhere
therefore cannot slow the owner down at their own desk; with a passkey nobody waits at all.

Networks are digests under a key that is made when the program starts and never stored.
"""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from incidents.accounts.clients import network_of
from incidents.accounts.known_browsers import account_digest, known_browser
from incidents.accounts.sealing import digest
from incidents.models import LoginTries

FIRST_WAIT: Final = 5
"""Seconds before the first attempt that is not free; each further one waits twice as long."""

LONGEST_WAIT: Final = 15 * 60
"""Seconds between two attempts, at most."""

FORGOTTEN_AFTER: Final = 60 * 60
"""Seconds without an attempt after which none is counted any more."""

FREE_AT_ONES_OWN: Final = 5
FREE_FROM_A_NETWORK: Final = 30
"""Attempts at any accounts from one network: an office has one network."""

FREE_FROM_ELSEWHERE: Final = {"password": 50, "code": 10}
"""Attempts at one account from all browsers that it does not know. Few for codes: who may enter
one has the password already."""

# Loaded before the workers fork, so that all of them share it.
_KEY: Final = os.urandom(16).hex()

_COUNT: Final = f"""
    INSERT INTO {LoginTries._meta.db_table} AS known (digest, tries, last_at)
    VALUES (%(digest)s, 1, clock_timestamp())
    ON CONFLICT (digest) DO UPDATE SET
        tries = CASE WHEN known.last_at < clock_timestamp() - make_interval(secs => %(forget)s)
                THEN 1 ELSE known.tries + 1 END,
        last_at = clock_timestamp()
    WHERE known.tries < %(free)s
    OR known.last_at < clock_timestamp() - make_interval(secs => %(forget)s)
    OR known.last_at <= clock_timestamp() - make_interval(
        secs => least(%(longest)s, %(first)s * 2 ^ least(known.tries - %(free)s, 20)))
    RETURNING tries
    """  # noqa: S608 - the table's own name


@dataclass(frozen=True, slots=True)
class Count:
    """One of the counts of an attempt: its digest, how many attempts need not wait, and whether it
    is the owner's own, of one browser or one network at one account."""

    digest: str
    free: int
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to get in. ``wait`` is in seconds, and 0 for one that may be made."""

    counts: tuple[Count, ...]
    wait: int = 0

    def succeeded(self) -> None:
        """Take the attempt back: the count that is the owner's own starts anew."""
        own = [count.digest for count in self.counts if count.is_own]
        shared = [count.digest for count in self.counts if not count.is_own]
        LoginTries.objects.filter(digest__in=own).delete()
        LoginTries.objects.filter(digest__in=shared, tries__gt=0).update(tries=F("tries") - 1)


def attempt(kind: str, request: HttpRequest, name: str) -> Attempt:
    """Count an attempt at the account of this user name, whether there is one or not.

    ``kind`` is ``password`` or ``code``.
    """
    counts = _counts(kind, request, account_digest(name))
    for count in counts:
        if not _allowed(count):
            return Attempt(counts, _wait(count))
    return Attempt(counts)


def forget_failures(name: str) -> None:
    """Start anew for browsers that the account does not know, as when it gets a new password."""
    account = account_digest(name)
    digests = [digest("elsewhere", kind, account) for kind in FREE_FROM_ELSEWHERE]
    LoginTries.objects.filter(digest__in=digests).delete()


def _counts(kind: str, request: HttpRequest, account: str) -> tuple[Count, ...]:
    known = known_browser(request)
    if known is not None and known.knows(account):
        own = digest("known", kind, account, known.sign)
        return (Count(own, FREE_AT_ONES_OWN, is_own=True),)
    network = digest("network", _KEY, network_of(request))
    # The network first: one that has to wait leaves no row for each name that it tries.
    return (
        Count(digest("network", kind, network), FREE_FROM_A_NETWORK),
        Count(digest("from", kind, account, network), FREE_AT_ONES_OWN, is_own=True),
        Count(digest("elsewhere", kind, account), FREE_FROM_ELSEWHERE[kind]),
    )


def _allowed(count: Count) -> bool:
    values: dict[str, str | int] = {
        "digest": count.digest,
        "free": count.free,
        "first": FIRST_WAIT,
        "longest": LONGEST_WAIT,
        "forget": FORGOTTEN_AFTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        row = cursor.fetchone()
    if row is not None and row[0] == 1:
        LoginTries.objects.filter(last_at__lt=timezone.now() - timedelta(days=1)).delete()
    return row is not None


def _wait(count: Count) -> int:
    known = LoginTries.objects.filter(digest=count.digest).first()
    if known is None:
        return 1
    pause = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(known.tries - count.free, 20))
    left = known.last_at + timedelta(seconds=pause) - timezone.now()
    return max(1, int(left.total_seconds()) + 1)
