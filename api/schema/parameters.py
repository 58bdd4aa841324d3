"""Parameters as a description by OpenAPI has them, read from the fields that judge them."""

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any, Final

from django import forms
from django.http import QueryDict

from api.formats import JSON, formats_of
from api.parameters import NEGOTIATED
from api.schema.examples import example_of
from api.views import feeds, statistics
from api.views.areas import PlaceNameField
from record.coded_fields import AgenciesField, AreasField, PeriodsField, SourcesField, TermsField
from record.columns import column_names
from record.document_shapes import Shape
from record.filters import FILTERS
from record.groupings import GROUPINGS
from record.kinds import REFERENCE_PATTERN, Kind
from record.parameter_fields import (
    DateBoundField,
    DayField,
    KeysField,
    MembersField,
    MomentField,
    NumberField,
    OneOfField,
    ParameterField,
    TokenField,
    YesNoField,
)
from record.parameters import MAX_CHARACTERS
from record.statistics import COUNTED, MAX_DIMENSIONS
from record.text_fields import NamesField, WordsField

ParameterObject = dict[str, Any]

_MOST: Final = 999_999_999
# Nine digits are read.

_FORMAT: Final = "How the answer is written."


@singledispatch
def shape_of(field: forms.Field) -> Shape:
    """What a field takes. Raises TypeError for a kind of field that nobody has described."""
    raise TypeError(f"Say in api/schema/parameters.py what {type(field).__name__} takes.")


@shape_of.register(NamesField)
@shape_of.register(AgenciesField)
@shape_of.register(AreasField)
def _names(field: MembersField) -> Shape:
    return _several(field, {"type": "string", "minLength": 1, "maxLength": MAX_CHARACTERS})


@shape_of.register
def _terms(field: TermsField) -> Shape:
    codes = [code for code, _label in field.widget.choices]
    return _several(field, {"type": "string", "enum": codes})


@shape_of.register
def _sources(field: SourcesField) -> Shape:
    pattern = REFERENCE_PATTERN.pattern
    return _several(field, {"type": "string", "pattern": f"{pattern}|^{field.reserved}$"})


@shape_of.register
def _periods(field: PeriodsField) -> Shape:
    period = r"\d{4}" if field.by == "year" else r"\d{4}-(\d{2}|XX)"
    return _several(field, {"type": "string", "pattern": f"^({period}|spanning|unknown)$"})


@shape_of.register
def _keys(field: KeysField) -> Shape:
    return _several(field, {"type": "string", "enum": [*field.valid]})


@shape_of.register
def _one_of(field: OneOfField) -> Shape:
    return {"type": "string", "enum": [code for code, _label in field.choices]}


@shape_of.register
def _yes_or_no(field: YesNoField) -> Shape:
    return {"type": "boolean"}


@shape_of.register
def _number(field: NumberField) -> Shape:
    return {"type": "integer", "minimum": field.least, "maximum": field.most or _MOST}


@shape_of.register
def _bound(field: DateBoundField) -> Shape:
    return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "examples": ["2023-10"]}


@shape_of.register
def _day(field: DayField) -> Shape:
    return {"type": "string", "format": "date", "examples": ["2010-01-01"]}


@shape_of.register
def _moment(field: MomentField) -> Shape:
    return {
        "anyOf": [
            {"type": "string", "format": "date"},
            {"type": "string", "format": "date-time"},
        ],
        "examples": ["2023-10-29", "2023-10-29T14:30:00Z"],
    }


@shape_of.register(PlaceNameField)
@shape_of.register(WordsField)
def _words(field: ParameterField) -> Shape:
    return {"type": "string", "minLength": 1, "maxLength": MAX_CHARACTERS}


@shape_of.register
def _token(field: TokenField) -> Shape:
    return {"type": "string", "minLength": 1}


def _several(field: MembersField, each: Shape) -> Shape:
    return {"type": "array", "items": each, "minItems": 1, "maxItems": field.most}


def in_query(
    name: str, shape: Shape, description: str = "", *, needed: bool = False
) -> ParameterObject:
    """A parameter of the query string. Several values stand in one, between commas."""
    written = {"style": "form", "explode": False} if shape.get("type") == "array" else {}
    return {
        "name": name,
        "in": "query",
        **({"description": description} if description else {}),
        **({"required": True} if needed else {}),
        **written,
        "schema": shape,
        "example": example_of(name, shape),
    }


def format_parameter(formats: Iterable[str]) -> ParameterObject:
    """``format``, which every address takes."""
    return in_query(NEGOTIATED, {"type": "string", "enum": [*formats]}, _FORMAT)


def of_fields(
    fields: Mapping[str, ParameterField], said: Mapping[str, str]
) -> list[ParameterObject]:
    """Parameters of an address that asks no question; ``said`` describes each."""
    return [in_query(name, shape_of(field), said[name]) for name, field in fields.items()]


def of_list(kind: Kind) -> list[ParameterObject]:
    """What lists of a kind take, as pages and as files."""
    reach: dict[str, Any] = {"cursors": True, "samples": True, "formats": formats_of(kind)}
    found = _of_filters(kind.plural, (), **reach)
    for each in found:
        if each["name"] == "fields":
            valid = dict.fromkeys((*each["schema"]["items"]["enum"], *column_names(kind)))
            each["schema"]["items"]["enum"] = [*valid]
            each["description"] += " In files by columns, the names of columns."
    return found


def of_feed(kind: Kind) -> list[ParameterObject]:
    """What feeds of a kind take."""
    left_out = (*feeds.OF_LISTS, "ordering")
    found = _of_filters(kind.plural, left_out, cursors=True, formats=(feeds.ATOM,))
    newest = in_query("ordering", {"type": "string", "enum": [feeds.NEWEST_FIRST]}, "Always this.")
    return [*found, newest, *of_fields({feeds.LANG: feeds.LANGUAGE}, _SAID)]


def of_statistics() -> list[ParameterObject]:
    """What statistics take: the filters of what is counted."""
    dimensions = {"type": "string", "enum": [*GROUPINGS]}
    groups = {"type": "array", "items": dimensions, "minItems": 1, "maxItems": MAX_DIMENSIONS}
    return [
        *of_fields({"unit": statistics.UNIT}, _SAID),
        in_query("group_by", {**groups, "uniqueItems": True}, _SAID["group_by"], needed=True),
        *of_fields({"boundaries": statistics.DAY}, _SAID),
        *_of_filters(statistics.DEFAULT_UNIT, statistics.OF_LISTS),
    ]


def _of_filters(
    resource: str, left_out: Iterable[str], *, formats: Iterable[str] = (JSON,), **reach: Any
) -> list[ParameterObject]:
    bound = FILTERS[resource](QueryDict(), formats=tuple(formats), **reach)
    return [
        in_query(name, shape_of(parameter.field), _description(parameter))
        for name, parameter in bound.filters.items()
        if name not in left_out
    ]


def _description(parameter: Any) -> str:
    """The words that stand beside the parameter in the form of the website."""
    return f"{parameter.label}. {parameter.field.help_text}".strip()


_SAID: Final = {
    "lang": "Language of the texts.",
    "unit": f"What is counted: {', '.join(COUNTED)}; {statistics.DEFAULT_UNIT} by default.",
    "group_by": "One or two dimensions, between commas.",
    "boundaries": "A day, whose units areas are counted by.",
}
