"""Who publishes the record: one reader for pages, API, feeds, citations, files and drawings.

What staff wrote in the admin counts first, then the settings of the installation, so that a fresh
installation can name itself at once. Held in memory: an edit shows at once in the process that
made it and within ``vocabularies.CHECK_EVERY`` seconds in all others, as edits of terms do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reference import vocabularies
from reference.kept import Kept, fingerprint
from reference.licences import licence_address
from reference.marked_text import as_html
from reference.models.organisation import Organisation, PageText, lines_of

_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg"}

Texts = Mapping[str, str]
"""Language code to text."""


@dataclass(frozen=True, slots=True)
class Logo:
    """What a page has to know of the logo to show it; the size in pixels."""

    media_type: str
    width: int
    height: int
    sha256: str
    texts: Texts

    @property
    def file_name(self) -> str:
        """A name that changes with the picture, so that copies may be kept for ever."""
        return f"{self.sha256[:16]}.{_ENDINGS[self.media_type]}"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the organisation says on a page, as safe HTML whose headings begin at ``h3``.

    ``instead``: in place of our general text, where the page has any.
    """

    html: SafeString
    language: str
    instead: bool

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, as the language is written."""
        return "rtl" if self.language in settings.LANGUAGES_BIDI else "ltr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The organisation as it describes itself; what it does not say comes from the settings."""

    names: Texts = field(default_factory=dict)
    short_names: Texts = field(default_factory=dict)
    email: str = ""
    phone: str = ""
    address: str = ""
    website: str = ""
    bodies: Texts = field(default_factory=dict)
    own_licence: str = ""
    own_licence_address: str = ""
    logo: Logo | None = None
    words: Mapping[str, Mapping[str, OwnWords]] = field(default_factory=dict)

    def name_in(self, language: str) -> str:
        """The full name in a language, or in English."""
        return _in_language(self.names, language) or str(settings.GAWAH_ORGANISATION)

    @property
    def name(self) -> str:
        """The full name in the active language."""
        return self.name_in(_reader())

    def collecting_bodies_in(self, language: str) -> tuple[str, ...]:
        """Whose collecting stands behind the record, in a language, or in English; the
        organisation itself where it names nobody."""
        return lines_of(_in_language(self.bodies, language)) or (self.name_in(language),)

    @property
    def collecting_bodies(self) -> tuple[str, ...]:
        """The same in the active language."""
        return self.collecting_bodies_in(_reader())

    @property
    def short_name(self) -> str:
        """The name where there is little room, in the active language."""
        return _in_language(self.short_names, _reader()) or self.name

    @property
    def licence(self) -> str:
        """The name of the licence of the record."""
        return self.own_licence or str(settings.GAWAH_LICENCE)

    @property
    def licence_address(self) -> str:
        """Where the licence can be read; blank where that is not known."""
        return self.own_licence_address or licence_address(self.licence)

    @property
    def contacts(self) -> tuple[str, ...]:
        """Every way to write or speak to the organisation, the quickest first; may be none."""
        own = tuple(each for each in (self.email, self.phone, self.address) if each)
        return own or ((str(settings.GAWAH_CONTACT),) if settings.GAWAH_CONTACT else ())

    @property
    def contact(self) -> str:
        """The first of them; blank where there is none."""
        return self.contacts[0] if self.contacts else ""

    @property
    def logo_text(self) -> str:
        """What the logo shows, in the active language; blank where nobody said."""
        return "" if self.logo is None else _in_language(self.logo.texts, _reader())

    def words_on(self, page: str) -> OwnWords | None:
        """What the organisation says on a page, in the active language or else in another."""
        by_language = self.words.get(page) or {}
        for language in (_reader(), _reader().split("-")[0], "en", *by_language):
            if language in by_language:
                return by_language[language]
        return None


def publisher() -> Publisher:
    """Who publishes the record."""
    return _kept.value()


def publisher_version() -> str:
    """A text that changes with anything that ``publisher`` tells, the settings included."""
    own = (settings.GAWAH_ORGANISATION, settings.GAWAH_LICENCE, settings.GAWAH_CONTACT)
    return "\n".join((_kept.version(), *own))


def last_known_publisher() -> Publisher:
    """The same for pages of errors: as last read where the database cannot be asked now."""
    try:
        return publisher()
    except (DatabaseError, InterfaceError):
        return _kept.held() or Publisher()


def logo_bytes(sha256: str) -> bytes | None:
    """The picture with this hash; None where it is not the logo now."""
    rows = Organisation.objects.filter(logo__isnull=False, logo_sha256=sha256)
    found = rows.values_list("logo", flat=True).first()
    return None if found is None else bytes(found)


def _read() -> Publisher:
    words = {row.page: _rendered(row) for row in PageText.objects.all()}
    row = Organisation.objects.defer("logo").first()
    if row is None:
        return Publisher(words=words)
    return Publisher(
        names=row.names,
        short_names=row.short_names,
        email=row.email,
        phone=row.phone,
        address=row.address,
        website=row.website,
        bodies=row.collecting_bodies,
        own_licence=row.licence,
        own_licence_address=row.licence_address,
        logo=_logo(row),
        words=words,
    )


def _logo(row: Organisation) -> Logo | None:
    if row.logo_width is None or row.logo_height is None:
        return None
    return Logo(row.logo_type, row.logo_width, row.logo_height, row.logo_sha256, row.logo_texts)


def _rendered(row: PageText) -> dict[str, OwnWords]:
    return {
        language: OwnWords(as_html(text), language, row.instead)
        for language, text in row.texts.items()
    }


_kept: Final = Kept(
    _read, lambda: fingerprint(Organisation, PageText), lambda: vocabularies.CHECK_EVERY
)


@receiver([post_save, post_delete], sender=Organisation, dispatch_uid="reference.publisher.row")
@receiver([post_save, post_delete], sender=PageText, dispatch_uid="reference.publisher.text")
def _after_edit(**signal: Any) -> None:
    _kept.forget()


@receiver(post_migrate, dispatch_uid="reference.publisher.migrated")
def _after_migration(**signal: Any) -> None:
    # Also sent when a transactional test empties the tables.
    _kept.forget_shared()


def _in_language(texts: Texts, language: str) -> str:
    return texts.get(language) or texts.get(language.split("-")[0]) or texts.get("en", "")


def _reader() -> str:
    return get_language() or "en"
