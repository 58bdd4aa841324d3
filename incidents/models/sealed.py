"""Text columns that lie sealed in the database wherever the row was told in trust.

Of a confidential source its words, of what hangs on it theirs. In Python they read as plain text;
who asks the database finds ``SEALED`` and what only a holder of ``GAWAH_SOURCE_KEYS`` can open.
The history takes the columns over as they lie there. Empty stays empty.
"""

from typing import Any, Final

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from incidents.sealing import UnreadableSecretError
from incidents.sealing.sources import SOURCES

SEALED: Final = "gawah-sealed-1:"
"""How every sealed text begins in the database."""

_MARK: Final = "⟦"


def sealed(text: str) -> str:
    """The text as it lies in the database; what is empty stays so."""
    return SEALED + SOURCES.seal(text.encode()) if text else ""


def sealed_anew(stored: str) -> str:
    """What lies in the database, under the present key. Raises UnreadableSecretError."""
    return SEALED + SOURCES.reseal(stored.removeprefix(SEALED))


def unsealed(stored: str) -> str:
    """The text of what lies sealed in the database. Raises UnreadableSecretError."""
    return SOURCES.unseal(stored.removeprefix(SEALED)).decode()


class Opened(str):
    """A text that was sealed, with what it was read from: what nobody changed is written back as
    it was, so that the history shows no change."""

    __slots__ = ("stored",)
    stored: str


class Unreadable(Opened):
    """Stands for a text whose key is missing. It is written back as it was."""

    __slots__ = ()


def _opened(stored: str, unreadable: str) -> Opened:
    try:
        text = Opened(unsealed(stored))
    except UnreadableSecretError:
        text = Unreadable(unreadable)
    text.stored = stored
    return text


class _SealedAttribute(DeferredAttribute):
    """Keeps what was read where the same text is set again: a form sets every value it shows."""

    def __set__(self, instance: Any, value: Any) -> None:
        name = self.field.attname
        held = instance.__dict__.get(name)
        if isinstance(held, Unreadable):
            # Shown in another language meanwhile, it is still not what anybody typed.
            same = isinstance(value, str) and (value == held or value.startswith(_MARK))
        else:
            same = isinstance(held, Opened) and value == held
        if not same or isinstance(value, Opened):
            instance.__dict__[name] = value


class _Sealed(models.Field):  # type: ignore[type-arg]
    """What the kinds of sealed column share. ``told_in_trust`` of the row decides."""

    descriptor_class = _SealedAttribute

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Sealed text is longer than what it holds: the length is for people alone."""
        return "text"

    def unreadable(self) -> str:
        """What is shown where the key is missing."""
        return f"{_MARK} {_('sealed; the key to it is missing')} ⟧"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The words of a sealed text."""
        if isinstance(value, str) and value.startswith(SEALED):
            return _opened(value, self.unreadable())
        return value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """The text as it is to lie in the database."""
        value = super().pre_save(model_instance, add)
        if not value:
            return value
        if isinstance(value, Unreadable):
            return value.stored
        if not model_instance.told_in_trust:
            return str(value)
        if not isinstance(value, Opened):
            value = _opened(sealed(str(value)), "")
            model_instance.__dict__[self.attname] = value
        return value.stored

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What was read sealed is written sealed also where a row is put back as it stood."""
        if isinstance(value, Opened):
            return value.stored
        return super().get_db_prep_save(value, connection)

    def get_prep_value(self, value: Any) -> Any:
        """A text without what it was read from."""
        prepared = super().get_prep_value(value)
        return str(prepared) if isinstance(prepared, Opened) else prepared


class SealedCharField(_Sealed, models.CharField):  # type: ignore[type-arg]
    """A line of text."""


class SealedTextField(_Sealed, models.TextField):  # type: ignore[type-arg]
    """A longer text."""


class SealedURLField(_Sealed, models.URLField):  # type: ignore[type-arg]
    """An address."""

    def unreadable(self) -> str:
        """An address that leads nowhere, so that a form takes it as it stands."""
        return "https://sealed.invalid/"


class StoredCheck(models.CheckConstraint):
    """A condition on what lies in the database, which a row in Python, being open, never meets."""

    def validate(self, *arguments: Any, **options: Any) -> None:
        """Nothing to tell a person: it holds once the row is saved."""


def sealed_fields(model: type[models.Model]) -> list[str]:
    """The names of the columns of a model that are sealed where it was told in trust."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, _Sealed)]


class HangsOnSource(models.Model):
    """A row of which ``source`` says whether it was told in trust."""

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **options: Any) -> None:
        """Save it, sealed or open as its source is now; the words that it brings to a confidential
        source are sealed in its history too."""
        from incidents.confidential import seal_history_of  # it knows what hangs on a source

        fields = options.get("update_fields")
        moved = fields is None or not {"source", "source_id"}.isdisjoint(fields)
        if fields is not None and moved:
            options["update_fields"] = {*fields, *sealed_fields(type(self))}
        with transaction.atomic():
            moved = moved and not self._state.adding
            super().save(*arguments, **options)
            if moved and self.told_in_trust:
                seal_history_of(self)

    @property
    def told_in_trust(self) -> bool:
        """Whether its words are to lie sealed."""
        return bool(self.source.confidential)  # type: ignore[attr-defined]
