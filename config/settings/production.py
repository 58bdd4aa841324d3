"""Settings of a deployment behind a TLS front. Every secret comes from the environment."""

import os

from config.settings.base import *  # noqa: F403

PRODUCTION = True
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("GAWAH_HOSTS", "").split(",") if host]

# The front ends TLS and must set this header itself, whatever the client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# It also notes the client's address, as the last in X-Forwarded-For.
GAWAH_FRONTS = int(os.environ.get("GAWAH_FRONTS") or 1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
