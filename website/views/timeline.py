"""What a question finds along a line of time, and in words what has no exact date."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language_bidi, gettext

from record.first_of_each import first_of_each
from record.kinds import Kind
from record.parameters import ParameterError
from record.questions import Question, ask
from website.caching import public_page
from website.drawing.time_bars import time_chart
from website.listing import tidied, told
from website.nearby import nearby
from website.presentation.timeline import SHOWN, granularity
from website.presentation.timeline import timeline as in_time
from website.refusal import refusal
from website.resources import RESOURCES, list_address
from website.rows import rendered_rows
from website.statistics_question import OF_LISTS
from website.ways_to_see import TIMELINE, address_of


@public_page
def timeline(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Periods with their records. A wrong parameter is a 400 with the form and no line."""
    meant = tidied(request)
    if not isinstance(meant, QueryDict):
        return meant
    question = ask(kind.plural, meant, lenient_blanks=True)
    context: dict[str, Any] = {
        "kind": kind,
        "resource": kind,
        "unit_name": RESOURCES[kind],
        "robots": "noindex, follow",
    }
    if errors := _errors(question, meant):
        refused = {**context, **refusal(kind, question, meant, errors, arranging=False)}
        return render(request, "website/timeline.html", refused, status=400)
    here = address_of(TIMELINE, kind, question.canonical)
    context["canonical"] = request.build_absolute_uri(here)
    return render(request, "website/timeline.html", {**context, **_answer(kind, question)})


def _errors(question: Question, given: QueryDict) -> list[ParameterError]:
    """What is wrong with the question, and what a line of time has not: pages, an order."""
    own = [name for name in OF_LISTS if name in given]
    message = gettext("A timeline shows everything that is found, without this.")
    others = [error for error in question.errors if error.parameter not in own]
    return [*(ParameterError(name, message) for name in own), *others]


def _answer(kind: Kind, question: Question) -> dict[str, Any]:
    answer = told(kind, question, TIMELINE)
    if not answer["count"]:
        return {**answer, "nearby": nearby(kind, question)}
    found = question.statistics(["month"])
    by = granularity(found)
    if by == "year":
        found = question.statistics(["year"])
    rows = {
        code: rendered_rows(kind, documents, form="lines")
        for code, documents in first_of_each(question, by, SHOWN).items()
    }
    line = in_time(
        by,
        found,
        rows,
        lambda query: list_address(kind, query),
        lambda year: address_of(TIMELINE, kind, question.link(page=None, year=year)),
    )
    chart = time_chart(line.counted, by, right_to_left=get_language_bidi())
    return {**answer, "line": line, "time": chart, "adds_up": found.adds_up}
