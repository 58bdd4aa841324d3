"""Strict parameters of addresses that ask no question of the record, such as areas.

Lists of the record read theirs in ``record.filters``; the fields and the rules are the same.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from api.errors import wrong_parameters
from record.parameter_fields import NumberField, ParameterField
from record.parameters import MAX_PAGE_SIZE, ParameterError, unknown_parameters

NEGOTIATED = "format"
"""Read by content negotiation, before any view."""

PAGING: Mapping[str, ParameterField] = {
    "page": NumberField(),
    "page_size": NumberField(most=MAX_PAGE_SIZE),
}


def read_parameters(params: QueryDict, fields: Mapping[str, ParameterField]) -> dict[str, Any]:
    """The values of ``fields``, None where absent. Raises ``Problem`` with every error."""
    errors = unknown_parameters(params, [*fields, NEGOTIATED])
    values: dict[str, Any] = {}
    for name, field in fields.items():
        values[name], found = read_field(params, name, field)
        errors += found
    if errors:
        raise wrong_parameters(errors)
    return values


def read_field(
    params: QueryDict, name: str, field: ParameterField
) -> tuple[Any, list[ParameterError]]:
    """The value of one parameter and no errors, or None and what is wrong with it."""
    try:
        return field.clean(params.getlist(name)), []
    except ValidationError as error:
        return None, [_as_error(name, fault) for fault in error.error_list]


def _as_error(name: str, fault: Any) -> ParameterError:
    params = fault.params or {}
    return ParameterError(
        name, " ".join(fault.messages), params.get("suggestion"), params.get("candidates") or ()
    )
