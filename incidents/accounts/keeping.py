"""What somebody typed into a page whose session had ended meanwhile.

It waits in the new, sealed session until they have logged in again, for the same account only, and
nothing of it stays on the computer. Only a browser in which that account has logged in before may
leave something here, so that nobody else can fill the database.
"""

from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlsplit

from django.apps import apps
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from incidents.accounts.known_browsers import account_digest, known_browser
from incidents.models import StaffMember

KEPT: Final = "kept"
"""Key in a session."""

NEVER: Final = (
    "account",
    "mfa_",
    "password_change",
    "auth_",
    "incidents_staffmember",
    "api_issuedtoken",
)
"""Beginnings of the names of pages whose forms are filled in again: those that hold passwords and
codes, and those that give rights. Somebody else at a shared desk could leave such a form there for
the next one to send."""

NEVER_STEPS: Final = (
    "_changelist",
    "_delete",
    "_evidence",
    "_keep",
    "_merge",
    "_progress",
    "_publication",
    "_revoke",
    "_separate",
    "_take_down",
    "_undo",
    "_withdraw",
)
"""Ends of the names of pages that do something at once, for the same reason: nothing is typed
there that would be a loss."""

LEFT_OUT: Final = frozenset({"csrfmiddlewaretoken"})

_COUNTS: Final = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent: where to, each name with its value in order, and whether files were
    with it, which are not kept."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: bool
    account: str

    @classmethod
    def of(cls, request: HttpRequest, account: str) -> Self:
        """The form of this request."""
        fields = tuple(
            (name, str(value))
            for name, values in request.POST.lists()
            if name not in LEFT_OUT
            for value in values
        )
        return cls(request.get_full_path(), fields, bool(request.FILES), account)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What its sender reads before sending it: all that is filled in, under readable names."""
        return [
            (name.replace("-", " ").replace("_", " ").strip(), value)
            for name, value in self.fields
            if value and not name.endswith(_COUNTS)
        ]

    @property
    def section(self) -> str:
        """What the page that it goes to is about, in words; blank if that cannot be told."""
        try:
            name = resolve(urlsplit(self.path).path).url_name or ""
            app, model_name, *_page = name.split("_")
            model = apps.get_model(app, model_name)
        except (Resolver404, LookupError, ValueError):
            return ""
        return str(model._meta.verbose_name)


def may_be_kept(request: HttpRequest) -> bool:
    """Whether a form may be shown to its author again: none with a password, none that is grave."""
    match = request.resolver_match
    name = match.url_name or "" if match is not None else ""
    return bool(name) and not name.startswith(NEVER) and not name.endswith(NEVER_STEPS)


def keep(request: HttpRequest) -> bool:
    """Keep the form of this request for whoever logged in last with this browser.

    False for a browser in which nobody has, and for a form that is never kept; both are dropped.
    """
    known = known_browser(request)
    if known is None or not known.accounts or not may_be_kept(request):
        return False
    kept = Kept.of(request, known.accounts[-1])
    request.session[KEPT] = [kept.path, kept.fields, kept.files, kept.account]
    return True


def is_keeping(request: HttpRequest) -> bool:
    """Whether something is kept, for whomever."""
    return KEPT in request.session


def kept_for(request: HttpRequest, member: StaffMember) -> Kept | None:
    """What is kept for this member. What somebody else typed is dropped."""
    value: Any = request.session.get(KEPT)
    if value is None:
        return None
    path, fields, files, account = value
    if account != account_digest(member.get_username()):
        drop(request)
        return None
    return Kept(path, tuple((name, text) for name, text in fields), bool(files), account)


def drop(request: HttpRequest) -> None:
    """Keep nothing any more."""
    request.session.pop(KEPT, None)


def drop_if_sent(request: HttpRequest) -> None:
    """Keep nothing any more once the form has been sent again."""
    value: Any = request.session.get(KEPT)
    if value is not None and urlsplit(value[0]).path == request.path:
        drop(request)
