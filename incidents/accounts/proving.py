"""Proving again who one is, before something grave."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from incidents.accounts.second_factor import is_required


def prove_again(request: HttpRequest) -> None:
    """Lead to the page for proving it unless that was minutes ago, and then back to this one.

    Where a second factor is optional nobody is asked: there is nothing at stake. Raises what
    the middleware at the entrance answers.
    """
    if is_required():
        raise_if_reauthentication_required(request, app="incidents")


def lead_to_proving(request: HttpRequest) -> HttpResponseRedirect:
    """The way to that page. A form that was sent is not kept, and its author is told so.

    What allauth would do keeps the whole request, cookies included, and does what the form says as
    soon as somebody has proved who they are, without showing it again.
    """
    ways = get_adapter().get_reauthentication_methods(request.user)
    page = ways[0]["url"] if ways else reverse("account_login")
    if request.method == "POST" and ways:
        messages.warning(
            request,
            _(
                "Nothing was saved: first prove again that it is you. Then do on the page that "
                "follows what you were doing, once more."
            ),
        )
    return HttpResponseRedirect(
        f"{page}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
    )
