"""Small pictures for tests."""

import io
import random

from PIL import Image


def picture(size=(120, 40), *, form="PNG", mode="RGB", colour=None, **options):
    """The bytes of a picture of one colour; ``options`` go to its writer."""
    made = Image.new(mode, size, colour if colour is not None else _grey(mode))
    return _saved(made, form, options)


def noise(size, mode, form="PNG"):
    """The bytes of a picture that no packing makes smaller, always the same."""
    amount = size[0] * size[1] * len(mode)
    data = random.Random(7).randbytes(amount)  # noqa: S311 - colours, not secrets
    return _saved(Image.frombytes(mode, size, data), form, {})


def _grey(mode):
    return {"1": 1, "L": 99, "P": 0, "LA": (99, 255), "CMYK": (9, 9, 9, 9)}.get(mode, "#335577")


def _saved(made, form, options):
    target = io.BytesIO()
    made.save(target, form, **options)
    return target.getvalue()
