"""What the ``type`` of an error means, and the answer where no resource lives."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from rest_framework.request import Request

from api.errors import Problem
from api.problem_types import ADDRESS, NOT_FOUND, PROBLEM_TYPES, ProblemType
from api.views.base import ReadView, json_response, refuse_parameters


class ProblemListView(ReadView):
    """Every kind of error this API answers with."""

    def get(self, request: Request) -> HttpResponseBase:
        """All of them, in the order of the documentation."""
        refuse_parameters(request)
        described = [_describe(each) for each in PROBLEM_TYPES.values()]
        return self.tagged(request, described, lambda: json_response({"results": described}))


class ProblemView(ReadView):
    """The description that the ``type`` of an error points to."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """One kind of error."""
        refuse_parameters(request)
        if slug not in PROBLEM_TYPES:
            raise Problem(NOT_FOUND, "There is no such kind of problem.")
        described = _describe(PROBLEM_TYPES[slug])
        return self.tagged(request, described, lambda: json_response(described))


class UnknownView(ReadView):
    """Any other address: 404 in the form of every other error."""

    def get(self, request: Request, rest: str = "") -> HttpResponse:
        """404, or 308 where only the closing slash is missing."""
        if not rest.endswith("/") and _is_known(f"{request.path_info}/"):
            location = request.get_full_path(force_append_slash=True)
            raise Problem(ADDRESS, "Add a slash to the address.", headers={"Location": location})
        raise Problem(NOT_FOUND, "There is nothing at this address. /api/v1/ lists what there is.")


def _describe(problem: ProblemType) -> dict[str, object]:
    return {
        "type": problem.address,
        "status": problem.status,
        "title": problem.title,
        "meaning": problem.meaning,
    }


def _is_known(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "view_class", None) is not UnknownView
    except Resolver404:
        return False
