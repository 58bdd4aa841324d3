"""Secrets of accounts as they lie in the database: encrypted, with a key that lies elsewhere.

``GAWAH_ACCOUNT_KEYS`` names the keys, the present one first; older ones only open what they
closed. Without it the key follows from ``GAWAH_SECRET_KEY``, which then cannot be changed without
setting up every second factor anew.
"""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"gawah accounts"


class UnreadableSecretError(Exception):
    """The value was sealed with a key that this process does not have, or was changed."""


def seal(plain: bytes) -> str:
    """Encrypt and sign with the present key; text that fits any text column."""
    return _lock(_keys()).encrypt(plain).decode("ascii")


def unseal(sealed: str) -> bytes:
    """What was sealed with any of the keys. Raises UnreadableSecretError."""
    try:
        return _lock(_keys()).decrypt(sealed.encode("ascii"))
    except (InvalidToken, UnicodeEncodeError):
        raise UnreadableSecretError from None


def reseal(sealed: str) -> str:
    """The same secret under the present key. Raises UnreadableSecretError."""
    return seal(unseal(sealed))


def digest(kind: str, *parts: str) -> str:
    """A name for ``parts`` from which they cannot be told; 64 hexadecimal digits.

    ``kind`` keeps digests for different purposes apart.
    """
    message = "\0".join((kind, *parts)).encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def _keys() -> tuple[str, ...]:
    return tuple(settings.GAWAH_ACCOUNT_KEYS) or (settings.SECRET_KEY,)


@lru_cache(maxsize=4)
def _lock(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
