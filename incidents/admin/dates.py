"""The page of dates to keep, and what the first page shows of them and of one's own work."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.admin.base import staff_member
from incidents.admin.entry_rights import may_enter
from incidents.admin.keeping import unfinished_of
from incidents.agenda import Due, agenda
from incidents.models import Incident, StaffMember, Stage
from incidents.urgency import review_queue

PER_PAGE = 50
SHOWN = 10
"""Rows of each part of the first page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One date with the page on which it is dealt with; ``days`` from today are negative once it
    has passed."""

    due: Due
    address: str
    days: int

    @property
    def late(self) -> int:
        """Days since it has passed."""
        return -self.days


def work_of(user: StaffMember) -> dict[str, Any]:
    """What the first page shows to one member of staff: their cases in work, the queue of cases
    that wait for a decision, and the dates that come next."""
    today = timezone.localdate()
    dates = agenda(user, today=today)
    return {
        "may_enter": may_enter(user),
        "unfinished": unfinished_of(user),
        "in_work": list(_in_work(user)[:SHOWN]),
        "waiting": list(review_queue(user, today=today)[:SHOWN]),
        "dates": [_line(due, today) for due in dates[:SHOWN]],
        "dates_count": len(dates),
    }


def dates_page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """All dates within 30 days and those that have passed; ``?whose=mine`` one's own."""
    user = staff_member(request)
    if not user.has_perm("incidents.view_incident"):
        raise PermissionDenied
    today = timezone.localdate()
    own = request.GET.get("whose") == "mine"
    page = Paginator(agenda(user, today=today, own=own), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": _("Dates to keep"),
        "own": own,
        "query": "whose=mine&" if own else "",
        "lines": [_line(due, today) for due in page],
        "page": page,
    }
    return TemplateResponse(request, "admin/dates.html", context)


def _in_work(user: StaffMember) -> QuerySet[Incident]:
    """Cases that were sent back to this person, then their drafts, the latest first."""
    cases = Incident.objects.visible_to(user).filter(
        entered_by=user, stage__in=(Stage.RETURNED, Stage.DRAFT)
    )
    # Of these two words the later in the alphabet is the more pressing.
    return cases.order_by("-stage", "-changed_at")


def _line(due: Due, today: date) -> Line:
    options = due.row._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[due.row.pk])
    return Line(due, address, due.days_left(today))
