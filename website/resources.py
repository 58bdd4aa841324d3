"""The lists of the site: one a kind of record, all asked with the same parameters."""

import re
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from record.kinds import Kind
from record.parameter_fields import NONE, UNKNOWN
from record.questions import ask
from website.addresses import page_address

RESOURCES: dict[Kind, Promise] = {
    Kind.INCIDENT: pgettext_lazy("list of records", "Incidents"),
    Kind.VICTIM: pgettext_lazy("list of records", "Victims"),
    Kind.VIOLATION: pgettext_lazy("list of records", "Violations"),
    Kind.AGENCY: pgettext_lazy("list of records", "Agencies"),
    Kind.LEGAL_ACTION: pgettext_lazy("list of records", "Legal actions"),
    Kind.SOURCE: pgettext_lazy("list of records", "Sources"),
}

_RESERVED: Final = re.compile(rf"=(?:[^&]*,)?(?:{UNKNOWN}|{NONE})(?:[,&]|$)")
"""Words that stand for what is not known, which some lists know and others do not."""


@dataclass(frozen=True, slots=True)
class ResourceLink:
    """A list to switch to, with the question carried along."""

    name: Promise
    address: str
    current: bool


def list_address(kind: Kind, query: str = "") -> str:
    """The path of a kind's list with a query string."""
    path = page_address(f"website:{kind.plural}")
    return f"{path}?{query}" if query else path


def resource_links(current: Kind | None, query: str) -> list[ResourceLink]:
    """Every list, in one order."""
    return [
        ResourceLink(name, list_address(kind, _understood(kind, query)), kind is current)
        for kind, name in RESOURCES.items()
    ]


def _understood(kind: Kind, query: str) -> str:
    """The question without what this list cannot be asked: not every kind of record knows what an
    unknown province is. All else that one list takes, each of them takes."""
    if not _RESERVED.search(query):
        return query
    question = ask(kind.plural, QueryDict(query), lenient_blanks=True)
    if not question.errors:
        return query
    kept = QueryDict(query, mutable=True)
    for error in question.errors:
        kept.pop(error.parameter, None)
    return kept.urlencode(safe=",")
