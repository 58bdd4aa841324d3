"""Sessions in the database: encrypted, of a known member of staff, and ended for good at once.

What Django keeps of a session is sealed, since for some minutes it can hold the secret of a second
factor or what somebody typed. Beside it stands what the list of sessions shows; no address.
"""

import zlib
from datetime import UTC, datetime
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from incidents.accounts.sealing import UnreadableSecretError, digest, seal, unseal
from incidents.models import StaffSession

BEGUN: Final = "begun"
"""Key in a session: when somebody logged in, in seconds since 1970."""

USED: Final = "used"
"""Key in a session: when it was last used, to the minute or so, in seconds since 1970."""

DEVICE: Final = "device"
"""Key in a session: browser and system in words."""


class SessionStore(DatabaseStore):
    """The store that ``SESSION_ENGINE`` names."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        """Rows that know whose session they are."""
        return StaffSession

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Everything that the session holds, sealed."""
        return seal(zlib.compress(self.serializer().dumps(session_dict)))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the session holds; nothing if the key is another one now."""
        sealed = session_data if isinstance(session_data, str) else session_data.decode()
        try:
            data: dict[str, Any] = self.serializer().loads(zlib.decompress(unseal(sealed)))
        except (UnreadableSecretError, zlib.error, ValueError):
            return {}
        return data

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row, with what the list of sessions shows of it."""
        row: Any = super().create_model_instance(data)
        row.member_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.begun_at = _time(data.get(BEGUN))
        row.used_at = _time(data.get(USED))
        row.device = data.get(DEVICE, "")
        return row


def session_digest(key: str | None) -> str:
    """A short name for a session, by which entries of the access log can be told to be of one."""
    return digest("session", key)[:16] if key else ""


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
