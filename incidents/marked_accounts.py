"""Public accounts whose marks count the citations of their case, in the order of their numbers."""

from collections.abc import Sequence
from typing import Final

from incidents.models import Incident
from record.sentence_marks import renumbered

ACCOUNTS: Final = ("public_account", "public_account_local")
"""Columns of an incident that can hold marks."""


def cited(case: Incident) -> list[int]:
    """Keys of the citations of a case, as its marks count them."""
    return list(case.citations.order_by("pk").values_list("pk", flat=True))


def keep_marks(case: Incident, before: Sequence[int]) -> None:
    """Let each mark name the citation that it named ``before`` others came: a citation that was
    entered earlier stands between them now."""
    place = {key: number for number, key in enumerate(cited(case), start=1)}
    numbers = {number: place.get(key) for number, key in enumerate(before, start=1)}
    case.refresh_from_db(fields=ACCOUNTS)
    for name in ACCOUNTS:
        setattr(case, name, renumbered(getattr(case, name), numbers))
    case.save(update_fields=ACCOUNTS)
