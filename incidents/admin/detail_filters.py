"""Narrowing the list of acts by a detail: what was found, what nobody knows, what nobody asked."""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.filters import TermFilter
from incidents.models import Violation

EMPTY: Final = "-"
"""Value of a filter for boxes that nobody has filled. No code of a vocabulary is a hyphen."""

_KNOWN, _UNKNOWN = "known", "unknown"


class DetailFilter(TermFilter):
    """Acts with a term or one below it; those without any are offered besides.

    “Unknown” is a term like any other: somebody asked, and nobody could tell.
    """

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """The terms, and the empty box."""
        return [*super().lookups(request, model_admin), (EMPTY, gettext("nothing entered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The acts with the chosen term, or without any."""
        if self.value() == EMPTY:
            return queryset.filter(**{f"{self.column}__isnull": True})
        if self.value() is None:
            return queryset
        # Of several terms of one act more than one can fit: the act is listed once.
        fitting = super().queryset(request, Violation.objects.all())
        return queryset.filter(pk__in=fitting.values("pk"))


class TextFilter(admin.SimpleListFilter):
    """Acts by whether a text is there, is known to be unknown, or was never asked for."""

    column = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """The three states."""
        return [
            (_KNOWN, gettext("entered")),
            (_UNKNOWN, gettext("not known")),
            (EMPTY, gettext("nothing entered")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The acts in the chosen state."""
        filled, unknown = ~Q(**{self.column: ""}), Q(**{f"{self.column}_unknown": True})
        chosen = {_KNOWN: filled, _UNKNOWN: unknown, EMPTY: ~filled & ~unknown}.get(
            self.value() or ""
        )
        return queryset if chosen is None else queryset.filter(chosen)


def _term(column: str) -> type[DetailFilter]:
    field: Any = Violation._meta.get_field(column)
    values = {
        "column": column,
        "vocabulary": field.vocabulary,
        "parameter_name": column,
        "title": field.verbose_name,
    }
    return type(f"{column.title()}Filter", (DetailFilter,), values)


def _text(column: str) -> type[TextFilter]:
    field: Any = Violation._meta.get_field(column)
    values = {"column": column, "parameter_name": column, "title": field.verbose_name}
    return type(f"{column.title()}Filter", (TextFilter,), values)


class InstrumentFilter(admin.SimpleListFilter):
    """Acts by whether anybody has said which rules they breach."""

    title = _("laws and instruments breached")
    parameter_name = "instruments"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Named or not."""
        return [(_KNOWN, gettext("entered")), (EMPTY, gettext("nothing entered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The acts with some, or without any."""
        match self.value():
            case "known":
                return queryset.exclude(instruments=[])
            case "-":
                return queryset.filter(instruments=[])
        return queryset


DETAIL_FILTERS: Final = (
    _term("detention_type"),
    _text("conditions"),
    _term("counsel"),
    _term("court"),
    _term("court_language"),
    _text("case_code"),
    _text("case_name"),
    _term("judicial_district"),
    _term("statement_signed"),
    _term("medical_attention"),
    _term("intents"),
    _term("property_kind"),
    _term("compensation"),
    InstrumentFilter,
)
"""In the order in which the page of a case has the boxes."""
