"""Cases that rest on the source of a new case already: shown before it is saved, so that one
article does not become two cases where two people type it at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from incidents.admin.base import visible_rows
from incidents.models import Citation, Incident, Source
from incidents.ties import CASE_OF_CITATION

SEEN: Final = "cases_seen"
"""Hidden field: the numbers of the cases that a page has shown."""

_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that the reader may see: number, page, and what it is called."""

    pk: int
    address: str
    label: str


def cases_resting_on(request: HttpRequest, source: Source | None) -> list[KnownCase]:
    """The latest cases of which any fact rests on the source, as far as the reader may know of
    them."""
    if source is None or source.pk is None:
        return []
    cited = Citation.objects.filter(source=source)
    resting = reduce(or_, (Q(pk__in=cited.values(path)) for path in CASE_OF_CITATION))
    found = visible_rows(request, Incident).filter(resting)
    return [
        KnownCase(pk, reverse("admin:incidents_incident_change", args=[pk]), title)
        for pk, title in found.order_by("-pk").values_list("pk", "title")[:_MOST]
    ]


def is_news(known: Sequence[KnownCase], posted: QueryDict) -> bool:
    """Whether one of these cases was not on the page that was sent."""
    seen = posted.get(SEEN, "").split()
    return any(str(case.pk) not in seen for case in known)


def seen(known: Sequence[KnownCase]) -> str:
    """The value of the hidden field for a page that shows these."""
    return " ".join(str(case.pk) for case in known)
