"""Rows of lists whose person or incident was removed for good: a corrected list passes over them.

Of such a row its key is gone too. What stays in its place knows the key again and says it to
nobody who has not the secret of this installation.
"""

import hmac
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from incidents.importing.problems import Problem
from incidents.models import ListCase, ListRow, Severity, SourceList

_MARK: Final = re.compile("^–[0-9a-f]{32}$")


def mark_of(list_id: int, key: str) -> str:
    """What stands for the key of a row or case that was removed; a mark stays as it is."""
    if _MARK.match(key):
        return key
    secret = f"gawah expunged rows {settings.SECRET_KEY}".encode()
    return "–" + hmac.new(secret, f"{list_id} {key}".encode(), sha256).hexdigest()[:32]


class PassedOver:
    """Which rows of a file were removed from the list for good."""

    def __init__(self, source_list: SourceList | None) -> None:
        self._list = source_list.pk if source_list else 0
        marked = [
            model.objects.filter(list=source_list, key__regex=_MARK.pattern)
            for model in (ListRow, ListCase)
        ]
        self._rows, self._cases = (
            frozenset(rows.values_list("key", flat=True)) if source_list else frozenset[str]()
            for rows in marked
        )
        self._numbers: list[int] = []

    def holds(self, number: int, key: str, case_key: str) -> bool:
        """Whether the row of this number, or all of its case, was removed."""
        if not (self._rows or self._cases):
            return False
        found = mark_of(self._list, key) in self._rows
        found = found or mark_of(self._list, case_key) in self._cases
        if found:
            self._numbers.append(number)
        return found

    def problems(self) -> Iterator[Problem]:
        """A note for each row that was passed over, which says nothing of what it holds."""
        for number in self._numbers:
            yield expunged_row(number)


def expunged_row(number: int) -> Problem:
    """The note that a row was passed over."""
    return Problem(
        row=number,
        code="removed-for-good",
        reason=_("Whom or what this row tells of was removed for good; it was passed over."),
        remedy=_("Ask whoever sent the list to take the row out as well."),
        severity=Severity.NOTED,
    )
