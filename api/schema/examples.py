"""A value for each parameter, to try it out with."""

from typing import Any, Final

from record.document_shapes import Shape

_WRITTEN: Final[dict[str, Any]] = {
    "area": "PK2",
    "province": "PK2",
    "division": "PK2-makran",
    "district": "PK211",
    "tehsil": "PK21103",
    "within": "PK2",
    "q": "Turbat",
    "name": "Balach",
    "date_from": "2023-10",
    "date_to": "2023-10-31",
    "changed_since": "2023-10-29",
    "month": "2023-10",
    "year": "2023",
    "boundaries": "2017-06-30",
    "agency": "AGY-2026-0001",
    "forum": "AGY-2026-0001",
    "source": "SRC-2026-0001",
    "page": 1,
    "page_size": 50,
    "cursor": "first",
    "sample": 100,
    "seed": 1,
    "after": 0,
    "before": 100,
    "fields": "reference",
    "group_by": "district",
}
"""By the name of a parameter, for those whose values no list names; places are those of the
reference data that comes with the program."""


def example_of(name: str, shape: Shape) -> Any:
    """A value that the parameter takes. Raises KeyError for one of which nobody knows any."""
    plain = name.partition("__")[0]
    each = shape.get("items", shape)
    if plain in _WRITTEN:
        value = _WRITTEN[plain]
    elif each.get("type") == "boolean":
        value = True
    else:
        value = each["enum"][0]
    return [value] if shape.get("type") == "array" else value
