"""What the pages of a batch have in common: finding it, who may, the steps, and going on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.imports.access import BEFORE, BUSY, may_work_on
from incidents.admin.job_words import OVER
from incidents.models import BatchState, ImportBatch, StaffMember

STEPS: tuple[tuple[str, Promise], ...] = (
    ("columns", _("Columns")),
    ("values", _("Values")),
    ("about", _("The list")),
    ("preview", _("Preview")),
    ("progress", _("Bringing in")),
    ("report", _("Report")),
)
"""The pages of a batch, in the order in which somebody goes through them."""


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step in the line at the top of each page. Without an address it cannot be opened now."""

    label: Promise
    address: str
    current: bool


class BatchPage(View):
    """One page of a batch.

    ``name`` is its address below that of the batch. ``for_work``: only whoever may work on the
    batch opens it; ``before``: only while nothing of it is in the case file.
    """

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    name: ClassVar[str] = ""
    template: ClassVar[str] = ""
    for_work: ClassVar[bool] = True
    before: ClassVar[bool] = False
    http_method_names = ["get", "head", "post"]

    batch: ImportBatch
    user: StaffMember

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the batch."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        ending = "" if "." in cls.name else "/"
        name = cls.name.replace(".", "_")
        return path(f"<int:pk>/{cls.name}{ending}", view, name=f"incidents_importbatch_{name}")

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        """Find the batch and see to it that this person may open the page."""
        self.user = staff_member(request)
        if not self.section.has_view_permission(request):
            raise PermissionDenied
        batches = self.section.get_queryset(request).select_related("list", "job", "entered_by")
        batch = batches.filter(pk=options["pk"]).first()
        if batch is None:
            raise Http404
        self.batch = batch
        settle(batch)
        if self.for_work and not may_work_on(self.user, batch):
            raise PermissionDenied
        if self.before and batch.state not in BEFORE:
            return self.go("progress" if batch.state in BUSY else "report")
        return super().dispatch(request, *args, **options)

    def page(self, **context: Any) -> HttpResponse:
        """The page, with what all pages of a batch show."""
        return TemplateResponse(
            self.request,
            self.template,
            {
                **self.section.admin_site.each_context(self.request),
                "opts": self.section.opts,
                "original": self.batch,
                "batch": self.batch,
                "subtitle": str(self.batch),
                "steps": list(self._steps()),
                "may_work": may_work_on(self.user, self.batch),
                "is_before": self.batch.state in BEFORE,
                **context,
            },
        )

    def go(self, name: str, query: str = "") -> HttpResponse:
        """Lead to another page of this batch."""
        return HttpResponseRedirect(address_of(self.batch, name) + query)

    def _steps(self) -> Iterator[StepLink]:
        may_work = may_work_on(self.user, self.batch)
        is_before = self.batch.state in BEFORE
        for name, label in STEPS:
            if name in ("progress", "report"):
                is_open = self.batch.job_id is not None or not is_before
            else:
                is_open = may_work and is_before
            address = address_of(self.batch, name) if is_open else ""
            yield StepLink(label, address, name == self.name)


def settle(batch: ImportBatch) -> None:
    """Free a batch whose job ended without a word to it: stopped before it began, or given up."""
    job = batch.job
    if batch.state not in BUSY or job is None or job.state not in OVER:
        return
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if held.state in BUSY and held.job_id == job.pk:
            undoing = job.kind == "undo-import"
            held.state = BatchState.DONE if undoing else BatchState.UPLOADED
            held.save(update_fields=["state", "changed_at"])
    batch.refresh_from_db(fields=["state", "changed_at"])


def address_of(batch: ImportBatch, name: str) -> str:
    """The address of a page of a batch."""
    return reverse(f"admin:incidents_importbatch_{name}", args=[batch.pk])
