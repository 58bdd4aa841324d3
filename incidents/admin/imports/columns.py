"""The step in which somebody says what each column becomes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from incidents.admin.imports import keeping
from incidents.admin.imports.access import may_read_the_file
from incidents.admin.imports.pages import BatchPage
from incidents.importing.files import on_disk
from incidents.importing.suggesting.choices import Choices, Entry, entries
from incidents.importing.suggesting.targets import KEPT, TARGET_OF, Target, offered
from incidents.importing.tables import FileRefused, TableOptions, sheets

PER_PAGE = 40
"""Columns on one page. Each has a list of fifty things it can become: more would load slowly."""

Group = tuple[Promise, list[Target]]


@dataclass(slots=True)
class ColumnBox:
    """One column, or numbered family, as the page shows it."""

    number: int
    name: str
    samples: list[str]
    chosen: str
    groups: list[Group]
    fault: str = ""
    others: list[str] = field(default_factory=list)


class ColumnsPage(BatchPage):
    """What each column becomes."""

    name = "columns"
    template = "admin/incidents/importbatch/columns.html"
    before = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page of columns, as they were chosen last."""
        choices = keeping.choices_of(self.batch)
        if choices is None:
            return self._as_text()
        return self._page(choices, {})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep what was chosen, or begin anew in one of several ways."""
        what = request.POST.get("what", "")
        self.batch.changed_by = self.user
        if what == "suggest":
            return self._start_over(keeping.options_of(self.batch))
        if what == "sheet":
            sheet = request.POST.get("sheet", "")
            return self._start_over(replace(keeping.options_of(self.batch), sheet=sheet))
        if what == "earlier":
            return self._take_over(request.POST.get("earlier", ""))
        choices = keeping.choices_of(self.batch)
        if choices is None:
            return self._as_text()
        return self._keep(choices, request)

    def _keep(self, choices: Choices, request: HttpRequest) -> HttpResponse:
        page = self._entries()
        offset = page.start_index() - 1
        posted = {
            entry.name: request.POST.get(f"becomes-{offset + index}", KEPT)
            for index, entry in enumerate(page)
        }
        families = {entry.name: list(entry.family.numbers) for entry in page if entry.family}
        faults = _choose(choices, posted, families)
        if faults:
            return self._page(choices, faults, posted)
        keeping.count_values(self.batch, choices)
        keeping.keep(self.batch, choices)
        if page.has_next():
            return self.go("columns", f"?p={page.next_page_number()}")
        return self.go("values")

    def _start_over(self, options: TableOptions) -> HttpResponse:
        try:
            keeping.start_over(self.batch, options)
        except FileRefused as refused:
            messages.error(self.request, str(refused))
        return self.go("columns")

    def _take_over(self, pk: str) -> HttpResponse:
        earlier = keeping.earlier_with_mapping(self.batch)
        chosen = earlier.filter(pk=pk).first() if pk.isdecimal() else None
        if chosen is None:
            messages.error(self.request, _("Choose one of the earlier files."))
            return self.go("columns")
        keeping.take_over(self.batch, chosen)
        if faults := keeping.faults_of(self.batch.mapping, self.batch):
            for fault in faults:
                messages.warning(self.request, str(fault))
        return self.go("columns")

    # ------------------------------------------------------------------------ showing

    def _page(
        self, choices: Choices, faults: dict[str, str], posted: dict[str, str] | None = None
    ) -> HttpResponse:
        page = self._entries()
        samples = self._samples(choices)
        boxes = []
        for index, entry in enumerate(page):
            chosen = (posted or choices.targets).get(entry.name, KEPT)
            boxes.append(
                ColumnBox(
                    page.start_index() - 1 + index,
                    entry.name,
                    samples.get(entry.columns[0], []),
                    chosen,
                    _groups(family=entry.family is not None),
                    faults.get(entry.name, ""),
                    list(entry.columns) if entry.family else [],
                )
            )
        return self.page(
            title=_("What each column becomes"),
            boxes=boxes,
            page=page,
            earlier=keeping.earlier_with_mapping(self.batch)[:10],
            sheets=self._sheets(),
            sheet=choices.sheet,
            faults=bool(faults),
        )

    def _as_text(self) -> HttpResponse:
        return self.page(
            title=_("What each column becomes"),
            as_text=True,
            earlier=keeping.earlier_with_mapping(self.batch)[:10],
        )

    def _entries(self) -> "Page[Entry]":
        every = entries(self.batch.columns)
        return Paginator(every, PER_PAGE).get_page(self.request.GET.get("p"))

    def _samples(self, choices: Choices) -> dict[str, list[str]]:
        if not may_read_the_file(self.batch, self.user):
            return {}
        try:
            return keeping.samples_of(self.batch, choices)
        except (FileRefused, OSError) as error:
            messages.error(
                self.request,
                str(error)
                if isinstance(error, FileRefused)
                else _("The file cannot be read any more."),
            )
            return {}

    def _sheets(self) -> list[str]:
        try:
            with on_disk(self.batch) as path:
                found = sheets(path, name=self.batch.file_name)
        except (FileRefused, OSError):
            return []
        return found if len(found) > 1 else []


def _choose(
    choices: Choices, posted: dict[str, str], families: dict[str, list[int]]
) -> dict[str, str]:
    """Put what was chosen for these columns into the choices; return what cannot be, by column."""
    chosen = {**choices.targets, **posted}
    taken: dict[str, str] = {}
    faults: dict[str, str] = {}
    for name, code in chosen.items():
        target = TARGET_OF.get(code)
        if target is None or target.several:
            if target is None and code != KEPT:
                faults[name] = _("Choose something from the list.")
        elif code in taken:
            faults[name] = _(
                "“%(column)s” becomes this already. Choose something else for one."
            ) % {"column": taken[code]}
        else:
            taken[code] = name
    if not faults:
        choices.targets = {name: code for name, code in chosen.items() if code != KEPT}
        known = {**choices.families, **families}
        choices.families = {name: known[name] for name in choices.targets if name in known}
    return {name: fault for name, fault in faults.items() if name in posted}


def _groups(*, family: bool) -> list[Group]:
    targets: Iterable[Target] = offered(family=family)
    grouped: Iterator[Any] = groupby(targets, key=lambda target: target.group)
    return [(group, list(members)) for group, members in grouped]
