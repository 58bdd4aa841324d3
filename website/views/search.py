"""The lists: one question, asked of one kind of record, and its answer."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language

from record.kinds import Kind
from record.parameters import without_blanks
from record.questions import ParameterError, Question, ask
from website.besides import besides
from website.caching import public_page
from website.machine_words import website_words
from website.presentation.controls import search_form
from website.presentation.counts import count_words, sureness_words
from website.presentation.narrowing import narrowings, wrong
from website.presentation.paging import paging
from website.resources import RESOURCES
from website.rows import rendered_rows
from website.search_form import rendered_groups
from website.ways_to_see import LIST, ways_to_see


@public_page
def search(request: HttpRequest, kind: Kind = Kind.INCIDENT, home: bool = False) -> HttpResponse:
    """A list with its question. A wrong parameter is a 400 with the form and no list."""
    meant = without_blanks(request.GET)
    if meant.urlencode() != request.GET.urlencode():
        # What people copy and share should hold the question alone, without the empty fields
        # of a form and without the marks that other websites add to links.
        return HttpResponseRedirect(_address(request, meant))
    question = ask(kind.plural, meant, lenient_blanks=True)
    form = search_form(question.filters.filters, meant, question.errors)
    context = {
        "kind": kind,
        "resource": kind,
        "list_name": RESOURCES[kind],
        "home": home and not meant,
        "asked": bool(meant),
        "form": form,
        "groups": rendered_groups(kind, form),
        "canonical": request.build_absolute_uri(_address(request, meant)),
        "robots": "noindex, follow" if meant else "index, follow",
    }
    if context["home"]:
        context["machine_data"] = website_words(request)
    if question.errors:
        return _refused(request, context, meant, question.errors)
    return render(request, "website/search.html", {**context, **_answer(kind, question)})


def _refused(
    request: HttpRequest,
    context: Mapping[str, Any],
    given: QueryDict,
    errors: list[ParameterError],
) -> HttpResponse:
    shown = {control.name for control in context["form"].shown}
    shown |= {control.name for group in context["form"].groups for control in group.controls}
    refusal = {
        "errors": [wrong(error, given, error.parameter in shown) for error in errors],
        "robots": "noindex",
    }
    return render(request, "website/search.html", {**context, **refusal}, status=400)


def _answer(kind: Kind, question: Question) -> dict[str, Any]:
    count = question.count()
    pages = paging(count, question.page, question.page_size, lambda page: question.link(page=page))
    if pages is None:
        raise Http404("This list has no such page.")
    beside = besides(question)
    return {
        "sentence": question.sentence(),
        "count": count,
        "count_words": count_words(question.unit, count),
        "sureness": (sureness_words(count, question.count_certain()) if question.has_range else ""),
        "undated": beside.undated,
        "undated_link": beside.undated_query,
        "unplaced": beside.unplaced,
        "unplaced_link": beside.unplaced_query,
        "rows": rendered_rows(kind, question.entries()),
        "paging": pages,
        "narrowings": narrowings(question, get_language() or "en"),
        "carried_query": question.link(page=None, ordering=None, page_size=None),
        "ways": ways_to_see(kind, question.filter_query, LIST),
        "api_address": _api_address(kind, question),
    }


def _api_address(kind: Kind, question: Question) -> str:
    query = question.canonical
    return f"/api/v1/{kind.plural}/" + (f"?{query}" if query else "")


def _address(request: HttpRequest, query: QueryDict) -> str:
    return f"{request.path}?{query.urlencode(safe=',')}" if query else request.path
