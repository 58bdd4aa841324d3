"""What is different in a case since one last looked, since it was handed in or approved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.being_read import is_being_read
from incidents.history.differences import Point, RowChange, differences_since, events_of_case
from incidents.history.looking import decided_last, last_seen, look
from incidents.models import Decision, Incident, StaffMember

LOOK = "look"

_SINCE = {
    LOOK: gettext_lazy("since you last looked"),
    Decision.SUBMITTED.value: gettext_lazy("since it was handed in last"),
    Decision.APPROVED.value: gettext_lazy("since it was approved last"),
}


@dataclass(frozen=True, slots=True)
class Since:
    """A moment to compare with; ``at`` is None where there was none."""

    code: str
    label: str
    at: datetime | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class News:
    """What others have changed since this person last looked, on ``since``."""

    since: datetime | None
    rows: list[RowChange]


class ChangesView(View):
    """The differences of one case."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the case."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("<int:pk>/changes/", view, name="incidents_incident_changes")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All rows that differ, with old and new values."""
        user = staff_member(request)
        incident = visible_case(self.section, request, pk)
        asked = request.GET.get("since", LOOK)
        if asked not in _SINCE:
            raise Http404
        points = _points(incident, user)
        point, events = points[asked], events_of_case(incident, seen_by=user)
        rows: list[RowChange] = []
        if point is not None:
            own = user if asked == LOOK else None
            rows = differences_since(point, events, seen_by=user, but=own)
        if asked == LOOK and is_being_read(request):
            look(incident, user, events)
        context: dict[str, Any] = {
            **self.section.admin_site.each_context(request),
            "title": _("What has changed"),
            "subtitle": str(incident),
            "opts": self.section.opts,
            "original": incident,
            "choices": [
                Since(code, str(label), getattr(points[code], "at", None), code == asked)
                for code, label in _SINCE.items()
            ],
            "known": point is not None,
            "nothing_to_compare": _nothing_to_compare(asked),
            "rows": rows,
        }
        return TemplateResponse(request, "admin/incidents/incident/changes.html", context)


def news_of(incident: Incident, user: StaffMember, *, looks: bool) -> News:
    """What others have changed since this person last looked, which they do now if ``looks``."""
    events = events_of_case(incident, seen_by=user)
    point = last_seen(incident, user)
    if looks:
        look(incident, user, events)
    if point is None:
        return News(None, [])
    return News(point.at, differences_since(point, events, seen_by=user, but=user))


def visible_case(section: StaffModelAdmin, request: HttpRequest, pk: int) -> Incident:
    """The case of a page below it. Raises Http404 where this person may not know of it."""
    incident = Incident.objects.visible_to(staff_member(request)).filter(pk=pk).first()
    if not section.has_view_or_change_permission(request, incident):
        raise PermissionDenied
    if incident is None:
        raise Http404
    return incident


def changes_address(incident: Incident, since: str = LOOK) -> str:
    """Where the differences of a case are."""
    return f"{reverse('admin:incidents_incident_changes', args=[incident.pk])}?since={since}"


def _points(incident: Incident, user: StaffMember) -> dict[str, Point | None]:
    return {
        LOOK: last_seen(incident, user),
        **{each.value: decided_last(incident, each) for each in _COMPARED},
    }


_COMPARED = (Decision.SUBMITTED, Decision.APPROVED)


def _nothing_to_compare(asked: str) -> str:
    if asked == LOOK:
        return _("You look at this case for the first time.")
    if asked == Decision.APPROVED:
        return _("The case was never approved.")
    return _("The case was never handed in.")
