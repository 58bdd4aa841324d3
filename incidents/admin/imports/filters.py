"""Narrowing the list of cases to those of one import."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.models import ImportBatch, ListCase


class BatchFilter(admin.SimpleListFilter):
    """Cases that a batch brought or changed. Offered only where a page led here with one."""

    title = _("import")
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one batch that was asked for; a list of all of them would be long and useless."""
        value = self.value()
        if not value:
            return []
        batch = ImportBatch.objects.filter(pk=value).first() if value.isdecimal() else None
        return [(value, str(batch or value))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The cases of the batch."""
        value = self.value()
        if not value:
            return queryset
        if not value.isdecimal():
            raise IncorrectLookupParameters
        brought = ListCase.objects.filter(Q(batch=value) | Q(last_batch=value))
        return queryset.filter(pk__in=brought.exclude(incident=None).values("incident"))
