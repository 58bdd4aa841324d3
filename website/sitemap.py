"""Which addresses search engines are led to, in parts of bounded size."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Max
from django.urls import reverse

from record.kinds import Kind
from record.models.entry import ENTRY_OF
from record.public_vocabularies import PUBLIC_VOCABULARIES
from website.languages import LanguageLink, language_links
from website.resources import RESOURCES

PART: Final = 5000
"""Objects in a part. The ids of a kind run through all its parts, so a part is one stretch of an
index and never shifts; withdrawn and merged objects leave gaps."""

_PAGES: Final = (
    "search",
    "statistics",
    "about",
    "api-guide",
    "methodology",
    "definitions",
    "coverage",
    "downloads",
    "privacy",
    "corrections",
)


@dataclass(frozen=True, slots=True)
class Located:
    """A page in every language, and the day on which it last changed, if that is known."""

    links: list[LanguageLink]
    changed: str = ""


def parts() -> list[str]:
    """The paths of all parts: one index look-up for each kind of record."""
    found = [reverse("website:sitemap-pages")]
    for kind in RESOURCES:
        last = ENTRY_OF[kind].objects.live().aggregate(last=Max("pk"))["last"] or 0
        found += [
            reverse(f"website:sitemap-{kind.plural}", args=[part])
            for part in range(1, -(-last // PART) + 1)
        ]
    return found


def pages_located() -> list[Located]:
    """The lists, the statistics and the pages that explain."""
    paths = [reverse(f"website:{name}") for name in _PAGES]
    paths += [reverse(f"website:{kind.plural}") for kind in RESOURCES]
    paths += [reverse("website:vocabulary", args=[slug]) for slug in PUBLIC_VOCABULARIES]
    return [Located(_in_every_language(path)) for path in paths]


def records_located(kind: Kind, part: int) -> list[Located] | None:
    """The live objects of a part, oldest first; None for a part that does not exist."""
    if part < 1:
        return None
    entries = ENTRY_OF[kind].objects.live()
    stretch = entries.filter(pk__gt=(part - 1) * PART, pk__lte=part * PART).order_by("pk")
    rows = list(stretch.values_list("reference", "changed_at"))
    if not rows and not entries.filter(pk__gt=part * PART).exists():
        return None
    prefix = reverse(f"website:{kind.plural}")
    return [
        Located(_in_every_language(f"{prefix}{reference}/"), changed.date().isoformat())
        for reference, changed in rows
    ]


def _in_every_language(path: str) -> list[LanguageLink]:
    return language_links(path, "", settings.LANGUAGE_CODE)
