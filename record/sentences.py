"""A question in plain words: "Enforced disappearances in Kech, possibly between ...".

The subject comes first; each parameter then wraps the sentence so far in its own phrase, in the
order in which the parameters are declared.
"""

from collections.abc import Mapping
from typing import Any, Final

from record.date_question import FACT_PHRASES, FILED_PHRASES, PUBLISHED_PHRASES
from record.filter_sets import DATE_PARAMETERS, ParameterSet
from record.parameter_fields import Members
from record.parameter_filters import either
from record.subjects import OF_TYPES, PLAIN, capitalised, type_names

_DATE_PHRASES: Final = {"legal-actions": FILED_PHRASES, "sources": PUBLISHED_PHRASES}


def sentence(filters: ParameterSet, values: Mapping[str, Any], language: str) -> str:
    """The sentence of a question, in ``language``, which is also the active one."""
    resource = filters.resource.name
    what = _subject(resource, values.get("type"), filters, language)
    dates_told = False
    for name, value in values.items():
        if name in DATE_PARAMETERS:
            if not dates_told:
                what = filters.dates.tell(what, _DATE_PHRASES.get(resource, FACT_PHRASES))
            dates_told = True
        elif name != "type":
            what = filters.filters[name].tell(what, value, language)
    return capitalised(what)


def _subject(resource: str, types: Members | None, filters: ParameterSet, language: str) -> str:
    if types is None:
        return str(PLAIN[resource])
    names = type_names(types.items, language)
    if types.bare:
        names.append(str(filters.filters["type"].bare_label))
    return str(OF_TYPES[resource]) % {"types": either(names)}
