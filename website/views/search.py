"""The lists: one question, asked of one kind of record, and its answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from record.kinds import Kind
from record.questions import Question, ask
from website.caching import public_page
from website.kept_facets import kept_facets
from website.listing import address_with, page_of_rows, tidied, told
from website.machine_words import website_words
from website.nearby import nearby
from website.presentation.controls import search_form
from website.refusal import refusal
from website.resources import RESOURCES
from website.rows import rendered_rows
from website.search_form import rendered_form
from website.ways_to_see import LIST
from website.wrong_address import reference_in


@public_page
def search(request: HttpRequest, kind: Kind = Kind.INCIDENT, home: bool = False) -> HttpResponse:
    """A list with its question. A wrong parameter is a 400 with the form and no list."""
    meant = tidied(request)
    if not isinstance(meant, QueryDict):
        return meant
    question = ask(kind.plural, meant, lenient_blanks=True)
    context: dict[str, Any] = {
        "kind": kind,
        "resource": kind,
        "list_name": RESOURCES[kind],
        "home": home and not meant,
        "canonical": request.build_absolute_uri(address_with(request, meant)),
        "robots": "noindex, follow" if meant else "index, follow",
    }
    if context["home"]:
        context["machine_data"] = website_words(request)
    if question.errors:
        refused = {**context, **refusal(kind, question, meant, question.errors)}
        return render(request, "website/search.html", refused, status=400)
    return render(request, "website/search.html", {**context, **_answer(kind, question, meant)})


def _answer(kind: Kind, question: Question, given: QueryDict) -> dict[str, Any]:
    form = search_form(question.filters.filters, given, ())
    answer = {
        **told(kind, question, LIST),
        **page_of_rows(question, rendered_rows(kind, question.entries())),
        "form": form,
        **rendered_form(kind, form),
    }
    if answer["count"]:
        return {**answer, "facets": kept_facets(kind, question, answer["count"])}
    # A reference stands in no text of its record: who types one wants its page.
    named = reference_in(given.get("q", "") or given.get("name", ""))
    return {
        **answer,
        "nearby": nearby(kind, question),
        "named_record": named,
    }
