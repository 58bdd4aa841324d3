"""Secrets of accounts as they lie in the database: encrypted, with a key that lies elsewhere.

``GAWAH_ACCOUNT_KEYS`` names the keys, the present one first; older ones only open what they
closed. Without it the key follows from ``GAWAH_SECRET_KEY``, which then cannot be changed without
setting up every second factor anew.
"""

import hashlib
import hmac
from typing import Final

from django.conf import settings

from incidents.sealing import Seal, UnreadableSecretError

__all__ = ["UnreadableSecretError", "digest", "reseal", "seal", "unseal"]

_SEAL: Final = Seal(b"gawah accounts", lambda: settings.GAWAH_ACCOUNT_KEYS)

seal, unseal, reseal = _SEAL.seal, _SEAL.unseal, _SEAL.reseal


def digest(kind: str, *parts: str) -> str:
    """A name for ``parts`` from which they cannot be told; 64 hexadecimal digits.

    ``kind`` keeps digests for different purposes apart.
    """
    message = "\0".join((kind, *parts)).encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()
