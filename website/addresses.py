"""Addresses of pages, each worked out once for a language.

Django takes longer to work one out than to write the line in which it stands, and a page names
dozens: those of its frame, and one for every record that it mentions.
"""

from functools import lru_cache
from typing import Final

from django.urls import URLResolver, get_resolver, get_script_prefix, reverse
from django.utils.translation import get_language

from record.kinds import Kind, kind_of

_ANY_NUMBER: Final = "0000-0000"
"""Stands for the numbers of a reference where only what surrounds them is asked for."""

_KEPT: Final = 512


def page_address(name: str) -> str:
    """The path of a page without parameters, in the active language: ``website:about``.

    Raises ``NoReverseMatch`` where there is none, as on the staff side.
    """
    return _page(name, get_language(), get_script_prefix(), get_resolver())


def record_address(reference: str) -> str:
    """The path of the page of a record, in the active language; empty for what is no reference."""
    kind = kind_of(reference)
    if kind is None:
        return ""
    before, after = _around(kind, get_language(), get_script_prefix(), get_resolver())
    return f"{before}{reference}{after}"


@lru_cache(_KEPT)
def _page(name: str, language: str | None, prefix: str, site: URLResolver) -> str:
    # Everything that an address follows from is in the key; the last changes with the settings.
    return reverse(name)


@lru_cache(_KEPT)
def _around(kind: Kind, language: str | None, prefix: str, site: URLResolver) -> tuple[str, str]:
    """What stands before and behind the reference in the paths of a kind."""
    sample = f"{kind.prefix}-{_ANY_NUMBER}"
    before, _sample, after = reverse(f"website:{kind.value}", args=[sample]).partition(sample)
    return before, after
