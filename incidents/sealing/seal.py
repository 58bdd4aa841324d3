"""Encrypting and signing, with keys that lie outside the database."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class UnreadableSecretError(Exception):
    """The value was sealed with a key that this process does not have, or was changed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One purpose with its own keys: the present one first, older ones only open what they closed.

    Where ``keys`` gives none the key follows from ``GAWAH_SECRET_KEY``, which then cannot be
    changed without losing what was sealed. No key opens what was sealed for another purpose.
    """

    purpose: bytes
    keys: Callable[[], Sequence[str]]

    def seal(self, plain: bytes) -> str:
        """Encrypt and sign with the present key; text that fits any text column."""
        return self._lock().encrypt(plain).decode("ascii")

    def unseal(self, sealed: str) -> bytes:
        """What was sealed with any of the keys. Raises UnreadableSecretError."""
        try:
            return self._lock().decrypt(sealed.encode("ascii"))
        except (InvalidToken, UnicodeEncodeError):
            raise UnreadableSecretError from None

    def reseal(self, sealed: str) -> str:
        """The same secret under the present key. Raises UnreadableSecretError."""
        return self.seal(self.unseal(sealed))

    def _lock(self) -> MultiFernet:
        return _lock(self.purpose, tuple(self.keys()) or (settings.SECRET_KEY,))


@lru_cache(maxsize=8)
def _lock(purpose: bytes, keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(purpose, key)) for key in keys])


def _derived(purpose: bytes, key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
