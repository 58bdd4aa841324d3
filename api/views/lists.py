"""Lists of the record: a question, its exact counts, and its answer as a page or as a file."""

from collections.abc import Generator, Mapping
from contextlib import closing
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.envelope import write_envelope
from api.errors import Problem, wrong_parameters
from api.formats import JSON, XLSX, formats_of, renderers_of
from api.headers import DATASET_VERSION, FILE_BODIES, FILE_CAVEAT, TOTAL_COUNT
from api.meta import collecting_bodies, question_meta
from api.paging import Neighbours, beside, neighbours
from api.problem_types import TOO_SLOW
from api.streaming import FileResponse, FinishedFile, Place, WholeFile
from api.views.base import json_response
from api.views.questions import QuestionView, asked, question_address
from record.caveat import CAVEAT
from record.columns import chosen_columns, column_names
from record.files import FILE_FORMATS, FileFormat, Sheet
from record.kinds import Kind
from record.parameters import MAX_PAGE_SIZE, ParameterError
from record.questions import Question
from record.spreadsheets import MAX_ROWS, MEDIA_TYPE, TakesTooLong, write_workbook
from record.walking import Text

WORKBOOK_SECONDS: Final = 60
"""How long a workbook may take to make, unless ``GAWAH_WORKBOOK_SECONDS`` says otherwise."""

_OF_PAGES: Final = ("page", "page_size", "cursor")
_OF_ANSWERS: Final = frozenset({"languages", "date_basis"})


class ListView(QuestionView):
    """Objects of one kind that the parameters choose. The address decides the ``kind``."""

    kind: Kind = Kind.INCIDENT

    def get_renderers(self) -> list[BaseRenderer]:
        """What lists of this kind are offered in."""
        return [renderer() for renderer in renderers_of(self.kind)]

    def answer(self, request: Request, version: int) -> HttpResponseBase:
        """A page of documents, or all of them in a file."""
        if request.accepted_renderer.format == JSON:
            return self._page(request, version)
        return self._file(request, version)

    def _asked(self, request: Request, **reach: Any) -> Question:
        reach |= {"formats": formats_of(self.kind), "cursors": True, "samples": True}
        return asked(self.kind.plural, request, **reach)

    def _page(self, request: Request, version: int) -> HttpResponse:
        """A page of whole documents, or of the fields asked for."""
        question = self._asked(request)
        if question.sample is not None and question.sample.size > MAX_PAGE_SIZE:
            raise wrong_parameters([_too_large_a_sample()])
        count = question.count()
        documents, turning = _stretch(request, question, count)
        head = {
            "count": count,
            "count_certain": question.count_certain() if question.has_range else count,
            "next": turning.next,
            "previous": turning.previous,
        }
        if question.fields is not None:
            documents = [question.selected(document) for document in documents]
        meta = question_meta(question, version, question_address(request, question))
        response = json_response(write_envelope(head, documents, meta))
        turning.write_links(response)
        return response

    def _file(self, request: Request, version: int) -> HttpResponseBase:
        """Everything that is found, from one state of the data."""
        if request.method == "HEAD":
            return self._described(request, version)
        place = Place()
        try:
            return self._described(request, version, place)
        except BaseException:
            place.close()
            raise

    def _described(
        self, request: Request, version: int, place: Place | None = None
    ) -> HttpResponseBase:
        """The file with the headers that describe it; without a ``place``, these alone."""
        name = request.accepted_renderer.format
        by_columns = name == XLSX or FILE_FORMATS[name].by_columns
        fields = column_names(self.kind) if by_columns else None
        question = self._asked(request, fields=fields, errors=_not_of_files(request))
        count = question.count()
        if name == XLSX and count > MAX_ROWS and question.sample is None:
            raise wrong_parameters([_too_many(count)])
        about = question_meta(question, version, question_address(request, question))
        # Before the file: while it is copied, its connection takes no other query.
        bodies = "; ".join(map(_in_a_header, collecting_bodies()))
        sheet = Sheet(
            self.kind,
            chosen_columns(self.kind, question.fields) if by_columns else (),
            {"count": count, **_of_file(about)},
            members=question.fields,
        )
        response: HttpResponseBase
        if place is None:
            # Not of length 0, which is what an empty answer says of itself.
            response = StreamingHttpResponse((), content_type=_content_type(name))
        elif name == XLSX:
            response = _workbook(sheet, question, place)
        else:
            response = _streamed(request, name, sheet, question, place)
        ending = XLSX if name == XLSX else FILE_FORMATS[name].ending
        file_name = f"{self.kind.plural}-{version}.{ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
        held = count if question.sample is None else min(count, question.sample.size)
        response.headers[TOTAL_COUNT] = str(held)
        response.headers[DATASET_VERSION] = str(version)
        response.headers[FILE_CAVEAT] = CAVEAT
        response.headers[FILE_BODIES] = bodies
        return response


