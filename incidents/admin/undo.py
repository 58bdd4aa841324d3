"""“Undo” after an action: offered on the next page to whoever took it, and done by one button."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from uuid import UUID

import pghistory
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext

from incidents.admin.being_read import is_being_read
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.obeyed import what_went, what_would_go
from incidents.history.looking import SITTING
from incidents.history.offering import Offer, offer_of
from incidents.history.taking_back import NotAskedYet, take_back
from incidents.history.touched import can_be_offered, has_changed_something
from incidents.history.unfit import TakingBackRefused, nothing_of_yours
from incidents.models import Incident, StaffMember

OFFERED: Final = "undo"
"""Key in a session: the last action, until the page after it has offered to take it back."""

LAST: Final = "last_action"
"""Key in a session: the last action and when it was taken, in seconds since 1970. It alone can be
taken back."""

_POPUP: Final = "_popup"

View = Callable[..., HttpResponseBase]


def offering_undo(view: View) -> View:
    """A page of the staff side after which its action is offered to be taken back."""

    @wraps(view)
    def offering(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        response = view(request, *arguments, **options)
        if request.method == "POST":
            _note(request, is_done=response.status_code == 302)
        return response

    return offering


def undo_offered(request: HttpRequest) -> Offer | None:
    """The last action, once: on the page that follows it. None if there is none, and where it
    would be refused at any time."""
    if OFFERED not in request.__dict__:
        session: Any = getattr(request, "session", {})
        offered = is_being_read(request) and _POPUP not in request.GET and OFFERED in session
        action, user = session.pop(OFFERED) if offered else "", request.user
        found = None
        if action and isinstance(user, StaffMember):
            found = offer_of(UUID(action), to=user)
        request.__dict__[OFFERED] = found
    told: Offer | None = request.__dict__[OFFERED]
    return told


def undo_view(request: HttpRequest) -> HttpResponseBase:
    """Take back the action that the button names, if nothing else was done since."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = request.user
    if not isinstance(user, StaffMember):
        raise PermissionDenied
    try:
        action = _last_action(request)
        done = take_back(action, by=user, confirmed=is_confirmed(request))
    except TakingBackRefused as refused:
        histories = format_html_join(
            "",
            ' <a href="{}">{}</a>',
            ((_page(row, "history"), _history_of(row)) for row in refused.rows),
        )
        messages.error(request, format_html("{}{}", str(refused), histories))
        return HttpResponseRedirect(_where(refused.rows))
    except NotAskedYet as asked:
        return _ask_before(request, asked)
    text = ngettext(
        "Taken back: %(number)d row stands as it did before.",
        "Taken back: %(number)d rows stand as they did before.",
        done.rows,
    )
    messages.success(request, text % {"number": done.rows})
    for sentence in what_went(done.follows):
        messages.warning(request, sentence)
    return HttpResponseRedirect(_where(done.records))


def _note(request: HttpRequest, *, is_done: bool) -> None:
    """Remember what a request did, in place of what was done before it. A page that comes back
    (``is_done`` is False) has mostly done nothing; if it has, that is not offered."""
    session = getattr(request, "session", None)
    if session is None:
        return
    with pghistory.context() as current:
        action, act = current.id, current.metadata.get("act")
    if is_done and can_be_offered(action, act):
        session[OFFERED] = str(action)
        session[LAST] = [str(action), time.time()]
    elif has_changed_something(action):
        session.pop(OFFERED, None)
        session.pop(LAST, None)


def _last_action(request: HttpRequest) -> UUID:
    """The action that the button names. Raises TakingBackRefused for any but the last one of this
    person at this browser, and once the time has run out."""
    named = request.POST.get("action", "")
    last, at = getattr(request, "session", {}).get(LAST, ("", 0.0))
    if not last:
        raise TakingBackRefused(nothing_of_yours())
    if named != last or time.time() - at > SITTING.total_seconds():
        raise TakingBackRefused(
            gettext(
                "Only the last thing that you did can be taken back, and within half an hour. "
                "Correct anything older on the page of its record."
            )
        )
    return UUID(last)


def _ask_before(request: HttpRequest, asked: NotAskedYet) -> HttpResponse:
    """The page that says what would leave the public record."""
    about = asked.rows[0] if asked.rows else None
    question = Question(
        title=gettext("Taking this back takes something out of the public record"),
        sentences=[
            gettext(
                "As it stood before, neither a consent in force nor a recorded ground allows all "
                "that is public. What follows happens at once: on pages, in the API, in exports, "
                "in releases and in every earlier version."
            ),
            *what_would_go(asked.follows),
        ],
        button=gettext("Take it back, and take it out"),
        back=_where(asked.rows),
    )
    opts = Incident._meta if about is None else about._meta
    return ask(request, question, opts=opts, original=about)


def _where(rows: list[Any]) -> str:
    """The page of the first record that is there, a case before anything else."""
    return _page(rows[0], "change") if rows else reverse("admin:index")


def _page(row: Any, page: str) -> str:
    return str(reverse(f"admin:incidents_{row._meta.model_name}_{page}", args=[row.pk]))


def _history_of(row: Any) -> str:
    if isinstance(row, Incident):
        return gettext("History of the case")
    return str(gettext("History: %s") % row)
