"""A form whose token has gone stale, because its sender has logged in again in another tab."""

from django.http import HttpRequest, HttpResponseBase
from django.views import csrf

from incidents.accounts.entrance import is_staff_side
from incidents.accounts.keeping import Kept, may_be_kept
from incidents.accounts.known_browsers import account_digest
from incidents.accounts.pages import sending_again
from incidents.models import StaffMember


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Offer to send the form again, if it came from a page of ours; else refuse it.

    That it did is what the browser says in ``Origin``, which no other site can make it say.
    """
    member = getattr(request, "user", None)
    own = f"{request.scheme}://{request.get_host()}"
    ours = request.headers.get("Origin") == own and is_staff_side(request)
    if not ours or not isinstance(member, StaffMember) or not may_be_kept(request):
        return csrf.csrf_failure(request, reason=reason)
    kept = Kept.of(request, account_digest(member.get_username()))
    return sending_again(request, kept, status=403)
