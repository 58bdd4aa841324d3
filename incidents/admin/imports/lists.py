"""The section of lists: who collected what, and what each could have recorded."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.models import ImportBatch, Incident, ListRow, SourceList
from incidents.visibility import SEES_ALL
from reference.date_text import render_date


@admin.register(SourceList)
class SourceListAdmin(StaffModelAdmin):
    """Lists, with their coverage: the basis of estimates from several lists."""

    list_display = ("name", "code", "covers_shown", "rows_column", "files_column")
    search_fields = ("name", "code")
    autocomplete_fields = ("source", "covers_areas")
    fieldsets = (
        (None, {"fields": ("name", "code", "source")}),
        (
            _("What it could have recorded"),
            {
                "description": _(
                    "Somebody outside of this is missing from the list for that reason alone. "
                    "Tables that compare lists leave the cell open there."
                ),
                "fields": ("covers", "covers_areas", "covers_types"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Lists with the number of their files and of rows that the reader may know of."""
        rows = ListRow.objects.filter(list=OuterRef("pk"))
        user = staff_member(request)
        if not user.has_perm(SEES_ALL):
            hidden = Incident.objects.filter(restricted=True).exclude(assigned=user)
            rows = rows.exclude(case__incident__in=hidden)
        files = ImportBatch.objects.filter(list=OuterRef("pk"))
        lists: QuerySet[Any] = super().get_queryset(request)
        return lists.annotate(row_count=_number_of(rows), file_count=_number_of(files))  # type: ignore[no-any-return]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The short name stands in files and mappings: it stays."""
        return () if obj is None else ("code",)

    @admin.display(description=_("period covered"), ordering="covers_earliest")
    def covers_shown(self, row: SourceList) -> str:
        """The period in words; empty where it is any time."""
        return "" if row.covers.is_unknown else render_date(row.covers)

    @admin.display(description=_("rows"), ordering="row_count")
    def rows_column(self, row: Any) -> int:
        """Rows that were brought in."""
        count: int = row.row_count
        return count

    @admin.display(description=_("files"), ordering="file_count")
    def files_column(self, row: Any) -> int:
        """Files that were received."""
        count: int = row.file_count
        return count


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("list").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
