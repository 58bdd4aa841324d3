"""The step in which somebody says what each value of a column of terms means."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext as _

from incidents.admin.base import visible_rows
from incidents.admin.imports import keeping
from incidents.admin.imports.access import may_read_the_file
from incidents.admin.imports.pages import BatchPage
from incidents.importing.suggesting.choices import Choices
from incidents.importing.suggesting.targets import TARGET_OF, Kind, Target
from incidents.models import Agency
from reference.vocabularies import terms

PER_PAGE = 50
"""Values on one page, each with a list of terms."""

_INDENT = "\u00a0\u00a0\u00a0"

Option = tuple[str, str]


@dataclass(slots=True)
class ValueBox:
    """One value of a column, how often it occurs, and what it means."""

    number: int
    value: str
    count: int
    chosen: str


@dataclass(slots=True)
class ValuesOfColumn:
    """Values of one column on this page, with the terms they can mean."""

    column: str
    target: Target
    options: list[Option]
    boxes: list[ValueBox]


class ValuesPage(BatchPage):
    """What the values mean, in pages of some fifty."""

    name = "values"
    template = "admin/incidents/importbatch/values.html"
    before = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page of values."""
        choices = keeping.choices_of(self.batch)
        if choices is None:
            return self.go("text")
        page = self._values(choices)
        return self.page(
            title=_("What the values mean"),
            fieldsets=self._fieldsets(choices, page),
            page=page,
            unknown=self._unknown(choices),
            readable=may_read_the_file(self.batch, self.user),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep what was chosen on this page."""
        choices = keeping.choices_of(self.batch)
        if choices is None:
            return self.go("text")
        page = self._values(choices)
        if not may_read_the_file(self.batch, self.user):
            return self.go("about")
        allowed: dict[str, set[str]] = {}
        for number, (column, value, _count) in enumerate(page, start=page.start_index() - 1):
            if column not in allowed:
                target = TARGET_OF[choices.targets[column]]
                allowed[column] = {code for code, _label in self._options(target)}
            code = request.POST.get(f"means-{number}", "")
            choices.terms[column][value] = code if code in allowed[column] else ""
        self.batch.changed_by = self.user
        keeping.keep(self.batch, choices)
        if page.has_next():
            return self.go("values", f"?p={page.next_page_number()}")
        return self.go("about")

    def _values(self, choices: Choices) -> "Page[tuple[str, str, int]]":
        every = [
            (column, value, count)
            for column, values in choices.seen.items()
            for value, count in values
        ]
        return Paginator(every, PER_PAGE).get_page(self.request.GET.get("p"))

    def _fieldsets(
        self, choices: Choices, page: "Page[tuple[str, str, int]]"
    ) -> list[ValuesOfColumn]:
        if not may_read_the_file(self.batch, self.user):
            return []
        found: dict[str, ValuesOfColumn] = {}
        for number, (column, value, count) in enumerate(page, start=page.start_index() - 1):
            if column not in found:
                target = TARGET_OF[choices.targets[column]]
                found[column] = ValuesOfColumn(column, target, self._options(target), [])
            chosen = choices.terms.get(column, {}).get(value, "")
            found[column].boxes.append(ValueBox(number, value, count, chosen))
        return list(found.values())

    def _options(self, target: Target) -> list[Option]:
        if target.kind is Kind.AGENCY:
            agencies: Any = visible_rows(self.request, Agency).order_by("name")
            return [(name, name) for name in agencies.values_list("name", flat=True)]
        return [
            (term.code, _INDENT * (len(term.path) - 1) + term.label)
            for term in terms(target.vocabulary)
        ]

    def _unknown(self, choices: Choices) -> int:
        """How many of the values mean nothing yet."""
        return sum(
            not choices.terms.get(column, {}).get(value)
            for column, values in choices.seen.items()
            for value, _count in values
        )
