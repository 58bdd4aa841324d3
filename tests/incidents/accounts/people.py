"""People at browsers who log in as people do: with what they type, and with codes of an app."""

import re
import time
from datetime import timedelta

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from incidents.models import AccessEvent, LoginTries, SpentCode

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"

Act = AccessEvent.Act


def code(secret=SECRET, step=0):
    """What an authenticator app shows, ``step`` periods from now."""
    return format_hotp_value(
        hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + step)
    )


def wrong_code():
    """Six digits that no clock makes right at this moment."""
    right = {code(step=step) for step in (-2, -1, 0, 1, 2)}
    return next(text for number in range(10) if (text := f"{number:06d}") not in right)


def with_app(member):
    """The member, with an authenticator app and recovery codes."""
    TOTP.activate(member, SECRET)
    RecoveryCodes.activate(member)
    return member


def browser(**headers):
    return Client(headers={"user-agent": FIREFOX, **headers})


def enter_password(client, member, password=PASSWORD, **query):
    return client.post("/admin/login/", {"login": member.username, "password": password, **query})


def enter_code(client, text=None):
    return client.post("/admin/account/second-factor/authenticate/", {"code": text or code()})


def log_in(client, member):
    """Log in with every factor there is. The code may be used again, for another login."""
    answer = enter_password(client, member)
    if Authenticator.objects.filter(user=member, type="totp").exists():
        SpentCode.objects.all().delete()
        cache.clear()
        answer = enter_code(client)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def at_work(member, **headers):
    """A browser in which the member has logged in."""
    client = browser(**headers)
    log_in(client, member)
    client.member = member
    return client


def is_in(client):
    return client.get("/admin/account/").status_code == 200


def acts(member=None):
    """What the access log says, the oldest first; only of one member if given."""
    lines = AccessEvent.objects.order_by("pk")
    return list((lines.filter(member=member) if member else lines).values_list("act", flat=True))


def since_the_last_try(seconds):
    """Let time pass for whoever has to wait."""
    LoginTries.objects.update(last_at=timezone.now() - timedelta(seconds=seconds))


def errors_on(answer):
    text = re.sub(r"\s+", " ", answer.content.decode())
    return re.findall(r'<ul class="errorlist[^"]*"[^>]*>(.*?)</ul>', text)
