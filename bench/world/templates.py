"""The documents that publishing builds from one made-up case: the form of all generated ones.

Whatever member publishing adds to a document, generated documents have it from then on.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from bench.staff import clerk, publisher
from incidents import publishing, reviewing
from incidents.demonstration import CaseEntry
from incidents.models import Incident
from record.models.entry import ENTRY_OF
from record.reading import Document
from record.writing import ENVELOPE

CASE: Final = Path(__file__).with_name("case.toml")


@dataclass(frozen=True, slots=True)
class Templates:
    """The content of one document of each kind, without its envelope."""

    incident: Document
    victim: Document
    violation: Document
    agency: Document
    legal_action: Document
    source: Document


def built_by_publishing() -> Templates:
    """Enter and publish the made-up case, keep its documents, and take it all back."""
    with transaction.atomic():
        for incident in enter_and_approve():
            publishing.publish(incident, by=publisher())
        found = Templates(
            **{
                kind.name.lower(): _content(model.objects.live().latest("pk").content())
                for kind, model in ENTRY_OF.items()
            }
        )
        transaction.set_rollback(True)
    return found


def enter_and_approve() -> list[Incident]:
    """Enter the made-up case and have it approved; returns its incidents."""
    case: dict[str, Any] = tomllib.loads(CASE.read_text("utf-8"))
    incidents = CaseEntry(clerk()).enter(case)
    for incident in incidents:
        reviewing.submit(incident, by=clerk())
        reviewing.approve(incident, by=publisher())
    return incidents


def _content(document: Document) -> Document:
    return {name: value for name, value in document.items() if name not in ENVELOPE}
