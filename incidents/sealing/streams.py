"""A file as it lies sealed: in parts, so that one of any size is read and written a part at a time.

``MAGIC``, then the key of this one file, sealed and on a line, then parts of ``PART`` bytes, each
encrypted and signed with AES-GCM under that key. The number of a part, and whether it is the last,
go into its signature: none can be left out, added, cut off or put elsewhere.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from incidents.sealing.seal import Seal, UnreadableSecretError

MAGIC: Final = b"\x00gawah sealed file 1\n"
"""How every sealed file begins, and none that is taken in (``evidence.sniffing``)."""

PART: Final = 256 * 1024

_SIGNATURE: Final = 16
_WHOLE: Final = PART + _SIGNATURE
_LONGEST_KEY: Final = 1024


class UnreadableFileError(OSError):
    """The file was sealed with a key that this process does not have, or was changed."""


def sealed_parts(content: Iterable[bytes], seal: Seal) -> Iterator[bytes]:
    """The bytes of the sealed file, for these of the file itself, in pieces of any length."""
    key = AESGCM.generate_key(bit_length=256)
    yield MAGIC + seal.seal(key).encode("ascii") + b"\n"
    cipher = AESGCM(key)
    for number, (part, is_last) in enumerate(_parts(content)):
        yield cipher.encrypt(_nonce(number, is_last=is_last), part, MAGIC)


def lies_sealed(path: Path) -> bool:
    """Whether the file at this path is a sealed one. Raises FileNotFoundError."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def opened_at(path: Path, seal: Seal) -> IO[bytes]:
    """The bytes of a file, sealed or not. Raises FileNotFoundError, and UnreadableFileError here
    or while it is read."""
    # Without a buffer at first: a process that is handed the file reads from where it really is.
    raw = path.open("rb", buffering=0)
    try:
        is_sealed = raw.read(len(MAGIC)) == MAGIC
        raw.seek(len(MAGIC) if is_sealed else 0)
        file = cast("IO[bytes]", io.BufferedReader(raw))
        return _plain(file, seal) if is_sealed else file
    except BaseException:
        raw.close()
        raise


def _plain(file: IO[bytes], seal: Seal) -> IO[bytes]:
    return cast("IO[bytes]", io.BufferedReader(_SealedFile(file, seal), PART))


class _SealedFile(io.RawIOBase):
    """Reads a sealed file as what it holds; one part of it is in memory."""

    def __init__(self, file: IO[bytes], seal: Seal) -> None:
        """``file`` stands behind the magic. Raises UnreadableFileError."""
        super().__init__()
        self._file = file
        self._cipher = AESGCM(_key_of(file, seal))
        self._begin = file.tell()
        length = file.seek(0, io.SEEK_END) - self._begin
        self._last = max(-(-length // _WHOLE) - 1, 0)
        self._size = length - (self._last + 1) * _SIGNATURE
        if length - self._last * _WHOLE < _SIGNATURE + bool(self._last):
            # The last of several parts holds a byte at least.
            raise UnreadableFileError("The file was cut off.")
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")
        # Who reads nothing of it, or not to its end, is to know as well that it was cut off.
        self._part(self._last)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """To any byte of what it holds."""
        return True

    def tell(self) -> int:
        """The byte that is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte of what it holds."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from one part. Raises UnreadableFileError."""
        if self._at >= self._size:
            return 0
        number, begin = divmod(self._at, PART)
        found = self._part(number)[begin : begin + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Close the file that it reads."""
        self._file.close()
        super().close()

    def _part(self, number: int) -> bytes:
        if self._held[0] != number:
            self._file.seek(self._begin + number * _WHOLE)
            nonce = _nonce(number, is_last=number == self._last)
            try:
                part = self._cipher.decrypt(nonce, self._file.read(_WHOLE), MAGIC)
            except InvalidTag:
                raise UnreadableFileError("A part of the file is not as it was written.") from None
            self._held = (number, part)
        return self._held[1]


def _key_of(file: IO[bytes], seal: Seal) -> bytes:
    line = file.readline(_LONGEST_KEY)
    try:
        return seal.unseal(line.decode("ascii").rstrip("\n"))
    except (UnreadableSecretError, UnicodeDecodeError):
        raise UnreadableFileError("No key of ours opens this file.") from None


def _parts(content: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in parts of one length, and of each whether it is the last."""
    held = bytearray()
    for piece in content:
        held += piece
        while len(held) > PART:
            yield bytes(held[:PART]), False
            del held[:PART]
    yield bytes(held), True


def _nonce(number: int, *, is_last: bool) -> bytes:
    # The key is this file's alone, so that a number never stands for two parts.
    return number.to_bytes(11, "big") + bytes([is_last])
