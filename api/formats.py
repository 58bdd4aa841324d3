"""The formats that lists are offered in, as content negotiation sees them."""

from collections.abc import Sequence
from typing import Final

from rest_framework.renderers import BaseRenderer, JSONRenderer

from record.files import FILE_FORMATS, MAPPED
from record.kinds import Kind
from record.spreadsheets import MEDIA_TYPE as XLSX_TYPE

JSON: Final = "json"
XLSX: Final = "xlsx"
GEOJSON: Final = "geojson"


def _renderer(name: str, media_type: str) -> type[BaseRenderer]:
    """Stands for a format that a view writes itself."""
    members = {"format": name, "media_type": media_type, "charset": None}
    return type(f"Renderer of {name}", (BaseRenderer,), members)


_RENDERERS: Final[dict[str, type[BaseRenderer]]] = {
    JSON: JSONRenderer,
    **{name: _renderer(name, each.media_type) for name, each in FILE_FORMATS.items()},
    XLSX: _renderer(XLSX, XLSX_TYPE),
}

SUFFIXES: Final = "|".join(name for name in _RENDERERS if name != "csv-plain")
"""Endings of addresses that name a format, as a regular expression."""


def formats_of(kind: Kind) -> list[str]:
    """The names that ``format`` takes on a list of this kind, the one for pages first."""
    return [
        name
        for name in _RENDERERS
        if kind in MAPPED or name not in FILE_FORMATS or not FILE_FORMATS[name].mapped_only
    ]


def renderers_of(kind: Kind) -> Sequence[type[BaseRenderer]]:
    """What negotiation chooses from on a list of this kind."""
    return [_RENDERERS[name] for name in formats_of(kind)]


def renderers_named(*names: str) -> Sequence[type[BaseRenderer]]:
    """What negotiation chooses from where just these formats are offered, the first preferred."""
    return [_RENDERERS[name] for name in names]
