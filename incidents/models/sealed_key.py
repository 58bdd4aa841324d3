"""A tie to another row that lies sealed in the database: whoever reads it there sees that there is
one, and not to whom. In Python it is a foreign key as any other.

Since the database cannot follow it, neither joins nor subqueries go through it; to compare it with
a row, ``exact`` and ``in`` open all that are there. The same row is sealed anew for each tie, so
that two ties to one row cannot be told from two ties to two.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import EmptyResultSet, FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute

from incidents.models.sealed import SEALED, sealed
from incidents.sealing import UnreadableSecretError
from incidents.sealing.sources import SOURCES

_NOBODY: Final = -1
"""The key of no row."""


class OpenedKey(int):
    """A key that was sealed, with what it was read from, which is what is written back."""

    stored: str

    @classmethod
    def of(cls, stored: str) -> "OpenedKey":
        """The key of what lies in the database; ``UnreadableKey`` where it cannot be opened."""
        try:
            key: OpenedKey = cls(_opened(stored, tuple(SOURCES.keys())))
        except UnreadableSecretError:
            key = UnreadableKey(_NOBODY)
        key.stored = stored
        return key


class UnreadableKey(OpenedKey):
    """Stands for a key that cannot be opened. It is written back as it was."""


@lru_cache(maxsize=50_000)
def _opened(stored: str, _keys: tuple[str, ...]) -> int:
    """Once opened it is known in this process; under other keys it has to be opened again."""
    return int(SOURCES.unseal(stored.removeprefix(SEALED)))


class _SealedKeyAttribute(ForeignKeyDeferredAttribute):
    """Keeps what was read where the same key is set again, and what nobody here can read unless
    another row is chosen in its place."""

    def __set__(self, instance: Any, value: Any) -> None:
        held = instance.__dict__.get(self.field.attname)
        if isinstance(held, OpenedKey) and not isinstance(value, OpenedKey):
            same = value == held or (value is None and isinstance(held, UnreadableKey))
            value = held if same else value
        super().__set__(instance, value)


class SealedForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key whose column holds a sealed text."""

    descriptor_class = _SealedKeyAttribute

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options["db_constraint"] = False  # the database does not know what it points to
        options["db_index"] = False
        super().__init__(*arguments, **options)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """What lies there is text."""
        return "text"

    def cast_db_type(self, connection: BaseDatabaseWrapper) -> str:
        """What lies there is text."""
        return "text"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The key of a sealed text."""
        return OpenedKey.of(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """The key as it is to lie in the database."""
        value = super().pre_save(model_instance, add)
        if value is not None and not isinstance(value, OpenedKey):
            value = self._sealed(value)
            model_instance.__dict__[self.attname] = value
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """The sealed text of a key."""
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.startswith(SEALED):
            return value
        return (value if isinstance(value, OpenedKey) else self._sealed(value)).stored

    def get_prep_value(self, value: Any) -> Any:
        """For conditions on what lies there: as it is given."""
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """For conditions on what lies there: as it is given."""
        return value

    def validate(self, value: Any, model_instance: Any) -> None:
        """The row has to be there, unless nobody here can say which it is."""
        if not isinstance(getattr(model_instance, self.attname, None), UnreadableKey):
            super().validate(value, model_instance)

    def get_lookup(self, lookup_name: str) -> Any:
        """What can be asked of it; all else would compare what lies there, and find nothing."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        found = _LOOKUPS.get(lookup_name)
        if found is None:
            raise FieldError(f"{self.name} lies sealed: {lookup_name} finds nothing there.")
        return found

    def _sealed(self, key: Any) -> OpenedKey:
        found = OpenedKey(int(key))
        found.stored = sealed(str(found))
        return found


class _Among(models.Lookup):
    """Ties to any of these rows, found by opening all that are there. Those that nobody here can
    open are none of them: who must not miss any asks ``incidents.informants`` first."""

    lookup_name = "in"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A condition on the rows whose text holds one of the keys. Not on the texts, which may be
        sealed anew between this question and the next."""
        wanted = set(map(_key_of, self._wanted()))
        field: Any = self.lhs.target
        ties = field.model._base_manager.exclude(**{f"{field.name}__isnull": True})
        rows = ties.values_list("pk", field.name)
        found = [pk for pk, key in rows if key in wanted and not isinstance(key, UnreadableKey)]
        if not found:
            raise EmptyResultSet
        row = Col(self.lhs.alias, field.model._meta.pk)
        lhs, parameters = compiler.compile(row)
        return f"{lhs} = ANY(%s)", [*parameters, found]

    def _wanted(self) -> Iterable[Any]:
        found: Iterable[Any] = self.rhs
        return found


class _Exact(_Among):
    """Ties to this row."""

    lookup_name = "exact"

    def _wanted(self) -> Iterable[Any]:
        return [self.rhs]


def _key_of(row: Any) -> int:
    return int(row.pk if isinstance(row, models.Model) else row)


def sealed_keys(model: type[models.Model]) -> list[str]:
    """The columns of a model that hold sealed keys."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, SealedForeignKey)
    ]


_LOOKUPS: Final[dict[str, Any]] = {
    "in": _Among,
    "exact": _Exact,
    "startswith": models.CharField().get_lookup("startswith"),
}
"""``startswith`` is for the rule that what lies there is sealed."""
