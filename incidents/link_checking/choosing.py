"""Which sources may be asked, and which are due."""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, F, JSONField, OuterRef, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, NullIf
from django.utils import timezone

from incidents.models import LinkOutcome, LinkProblem, Source
from incidents.models.link_check import latest_check
from record.models import SourceEntry

DAYS: Final = 30
"""How long an address that answered is left in peace."""

DAYS_OF_DOUBT: Final = 2
"""After how many days one that did not answer is asked again, until three checks agree."""

_ANSWERED: Final = (LinkOutcome.WORKS, LinkOutcome.MOVED)


def askable() -> QuerySet[Source]:
    """Sources whose address stands in the public record just as in the case file.

    Anything else would tell a publisher what we look at before the world knows, or at all: a
    source told in trust, a case in preparation, an address that nobody has approved yet.
    """
    published = (
        SourceEntry.objects.live()
        .filter(reference=OuterRef("reference"))
        # What has ended has no document, and an empty text is no JSON.
        .annotate(told=Cast(NullIf("document", Value("")), JSONField()))
        .annotate(address=KeyTextTransform("url", "told"))
        .filter(address=OuterRef("url"))
    )
    return Source.objects.public().exclude(url="").filter(Exists(published))


def due(*, days: int = DAYS) -> QuerySet[Source]:
    """Sources whose address has not been asked for so many days, the longest first.

    One that did not answer is due again soon, until three checks in a row found it so.
    """
    now = timezone.now()
    unanswered = Q()
    sources = askable().annotate(last_checked=latest_check("checked_at"))
    for before in range(3):
        name = f"outcome_{before}"
        why = f"problem_{before}"
        sources = sources.annotate(
            **{
                name: latest_check("outcome", before=before),
                why: latest_check("problem", before=before),
            }
        )
        unanswered &= Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__in": _ANSWERED})
        # A day on which our own line was down tells nothing of the address.
        unanswered &= ~Q(**{why: LinkProblem.LINE})
    in_doubt = ~Q(outcome_0__in=_ANSWERED) & ~unanswered
    doubtful = timedelta(days=min(days, DAYS_OF_DOUBT))
    return sources.filter(
        Q(last_checked__isnull=True)
        | Q(last_checked__lt=now - timedelta(days=days))
        | (in_doubt & Q(last_checked__lt=now - doubtful))
    ).order_by(F("last_checked").asc(nulls_first=True), "pk")
