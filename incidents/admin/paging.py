"""Pages of lists: the rows of a page are found by their keys, and what is shown is read of these.

In one query the database would work out the columns of every row that a late page skips.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.admin import ModelAdmin
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
    _ModelAdmin = ModelAdmin[Any]
else:
    _Paginator, _ModelAdmin = Paginator, object

ReadRows = Callable[[Iterable[Any]], QuerySet[Any]]
"""Keys → those rows, with all that a list shows of them."""


class PagesByKeys(_Paginator):
    """Two queries for a page, whatever stands before it.

    ``sought``: the rows answer a search. Finding them is the work then, and it is done once for
    their number and the page alike.
    """

    def __init__(
        self,
        found: QuerySet[Any],
        per_page: int,
        *options: Any,
        read: ReadRows,
        sought: bool = False,
    ) -> None:
        super().__init__(found, per_page, *options)
        self._found, self._read, self._sought = found, read, sought

    @cached_property
    def count(self) -> int:
        """How many rows there are, exactly."""
        return len(self._all) if self._sought else self._found.count()

    @cached_property
    def _keys(self) -> Any:
        return self._found.values_list("pk", flat=True)

    @cached_property
    def _all(self) -> list[Any]:
        return list(self._keys)

    def page(self, number: int | str) -> "Page[Any]":
        """The rows of a page, in the order in which they were found."""
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        keys = list((self._all if self._sought else self._keys)[first : first + self.per_page])
        rows = {row.pk: row for row in self._read(keys)}
        return Page([rows[key] for key in keys if key in rows], valid, self)


class ColumnsApart(_ModelAdmin):
    """A section that works out columns for each row: for those of a page alone."""

    def with_columns(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """These rows with what the list shows of each."""
        return rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows of the section, with their columns: a list can be put in their order."""
        return self.with_columns(request, super().get_queryset(request))

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
    ) -> PagesByKeys:
        """Pages whose columns are worked out once their rows are known."""

        def read(keys: Iterable[Any]) -> QuerySet[Any]:
            rows = self.with_columns(request, self.model._default_manager.filter(pk__in=keys))
            related: Any = self.get_list_select_related(request)
            return rows.select_related(*related)

        sought = bool(request.GET.get("q") or request.GET.get("term"))
        return PagesByKeys(
            queryset, per_page, orphans, allow_empty_first_page, read=read, sought=sought
        )
