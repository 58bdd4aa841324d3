"""Which published texts mention an object. Withdrawal has to reach every one of them.

What each text names is written down beside it when it is published (``Mention``), so that nobody
has to read all texts. ``record.verification`` compares the two, ``record.rebuilding`` derives
them anew.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from record.kinds import Kind
from record.models import Mention, Revision
from record.models.entry import ENTRY_OF, State
from record.models.revision import Action

_NAMED: Final = re.compile(r"(?:INC|VIC|VIO|AGY|LEG|SRC)-[0-9]{4}-[0-9]{4,}")
"""Wider than ``ANY_REFERENCE``: also inside other words, so that no prose hides a mention.
``INC-2026-1000`` is not mentioned by ``INC-2026-10000``, whose digits are all taken."""


def mentioned_in(revision: Revision) -> list[str]:
    """The references that the document of a revision names, as a value or in prose, sorted."""
    return sorted(set(_NAMED.findall(revision.document or "")) - {revision.reference})


def mentions_statement(revisions: Iterable[Revision]) -> tuple[str, tuple[list[int], list[str]]]:
    """The statement that writes down what new revisions mention, and its values."""
    named = {row.sequence: mentioned_in(row) for row in revisions if row.document is not None}
    statement = f"""
        INSERT INTO {Mention._meta.db_table} (sequence, "references")
        SELECT sequence, names::text[]
        FROM unnest(%s::bigint[], %s::text[]) AS given (sequence, names)
        """  # noqa: S608 - the table's own name
    return statement, (list(named), [f"{{{','.join(names)}}}" for names in named.values()])


def rebuild_mentions(revisions: Sequence[Revision]) -> None:
    """Derive anew what these revisions name; rows that are right stay as they are."""
    rows = Mention.objects.in_bulk([revision.sequence for revision in revisions])
    wrong = [revision for revision in revisions if not is_right(revision, rows)]
    Mention.objects.filter(sequence__in=[revision.sequence for revision in wrong]).delete()
    with connection.cursor() as cursor:
        cursor.execute(*mentions_statement(wrong))


def is_right(revision: Revision, rows: dict[int, Mention]) -> bool:
    """Whether what is written down for a revision is what its document names."""
    row = rows.get(revision.sequence)
    if revision.document is None:
        return row is None
    return row is not None and row.references == mentioned_in(revision)


def forget_mentions(sequences: Sequence[int]) -> None:
    """Remove what is written down for revisions whose documents were emptied."""
    Mention.objects.filter(sequence__in=sequences).delete()


def revisions_about(references: Sequence[str]) -> QuerySet[Revision]:
    """Revisions with a document of one of these objects, or one that mentions them."""
    mentioning = Mention.objects.filter(references__overlap=list(references))
    return Revision.objects.filter(
        Q(reference__in=references) | Q(sequence__in=mentioning.values("sequence")),
        document__isnull=False,
    )


def notes_of_mergers(references: Sequence[str]) -> QuerySet[Revision]:
    """Revisions with which one of these objects was merged, or another into it, and their notes."""
    return Revision.objects.filter(
        Q(reference__in=references) | Q(merged_into__in=references), action=Action.MERGED
    ).exclude(note="")


def is_live() -> Exists:
    """The condition on a revision that it is what its object shows now."""
    found = [
        Exists(
            model._default_manager.filter(
                reference=OuterRef("reference"), sequence=OuterRef("sequence"), state=State.LIVE
            )
        )
        for model in ENTRY_OF.values()
    ]
    condition = found[0]
    for other in found[1:]:
        condition |= other  # type: ignore[assignment]
    return condition


def live_mentions(references: Sequence[str]) -> dict[Kind, list[str]]:
    """The live objects whose documents mention any of these, themselves left out."""
    found: dict[Kind, list[str]] = defaultdict(list)
    mentioning = Mention.objects.filter(references__overlap=list(references))
    live = (
        Revision.objects.filter(is_live(), sequence__in=mentioning.values("sequence"))
        .exclude(reference__in=references)
        .order_by("reference")
    )
    for kind, reference in live.values_list("kind", "reference"):
        found[Kind(kind)].append(reference)
    return dict(found)
