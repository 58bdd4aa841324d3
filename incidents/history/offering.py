"""What an action that can be taken back was, in words, for whoever took it."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import pgettext

from incidents.history.owners import Keys, owners_of
from incidents.history.touched import RECORDS, rows_of
from incidents.history.unfit import TakingBackRefused, refuse_unfit
from incidents.history.wording import kind_in_words, named
from incidents.models import StaffMember

MANY: Final = 3
"""Kinds of rows that are named."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An action, the kinds of rows that it changed, and the record they belong to."""

    action: str
    kinds: list[str]
    record: models.Model | None

    @property
    def what(self) -> str:
        """The kinds of rows, the first of them for all."""
        first = pgettext("between the items of a list", ", ").join(self.kinds[:MANY])
        return f"{first} …" if len(self.kinds) > MANY else first


def offer_of(action: Any, *, to: StaffMember) -> Offer | None:
    """What this person would take back; None where it would be refused at any time."""
    rows = rows_of(action)
    if not rows:
        return None
    try:
        refuse_unfit(rows, by=to)
    except TakingBackRefused:
        return None
    kinds = list(dict.fromkeys(kind_in_words(row.model) for row in rows))
    return Offer(str(action), kinds, _record(owners_of(rows)))


def _record(owners: Keys) -> models.Model | None:
    """The record that an action is taken to be about: a case before anything else."""
    for model in RECORDS:
        rows = named(model._default_manager.filter(pk__in=owners.get(model, ())))
        found: models.Model | None = rows.first()
        if found is not None:
            return found
    return None
