"""The lists: one question, asked of one kind of record, and its answer."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language

from record.date_question import DateMode
from record.kinds import Kind
from record.parameters import without_blanks
from record.questions import ParameterError, Question, ask
from website.caching import public_page
from website.presentation.controls import search_form
from website.presentation.counts import (
    count_words,
    sureness_words,
    undated_words,
    unplaced_words,
)
from website.presentation.narrowing import narrowings, wrong
from website.presentation.paging import paging
from website.resources import RESOURCES
from website.rows import rendered_rows
from website.search_form import rendered_groups

_PLACES = ("area", "province", "division", "district")


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
    undated, unplaced = question.count_undated(), question.count_unplaced()
    return {
        "sentence": question.sentence(),
        "count": count,
        "count_words": count_words(question.unit, count),
        "sureness": (sureness_words(count, question.count_certain()) if question.has_range else ""),
        "undated": undated_words(undated, ongoing=_ongoing(question)) if undated else "",
        "undated_link": _undated_link(question),
        "unplaced": unplaced_words(unplaced) if unplaced else "",
        "unplaced_link": _unplaced_link(question),
        "rows": rendered_rows(kind, question.entries()),
        "paging": pages,
        "narrowings": narrowings(question, get_language() or "en"),
        "carried_query": question.link(page=None, ordering=None, page_size=None),
        "api_address": _api_address(kind, question),
    }


def _ongoing(question: Question) -> bool:
    return question.filters.dates.mode is DateMode.ONGOING


def _undated_link(question: Question) -> str:
    return question.link(
        date_from=None, date_to=None, date_mode=None, page=None, date_unknown="true"
    )


def _unplaced_link(question: Question) -> str:
    """Those without any place; what is known only roughly is found by a wider place."""
    asked = dict.fromkeys(name for name in _PLACES if name in question.values)
    return question.link(**{**asked, "area": "unknown", "page": None})


def _api_address(kind: Kind, question: Question) -> str:
    query = question.canonical
    return f"/api/v1/{kind.plural}/" + (f"?{query}" if query else "")


def _address(request: HttpRequest, query: QueryDict) -> str:
    return f"{request.path}?{query.urlencode(safe=',')}" if query else request.path
