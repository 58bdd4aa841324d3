"""Filters of the lists that the page “Counts” leads to: days, a cell, those whom acts concern."""

from typing import Any
from urllib.parse import parse_qsl

from django.contrib import admin
from django.contrib.admin.filters import ListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.accounts.recording import Act, record
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.counts.asked import CELL, DATES, MODES, WORDS, CountForm, days_of, in_cell
from incidents.counting.dates import dated
from incidents.counting.dimensions import DIMENSIONS, agencies_of_acts
from incidents.models import Violation

ACTS = "acts"
"""Parameter of a list of people or agencies: the question whose acts concern them, as the query of
the page “Counts”."""


class _TakesParameters(ListFilter):
    """A filter of several parameters of an address."""

    names: tuple[str, ...] = ()

    def __init__(
        self, request: HttpRequest, params: Any, model: Any, model_admin: StaffModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.asked = {name: params.pop(name)[-1] for name in self.names if name in params}

    def has_output(self) -> bool:
        return bool(self.asked)

    def expected_parameters(self) -> list[str | None]:
        return list(self.names)

    def choices(self, changelist: Any) -> Any:
        return [
            {
                "selected": True,
                "query_string": changelist.get_query_string(),
                "display": self.told(),
            },
            {
                "selected": False,
                "query_string": changelist.get_query_string(remove=list(self.names)),
                "display": gettext("all"),
            },
        ]

    def told(self) -> str:
        """What is chosen, in words."""
        raise NotImplementedError


class DatesFilter(_TakesParameters):
    """Acts that possibly or certainly happened between two days, or whose date nobody knows."""

    title = _("date")
    names = DATES
    template = "admin/incidents/counts/dates_filter.html"

    def has_output(self) -> bool:
        """There is always a form to fill in."""
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The acts in these days."""
        try:
            chosen = days_of(self.asked).chosen()
        except (ValidationError, ValueError) as error:
            raise IncorrectLookupParameters from error
        return queryset if chosen is None else dated(queryset).filter(chosen)

    def choices(self, changelist: Any) -> Any:
        """What the form of the filter sends besides, as name and value."""
        kept = [
            (name, value)
            for name, values in changelist.params.items()
            for value in (values if isinstance(values, list) else [values])
            if name not in self.names
        ]
        return [{"kept": kept, "asked": self.asked, "modes": MODES}]


class CellFilter(_TakesParameters):
    """The acts that one cell of a table counts."""

    title = _("cell of a table")
    names = CELL

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The acts of the cell."""
        return in_cell(dated(queryset), self.asked, request) if self.asked else queryset

    def told(self) -> str:
        """Rows and columns of the table, each with its value."""
        parts = []
        for by, bucket in (("rows", "row"), ("columns", "column")):
            dimension = DIMENSIONS.get(self.asked.get(by, ""))
            if dimension is not None and bucket in self.asked:
                code = self.asked[bucket]
                value = None if code == "-" else dimension.value(code)
                found = dimension.buckets([value]).get(value)
                parts.append(f"{dimension.label}: {found.label if found else code}")
        return " × ".join(parts)


class _OfActs(_TakesParameters):
    """Those whom the acts of a question concern."""

    title = _("counted")
    names = (ACTS,)

    def acts(self, request: HttpRequest) -> QuerySet[Any]:
        """The acts, as far as this person may know of them."""
        section: Any = admin.site.get_model_admin(Violation)
        asked = dict(parse_qsl(self.asked[ACTS], keep_blank_values=True))
        if not section.has_view_permission(request):
            raise IncorrectLookupParameters
        form = CountForm(asked, request, section)
        if not form.is_valid():
            raise IncorrectLookupParameters
        if WORDS in form.parameters():
            record(Act.SEARCHED, member=staff_member(request), request=request, section="violation")
        return in_cell(form.acts(), asked, request)

    def told(self) -> str:
        return gettext("those that a table of violations counts")


class VictimsOfActs(_OfActs):
    """The victims of these acts."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """To whom something was done there."""
        if not self.asked:
            return queryset
        return queryset.filter(pk__in=self.acts(request).order_by().values("person"))


class AgenciesOfActs(_OfActs):
    """The agencies alleged to be responsible for these acts."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Whoever is named for one of them."""
        if not self.asked:
            return queryset
        named = self.acts(request).order_by().annotate(named=agencies_of_acts())
        return queryset.filter(pk__in=named.values("named"))
