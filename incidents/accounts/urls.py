"""Addresses of accounts, below that of the admin. No sign-up, no e-mail, no forgotten password:
an administrator makes accounts and hands over one-time passwords."""

from allauth.account import views
from django.urls import include, path

from incidents.accounts import pages

urlpatterns = [
    path("login/", pages.LoginView.as_view(), name="account_login"),
    path("logout/", pages.log_out, name="account_logout"),
    path("account/", pages.account, name="account"),
    path("account/locked/", views.account_inactive, name="account_inactive"),
    path("account/confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("account/continue/", pages.continue_with_kept, name="account_continue"),
    path("account/sessions/end/", pages.end_own_sessions, name="account_sessions_end"),
    path("account/panic/", pages.panic, name="account_panic"),
    path(
        "account/second-factor/webauthn/keys/<int:pk>/remove/",
        pages.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
