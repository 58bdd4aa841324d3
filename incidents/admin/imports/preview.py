"""The step in which the first cases are seen exactly as they would be entered."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from incidents.admin.imports import keeping
from incidents.admin.imports.access import BEFORE, concealed_cases
from incidents.admin.imports.case_tree import ShownCase, shown
from incidents.admin.imports.pages import BatchPage
from incidents.importing.drafting import describe
from incidents.importing.lookups import Lookups
from incidents.importing.mapping import MappingRefused
from incidents.importing.running import RunRefused, preview
from incidents.importing.tables import FileRefused
from incidents.jobs import ask_for
from incidents.models import BatchState, ImportBatch

CASES_SHOWN = 20


class PreviewPage(BatchPage):
    """The first cases, and the buttons that try the whole list out and bring it in."""

    name = "preview"
    template = "admin/incidents/importbatch/preview.html"
    before = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The first cases. A mapping that cannot be used leads to its text and its faults."""
        if keeping.faults_of(self.batch.mapping, self.batch):
            messages.error(request, _("The mapping has to be mended first."))
            return self.go("text")
        try:
            cases = self._cases()
        except (FileRefused, MappingRefused, RunRefused) as refused:
            return self.page(title=_("Preview"), refused=str(refused))
        except OSError:
            lost = _("The file cannot be read any more.")
            return self.page(title=_("Preview"), refused=lost)
        return self.page(
            title=_("Preview"),
            cases=cases,
            refused_cases=sum(case.refused for case in cases),
            good_rows_only=self.batch.good_rows_only,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the run, or for a trial of the whole list that writes nothing."""
        dry_run = request.POST.get("what") == "try"
        if keeping.faults_of(self.batch.mapping, self.batch):
            messages.error(request, _("The mapping has to be mended first."))
            return self.go("text")
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=self.batch.pk)
            if batch.state not in BEFORE:
                return self.go("progress")
            arguments = {"batch": batch.pk, "dry_run": dry_run, "language": get_language()}
            batch.job = ask_for("import", arguments, by=self.user)
            batch.changed_by, batch.changed_at = self.user, timezone.now()
            if not dry_run:
                batch.state = BatchState.WAITING
            batch.save(update_fields=["job", "state", "changed_by", "changed_at"])
        return self.go("progress")

    def _cases(self) -> list[ShownCase]:
        """The first cases, without those of which this person may not know."""
        lookups = Lookups()
        drafts = preview(self.batch, limit=CASES_SHOWN, lookups=lookups)
        keys = [draft.key for draft in drafts]
        hidden = concealed_cases(self.batch, self.user).filter(key__in=keys)
        concealed = set(hidden.values_list("key", flat=True))
        return [
            shown(draft, lambda each: describe(each, lookups))
            for draft in drafts
            if draft.key not in concealed
        ]
