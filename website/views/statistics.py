"""Statistics: what a question finds, counted; and the same as a drawing and as a table to keep."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, get_language_bidi, gettext

from record.groupings import GROUPINGS
from record.kinds import Kind
from record.parameters import without_blanks
from record.statistics import COUNTED, Statistics
from website.besides import besides
from website.caching import public_page
from website.drawing.picture import can_draw
from website.drawing.sheet import bar_sheet, time_sheet
from website.drawing.time_bars import time_chart
from website.files import attachment, drawing_file
from website.presentation.counted import PERIODS, Counted, counted_rows, cross_table, people_words
from website.presentation.counts import count_words, sureness_words
from website.presentation.narrowing import wrong
from website.presentation.question_words import question_words
from website.refusal import refusal
from website.resources import RESOURCES, list_address
from website.spreadsheet import counted_file
from website.statistics_question import (
    OWN,
    StatisticsQuestion,
    dimension_labels,
    read_statistics,
    statistics_address,
)
from website.ways_to_see import STATISTICS, ways_to_see

_TEXT = "text/plain; charset=utf-8"


@public_page
def statistics(request: HttpRequest) -> HttpResponse:
    """Counts with a bar each, every one of them a way to its list."""
    meant = without_blanks(request.GET)
    if meant.urlencode() != request.GET.urlencode():
        return HttpResponseRedirect(statistics_address(meant.urlencode(safe=",")))
    asked = read_statistics(meant)
    address = request.build_absolute_uri(request.path)
    context: dict[str, Any] = {"canonical": address, "robots": "noindex, follow"}
    if asked.errors:
        refused = {**context, **_choices(asked), **_refusal(asked, meant)}
        return render(request, "website/statistics.html", refused, status=400)
    if meant:
        context["canonical"] = request.build_absolute_uri(statistics_address(asked.query()))
    else:
        context["robots"] = "index, follow"
    found = asked.answer()
    return render(request, "website/statistics.html", {**context, **_answer(asked, found)})


@public_page
def statistics_table(request: HttpRequest) -> HttpResponse:
    """The counts as a CSV file."""
    asked = read_statistics(request.GET)
    if asked.errors:
        return _no_file(asked)
    base = request.build_absolute_uri(list_address(_kind(asked.unit)))
    return attachment(
        counted_file(asked.answer(), base, has_range=asked.question.has_range),
        "text/csv; charset=utf-8",
        _file_name(asked, "csv"),
    )


@public_page
def statistics_chart(request: HttpRequest, ending: str = "svg") -> HttpResponse:
    """The bars as a file that stands alone: question, unit, key and caveat are in it."""
    asked = read_statistics(request.GET)
    if asked.errors:
        return _no_file(asked)
    if len(asked.group_by) > 1:
        words = gettext("Only what is counted by one thing alone can be drawn as a chart.")
        return HttpResponse(words, status=400, content_type=_TEXT)
    found = asked.answer()
    rows = counted_rows(found, _address(asked.unit))
    drawn = _time(asked, rows)
    common = {
        "question": question_words(asked.question, found.boundaries),
        "counted_by": found.dimensions[0].label,
        "total": _total(asked, found),
        "besides": besides(asked.question).lines,
        "has_range": asked.question.has_range,
        "address": request.build_absolute_uri(statistics_address(asked.query())),
    }
    sheet = time_sheet(drawn, **common) if drawn else bar_sheet(rows, **common)
    return drawing_file(sheet, _file_name(asked, ending), ending)


def _refusal(asked: StatisticsQuestion, given: QueryDict) -> dict[str, Any]:
    """The form of the filter with its errors at its fields, and those of what is counted."""
    own = [error for error in asked.errors if error.parameter in OWN]
    others = [error for error in asked.errors if error.parameter not in OWN]
    filtered = given.copy()
    for name in OWN:
        filtered.pop(name, None)
    faulty = refusal(_kind(asked.unit), asked.question, filtered, others, arranging=False)
    # Ways to mend one thing keep all the others.
    named = {error.parameter: error for error in faulty["errors"]}
    errors = [wrong(error, given, has_field=True) for error in own]
    for error in others:
        field = named[error.parameter]
        errors.append(wrong(error, given, bool(field.field), field.label))
    keep = [] if own else [("unit", asked.unit), ("group_by", ",".join(asked.group_by))]
    if asked.day and not own:
        keep.append(("boundaries", asked.day.isoformat()))
    return {**faulty, "errors": errors, "keep": keep}


def _answer(asked: StatisticsQuestion, found: Statistics) -> dict[str, Any]:
    question = asked.question
    beside = besides(question)
    kind = _kind(asked.unit)
    answer: dict[str, Any] = {
        **_choices(asked),
        "asked": bool(question.values),
        "found": found,
        "sentence": question_words(question, found.boundaries),
        "narrowings": asked.narrowings(get_language() or "en"),
        "hidden": asked.hidden(),
        "has_range": question.has_range,
        "count_words": count_words(asked.unit, found.total),
        "sureness": sureness_words(found.total, found.total_certain) if question.has_range else "",
        "people": people_words(found.people),
        "undated": beside.undated,
        "dated_otherwise": beside.otherwise,
        "unplaced": beside.unplaced,
        "notes_on_places": question.notes(),
        "ways": ways_to_see(kind, question.canonical, STATISTICS),
        "list_address": list_address(kind, question.canonical),
        "table_file": statistics_address(asked.query(), "statistics-table"),
        "carried_query": question.canonical,
        "explained": list(_explained(found)),
    }
    if len(found.dimensions) == 2:
        return {**answer, "cross": cross_table(found, _address(asked.unit))}
    rows = counted_rows(found, _address(asked.unit))
    chart_file = statistics_address(asked.query(), "statistics-chart")
    picture = statistics_address(asked.query(), "statistics-picture") if can_draw() else ""
    return {
        **answer,
        "rows": rows,
        "time": _time(asked, rows),
        "chart_file": chart_file,
        "picture_file": picture,
    }


def _explained(found: Statistics) -> Iterator[tuple[str, str]]:
    """The dimensions whose values a vocabulary explains, each with that vocabulary."""
    for dimension in found.dimensions:
        slug = getattr(GROUPINGS[dimension.name], "vocabulary", None)
        if slug:
            yield dimension.label, slug


def _choices(asked: StatisticsQuestion) -> dict[str, Any]:
    return {
        "units": [(unit, RESOURCES[_kind(unit)]) for unit in COUNTED],
        "unit": asked.unit,
        "unit_name": RESOURCES[_kind(asked.unit)],
        "dimensions": dimension_labels(),
        "of_places": asked.is_of_places,
        "day": asked.day,
        "first": asked.group_by[0],
        "second": asked.group_by[1] if len(asked.group_by) > 1 else "",
    }


def _time(asked: StatisticsQuestion, rows: list[Counted]) -> Any:
    if asked.group_by[0] not in PERIODS:
        return None
    return time_chart(rows, asked.group_by[0], right_to_left=get_language_bidi())


def _total(asked: StatisticsQuestion, found: Statistics) -> str:
    words = count_words(asked.unit, found.total)
    if not asked.question.has_range:
        return words
    return f"{words}: {sureness_words(found.total, found.total_certain)}"


def _address(unit: str) -> Any:
    kind = _kind(unit)
    return lambda query: list_address(kind, query)


def _kind(unit: str) -> Kind:
    return next(kind for kind in RESOURCES if kind.plural == unit)


def _file_name(asked: StatisticsQuestion, ending: str) -> str:
    return f"{asked.unit}-by-{'-and-'.join(asked.group_by)}.{ending}"


def _no_file(asked: StatisticsQuestion) -> HttpResponse:
    words = "\n".join(f"{error.parameter}: {error.message}" for error in asked.errors)
    return HttpResponse(words, status=400, content_type=_TEXT)
