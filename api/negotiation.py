"""Which format to answer in: the ending of the address or ``format`` decides, else Accept.

What is explicit wins over Accept, because browsers send an Accept header nobody chose.
Views declare what they offer as ``renderer_classes``, their preferred format first.
"""

from collections.abc import Iterable

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.errors import Problem, wrong_parameters
from api.problem_types import NOT_ACCEPTABLE
from record.parameters import ParameterError, nearest


class StrictNegotiation(BaseContentNegotiation):
    """An unknown ``format`` is 400, an Accept header we cannot serve is 406."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """Nothing is parsed: no request has a body that we read."""
        return None

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The renderer and its media type. Raises ``Problem``."""
        offered = list(renderers)
        given = request.query_params.getlist("format")
        if format_suffix and given not in ([], [format_suffix]):
            message = "The address names another format already. Leave one of the two out."
            raise wrong_parameters([ParameterError("format", message, format_suffix)])
        if format_suffix or "format" in request.query_params:
            renderer = _by_parameter([format_suffix] if format_suffix else given, offered)
        else:
            renderer = _by_header(request, offered)
        return renderer, renderer.media_type


def _by_parameter(values: list[str], offered: list[BaseRenderer]) -> BaseRenderer:
    by_format = {str(renderer.format): renderer for renderer in offered}
    if len(values) == 1 and values[0] in by_format:
        return by_format[values[0]]
    message = f"The formats offered here are: {', '.join(by_format)}."
    suggestion = nearest(values[0], by_format) or next(iter(by_format))
    raise wrong_parameters([ParameterError("format", message, suggestion)])


def _by_header(request: Request, offered: list[BaseRenderer]) -> BaseRenderer:
    if not request.headers.get("Accept", "").strip():
        return offered[0]
    by_type: dict[str, BaseRenderer] = {}
    for renderer in offered:
        by_type.setdefault(str(renderer.media_type), renderer)  # the first of those that share one
    preferred = request._request.get_preferred_type(list(by_type))
    if preferred is None:
        raise Problem(NOT_ACCEPTABLE, f"The media types offered here are: {', '.join(by_type)}.")
    return by_type[str(preferred)]