def _of_file(about: Mapping[str, object]) -> dict[str, object]:
    """What a file says of itself, without the notes where there are none."""
    return {key: value for key, value in about.items() if key not in _OF_ANSWERS and value != []}


def _in_a_header(text: str) -> str:
    """A name as a header can hold it, whatever it is written in."""
    return quote(text, safe=" !#$&'()*+,-./:<=>?@[]^_`{|}~")


def _stretch(request: Request, question: Question, count: int) -> tuple[list[bytes], Neighbours]:
    """The documents of the page or behind the cursor, and the way on."""
    if question.sample is not None:
        return question.entries(1, question.sample.size), beside(request, None, None)
    if question.cursor is not None:
        documents, following, preceding = question.stretch()
        return documents, beside(
            request,
            question.cursor_link(following) if following else None,
            question.cursor_link(preceding) if preceding else None,
        )
    turning = neighbours(
        request,
        question.page,
        question.page_size,
        count,
        lambda number: question.link(page=str(number)),
        lambda: question.cursor_link(question.behind_page()),
    )
    return question.entries(), turning


def _streamed(
    request: Request, name: str, sheet: Sheet, question: Question, place: Place
) -> FileResponse:
    format_ = FILE_FORMATS[name]
    file = WholeFile(
        _pieces(format_, sheet, question),
        lambda request_id: format_.broken(sheet, request_id),
        request.path,
    )
    file.hold(closing(place))
    return FileResponse(file, _content_type(name))


def _pieces(format_: FileFormat, sheet: Sheet, question: Question) -> Generator[bytes]:
    # Closed here, so that an error of the writer ends the reading before the transaction.
    with closing(question.everything(format_.text)) as batches:
        yield from format_.write(sheet, batches)


def _workbook(sheet: Sheet, question: Question, place: Place) -> FinishedFile:
    seconds = getattr(settings, "GAWAH_WORKBOOK_SECONDS", WORKBOOK_SECONDS)
    try:
        with closing(question.everything(Text.LINE)) as batches:
            file = write_workbook(sheet, batches, seconds=seconds)
    except TakesTooLong:
        detail = "A workbook of this size takes too long to make. Take format=csv."
        raise Problem(TOO_SLOW, detail, headers={"Retry-After": "30"}) from None
    return FinishedFile(file, _content_type(XLSX), place)


def _content_type(name: str) -> str:
    if name == XLSX:
        return MEDIA_TYPE
    media_type = FILE_FORMATS[name].media_type
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _not_of_files(request: Request) -> list[ParameterError]:
    message = "A file holds the whole list. Leave this out."
    given = (name for name in _OF_PAGES if name in request.query_params)
    return [ParameterError(name, message) for name in given]


def _too_large_a_sample() -> ParameterError:
    message = f"An answer in JSON holds {MAX_PAGE_SIZE} records. Take a file for a larger sample."
    return ParameterError("sample", message, str(MAX_PAGE_SIZE))


def _too_many(count: int) -> ParameterError:
    message = (
        f"A worksheet holds {MAX_ROWS:,} rows and this list has {count:,}. Take format=csv, "
        "or narrow the question."
    )
    return ParameterError("format", message, "csv")
