"""The section of imports: every file that was brought in, and the pages of each."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.imports.about import AboutPage
from incidents.admin.imports.access import (
    BUSY,
    IMPORT,
    concealing,
    hides_something,
    may_work_on,
)
from incidents.admin.imports.columns import ColumnsPage
from incidents.admin.imports.pages import BatchPage, address_of, settle
from incidents.admin.imports.preview import PreviewPage
from incidents.admin.imports.report import ReportFile, ReportPage
from incidents.admin.imports.reviewing import ReviewPage
from incidents.admin.imports.running import ProgressPage
from incidents.admin.imports.text import MappingFile, TextPage
from incidents.admin.imports.undoing import UndoPage
from incidents.admin.imports.uploading import upload_page
from incidents.admin.imports.values import ValuesPage
from incidents.models import BatchState, ImportBatch, StaffMember

PAGES: tuple[type[BatchPage], ...] = (
    ColumnsPage,
    ValuesPage,
    AboutPage,
    TextPage,
    MappingFile,
    PreviewPage,
    ProgressPage,
    ReportPage,
    ReportFile,
    ReviewPage,
    UndoPage,
)


@admin.register(ImportBatch)
class ImportBatchAdmin(StaffModelAdmin):
    """Files of lists, the latest first, with what became of each."""

    list_display = ("file_column", "list", "state", "rows_column", "entered_by", "entered_at")
    list_select_related = ("list", "entered_by", "job")
    list_filter = ("state", "list")
    search_fields = ("file_name", "list__name")

    @admin.display(description=_("file"), ordering="file_name")
    def file_column(self, batch: ImportBatch) -> SafeString:
        """The name under which it was sent."""
        return format_html("<bdi>{}</bdi>", batch.file_name)

    @admin.display(description=_("rows"))
    def rows_column(self, batch: Any) -> int | None:
        """Rows of the file, unless some of them belong to cases concealed from the reader."""
        return None if batch.conceals else batch.figures.get("rows")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All batches; whether the figures of each may be shown."""
        batches: QuerySet[Any] = super().get_queryset(request)
        return batches.annotate(conceals=concealing(staff_member(request)))  # type: ignore[no-any-return]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may bring lists in."""
        return staff_member(request).has_perm(IMPORT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Batches have pages of their own; nobody edits one as a row."""
        return False

    def get_urls(self) -> list[Any]:
        """The pages of a batch."""
        return [*(page.address(self) for page in PAGES), *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A file is sent on a page of its own."""
        return upload_page(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lead to where the batch stands."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_queryset(request).filter(pk=object_id) if object_id.isdecimal() else None
        batch = found.first() if found is not None else None
        if batch is None:
            raise Http404
        settle(batch)
        return HttpResponseRedirect(address_of(batch, _where(batch, staff_member(request))))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Who did what with the batch, for those who may know all of its figures and values."""
        user = staff_member(request)
        found = self.get_queryset(request).filter(pk=object_id) if object_id.isdecimal() else None
        batch = found.first() if found is not None else None
        if batch is None or not may_work_on(user, batch) or hides_something(batch, user):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


def _where(batch: ImportBatch, user: StaffMember) -> str:
    """The page that somebody needs who opens this batch."""
    if batch.state in BUSY:
        return "progress"
    if batch.state == BatchState.UPLOADED and may_work_on(user, batch):
        return "columns"
    return "report"
