"""The table: the same list in dense rows, ordered by a column."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from record.kinds import Kind
from record.questions import Question, ask
from website.caching import public_page
from website.listing import address_with, page_of_rows, tidied, told
from website.nearby import nearby
from website.presentation.table import table_columns
from website.refusal import refusal
from website.resources import RESOURCES
from website.rows import rendered_rows
from website.ways_to_see import TABLE


@public_page
def table(request: HttpRequest, kind: Kind) -> HttpResponse:
    """A page of a list as a table. A wrong parameter is a 400 with the form and no table."""
    meant = tidied(request)
    if not isinstance(meant, QueryDict):
        return meant
    question = ask(kind.plural, meant, lenient_blanks=True)
    context: dict[str, Any] = {
        "kind": kind,
        "resource": kind,
        "list_name": RESOURCES[kind],
        "canonical": request.build_absolute_uri(address_with(request, meant)),
        "robots": "noindex, follow",
    }
    if question.errors:
        refused = {**context, **refusal(kind, question, meant, question.errors)}
        return render(request, "website/table.html", refused, status=400)
    return render(request, "website/table.html", {**context, **_answer(kind, question)})


def _answer(kind: Kind, question: Question) -> dict[str, Any]:
    rows = rendered_rows(kind, question.entries(), form="table")
    answer = {
        **told(kind, question, TABLE),
        **page_of_rows(question, rows),
        "columns": table_columns(kind, question),
    }
    return answer if answer["count"] else {**answer, "nearby": nearby(kind, question)}
