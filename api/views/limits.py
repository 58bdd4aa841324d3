"""The limits there are, and what the asker has left of them."""

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from api.limits import WINDOW_SECONDS, look
from api.views.base import ReadView, json_response, refuse_parameters
from api.views.changes import MAX_CHANGES
from record.parameters import MAX_LISTED_ROWS, MAX_MEMBERS, MAX_PAGE_SIZE
from record.snapshots import DEFAULT_SECONDS
from record.spreadsheets import MAX_ROWS


class LimitsView(ReadView):
    """Every limit with its figure. Looking costs nothing."""

    free = True

    def get(self, request: Request) -> HttpResponse:
        """``requests`` is null where requests are not limited."""
        refuse_parameters(request)
        self.budget = look(request._request)
        return json_response(
            {
                "requests": self.budget
                and {
                    "limit": self.budget.limit,
                    "remaining": self.budget.remaining,
                    "reset": self.budget.reset,
                    "window": WINDOW_SECONDS,
                    "per": "address",
                    "free": ["304 Not Modified", "OPTIONS", "/api/v1/limits/"],
                },
                "page_size": MAX_PAGE_SIZE,
                "rows_by_page_number": MAX_LISTED_ROWS,
                "rows_by_cursor": None,
                "rows_in_a_file": {"csv": None, "ndjson": None, "geojson": None, "xlsx": MAX_ROWS},
                "changes_at_once": MAX_CHANGES,
                "values_in_a_parameter": MAX_MEMBERS,
                "seconds_of_a_statement": getattr(settings, "GAWAH_API_SECONDS", DEFAULT_SECONDS),
            }
        )
