"""Writing the terms of the vocabulary files into the database.

What the files own and what people own: codes, parents, order, HURIDOCS codes and attributes
always follow the files. Labels, definitions, notes and visibility follow them too, until somebody
edits the term here (``Term.edited``); from then on the words chosen here stay, and only a
retirement in the file still takes effect. Terms that no file knows were added here and are left
alone. Nothing is ever deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from reference.models.vocabulary import MAX_DEPTH, Term
from reference.vocabulary_files import TermEntry

_OWNED_BY_FILES = ("parent", "order", "huridocs", "attributes")
_OWNED_BY_PEOPLE_ONCE_EDITED = ("labels", "definitions", "note", "hidden")


@dataclass(slots=True)
class LoadReport:
    """How many terms a load created, changed and left as they were.

    ``kept`` of the latter two kept words or visibility that differ from the file.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0


@transaction.atomic
def write_terms(entries: Iterable[TermEntry]) -> LoadReport:
    """Bring the table in line with the files; a second time it changes nothing."""
    with connection.cursor() as cursor:
        # Two loads, or a load and an edit, would otherwise decide on rows about to change.
        cursor.execute("LOCK TABLE reference_term IN SHARE ROW EXCLUSIVE MODE")
    stored = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    report = LoadReport()
    by_depth: dict[int, list[TermEntry]] = {depth: [] for depth in range(1, MAX_DEPTH + 1)}
    for entry in entries:
        by_depth[entry.depth].append(entry)
    for level in by_depth.values():
        # A level at a time: a child needs the identifier of its parent.
        _upsert([term for entry in level if (term := _difference(entry, stored, report))])
    Term.objects.rebuild_paths()
    return report


def _difference(
    entry: TermEntry, stored: dict[tuple[str, str], Term], report: LoadReport
) -> Term | None:
    """The term to write, or None if the stored one already says the same."""
    term = stored.get((entry.vocabulary, entry.code))
    wanted = _wanted(entry, stored)
    if term is None:
        term = Term(vocabulary=entry.vocabulary, code=entry.code, **wanted)
        stored[entry.vocabulary, entry.code] = term
        report.created += 1
        return term
    if term.edited:
        report.kept += any(
            getattr(term, name) != wanted[name] for name in _OWNED_BY_PEOPLE_ONCE_EDITED
        )
        wanted |= {name: getattr(term, name) for name in _OWNED_BY_PEOPLE_ONCE_EDITED}
        wanted["hidden"] = term.hidden or entry.hidden
    if all(getattr(term, name) == value for name, value in wanted.items()):
        report.unchanged += 1
        return None
    for name, value in wanted.items():
        setattr(term, name, value)
    report.changed += 1
    return term


def _wanted(entry: TermEntry, stored: dict[tuple[str, str], Term]) -> dict[str, object]:
    parent = stored[entry.vocabulary, entry.ancestors[-1]] if entry.ancestors else None
    return {
        "parent_id": parent.pk if parent else None,
        "order": entry.order,
        "huridocs": entry.huridocs,
        "attributes": entry.attributes,
        "labels": entry.labels,
        "definitions": entry.definitions,
        "note": entry.note,
        "hidden": entry.hidden,
    }


def _upsert(terms: list[Term]) -> None:
    """Write new and changed terms with one statement each; new ones get their identifier."""
    Term.objects.bulk_create(
        terms,
        update_conflicts=True,
        unique_fields=["vocabulary", "code"],
        update_fields=[*_OWNED_BY_FILES, *_OWNED_BY_PEOPLE_ONCE_EDITED, "updated_at"],
    )
