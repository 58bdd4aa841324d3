"""Long forms kept as one types: the address that the script writes to, and what the pages show."""

from datetime import UTC
from typing import TYPE_CHECKING, Any, Final, Self

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.entry_rights import may_enter
from incidents.entry import keeping
from incidents.models import Incident, StaffMember

if TYPE_CHECKING:
    _Section = StaffModelAdmin
else:
    _Section = object

KEEP: Final = "_keep"
GO_ON: Final = "_go_on"
THROW_AWAY: Final = "_throw_away"
"""Names of the buttons."""

_GOING_ON: Final = "going_on"
_NOT_KEPT: Final = "not_kept"


class KeepView(View):
    """Takes a form as it stands and answers with when it was kept. ``pk`` 0 is a new case."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by addresses()
    form = keeping.INCIDENT
    http_method_names = ["post"]

    @classmethod
    def addresses(cls: type[Self], section: StaffModelAdmin) -> list[URLPattern]:
        """The addresses of the page of an incident, of a new one, and of a case from a source."""
        view = section.admin_site.admin_view

        return [
            path(
                "new/keep/",
                view(cls.as_view(section=section, form=keeping.NEW_CASE)),
                name="incidents_incident_new_keep",
            ),
            path(
                "<int:pk>/keep/", view(cls.as_view(section=section)), name="incidents_incident_keep"
            ),
        ]

    def post(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """Keep it. 413 for what is too large, 409 where another page has something kept."""
        if not may_keep(self.section, request, self.form, pk):
            raise PermissionDenied if pk == 0 else Http404
        try:
            at = keeping.keep(staff_member(request), self.form, pk, request.POST)
        except keeping.TooLarge:
            return HttpResponse(status=413)
        except keeping.NotKept:
            return HttpResponse(status=409)
        # Not 200: a case was not opened by this, and its log would be full of it.
        return JsonResponse({"kept": _("Kept at %(time)s.") % {"time": _time(at)}}, status=201)


def may_keep(section: StaffModelAdmin, request: HttpRequest, form: str, pk: int) -> bool:
    """Whether somebody may change this case, or enter one."""
    if form == keeping.NEW_CASE:
        return may_enter(staff_member(request))
    if pk == 0:
        return section.has_add_permission(request)
    incident = section.get_queryset(request).filter(pk=pk).first()
    return incident is not None and section.has_change_permission(request, incident)


def kept_for_later(request: HttpRequest, form: str, row: int) -> HttpResponse | None:
    """Keep what was sent and lead to the first page, where it can be found again.

    None where it cannot be kept: the reason is told, and the page has to be shown again.
    """
    try:
        at = keeping.keep(staff_member(request), form, row, request.POST)
    except keeping.TooLarge:
        messages.error(request, _("This is more than can be kept. Save it instead."))
        return None
    except keeping.NotKept:
        messages.error(
            request,
            _(
                "This is not kept: something of another page is kept here, or this page was saved "
                "already. Save it, or open the page anew in a second window and choose there."
            ),
        )
        return None
    messages.success(
        request,
        _("Kept at %(time)s. It waits here for %(days)d days, for you alone.")
        % {"time": _time(at), "days": keeping.KEPT_FOR.days},
    )
    return HttpResponseRedirect(reverse("admin:index"))


def keeping_context(
    request: HttpRequest, form: str, row: int, *, address: str, form_id: str
) -> dict[str, Any]:
    """What a page needs to keep its form, and to offer what was kept of it before.

    As long as something older is offered nothing is kept in its place: ``keep_address`` is empty.
    """
    user = staff_member(request)
    asked = request.method == "GET"
    before = keeping.kept_at(user, form, row) if asked else None
    key = (not asked and keeping.key_of(request.POST)) or keeping.new_key()
    free = before is None if asked else keeping.may_be_kept(user, form, row, key)
    return {
        "keep_address": address if free else "",
        "keep_form": form_id,
        "keep_at_once": not asked,
        "kept_before": before,
        "keeps_typing": True,
        "page_key_name": keeping.KEY,
        "page_key": key,
    }


def unfinished_of(user: StaffMember) -> list[dict[str, Any]]:
    """What the first page offers to go on with: title, address and time of each kept form.

    A case that its author may not see any more is not named.
    """
    kept = keeping.unfinished(user)
    rows = Incident.objects.visible_to(user).in_bulk(
        [draft.row for draft in kept if draft.form == keeping.INCIDENT and draft.row]
    )
    lines = []
    for draft in kept:
        if draft.form == keeping.NEW_CASE:
            title, address = _("New case from a source"), reverse("admin:incidents_incident_new")
        elif not draft.row:
            title, address = _("A new incident"), reverse("admin:incidents_incident_add")
        elif draft.row in rows:
            title = rows[draft.row].title
            address = reverse("admin:incidents_incident_change", args=[draft.row])
        else:
            continue
        lines.append({"title": title, "address": address, "at": draft.kept_at})
    return lines


def _time(at: Any) -> str:
    return f"{timezone.localtime(at, UTC):%H:%M} UTC"


class KeepsTyping(_Section):
    """A section whose page keeps what is typed into it, and shows it again on return."""

    def get_urls(self) -> list[Any]:
        """The addresses to which the script writes."""
        return [*KeepView.addresses(self), *super().get_urls()]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """A form that knows whether it shows what was kept: then it is not saved yet."""
        form: Any = super().get_form(request, obj, change=change, **options)
        form.going_on = getattr(request, _GOING_ON, None)
        form.not_kept = getattr(request, _NOT_KEPT, False)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Keep, show again or throw away what was typed; forget it once it is saved."""
        row = _row(object_id)
        if row is None or "_popup" in request.GET or "_popup" in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST":
            answer = self._answer(request, row)
            if answer is not None:
                return answer
        context = {**(extra_context or {}), **self._keeping_context(request, row)}
        return super().changeform_view(request, object_id, form_url, context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Once everything of the page is written, in the same transaction, forget what was kept."""
        super().save_related(request, form, formsets, change)
        if "_popup" not in request.POST:
            row = form.instance.pk if change else 0
            user, key = staff_member(request), keeping.key_of(request.POST)
            keeping.saved(user, keeping.INCIDENT, row, key, led_to=form.instance.pk)

    def _answer(self, request: HttpRequest, row: int) -> HttpResponse | None:
        """What one of the three buttons does; None for all other buttons."""
        user = staff_member(request)
        if KEEP in request.POST and may_keep(self, request, keeping.INCIDENT, row):
            # A page that cannot be kept is shown again, and not saved by this button.
            setattr(request, _NOT_KEPT, True)
            return kept_for_later(request, keeping.INCIDENT, row)
        if THROW_AWAY in request.POST:
            keeping.drop(user, keeping.INCIDENT, row)
            messages.success(request, _("What was kept is thrown away."))
            return HttpResponseRedirect(request.get_full_path())
        if GO_ON in request.POST:
            kept = keeping.kept_form(user, keeping.INCIDENT, row)
            if kept is None:
                messages.error(request, _("Nothing is kept any more."))
                return HttpResponseRedirect(request.get_full_path())
            request.POST = kept.as_posted()  # type: ignore[assignment]
            setattr(request, _GOING_ON, kept.at)
        return None

    def _keeping_context(self, request: HttpRequest, row: int) -> dict[str, Any]:
        # Whether this very case may be seen is asked by the page, which shows nothing otherwise.
        allowed = self.has_change_permission(request) if row else self.has_add_permission(request)
        if not allowed:
            return {}
        return keeping_context(
            request,
            keeping.INCIDENT,
            row,
            address=reverse("admin:incidents_incident_keep", args=[row]),
            form_id="incident_form",
        )


def _row(object_id: str | None) -> int | None:
    """The key of the case that a page is about; 0 for a new one, None where it is no number."""
    if object_id is None:
        return 0
    found = unquote(object_id)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 16 else None
