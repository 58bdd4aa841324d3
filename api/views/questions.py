"""What lists and statistics have in common: a question, answered from one state of the data."""

from collections.abc import Collection
from contextlib import ExitStack
from typing import Any

from django.http import HttpResponseBase
from rest_framework.request import Request

from api.errors import wrong_parameters
from api.meta import dataset_version
from api.streaming import FileResponse
from api.views.base import ReadView, entity_tag, unchanged
from record.parameters import ParameterError
from record.questions import Question, ask
from record.reference_state import reference_version
from record.snapshots import snapshot

LANGUAGE = "en"
"""The API speaks one language; documents carry their texts in all they have."""

_ANYTHING = "*"
# Matches every answer, so it does not show that these parameters were ever answered.


class QuestionView(ReadView):
    """A view that asks the record. Subclasses define ``answer``."""

    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """The answer; 304, after one query, while nothing was published since the client's copy
        and no term or area has changed."""
        if request.headers.get("If-None-Match", _ANYTHING) != _ANYTHING:
            with snapshot():
                state = f"{reference_version()} {dataset_version()}"
            same = unchanged(request, entity_tag(request, state))
            if same is not None:
                return same
        self.count_request(request)  # outside of the snapshot, in which nothing can be written
        with ExitStack() as held:
            held.enter_context(snapshot())
            reference = reference_version()  # first, so that it is never newer than the data
            version = dataset_version()
            # Before the answer: while a file is copied, its connection takes no other query.
            etag = entity_tag(request, f"{reference} {version}")
            response = self.answer(request, version)
            if isinstance(response, FileResponse):
                # Read to its end from this state of the data, while it is sent.
                response.file.hold(held.pop_all())
        response.headers["ETag"] = etag
        return response

    def answer(self, request: Request, version: int) -> HttpResponseBase:
        """What the parameters ask for, from the data as of revision ``version``."""
        raise NotImplementedError


def asked(
    resource: str,
    request: Request,
    *,
    also: Collection[str] = (),
    errors: Collection[ParameterError] = (),
    **reach: Any,
) -> Question:
    """The question in the parameters, apart from those in ``also``; ``reach`` as ``ask`` has it.

    Raises ``Problem`` for its errors and for ``errors``, which the caller found.
    """
    question = ask(resource, request.query_params, LANGUAGE, also=also, **reach)
    if question.errors or errors:
        raise wrong_parameters([*errors, *question.errors])
    return question


def question_address(request: Request, question: Question, own: str = "") -> str:
    """The address to cite: the question in its normal form, with host, after the parameters
    ``own`` and without those that only arrange the answer."""
    arranging = dict.fromkeys(("page", "page_size", "cursor", "ordering", "fields", "format"))
    query = "&".join(part for part in (own, question.link(**arranging)) if part)
    # Only hosts in ALLOWED_HOSTS get this far, so the host of the request may be repeated.
    return request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)
