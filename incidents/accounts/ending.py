"""Ending sessions: their rows go, so that no copy of a cookie opens anything any more."""

from collections.abc import Iterable

from django.http import HttpRequest

from incidents.accounts.recording import Act, record, was_recorded_lately
from incidents.accounts.sessions import session_digest
from incidents.models import AccessEvent, StaffMember, StaffSession

ENDED = (Act.LOGGED_OUT, Act.SESSION_ENDED, Act.SESSION_TOO_OLD)
"""Lines of the access log after which the cookie of that session must not appear again."""


def end_sessions(member: StaffMember, *, by: StaffMember | None, besides: str | None = None) -> int:
    """End all sessions of a member, but that of the key ``besides``; returns how many."""
    return _end(StaffSession.objects.filter(member=member).exclude(session_key=besides), member, by)


def end_session(member: StaffMember, sign: str) -> bool:
    """End the member's own session of this sign; False if there is none."""
    rows = [row for row in StaffSession.objects.filter(member=member) if sign_of(row) == sign]
    return bool(_end(rows, member, member))


def sign_of(session: StaffSession) -> str:
    """What a page may call a session: its key would be the cookie itself."""
    return session_digest(session.session_key)


def note_ended_session(request: HttpRequest, cookie: str) -> None:
    """Log that the cookie of a session that was ended is in use again, once a quarter of an hour.

    Cookies that never were ours leave no line: anybody could fill the log with them.
    """
    digest = session_digest(cookie)
    last = AccessEvent.objects.filter(session=digest, act__in=ENDED).first()
    if last is None:
        return
    if not was_recorded_lately(Act.ENDED_SESSION_USED, session=digest):
        record(Act.ENDED_SESSION_USED, member=last.about or last.member, session_key=cookie)


def _end(rows: Iterable[StaffSession], member: StaffMember, by: StaffMember | None) -> int:
    ended = 0
    for row in rows:
        row.delete()
        record(Act.SESSION_ENDED, member=by, about=member, session_key=row.session_key)
        ended += 1
    return ended
