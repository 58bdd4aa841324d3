"""One page in every language: English has no prefix, the others begin with their code."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.http import escape_leading_slashes


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in one language. ``name`` is the language's own name for itself."""

    code: str
    name: str
    address: str
    current: bool


def language_links(path: str, query: str, active: str) -> list[LanguageLink]:
    """The same path and query in each language of the site.

    Works on any path, an unknown one included: somebody who lands on a 404 may still change
    the language to read what it says.
    """
    bare = _without_prefix(path)
    return [
        LanguageLink(code, str(name), _address(code, bare, query), code == active)
        for code, name in settings.LANGUAGES
    ]


def _without_prefix(path: str) -> str:
    for code, _ in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            return path.removeprefix(f"/{code}") or "/"
    return path


def _address(code: str, bare: str, query: str) -> str:
    path = bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"
    # A path that begins with two slashes would be read as the name of another host.
    path = escape_leading_slashes(escape_uri_path(path))
    return f"{path}?{iri_to_uri(query)}" if query else path
