"""The page on which a whole batch is taken back."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from incidents.admin.imports.access import cases_of, hides_something, live_counts
from incidents.admin.imports.pages import BatchPage
from incidents.importing.undoing import what_stays
from incidents.jobs import ask_for
from incidents.models import BatchState, ImportBatch, Incident

OBSTACLES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class StandingInTheWay:
    """Why a case stays; the case itself where this person may know of it."""

    incident: Incident | None
    reason: str


class UndoPage(BatchPage):
    """How much would go, what stands in the way, and a button."""

    name = "undo"
    template = "admin/incidents/importbatch/undo.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The question."""
        if self.batch.state != BatchState.DONE:
            return self.go("report")
        found, cases = what_stays(self.batch)
        visible = cases_of(self.batch, self.user).in_bulk([each.incident_id for each in found])
        shown = [
            StandingInTheWay(visible.get(each.incident_id or 0), each.reason)
            for each in found
            if each.incident_id is None or each.incident_id in visible
        ]
        hides = hides_something(self.batch, self.user)
        return self.page(
            title=_("Undo this import"),
            counts=live_counts(self.batch, self.user),
            stays=bool(cases) or hides,
            cases_staying=None if hides else cases,
            obstacles=shown[:OBSTACLES_SHOWN],
            more_obstacles=max(0, len(shown) - OBSTACLES_SHOWN),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for it to be undone."""
        untouched_only = request.POST.get("what") == "untouched"
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=self.batch.pk)
            if batch.state != BatchState.DONE:
                messages.error(request, _("This import cannot be undone as it stands."))
                return self.go("report")
            arguments = {
                "batch": batch.pk,
                "untouched_only": untouched_only,
                "language": get_language(),
            }
            batch.job = ask_for("undo-import", arguments, by=self.user)
            batch.changed_by, batch.changed_at = self.user, timezone.now()
            batch.save(update_fields=["job", "changed_by", "changed_at"])
        return self.go("progress")
