"""Rows of the case file as lines for COPY: every column, with the defaults of the models.

Django asks the database for the default of each term of each instance; here they are read once.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils.translation import gettext as _

from incidents.importing.copying import escaped
from incidents.models import PersonName
from incidents.models.sealed import sealed, sealed_fields
from reference.dates import UNKNOWN, UncertainDate
from reference.fields import EarliestField, LatestField, TermField, UncertainDateField
from reference.models import Term

NULL: Final = "\\N"

_as_json: Final = json.JSONEncoder(ensure_ascii=False).encode


class Json(str):
    """Text that is JSON already."""

    __slots__ = ()


class UnfitValue(ValueError):
    """A value that the column does not take. The text says which column and why."""


class Table:
    """How rows of one model are written, once for a whole run."""

    def __init__(self, model: type[models.Model], *, by: int, now: datetime) -> None:
        self.model = model
        self.name = model._meta.db_table
        fields = list(model._meta.concrete_fields)
        self.columns = [str(field.column) for field in fields]
        index = {field.attname: at for at, field in enumerate(fields)}
        bounds = {
            field.of: (index[f"{field.of}_earliest"], index[f"{field.of}_latest"])
            for field in fields
            if isinstance(field, EarliestField)
        }
        self._places = {
            field.attname: (index[field.attname], _encoder(field), bounds.get(field.attname))
            for field in fields
        }
        self._id = index["id"]
        self._sealable = sealed_fields(model)
        self._required = {field.attname: field for field in fields if _has_to_be_given(field)}
        standing = {"entered_by_id": by, "changed_by_id": by, "entered_at": now, "changed_at": now}
        self._defaults = [
            self._text(field.attname, standing.get(field.attname, default_of(field)))
            for field in fields
        ]

    def check(self, values: dict[str, Any]) -> None:
        """Raise UnfitValue where a value is missing that the row cannot be without."""
        for attname, field in self._required.items():
            value = values.get(attname)
            if value is None or value == "" or value == UNKNOWN:
                raise UnfitValue(
                    _("“%(field)s” must not be empty.") % {"field": field.verbose_name}
                )

    def line(self, key: int, values: dict[str, Any], *, in_trust: bool = False) -> str:
        """The row with this id; what is not among the values has its default.

        ``in_trust``: what was told in trust lies sealed.
        """
        line = self._defaults.copy()
        if in_trust:
            values = values | {
                name: sealed(values[name]) for name in self._sealable if values.get(name)
            }
        line[self._id] = str(key)
        if self.model is PersonName:
            values = values | _folded(
                values.get("given", ""),
                values.get("tribe_or_place", ""),
                values.get("fathers_name", ""),
            )
        for attname, value in values.items():
            at, encode, bounds = self._places[attname]
            line[at] = NULL if value is None else encode(value)
            if bounds is not None:
                line[bounds[0]] = NULL if value.earliest is None else value.earliest.isoformat()
                line[bounds[1]] = NULL if value.latest is None else value.latest.isoformat()
        return "\t".join(line) + "\n"

    def _text(self, attname: str, value: Any) -> str:
        if value is None:
            return NULL
        return self._places[attname][1](value)


def default_of(field: "models.Field[Any, Any]") -> Any:
    """What a column holds where nothing is given."""
    if isinstance(field, TermField) and field.default_code is not None:
        return _term(field.vocabulary, field.default_code)
    if isinstance(field, UncertainDateField):
        return field.to_python(field.get_default())
    return field.get_default()


def forget_defaults() -> None:
    """Read the terms that stand as defaults anew; once a run, as another may have changed them."""
    _term.cache_clear()


def new_ids(counts: dict[str, int]) -> dict[str, list[int]]:
    """Take ids for new rows: table → as many as were asked for."""
    if not counts:
        return {}
    parts: list[str] = []
    values: list[str | int] = []
    for table, count in counts.items():
        parts.append(
            "SELECT %s AS t, nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        )
        values += [table, f'"{table}"', count]
    found: dict[str, list[int]] = {table: [] for table in counts}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for table, key in cursor.fetchall():
            found[table].append(key)
    return found


@lru_cache(maxsize=None)  # noqa: UP033 - a handful of terms
def _term(vocabulary: str, code: str) -> int | None:
    return (
        Term.objects.filter(vocabulary=vocabulary, code=code).values_list("pk", flat=True).first()
    )


@lru_cache(maxsize=2_000)
def _folded(*parts: str) -> dict[str, str]:
    """The forms of a name that search compares; a name often comes with several rows."""
    folded, skeleton = PersonName.search_forms(*parts)
    return {"folded": folded, "skeleton": skeleton}


def _has_to_be_given(field: "models.Field[Any, Any]") -> bool:
    if isinstance(field, EarliestField | LatestField) or field.primary_key or not field.editable:
        return False
    if field.null or field.blank or field.has_default():
        return False
    return not isinstance(field, models.BooleanField | models.DateTimeField)


def _encoder(field: "models.Field[Any, Any]") -> Callable[[Any], str]:
    """How a value of the column, never None, stands in a line."""
    if isinstance(field, UncertainDateField):
        return _date
    if isinstance(field, ArrayField):
        return _array
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.BooleanField):
        return _boolean
    if isinstance(field, models.CharField | models.TextField):
        return _chosen(field) if field.choices else escaped_str
    if isinstance(field, models.DateField):  # date and time too
        return _isoformat
    return str


def escaped_str(value: Any) -> str:
    """A text, or a member of an enumeration of texts, as a field of a line."""
    return escaped(str(value))


def _chosen(field: "models.Field[Any, Any]") -> Callable[[Any], str]:
    # The database does not hold a column to its choices.
    known = {str(code) for code, _label in field.flatchoices} | {""}

    def encode(value: Any) -> str:
        text = str(value)
        if text not in known:
            raise UnfitValue(
                _("“%(value)s” is none of the choices of “%(field)s”.")
                % {"value": text, "field": field.verbose_name}
            )
        return text

    return encode


def _date(value: UncertainDate) -> str:
    return escaped(value.text)


def _boolean(value: bool) -> str:
    return "t" if value else "f"


def _isoformat(value: Any) -> str:
    text: str = value.isoformat()
    return text


def _json(value: Any) -> str:
    return escaped(value if isinstance(value, Json) else _as_json(value))


def _array(value: Iterable[Any]) -> str:
    items = (str(item).replace("\\", "\\\\").replace('"', '\\"') for item in value)
    return escaped("{" + ",".join(f'"{item}"' for item in items) + "}")
