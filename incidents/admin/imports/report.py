"""What became of a file: figures, problems, changes, and what can be done with its cases."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from incidents.admin.bulk import BulkStep, steps_for
from incidents.admin.imports.access import (
    BEFORE,
    cases_of,
    changes_of,
    hides_something,
    live_counts,
    problems_of,
)
from incidents.admin.imports.pages import BatchPage
from incidents.admin.labels import joined
from incidents.importing.reporting import Figures, consequence, write_report
from incidents.models import BatchState, ImportChange, ImportProblem

PER_PAGE = 100
GROUPS_SHOWN = 60
PIECE = 500


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one kind in one column, for choosing among them."""

    code: str
    column: str
    severity: str
    example: str
    count: int
    query: str
    chosen: bool


class ReportPage(BatchPage):
    """The report of the last run, as far as this person may know."""

    name = "report"
    template = "admin/incidents/importbatch/report.html"
    for_work = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Figures, then problems by kind, then what a corrected file changed."""
        hides = hides_something(self.batch, self.user)
        problems = self._chosen(problems_of(self.batch, self.user))
        changes = changes_of(self.batch, self.user).select_related("incident")
        done = self.batch.state == BatchState.DONE
        page_of_changes = Paginator(changes, PER_PAGE).get_page(request.GET.get("c"))
        page_of_problems = Paginator(problems, PER_PAGE).get_page(request.GET.get("p"))
        in_words = [(change, change_in_words(change)) for change in page_of_changes]
        return self.page(
            title=_("Report"),
            figures=[] if hides else self._figures(),
            counts=live_counts(self.batch, self.user) if done else None,
            groups=self._groups(),
            chosen=bool(request.GET.get("kind")),
            problems=page_of_problems,
            problems_in_words=[
                (problem, self._consequence(problem.severity)) for problem in page_of_problems
            ],
            query=self._query(),
            changes=page_of_changes,
            changes_in_words=in_words,
            kept_back=changes.filter(applied=False).count(),
            bulk=self._bulk() if done else [],
            duplicates=_address("admin:incidents_person_duplicates") if done else "",
            is_trial=self.batch.state in BEFORE and self._is_trial(),
        )

    def _figures(self) -> list[tuple[str, int]]:
        return Figures.from_json(self.batch.figures).lines() if self.batch.figures else []

    def _is_trial(self) -> bool:
        job = self.batch.job
        return job is not None and bool(job.arguments.get("dry_run"))

    def _groups(self) -> list[ProblemGroup]:
        """Kinds of problem by column, the most frequent first."""
        counted: Any = (
            problems_of(self.batch, self.user)
            .order_by()
            .values("code", "column", "severity")
            .annotate(number=Count("pk"), example=Min("reason"))
            .order_by("-number", "code", "column")[:GROUPS_SHOWN]
        )
        wanted = (self.request.GET.get("kind"), self.request.GET.get("column", ""))
        return [
            ProblemGroup(
                each["code"],
                each["column"],
                self._consequence(each["severity"]),
                each["example"],
                each["number"],
                urlencode({"kind": each["code"], "column": each["column"]}),
                wanted == (each["code"], each["column"]),
            )
            for each in counted
        ]

    def _consequence(self, severity: str) -> str:
        return consequence(severity, happened=self.batch.state not in BEFORE)

    def _chosen(self, problems: QuerySet[ImportProblem]) -> QuerySet[ImportProblem]:
        if kind := self.request.GET.get("kind"):
            column = self.request.GET.get("column", "").replace("\0", "")
            problems = problems.filter(code=kind.replace("\0", ""), column=column)
        return problems.order_by("row", "pk")

    def _query(self) -> str:
        kept = {name: value for name in ("kind", "column") if (value := self.request.GET.get(name))}
        return f"{urlencode(kept)}&" if kept else ""

    def _bulk(self) -> list[BulkStep]:
        return steps_for(self.user, cases_of(self.batch, self.user))


class ReportFile(BatchPage):
    """Every problem as a table for a spreadsheet."""

    name = "report.csv"
    for_work = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The problems of rows that this person may know of, sent as they are read."""
        problems = problems_of(self.batch, self.user).order_by("row", "pk")
        answer = StreamingHttpResponse(
            _csv(problems.iterator(chunk_size=1000), self.batch.state not in BEFORE),
            content_type="text/csv; charset=utf-8",
        )
        name = f"import-{self.batch.pk}-problems.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def change_in_words(change: ImportChange) -> str:
    """What was changed, as people call it: the kind of row and its field."""
    try:
        model = apps.get_model("incidents", change.model)
        names = [str(model._meta.verbose_name)]
        if change.field:
            names.append(str(getattr(model._meta.get_field(change.field), "verbose_name", "")))
    except LookupError:
        names = [change.model, change.field]
    return joined(names)


def _csv(problems: Iterator[ImportProblem], happened: bool) -> Iterator[str]:
    """The table in pieces of some hundred rows, so that a million problems need no memory."""
    head = io.StringIO(newline="")
    write_report((), head)
    yield head.getvalue()
    while some := list(islice(problems, PIECE)):
        piece = io.StringIO(newline="")
        write_report(some, piece, happened=happened)
        yield piece.getvalue().removeprefix(head.getvalue())


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
