"""Settings of ``make run`` and ``manage.py``: one machine, served to that machine only."""

import os

from config.settings.base import *  # noqa: F403

# Off by default: people try Gawah with real cases, and an error page with DEBUG shows them.
DEBUG = os.environ.get("GAWAH_DEBUG") == "1"
