"""The map of what a question finds: circles at districts, and in words what has no place."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext

from record.kinds import Kind
from record.parameters import ParameterError
from record.questions import Question, ask
from reference.models.boundary import BOUNDARY_CAVEAT
from website.besides import besides
from website.caching import public_page
from website.drawing.district_map import DistrictMap, district_map
from website.drawing.picture import can_draw
from website.drawing.sheet import map_sheet
from website.files import drawing_file
from website.listing import tidied
from website.mapped import Mapped, mapped
from website.nearby import nearby
from website.presentation.counts import count_words, sureness_words
from website.presentation.narrowing import narrowings
from website.presentation.question_words import question_words
from website.refusal import refusal
from website.resources import RESOURCES, list_address
from website.statistics_question import OF_LISTS, statistics_address
from website.ways_to_see import MAP, address_of, ways_to_see


@public_page
def map_page(request: HttpRequest, kind: Kind) -> HttpResponse:
    """A map with the table of its numbers."""
    meant = tidied(request)
    if not isinstance(meant, QueryDict):
        return meant
    question = ask(kind.plural, meant, lenient_blanks=True)
    context: dict[str, Any] = {
        "kind": kind,
        "unit_name": RESOURCES[kind],
        "robots": "noindex, follow",
    }
    refused = _errors(question, meant)
    if refused:
        faulty = refusal(kind, question, meant, refused, arranging=False)
        return render(request, "website/map.html", {**context, **faulty}, status=400)
    context["canonical"] = request.build_absolute_uri(address_of(MAP, kind, question.canonical))
    found = mapped(question, lambda query: list_address(kind, query))
    return render(request, "website/map.html", {**context, **_answer(kind, question, found)})


@public_page
def map_file(request: HttpRequest, kind: Kind, ending: str = "svg") -> HttpResponse:
    """The map as a file that stands alone."""
    question = ask(kind.plural, request.GET)
    refused = _errors(question, request.GET)
    if refused:
        return HttpResponse(_words(refused), status=400, content_type=_TEXT)
    found = mapped(question, lambda query: list_address(kind, query))
    drawn = _drawn(found)
    if drawn is None:
        words = gettext("None of these has a district that could be drawn.")
        return HttpResponse(words, status=404, content_type=_TEXT)
    beside = [row for row in found.rows if row not in [each.counted for each in found.placed]]
    sheet = map_sheet(
        drawn,
        [row for row in beside if row.count],
        question=question_words(question),
        total=_total(kind, question, found),
        besides=besides(question).lines,
        has_range=question.has_range,
        address=request.build_absolute_uri(address_of(MAP, kind, question.canonical)),
    )
    return drawing_file(sheet, f"{kind.plural}-map.{ending}", ending)


_TEXT = "text/plain; charset=utf-8"


def _errors(question: Question, params: QueryDict) -> list[ParameterError]:
    """What is wrong with the question, and what a map has not: pages, an order, columns."""
    own = [name for name in OF_LISTS if name in params]
    message = gettext("A map shows everything that is found, without this.")
    others = [error for error in question.errors if error.parameter not in own]
    return [*(ParameterError(name, message) for name in own), *others]


def _answer(kind: Kind, question: Question, found: Mapped) -> dict[str, Any]:
    beside = besides(question)
    query = question.canonical
    return {
        "asked": bool(question.values),
        "sentence": question_words(question),
        "narrowings": narrowings(question, get_language() or "en"),
        "list_address": list_address(kind, query),
        "ways": ways_to_see(kind, query, MAP),
        "has_range": question.has_range,
        "total": _total(kind, question, found),
        "found": found.found,
        "undated_words": beside.undated,
        "undated_address": list_address(kind, beside.undated_query),
        "dated_otherwise": beside.otherwise,
        "unplaced_words": beside.unplaced,
        "notes_on_places": question.notes(),
        "unplaced_address": list_address(kind, beside.unplaced_query),
        "map": _drawn(found),
        "boundary_caveat": BOUNDARY_CAVEAT,
        "boxes": found.roughly,
        "without_point": found.without_point,
        "unplaced": found.unplaced,
        "rows": found.rows,
        "table_file": _table_address(kind, query),
        "file": _file_address(kind, query),
        "picture_file": _file_address(kind, query, "map-picture") if can_draw() else "",
        "carried_query": query,
        "nearby": [] if found.found.total else nearby(kind, question),
        "right_to_left": get_language_bidi(),
    }


def _drawn(found: Mapped) -> DistrictMap | None:
    return district_map(found.placed, found.empty, right_to_left=get_language_bidi())


def _total(kind: Kind, question: Question, found: Mapped) -> str:
    words = count_words(kind.plural, found.found.total)
    if not question.has_range or not found.found.total:
        return words
    return f"{words}: {sureness_words(found.found.total, found.found.total_certain)}"


def _file_address(kind: Kind, query: str, name: str = "map-file") -> str:
    path = reverse(f"website:{kind.plural}-{name}")
    return f"{path}?{query}" if query else path


def _table_address(kind: Kind, query: str) -> str:
    """The counts of the districts as a file: those of the statistics, which are the same."""
    # As ``website.mapped`` counts.
    own = f"unit={kind.plural}&group_by=province,district"
    return statistics_address(f"{own}&{query}" if query else own, "statistics-table")


def _words(errors: list[ParameterError]) -> str:
    return "\n".join(f"{error.parameter}: {error.message}" for error in errors)
