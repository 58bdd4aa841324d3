"""Which published texts mention an object. Withdrawal has to reach every one of them."""

import re
from collections.abc import Iterable, Sequence

from django.db.models import Q

from record.kinds import Kind
from record.models.entry import ENTRY_OF, State


def mentions_any(field: str, references: Iterable[str]) -> Q:
    """The condition that a text column names one of these references, as a value or in prose.

    ``INC-2026-1000`` is not mentioned by ``INC-2026-10000``.
    """
    condition = Q(pk__in=())
    for reference in references:
        # The plain search is the fast one and rules out nearly every row before the exact one.
        condition |= Q(
            **{
                f"{field}__contains": reference,
                f"{field}__regex": rf"{re.escape(reference)}(?!\d)",
            }
        )
    return condition


def live_mentions(references: Sequence[str]) -> dict[Kind, list[str]]:
    """The live objects whose documents mention any of these, themselves left out.

    Reads the text of every live document: seconds for hundreds of thousands.
    """
    found = {}
    for kind, model in ENTRY_OF.items():
        entries = (
            model._default_manager.filter(mentions_any("document", references), state=State.LIVE)
            .exclude(reference__in=references)
            .order_by("reference")
        )
        if mentioning := list(entries.values_list("reference", flat=True)):
            found[kind] = mentioning
    return found
