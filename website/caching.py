"""HTTP caching of pages: short-lived everywhere, revalidated with one query."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Final, ParamSpec, cast

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from record.reference_state import reference_version
from record.snapshots import snapshot
from website.edition import edition
from website.published import RecordState, record_state

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]

FRESH_FOR: Final = 60
"""Seconds for which a page may be shown unasked.

Enough for going back and forth on a slow line, and for a front cache to carry a rush; short,
because a withdrawn name has to be gone within minutes, whoever kept a copy.
"""

FRESH_ON_ERROR: Final = 240
"""Seconds more for which a front cache may go on showing a page while we cannot answer.

Enough for a restart or for a database that changes over. A page that a withdrawal emptied just
before we went away is seen for five minutes in all, and no longer: if that were hours, whoever
can bring our servers down could keep a withdrawn name in the world.
"""

CACHE_CONTROL: Final = f"public, max-age={FRESH_FOR}, stale-if-error={FRESH_ON_ERROR}"


def public_page(
    view: View[Parameters], *, beside: Callable[..., Subquery | None] | None = None
) -> View[Parameters]:
    """A page that anybody may read and caches may keep for ``FRESH_FOR`` seconds.

    A reader who already holds the page as it is now gets 304 before any work: its entity tag
    names the state of the whole record, because pages quote each other (an incident shows its
    victims' status lines), and only somebody who got this very page can send that tag back.
    Redirects and "gone" keep the same short life: browsers keep a 308 for ever unless told.
    Pages are compressed here; they hold no secret that compression could give away.

    ``beside``, called with what the view gets of the address, gives a query for the state of what
    the page shows that makes no revision.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponse:
        # Else a count and its list could be of two states, and a view could run for ever.
        with snapshot():
            reference = reference_version()  # first, so that it is never newer than the data
            state = record_state(beside(*args, **kwargs) if beside else None)
            tag = _entity_tag(request, state, reference)
            if _is_held(request, tag):
                response: HttpResponse = HttpResponseNotModified(headers={"ETag": tag})
            else:
                response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = CACHE_CONTROL
        return _conditional(request, response, state, tag)

    return require_safe(gzip_page(answer))


def _conditional(
    request: HttpRequest, response: HttpResponse, state: RecordState, tag: str
) -> HttpResponse:
    """Tag and date a page, and turn it into a 304 for whoever has it by its date."""
    if response.status_code != HTTPStatus.OK:
        return response
    response.headers["ETag"] = tag
    if state.published_at is None:
        return response
    if state.beside:
        # Of when that changed we know the day at most, so the tag alone tells.
        return cast(HttpResponse, get_conditional_response(request, etag=tag, response=response))
    changed = int(state.published_at.timestamp())
    response.headers["Last-Modified"] = http_date(changed)
    answer = get_conditional_response(request, etag=tag, last_modified=changed, response=response)
    return cast(HttpResponse, answer)


def _entity_tag(request: HttpRequest, state: RecordState, reference: str) -> str:
    parts = (
        str(state.sequence),
        state.beside,
        edition(),
        reference,
        get_language() or "",
        request.get_host(),
        request.get_full_path(),
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    # Weak, because compressed and plain answers share it.
    return f'W/"{digest[:32]}"'


def _is_held(request: HttpRequest, tag: str) -> bool:
    return tag in parse_etags(request.headers.get("If-None-Match", ""))
