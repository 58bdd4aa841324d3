"""A restricted case is not public: what stood in the record before leaves it at once.

Who may open a case is decided for the safety of somebody. Until the case is open again nobody but
those assigned knows of it, so nothing of it is published (``readiness``), and to restrict one that
is public takes it out with the same saving: pages, API, exports, releases and earlier revisions.
Its reference, its hashes and the class of reason stay, as of everything withdrawn. Once the
restriction is lifted it can be published again, approved anew.
"""

from datetime import datetime
from typing import Final

import pghistory
from django.db.models import QuerySet
from django.utils import timezone

from incidents.models import Incident, Publication, StaffMember
from incidents.publishing.withdrawing import Withdrawal, Withdrawn
from record.chain import publishing_lock

REASON: Final = "safety"
"""The class of reason that the public learns."""

_NOTE: Final = "This is not public for the time being."


def restricted_and_public() -> QuerySet[Incident]:
    """Restricted cases that the record still shows: restricted past every page, in the database."""
    return Incident.objects.published().filter(restricted=True).order_by("pk")


def obey_restriction(
    incident: Incident, *, by: StaffMember | None, at: datetime | None = None
) -> Withdrawn:
    """Take a case out of the record if it is restricted, as it is stored; return what went.

    Whoever may restrict a case needs no further right for what follows from it.
    """
    found = restricted_and_public().filter(pk=incident.pk).first()
    if found is None or found.reference is None:
        return Withdrawn()
    at = at or timezone.now()
    with (
        publishing_lock(),
        pghistory.context(user=by.pk if by else None, act="obey a restriction"),
    ):
        gone = Withdrawal(REASON, _NOTE, at, by=by, final=False).of(found)
    incident.publication = Publication.UNPUBLISHED
    return gone
