"""The description of the whole API, put together."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.urls import URLPattern, reverse
from django.urls.resolvers import RoutePattern
from django.utils.translation import override

from api.errors import CONTENT_TYPE
from api.headers import DATASET_VERSION, FILE_BODIES, FILE_CAVEAT, TOTAL_COUNT
from api.limits import LIMIT, REMAINING, RESET
from api.problem_types import ProblemType
from api.schema.answers import COMPONENTS
from api.schema.operations import OPERATIONS, WITHOUT_OPERATION, Operation
from api.tokens import SCHEME
from api.views.feeds import ATOM
from record.document_shapes.making import part

OPENAPI: Final = "3.1.0"

_ABOUT: Final = (
    "The public record of documented cases: read-only, without registration. Every address also "
    "answers HEAD and OPTIONS. Parameters are read strictly: what is not understood is an error. "
    "Answers carry an ETag; asking again with If-None-Match is free while nothing has changed. "
    "Members and addresses are added and never taken away, so ignore what you do not know. "
    "These are documented cases, not all cases: do not read trends from them."
)

_WORD: Final = {"type": "string"}
_NUMBER: Final = {"type": "integer"}
_HEADERS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    LIMIT: ("Requests in an hour, where they are limited.", _NUMBER),
    REMAINING: ("Requests left in this hour.", _NUMBER),
    RESET: ("Seconds until the hour is over.", _NUMBER),
    "ETag": ("Names this very answer, for If-None-Match.", _WORD),
    "Last-Modified": ("When it was published.", _WORD),
    "Link": ("The next and the previous page, or what else belongs here (RFC 8288).", _WORD),
    "Location": ("Where it is.", _WORD),
    "Retry-After": ("Seconds after which to ask again.", _NUMBER),
    "WWW-Authenticate": ("That the token was not accepted.", _WORD),
    "Content-Disposition": ("The name of the file.", _WORD),
    TOTAL_COUNT: ("How many records the file holds.", _NUMBER),
    DATASET_VERSION: ("The state of the data it was written from.", _NUMBER),
    FILE_CAVEAT: ("What has to be known of any figure made from the file.", _WORD),
    FILE_BODIES: (
        "The organisations whose collecting stands behind it, with semicolons between them, in "
        "percent-encoded UTF-8.",
        _WORD,
    ),
}
_ALWAYS: Final = (LIMIT, REMAINING, RESET)
_OF_STATUS: Final = {
    308: ("Location",),
    401: ("WWW-Authenticate",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}


def description(
    patterns: Sequence[URLPattern], *, name: str, licence: str, contact: str
) -> dict[str, Any]:
    """The API at these addresses as OpenAPI describes it, in English. Reads the vocabularies.

    Raises KeyError for an address that ``operations`` does not have.
    """
    with override("en"):
        return {
            "openapi": OPENAPI,
            "info": {
                "title": name,
                "version": "v1",
                "description": _ABOUT,
                "license": {"name": licence},
                **({"contact": {"name": contact}} if contact else {}),
            },
            "servers": [{"url": "/"}],
            "security": [{}, {"token": []}],
            "paths": dict(map(_path, addressed(patterns))),
            "components": {
                "schemas": COMPONENTS,
                "headers": {key: _header(*said) for key, said in _HEADERS.items()},
                "securitySchemes": {
                    "token": {
                        "type": "http",
                        "scheme": SCHEME.lower(),
                        "description": "Raises the limit and opens nothing else.",
                    }
                },
            },
        }


def addressed(patterns: Iterable[URLPattern]) -> list[URLPattern]:
    """The patterns that lead to a resource."""
    return [each for each in patterns if each.name not in WITHOUT_OPERATION]


def template(pattern: URLPattern) -> str:
    """The address as OpenAPI writes it: ``/api/v1/incidents/{reference}/``."""
    written = str(pattern.pattern)
    if isinstance(pattern.pattern, RoutePattern):
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", written)
    else:
        path = written.removeprefix("^").removesuffix("$").replace(r"\.", ".")
        path = path.replace(f"(?P<format>{ATOM})", ATOM)
        path = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", path)
    return f"{reverse('api:root')}{path}"


def _path(pattern: URLPattern) -> tuple[str, dict[str, Any]]:
    name = str(pattern.name)
    return template(pattern), {"get": _operation(name, OPERATIONS[name])}


def _operation(name: str, operation: Operation) -> dict[str, Any]:
    return {
        "operationId": name.replace("-", "_"),
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": [
            *(
                {"name": each, "in": "path", "required": True, "schema": shape}
                for each, shape in operation.path.items()
            ),
            *operation.takes(),
        ],
        "responses": _responses(operation),
    }


def _responses(operation: Operation) -> dict[str, Any]:
    own = (*operation.headers, *(("ETag",) if operation.conditional else ()))
    found: dict[str, Any] = {
        "200": {
            "description": operation.summary,
            "headers": _headers((*_ALWAYS, *own)),
            "content": {
                media_type: {} if shape is None else {"schema": shape}
                for media_type, shape in operation.media.items()
            },
        }
    }
    if operation.conditional:
        found["304"] = {
            "description": "What the client holds is still the answer.",
            "headers": _headers((*_ALWAYS, "ETag")),
        }
    by_status: dict[int, list[ProblemType]] = {}
    for problem in operation.errors:
        by_status.setdefault(problem.status, []).append(problem)
    for status, problems in sorted(by_status.items()):
        found[str(status)] = {
            "description": " ".join(f"{each.title} ({each.address})." for each in problems),
            "headers": _headers((*_ALWAYS, *_OF_STATUS.get(status, ()))),
            "content": {CONTENT_TYPE: {"schema": part("Problem")}},
        }
    return found


def _headers(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _header(said: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"description": said, "schema": shape}
