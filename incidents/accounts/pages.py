"""Pages about one's own account that allauth does not have."""

from typing import Any

from allauth.account.views import LoginView as AllauthLoginView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from incidents.accounts.ending import end_session, end_sessions, sign_of
from incidents.accounts.freezing import freeze
from incidents.accounts.keeping import Kept, drop, is_keeping, kept_for
from incidents.accounts.second_factor import is_required
from incidents.models import AccessEvent, StaffMember, StaffSession

LAST = 10
"""Lines of the access log that somebody is shown about their own account."""


class LoginView(AllauthLoginView):  # type: ignore[misc]
    """User name and password, or a passkey."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Say so if something that was typed is waiting."""
        context: dict[str, Any] = super().get_context_data(**options)
        return {**context, "title": _("Log in"), "is_keeping": is_keeping(self.request)}


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]
    """Removing a passkey, but not the only second factor; allauth asks that for an app alone."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        answer: HttpResponse = super().form_valid(form)
        return answer


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session at once; a copy of its cookie opens nothing any more."""
    logout(request)
    target = "account_login" if request.POST.get(REDIRECT_FIELD_NAME) else "admin:index"
    return HttpResponseRedirect(reverse(target))


@never_cache
@require_GET
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """One's second factor, one's sessions, who tried to get in, and the lock."""
    member = _member(request)
    sessions = list(StaffSession.objects.of(member).open())
    factors = Authenticator.objects.filter(user_id=member.pk).values_list("type", flat=True)
    context = {
        "title": _("Your account"),
        "sessions": [
            {
                "sign": sign_of(row),
                "row": row,
                "this": row.session_key == request.session.session_key,
            }
            for row in sessions
        ],
        "lines": AccessEvent.objects.told_to(member)[:LAST],
        "factors": set(factors),
        "must_have_factor": is_required(),
    }
    return TemplateResponse(request, "account/account.html", context)


@require_POST
@login_required
def end_own_sessions(request: HttpRequest) -> HttpResponse:
    """End the session whose sign is sent, or all but this one."""
    member = _member(request)
    sign = request.POST.get("session")
    if sign:
        ended = int(end_session(member, sign))
    else:
        ended = end_sessions(member, by=member, besides=request.session.session_key)
    sentence = ngettext("%(count)s session was ended.", "%(count)s sessions were ended.", ended)
    messages.success(request, sentence % {"count": ended})
    if not StaffSession.objects.filter(session_key=request.session.session_key).exists():
        request.session.flush()
        return HttpResponseRedirect(reverse("account_login"))
    return HttpResponseRedirect(reverse("account"))


@require_POST
@login_required
def panic(request: HttpRequest) -> HttpResponse:
    """End all one's sessions and lock one's account, once the box beside the button is ticked."""
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick the box first: only somebody else can unlock it again."))
        return HttpResponseRedirect(reverse("account"))
    member = _member(request)
    freeze(member, by=member)
    request.session.flush()
    return HttpResponseRedirect(reverse("account_inactive"))


@never_cache
@login_required
def continue_with_kept(request: HttpRequest) -> HttpResponse:
    """What was typed when the session had ended, ready to be sent again or dropped."""
    kept = kept_for(request, _member(request))
    if kept is None:
        return HttpResponseRedirect(reverse("admin:index"))
    if request.method == "POST":
        drop(request)
        return HttpResponseRedirect(kept.path)
    return sending_again(request, kept)


def sending_again(request: HttpRequest, kept: Kept, *, status: int = 200) -> HttpResponse:
    """The page from which a form is sent once more, with a fresh token."""
    context = {"title": _("What you typed is still here"), "kept": kept}
    return TemplateResponse(request, "account/continue.html", context, status=status)


def _member(request: HttpRequest) -> StaffMember:
    if not isinstance(request.user, StaffMember):
        raise Http404
    return request.user
