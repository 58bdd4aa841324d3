"""Files that only the holder of a key can read: backups that may leave the machine.

The format, so that anybody with the key can open a file in a few lines without us: the line
``gawah sealed 1``; 7 random bytes; then pieces of at most 64 KiB, each sealed with AES-256-GCM
(NIST SP 800-38D; 16 bytes longer than what it holds). The nonce of a piece is the 7 random bytes,
its number from 0 in 4 bytes, and one byte that is 1 for the last piece and else 0 (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizar): a piece that was changed, moved or left out
does not open.
"""

import base64
import binascii
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.embedded.errors import EmbeddedServerError

MAGIC: Final = b"gawah sealed 1\n"
PIECE: Final = 64 * 1024
"""Bytes of content in one piece; the last has fewer, or as many."""

_RANDOM, _TAG, _KEY = 7, 16, 32


def make_key(target: Path) -> None:
    """Write a new key, 0600, one line of base64. Raises FileExistsError rather than lose one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(os.urandom(_KEY)) + b"\n")


def read_key(source: Path) -> bytes:
    """The 32 bytes of a key file. Raises EmbeddedServerError for anything else."""
    try:
        key = base64.b64decode(source.read_bytes().strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY:
        raise EmbeddedServerError(
            f"{source} is no key. `python -m config.embedded key FILE` makes one."
        )
    return key


def seal(content: IO[bytes], target: IO[bytes], key: bytes) -> None:
    """Write all of ``content`` to ``target``, sealed. Memory does not grow with it."""
    cipher, random = AESGCM(key), os.urandom(_RANDOM)
    target.write(MAGIC + random)
    number, piece = 0, _whole(content)
    while True:
        following = _whole(content) if len(piece) == PIECE else b""
        last = not following
        target.write(cipher.encrypt(_nonce(random, number, last=last), piece, None))
        if last:
            return
        number, piece = number + 1, following


def unseal(sealed: IO[bytes], key: bytes) -> Iterator[bytes]:
    """The content, piece by piece, each checked before it is given.

    Raises EmbeddedServerError where the file is no sealed one, the key another, or anything of it
    was changed or left out; what came before was as it was sealed, and is not the whole.
    """
    if sealed.read(len(MAGIC)) != MAGIC:
        raise EmbeddedServerError("This is no sealed file, or not one of this version.")
    cipher, random = AESGCM(key), sealed.read(_RANDOM)
    number, piece = 0, _whole(sealed, PIECE + _TAG)
    while True:
        following = _whole(sealed, PIECE + _TAG) if len(piece) == PIECE + _TAG else b""
        last = not following
        try:
            yield cipher.decrypt(_nonce(random, number, last=last), piece, None)
        except (InvalidTag, ValueError) as error:
            raise EmbeddedServerError(
                "This key does not open the file, or the file is not what was sealed."
            ) from error
        if last:
            return
        number, piece = number + 1, following


def is_sealed(source: Path) -> bool:
    """Whether a file says of itself that it is sealed."""
    with source.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _nonce(random: bytes, number: int, *, last: bool) -> bytes:
    return random + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def _whole(file: IO[bytes], size: int = PIECE) -> bytes:
    """As much as was asked for, unless the file ends: a pipe gives less at a time."""
    parts, missing = [], size
    while missing and (part := file.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
