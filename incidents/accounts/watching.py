"""Noting who opened a restricted case, searched, downloaded, or was denied.

One place for all pages of the staff side, those included that are still to be written. A search is
noted with the list that was searched and without its words: they say whom somebody looks for, and
this log can never be cleared. A digest would not help, names can be tried.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch, reverse

from incidents.accounts.entrance import is_staff_side
from incidents.accounts.recording import Act, record, was_recorded_lately
from incidents.accounts.sessions import session_digest
from incidents.models import Incident, StaffMember
from incidents.visibility import restricted_cases, visible_to

_PREFIX: Final = "incidents_"
_ROWS: Final = "rows_it_is_about"
_LEAVING: Final = "what_leaves_the_office"
_SHOWING: Final = (200, 409)
"""Answers that show a row: a refusal tells why, with what there is."""
_OFFERING: Final = "autocomplete"
"""The address that all boxes ask which offer rows while somebody types."""
_LARGEST: Final = 2**63
_LONGEST: Final = 180
"""Characters of the numbers of cases in a note."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that a page is about."""

    model: type[Model]
    key: int


def is_about(request: HttpRequest, model: type[Model], *keys: int) -> None:
    """Say which rows a page is about whose address does not tell it by ``pk`` or ``object_id``.

    To be called before it is known whether the reader may see them, so that a denial is noted too.
    """
    rows: list[Subject] = getattr(request, _ROWS, [])
    setattr(request, _ROWS, [*rows, *(Subject(model, key) for key in keys)])


def is_export(request: HttpRequest, what: str) -> None:
    """Say what leaves the office with this answer, also where it is a page to be printed.

    ``what`` goes into the log as it stands: it must name nobody.
    """
    setattr(request, _LEAVING, what)


class AccessLogMiddleware:
    """Writes into the access log what a page of the staff side has answered to whom."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and note what came of it."""
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and is_staff_side(request):
            member = request.user
            if isinstance(member, StaffMember):
                _note(request, member, match, response)
        return response


def _note(
    request: HttpRequest, member: StaffMember, match: ResolverMatch, response: HttpResponseBase
) -> None:
    page = (match.url_name or "").removeprefix(_PREFIX)
    subjects = _subjects(request, match)
    key = str(subjects[0].key) if subjects else _key_text(match)
    if response.status_code == 403:
        record(Act.DENIED, member=member, request=request, section=page, key=key)
        return
    for subject in subjects:
        _note_restricted(request, member, page, subject, response)
    _note_search(request, member, page)
    leaving: str | None = getattr(request, _LEAVING, None)
    attached = response.headers.get("Content-Disposition", "").startswith("attachment")
    if attached or leaving is not None:
        note = leaving or ""
        record(Act.EXPORTED, member=member, request=request, section=page, key=key, note=note)


def _note_search(request: HttpRequest, member: StaffMember, page: str) -> None:
    """A list was searched, or a box that offers rows while somebody types. Such a box asks anew
    with every letter: it is noted once in a quarter of an hour and session."""
    if page.endswith("_changelist") and request.GET.get("q"):
        section = page.removesuffix("_changelist")
        record(Act.SEARCHED, member=member, request=request, section=section)
    if page == _OFFERING and request.GET.get("term", "").strip():
        box = f"{request.GET.get('model_name')}.{request.GET.get('field_name')}"[:60]
        session = session_digest(request.session.session_key)
        if not was_recorded_lately(Act.SEARCHED, member=member, section=box, session=session):
            record(Act.SEARCHED, member=member, request=request, section=box)


def _note_restricted(
    request: HttpRequest,
    member: StaffMember,
    page: str,
    subject: Subject,
    response: HttpResponseBase,
) -> None:
    """A row of a restricted case was shown, or was not: then it seemed not to exist."""
    if response.status_code in _SHOWING:
        act = Act.OPENED
    elif _says_that_there_is_none(response):
        act = Act.DENIED
    else:
        return
    cases = restricted_cases(subject.model, subject.key)
    if not cases:
        return
    if act == Act.OPENED:
        # Somebody from an open case too was shown without what the others tell.
        known = visible_to(member, Incident.objects.filter(pk__in=cases))
        cases = set(known.values_list("pk", flat=True))
    elif visible_to(member, _row(subject)).exists():
        return
    if cases:
        note = "" if subject.model is Incident else _numbers(cases)
        record(act, member=member, request=request, section=page, key=str(subject.key), note=note)


def _row(subject: Subject) -> Any:
    return subject.model._default_manager.filter(pk=subject.key)


def _says_that_there_is_none(response: HttpResponseBase) -> bool:
    """Pages answer 404; those of Django's admin lead to the first page and say so there."""
    leads_to_first = response.headers.get("Location") == reverse("admin:index")
    return response.status_code == 404 or (response.status_code == 302 and leads_to_first)


def _numbers(cases: Iterable[int]) -> str:
    """The numbers of cases, in order; of very many the first, and how many more there are."""
    ordered = [str(case) for case in sorted(cases)]
    shown = ordered
    while len(", ".join(shown)) > _LONGEST:
        shown = shown[:-1]
    more = len(ordered) - len(shown)
    return ", ".join(shown) + (f" + {more}" if more else "")


def _subjects(request: HttpRequest, match: ResolverMatch) -> list[Subject]:
    """What a page said that it is about, or what its address tells."""
    told: list[Subject] = getattr(request, _ROWS, [])
    if told:
        return told
    key, model = _key(match), subject_model(match.url_name or "")
    return [] if key is None or model is None else [Subject(model, key)]


def _key_text(match: ResolverMatch) -> str:
    key = _key(match)
    return "" if key is None else str(key)


def _key(match: ResolverMatch) -> int | None:
    """The number of the row that a page is about; None for a page about none.

    Read as the admin reads it: it takes ``+5``, a space or digits of another script as well.
    """
    value = match.kwargs.get("object_id", match.kwargs.get("pk"))
    if value is None:
        return None
    try:
        key = int(unquote(str(value)))
    except ValueError:
        return None
    return key if abs(key) < _LARGEST else None


def subject_model(url_name: str) -> type[Model] | None:
    """The model of the row that a page of this name is about, if it can belong to a case."""
    if url_name in {"staff-public-page", "staff-public-victim-page"}:
        return Incident
    if not url_name.startswith(_PREFIX):
        return None
    name = url_name.removeprefix(_PREFIX).partition("_")[0]
    try:
        found: type[Model] = apps.get_model("incidents", name)
    except LookupError:
        return None
    return found
