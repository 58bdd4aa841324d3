"""A question's answer as pages of a list or a table say it: counts, a page of it, ways on."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from record.kinds import Kind
from record.parameters import without_blanks
from record.people import people_found
from record.questions import Question
from website.besides import besides
from website.data_files import data_files
from website.presentation.counted import people_words
from website.presentation.counts import count_words, sureness_words
from website.presentation.narrowing import narrowings
from website.presentation.paging import paging
from website.presentation.question_words import question_words
from website.resources import list_address
from website.ways_to_see import ways_to_see


def tidied(request: HttpRequest) -> HttpResponseRedirect | QueryDict:
    """The parameters of a request, or, where some say nothing, the way to the same without them.

    What people copy and share should hold the question alone, without the empty fields of a form
    and without the marks that other websites add to links.
    """
    meant = without_blanks(request.GET)
    if meant.urlencode() != request.GET.urlencode():
        return HttpResponseRedirect(address_with(request, meant))
    return meant


def address_with(request: HttpRequest, query: QueryDict) -> str:
    """The path asked for, with a query."""
    return f"{request.path}?{query.urlencode(safe=',')}" if query else request.path


def told(kind: Kind, question: Question, way: str) -> dict[str, Any]:
    """What stands above and below an answer, whatever the way to see it."""
    count = question.count()
    beside = besides(question)
    query = question.filter_query
    return {
        "asked": bool(question.values),
        "sentence": question_words(question),
        "count": count,
        "count_words": count_words(question.unit, count),
        "people": _people_words(question),
        "sureness": sureness_words(count, question.count_certain()) if question.has_range else "",
        "has_range": question.has_range,
        "undated": beside.undated,
        "undated_address": list_address(kind, beside.undated_query),
        "dated_otherwise": beside.otherwise,
        "unplaced": beside.unplaced,
        "unplaced_address": list_address(kind, beside.unplaced_query),
        "notes_on_places": question.notes(),
        "narrowings": narrowings(question, get_language() or "en"),
        "list_address": list_address(kind, query),
        "carried_query": query,
        "ways": ways_to_see(kind, query, way),
        "data_files": data_files(kind, question),
    }


def _people_words(question: Question) -> str:
    """How many people the victims found are; empty where each of them is one."""
    people = people_found(question)
    if people is None or (people.known == question.count() and not people.groups_of_unknown_size):
        return ""
    return people_words(people)


def page_of_rows(question: Question, rows: Sequence[SafeString]) -> dict[str, Any]:
    """The rows of the page asked for and the way to its neighbours.

    Raises Http404 for a page beyond the last.
    """
    pages = paging(
        question.count(), question.page, question.page_size, lambda page: question.link(page=page)
    )
    if pages is None:
        raise Http404("This list has no such page.")
    return {"rows": rows, "paging": pages}
