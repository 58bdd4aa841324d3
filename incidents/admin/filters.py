"""Narrowing lists: by terms with all below them, and by districts that occur."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reference.models import Area, Term
from reference.vocabularies import UnknownTerm, term, terms


class TermFilter(admin.SimpleListFilter):
    """Rows with a term or one below it."""

    column = ""
    vocabulary = ""
    parameter_name = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """The terms that may be chosen, as a tree."""
        return [
            (each.code, "\u00a0\u00a0" * (len(each.path) - 1) + each.label)
            for each in terms(self.vocabulary)
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with the chosen term."""
        code = self.value()
        return queryset if code is None else queryset.filter(**self.condition(self._term(code)))

    def condition(self, chosen: Term) -> dict[str, Any]:
        """What holds for rows with the term."""
        return {f"{self.column}__path__contains": [chosen.pk]}

    def _term(self, code: str) -> Term:
        try:
            return term(self.vocabulary, code)
        except UnknownTerm as error:
            raise IncorrectLookupParameters from error


def term_filter(column: str, vocabulary: str, title: Any) -> type[TermFilter]:
    """A filter on one column of terms."""
    return type(
        f"{column.title()}Filter",
        (TermFilter,),
        {"column": column, "vocabulary": vocabulary, "parameter_name": column, "title": title},
    )


def monitoring_filter() -> type[TermFilter]:
    """A filter of records by whether somebody still follows them."""
    return term_filter("monitoring", "monitoring", _("monitoring"))


class DistrictFilter(admin.SimpleListFilter):
    """Rows in a district or anything in it; only districts that occur are offered."""

    title = _("district")
    parameter_name = "district"
    column = "area"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """The districts of the rows that this person may see."""
        used = model_admin.get_queryset(request).order_by().values(f"{self.column}__path")
        above = {pk for row in used.distinct() for pk in row[f"{self.column}__path"] or ()}
        districts = Area.objects.at_level(Area.Level.DISTRICT).filter(pk__in=above)
        return [(each.code, each.label) for each in districts]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows in the chosen district."""
        code = self.value()
        if code is None:
            return queryset
        return queryset.filter(**{f"{self.column}__path__contains": [self.district(code).pk]})

    def district(self, code: str) -> Area:
        """The area with this code; refuses one that there is not."""
        found = Area.objects.filter(code=code).first()
        if found is None:
            raise IncorrectLookupParameters
        return found
