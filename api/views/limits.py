"""The limits there are, and what the asker has left of them."""

from django.http import HttpResponse
from rest_framework.request import Request

from api.limits import WINDOW_SECONDS, Budget, look
from api.models import AccessToken
from api.problem_types import LONGEST_LINE
from api.views.base import ReadView, json_response, refuse_parameters
from api.views.changes import MAX_CHANGES
from record.parameters import (
    MAX_LISTED_ROWS,
    MAX_LOOKED_UP,
    MAX_MEMBERS,
    MAX_PAGE_SIZE,
    MAX_SAMPLE,
)
from record.snapshots import statement_seconds
from record.spreadsheets import MAX_ROWS


class LimitsView(ReadView):
    """Every limit with its figure. Looking costs nothing."""

    free = True

    def get(self, request: Request) -> HttpResponse:
        """``requests`` is null where requests are not limited."""
        refuse_parameters(request)
        self.budget = look(request._request, self.token)
        return json_response(
            {
                "requests": self.budget and _requests(self.budget, self.token),
                "page_size": MAX_PAGE_SIZE,
                "rows_by_page_number": MAX_LISTED_ROWS,
                "rows_by_cursor": None,
                "rows_in_a_file": {"csv": None, "ndjson": None, "geojson": None, "xlsx": MAX_ROWS},
                "changes_at_once": MAX_CHANGES,
                "values_in_a_parameter": MAX_MEMBERS,
                "names_in_a_parameter": MAX_LOOKED_UP,
                "records_in_a_sample": {"json": MAX_PAGE_SIZE, "file": MAX_SAMPLE},
                "bytes_in_a_request_line": LONGEST_LINE,
                "seconds_of_a_statement": statement_seconds(),
            }
        )


def _requests(budget: Budget, token: AccessToken | None) -> dict[str, object]:
    """What the asker has: by address, or by the token that came with the request."""
    return {
        "limit": budget.limit,
        "remaining": budget.remaining,
        "reset": budget.reset,
        "window": WINDOW_SECONDS,
        "per": budget.per,
        "token_valid_until": token.valid_until.isoformat() if token else None,
        "free": ["304 Not Modified", "OPTIONS", "/api/v1/limits/"],
    }
