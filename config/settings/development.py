"""Settings of ``make run`` and ``manage.py``: one machine, served to that machine only."""

import os

from config.settings.base import *  # noqa: F403

# Off by default: people try Gawah with real cases, and an error page with DEBUG shows them.
DEBUG = os.environ.get("GAWAH_DEBUG") == "1"
# To try Gawah takes a password; whoever keeps real cases on one machine sets it to required.
GAWAH_SECOND_FACTOR = os.environ.get("GAWAH_SECOND_FACTOR") or "optional"
# Passkeys at http://localhost; browsers allow none at 127.0.0.1.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
