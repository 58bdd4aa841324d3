"""Lists of the record: a question, its exact counts and a page of stored documents."""

from django.http import HttpResponse
from rest_framework.request import Request

from api.envelope import write_envelope
from api.meta import question_meta
from api.paging import neighbours
from api.views.base import json_response
from api.views.questions import QuestionView, asked, question_address
from record.kinds import Kind


class ListView(QuestionView):
    """Objects of one kind that the parameters choose. The address decides the ``kind``."""

    kind: Kind = Kind.INCIDENT

    def answer(self, request: Request, version: int) -> HttpResponse:
        """A page of whole documents, or of the fields asked for."""
        question = asked(self.kind.plural, request)
        count = question.count()
        beside = neighbours(
            request,
            question.page,
            question.page_size,
            count,
            lambda number: question.link(page=str(number)),
        )
        head = {
            "count": count,
            "count_certain": question.count_certain() if question.has_range else count,
            "next": beside.next,
            "previous": beside.previous,
        }
        documents = question.entries()
        if question.fields is not None:
            documents = [question.selected(document) for document in documents]
        meta = question_meta(question, version, question_address(request, question))
        response = json_response(write_envelope(head, documents, meta))
        beside.write_links(response)
        return response
