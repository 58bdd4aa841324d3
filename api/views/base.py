"""What every address of the API has in common: it is public, read-only and answers in JSON."""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from api.errors import Problem, response_for
from api.headers import answer_preflight, open_for_reading
from api.limits import Budget, look, spend
from api.models import AccessToken
from api.negotiation import StrictNegotiation
from api.parameters import read_parameters
from api.problem_types import PRECONDITION, TOO_MANY
from api.tokens import token_of
from reference.publisher import publisher_version

JSON = "application/json"

_FORM = "3"
# To be raised when the same data come to be written differently, so that no copy stays in use.

_CONDITIONS = ("If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since")


class ReadView(APIView):
    """A public resource. Reads no cookie and no session, so nothing can be forged; a token raises
    the limit and changes nothing else.

    Subclasses define ``get`` and return bytes already written; the framework negotiates and
    catches errors, and serializes nothing.
    """

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = ()
    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer,)
    content_negotiation_class = StrictNegotiation
    metadata_class = None
    versioning_class = None
    http_method_names = ["get", "head", "options"]

    free = False
    """Whether asking here is outside of the limit."""

    budget: Budget | None = None
    """What the asker has left, once it is known."""

    token: AccessToken | None = None
    """The token that came with the request, if it is accepted."""

    _counted = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a token that is not accepted before anything else is looked at."""
        self.token = token_of(request._request)
        super().initial(request, *args, **kwargs)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """The answer to a browser that asks whether a script of another site may read."""
        response = HttpResponse(status=204)
        answer_preflight(response)
        return response

    def check_throttles(self, request: Request) -> None:
        """Count the request before any work, unless it may end in a 304, which is free."""
        if request.method != "OPTIONS" and not is_conditional(request):
            self.count_request(request)

    def count_request(self, request: Request) -> None:
        """Count the request, once. Raises ``Problem`` when it is one too many."""
        if self.free or self._counted:
            return
        self._counted = True
        self.budget = spend(request._request, self.token)
        if self.budget is not None and self.budget.is_spent:
            raise Problem(
                TOO_MANY,
                "Wait, or take whole lists as files: each is one request.",
                headers={"Retry-After": str(self.budget.reset)},
            )

    def held_already(
        self, request: Request, etag: str, modified: datetime | None = None
    ) -> HttpResponseBase | None:
        """304, free, when the client holds this very answer; else None, and the request counts
        before the work that it now makes. Raises ``Problem`` for 412 and when it is one too many.
        """
        same = unchanged(request, etag, modified)
        if same is None:
            self.count_request(request)
        return same

    def tagged(
        self, request: Request, state: object, write: Callable[[], HttpResponse]
    ) -> HttpResponseBase:
        """What ``write`` makes of data in this ``state``, under its tag; 304, and no writing, for
        who holds it. Read the parameters before: a condition must not pass for a question."""
        etag = entity_tag(request, state)
        same = self.held_already(request, etag) if is_conditional(request) else None
        if same is not None:
            return same
        response = write()
        response.headers["ETag"] = etag
        return response

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        """Every error as problem+json, our own faults included."""
        response = response_for(exc, self.request._request)
        if response.status_code == 405:
            response.headers["Allow"] = ", ".join(self.allowed_methods)
        return response

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Headers that all answers carry."""
        if self.free or response.status_code == 304 or request.method == "OPTIONS":
            self._look_what_is_left(request)
        else:
            try:
                self.count_request(request)
            except Exception as exc:
                response = response_for(exc, request._request)
        if self.budget is not None:
            self.budget.write_headers(response)
        open_for_reading(response)
        # Copies may be kept, but a withdrawal has to reach them: ask each time, 304 is cheap.
        response.headers.setdefault("Cache-Control", "no-cache")
        if "Authorization" in request.headers and response["Cache-Control"] != "no-store":
            patch_cache_control(response, private=True)
        return response

    def _look_what_is_left(self, request: Request) -> None:
        """For answers that are free. They need nothing of the database, so they are given
        without these headers while it is away."""
        if self.budget is None:
            with suppress(DatabaseError, InterfaceError):
                self.budget = look(request._request, self.token)


def refuse_parameters(request: Request) -> None:
    """Raise ``Problem`` when any parameter but ``format`` is given."""
    read_parameters(request.query_params, {})


def json_response(body: bytes | dict[str, Any] | list[Any]) -> HttpResponse:
    """A result: bytes that are JSON already, or a small object to be written."""
    if not isinstance(body, bytes):
        body = json.dumps(body, ensure_ascii=False, indent=1).encode()
    return HttpResponse(body, content_type=JSON)


def is_conditional(request: Request) -> bool:
    """Whether the client asks for an answer only if it is new, and says what it holds."""
    return any(name in request.headers for name in _CONDITIONS)


def entity_tag(request: Request, state: object) -> str:
    """Names the answer to the address as written, from data in this ``state``.

    Weak, since the time of the answer stands in it. Built without reading the parameters: who
    holds the tag has been answered, so they were right.
    """
    parts = (
        _FORM,
        str(state),
        request.build_absolute_uri(),
        # The Accept header may have chosen it.
        str(request.accepted_renderer.format),
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def as_published(*state: object) -> str:
    """The state of an answer that names who publishes and under which licence: another one from
    the moment that either changes."""
    return " ".join((*map(str, state), publisher_version()))


def unchanged(
    request: Request, etag: str, modified: datetime | None = None
) -> HttpResponseBase | None:
    """304 when the client holds this very answer, else None. Raises ``Problem`` for 412."""
    seconds = None if modified is None else int(modified.timestamp())
    response = get_conditional_response(request._request, etag=etag, last_modified=seconds)
    if response is None:
        return None
    if response.status_code != 304:
        raise Problem(PRECONDITION, "Read it again without the condition.")
    response.headers["ETag"] = etag
    return response
