"""The six kinds of published object, and the shape of their public references."""

import re

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a document is about. The value stands in revisions and in documents."""

    INCIDENT = "incident", _("incident")
    VICTIM = "victim", _("victim")
    VIOLATION = "violation", _("violation")
    AGENCY = "agency", _("agency")
    LEGAL_ACTION = "legal-action", _("legal action")
    SOURCE = "source", _("source")

    @property
    def prefix(self) -> str:
        """The letters before the year in a public reference, such as ``INC``."""
        return _PREFIXES[self]

    @property
    def plural(self) -> str:
        """The word in addresses: ``incidents``, ``legal-actions``."""
        return "agencies" if self is Kind.AGENCY else f"{self.value}s"


_PREFIXES = {
    Kind.INCIDENT: "INC",
    Kind.VICTIM: "VIC",
    Kind.VIOLATION: "VIO",
    Kind.AGENCY: "AGY",
    Kind.LEGAL_ACTION: "LEG",
    Kind.SOURCE: "SRC",
}

REFERENCE_PATTERN = re.compile(r"^(INC|VIC|VIO|AGY|LEG|SRC)-(\d{4})-(\d{4,})$")

ANY_REFERENCE = re.compile(r"\b(?:INC|VIC|VIO|AGY|LEG|SRC)-\d{4}-\d{4,}\b")
"""Finds references in a text."""


def format_reference(kind: Kind, year: int, number: int) -> str:
    """``INC-2026-0042``. The year is that of first publication, so a reference never has to
    change when the date of an incident is corrected."""
    return f"{kind.prefix}-{year}-{number:04d}"


def kind_of(reference: str) -> Kind | None:
    """The kind a public reference names, or None where it is no reference at all."""
    match = REFERENCE_PATTERN.match(reference)
    if match is None:
        return None
    return next(kind for kind, prefix in _PREFIXES.items() if prefix == match.group(1))
