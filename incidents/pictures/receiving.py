"""Taking a photograph in: the original kept as it came, the working copy beside it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any, cast

from django.core.files import File

from incidents.models import Picture
from incidents.pictures.copying import Copy, copy_of
from incidents.pictures.opening import media_type_of, opened

_taken_in: ContextVar[list[Picture] | None] = ContextVar("taken_in", default=None)
"""The photographs whose files were kept inside the ``all_or_none`` that is under way."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What the content of a file says of it. ``width`` and ``height`` are as it is stored."""

    sha256: str
    bytes: int
    media_type: str
    width: int
    height: int
    copy: Copy


def examine(upload: "File[bytes]") -> Examined:
    """Read a file as a photograph, to its end. Raises PictureRefused, keeping nothing."""
    size = upload.size
    with opened(cast("IO[bytes]", upload), size) as picture:
        media_type, (width, height) = media_type_of(picture), picture.size
        copy = copy_of(picture)
    digest = sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return Examined(digest.hexdigest(), size, media_type, width, height, copy)


def fill_in(picture: Picture, upload: "File[bytes]", found: Examined) -> None:
    """Let a new row hold the photograph, under a random name; the row itself is not saved.

    The name that its owner gave it is in the database alone.
    """
    if picture.pk is not None:
        raise ValueError("An original never changes: enter another photograph.")
    picture.file_name = (upload.name or "")[-255:]
    picture.sha256, picture.bytes = found.sha256, found.bytes
    picture.media_type = found.media_type
    picture.width, picture.height = found.width, found.height
    picture.copy = found.copy.content
    picture.copy_hash = found.copy.sha256
    picture.copy_width, picture.copy_height = found.copy.width, found.copy.height
    picture.original.save(uuid.uuid4().hex, upload, save=False)
    if (kept := _taken_in.get()) is not None:
        kept.append(picture)


def receive(upload: "File[bytes]", **values: Any) -> Picture:
    """Keep a photograph, with these values of the row. Raises PictureRefused, keeping nothing."""
    picture = Picture(**values)
    fill_in(picture, upload, examine(upload))
    try:
        picture.save()
    except BaseException:
        forget(picture)
        raise
    return picture


@contextmanager
def all_or_none() -> Iterator[None]:
    """Delete the files that were kept inside the block if it raises: put it around the
    transaction that keeps their rows, since a directory knows of no rolling back."""
    kept: list[Picture] = []
    token = _taken_in.set(kept)
    try:
        yield
    except BaseException:
        for picture in kept:
            forget(picture)
        raise
    finally:
        _taken_in.reset(token)


def forget(picture: Picture) -> None:
    """Delete the file itself, where its row was not kept. Once more does nothing."""
    picture.original.delete(save=False)
