"""The entry point of application servers. Refuses to serve what the checks refuse."""

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

from config.checks import refuse_unsafe  # noqa: E402 - needs the apps loaded

for warning in refuse_unsafe():
    logging.getLogger(__name__).warning("%s", warning)
