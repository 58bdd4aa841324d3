"""The lists of the site: one a kind of record, all asked with the same parameters."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from record.kinds import Kind

RESOURCES: dict[Kind, Promise] = {
    Kind.INCIDENT: pgettext_lazy("list of records", "Incidents"),
    Kind.VICTIM: pgettext_lazy("list of records", "Victims"),
    Kind.VIOLATION: pgettext_lazy("list of records", "Violations"),
    Kind.AGENCY: pgettext_lazy("list of records", "Agencies"),
    Kind.LEGAL_ACTION: pgettext_lazy("list of records", "Legal actions"),
    Kind.SOURCE: pgettext_lazy("list of records", "Sources"),
}


@dataclass(frozen=True, slots=True)
class ResourceLink:
    """A list to switch to, with the question carried along."""

    name: Promise
    address: str
    current: bool


def list_address(kind: Kind, query: str = "") -> str:
    """The path of a kind's list with a query string."""
    path = reverse(f"website:{kind.plural}")
    return f"{path}?{query}" if query else path


def resource_links(current: Kind | None, query: str) -> list[ResourceLink]:
    """Every list, in one order."""
    return [
        ResourceLink(name, list_address(kind, query), kind is current)
        for kind, name in RESOURCES.items()
    ]
