"""Writing into the access log."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from incidents.accounts.sessions import session_digest
from incidents.models import AccessEvent, StaffMember

Act = AccessEvent.Act

LATELY: Final = timedelta(minutes=15)
"""For so long the same refusal is not logged again where anybody could fill the log with it."""


def was_recorded_lately(act: AccessEvent.Act, **which: StaffMember | str) -> bool:
    """Whether there is such a line of the last quarter of an hour."""
    since = timezone.now() - LATELY
    return AccessEvent.objects.filter(act=act, at__gt=since, **which).exists()


def record(
    act: AccessEvent.Act,
    *,
    member: StaffMember | None = None,
    about: StaffMember | None = None,
    request: HttpRequest | None = None,
    session_key: str | None = None,
    section: str = "",
    key: str = "",
    note: str = "",
) -> AccessEvent:
    """Add a line. The session is that of ``request``, unless ``session_key`` names another."""
    session = getattr(request, "session", None)
    used = session_key or (None if session is None else session.session_key)
    return AccessEvent.objects.create(
        act=act,
        member=member,
        about=about,
        section=section[:60],
        key=key[:40],
        note=note[:200],
        session=session_digest(used),
    )
