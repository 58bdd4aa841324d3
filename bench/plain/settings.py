"""Settings of the plain API: those of Gawah, with nothing installed but itself."""

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

INSTALLED_APPS = ["django.contrib.contenttypes", "rest_framework", "bench.plain"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "bench.plain.urls"
# As ours, so that a question that takes too long ends.
DATABASES["default"]["OPTIONS"]["options"] = "-c statement_timeout=120s"
