"""What lists and statistics have in common: a question, answered from one state of the data."""

from collections.abc import Collection

from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request

from api.errors import wrong_parameters
from api.meta import dataset_version
from api.snapshot import snapshot
from api.views.base import ReadView, entity_tag, unchanged
from record.parameters import ParameterError
from record.questions import Question, ask

LANGUAGE = "en"
"""The API speaks one language; documents carry their texts in all they have."""

_ANYTHING = "*"
# Matches every answer, so it does not show that these parameters were ever answered.


class QuestionView(ReadView):
    """A view that asks the record. Subclasses define ``answer``."""

    def get(self, request: Request) -> HttpResponseBase:
        """The answer; 304, after one query, while nothing was published since the client's copy."""
        if request.headers.get("If-None-Match", _ANYTHING) != _ANYTHING:
            same = unchanged(request, entity_tag(request, dataset_version()))
            if same is not None:
                return same
        with snapshot():
            version = dataset_version()
            response = self.answer(request, version)
        response.headers["ETag"] = entity_tag(request, version)
        return response

    def answer(self, request: Request, version: int) -> HttpResponse:
        """What the parameters ask for, from the data as of revision ``version``."""
        raise NotImplementedError


def asked(
    resource: str,
    request: Request,
    *,
    also: Collection[str] = (),
    errors: Collection[ParameterError] = (),
) -> Question:
    """The question in the parameters, apart from those in ``also``.

    Raises ``Problem`` for its errors and for ``errors``, which the caller found.
    """
    question = ask(resource, request.query_params, LANGUAGE, also=also)
    if question.errors or errors:
        raise wrong_parameters([*errors, *question.errors])
    return question


def question_address(request: Request, question: Question, own: str = "") -> str:
    """The address to cite: the question in its normal form, with host, after the parameters
    ``own`` and without those that only arrange the answer."""
    arranging = dict.fromkeys(("page", "page_size", "ordering", "fields", "format"))
    query = "&".join(part for part in (own, question.link(**arranging)) if part)
    # Only hosts in ALLOWED_HOSTS get this far, so the host of the request may be repeated.
    return request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)
