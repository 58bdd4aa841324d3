"""On the page of a person: the rows of lists that document them, as they were received."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffInline
from incidents.models import ListRow


class ListRowInline(StaffInline):
    """Rows of lists, to be read only: what was received stays as it was."""

    model = ListRow
    verbose_name = _("row of a list")
    verbose_name_plural = _("Documented in lists")
    classes = ("collapse",)
    select_related = ("list", "last_batch")
    readonly_fields = ("list_shown", "received_shown")
    fieldsets = ((None, {"fields": ("list_shown", "received_shown")}),)
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows come with a list."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was received is not edited."""
        return False

    @admin.display(description=_("list"))
    def list_shown(self, row: ListRow) -> SafeString:
        """The list, the number of the row, and the file it came with."""
        return format_html(
            '<bdi>{}</bdi> · {} · <a href="{}"><bdi>{}</bdi></a>',
            row.list,
            row.number,
            reverse("admin:incidents_importbatch_report", args=[row.last_batch_id]),
            row.last_batch.file_name,
        )

    @admin.display(description=_("as received"))
    def received_shown(self, row: ListRow) -> SafeString:
        """Every filled cell, also those that were not read."""
        cells = format_html_join(
            "",
            '<dt><bdi>{}</bdi></dt><dd dir="auto">{}</dd>',
            ((column, text) for column, text in row.received.items() if text.strip()),
        )
        return format_html('<dl class="values">{}</dl>', cells)
