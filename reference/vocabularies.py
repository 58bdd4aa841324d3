"""Vocabularies as the rest of the program uses them: terms by code, without a query each.

Published documents hold codes; pages, files and the API turn them into the reader's language
here. All terms fit into memory (about a thousand), so the first look-up reads the whole table and
later ones cost nothing. What a process holds is checked against the database at most every
``CHECK_EVERY`` seconds by a fingerprint of the row versions, so that edits made elsewhere arrive
in all processes within that time; edits made in this process are seen at once, and those of an
unfinished transaction only inside it.

The terms returned are shared: read them, and fetch your own from the database to change one.
"""

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from reference.models.vocabulary import VOCABULARY_INDEX, Term
from reference.vocabulary_attributes import ATTRIBUTES, INVERSE
from reference.vocabulary_files import VocabularyFileError, read_vocabularies
from reference.vocabulary_loading import LoadReport, write_terms

__all__ = [
    "ATTRIBUTES",
    "LoadReport",
    "UnknownTerm",
    "VocabularyFileError",
    "clear_cache",
    "codes_where",
    "definition",
    "inverse",
    "label",
    "lineage",
    "load_vocabularies",
    "subtree",
    "term",
    "terms",
    "version",
    "vocabularies",
]

CHECK_EVERY = 10.0
"""Seconds: an edit by staff shows in every process within this time, at one cheap query."""

# Every write of a row, by whatever way, gives it another xmin; unlike the latest change time, a
# sum over all rows also notices a transaction that was begun early and committed late.
_FINGERPRINT = """
    SELECT count(*), coalesce(sum(hashtextextended(xmin::text, id)), 0) FROM reference_term
"""


class UnknownTerm(Term.DoesNotExist):
    """There is no such vocabulary, or no such term in it; ``suggestions`` are near codes."""

    def __init__(self, vocabulary: str, code: str, suggestions: list[str]) -> None:
        """``code`` is the code that was not found, in ``vocabulary``."""
        self.vocabulary = vocabulary
        self.code = code
        self.suggestions = suggestions
        super().__init__(f"There is no term {code!r} in the vocabulary {vocabulary!r}.")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The terms of one vocabulary in the order of its tree."""

    by_code: Mapping[str, Term]
    by_id: Mapping[int, Term]


@dataclass(slots=True)
class _Snapshot:
    """All terms at one moment; ``checked`` is when it was last known to be current."""

    version: str
    vocabularies: Mapping[str, _Vocabulary]
    checked: float = field(default_factory=time.monotonic)


class _Pending(threading.local):
    """What this thread sees of its own transaction while that has changed terms."""

    changed: bool = False
    snapshot: _Snapshot | None = None


_shared: _Snapshot | None = None
_pending = _Pending()


def term(vocabulary: str, code: str) -> Term:
    """Return a term, hidden ones included. Raises UnknownTerm, which names near codes."""
    by_code = _vocabulary(vocabulary).by_code
    try:
        return by_code[code]
    except KeyError:
        raise UnknownTerm(vocabulary, code, get_close_matches(code, by_code)) from None


def terms(vocabulary: str, *, hidden: bool = False) -> tuple[Term, ...]:
    """Return the terms of a vocabulary in tree order; hidden ones only if asked for.

    Raises UnknownTerm for a vocabulary that does not exist.
    """
    found = _vocabulary(vocabulary).by_code.values()
    return tuple(each for each in found if hidden or not each.hidden)


def vocabularies() -> tuple[Term, ...]:
    """Return one term for each vocabulary: its slug, title and purpose."""
    return terms(VOCABULARY_INDEX)


def label(vocabulary: str, code: str, language: str | None = None) -> str:
    """Return the label of a code in a language, by default the active one.

    Raises UnknownTerm; a page then shows the label that the document itself carries.
    """
    found = term(vocabulary, code)
    return found.label_in(language) if language else found.label


def definition(vocabulary: str, code: str, language: str | None = None) -> str:
    """Return the definition of a code in a language; may be empty. Raises UnknownTerm."""
    found = term(vocabulary, code)
    return found.definition_in(language) if language else found.definition


def lineage(vocabulary: str, code: str) -> tuple[str, ...]:
    """Return the codes from the top of the vocabulary down to a term, itself included.

    Raises UnknownTerm.
    """
    by_id = _vocabulary(vocabulary).by_id
    return tuple(by_id[pk].code for pk in term(vocabulary, code).path)


def subtree(vocabulary: str, code: str) -> frozenset[str]:
    """Return the codes of a term and of all below it, hidden ones included.

    Raises UnknownTerm.
    """
    top = term(vocabulary, code)
    found = _vocabulary(vocabulary).by_code.values()
    return frozenset(each.code for each in found if top.pk in each.path)


def codes_where(vocabulary: str, **attributes: Any) -> frozenset[str]:
    """Return the codes whose attributes have these values, hidden ones included.

    ``codes_where("violation-type", death=True)`` are the types that count as deaths. Raises
    UnknownTerm for an unknown vocabulary and KeyError for a key that ``ATTRIBUTES`` lacks.
    """
    for key in attributes:
        ATTRIBUTES[vocabulary][key]
    return frozenset(
        each.code
        for each in _vocabulary(vocabulary).by_code.values()
        if all(each.attributes.get(key) == value for key, value in attributes.items())
    )


def inverse(vocabulary: str, code: str) -> str:
    """Return the code of a link or relation as read from its other end. Raises UnknownTerm."""
    return str(term(vocabulary, code).attributes[INVERSE])


def version() -> str:
    """Return a text that changes whenever any term changes: an entity tag, not a number."""
    return _snapshot().version


def load_vocabularies(directory: Path | None = None) -> LoadReport:
    """Load the vocabulary files; loading them again changes nothing.

    ``directory`` is by default the one that ships with the program. Raises VocabularyFileError
    with every problem of every file, and then nothing is loaded.
    """
    if directory is None:
        directory = Path(settings.BASE_DIR) / "fixtures" / "vocabularies"
    languages = ["en", *(code for code, _name in settings.LANGUAGES if code != "en")]
    report = write_terms(read_vocabularies(directory, languages))
    clear_cache()
    return report


def clear_cache() -> None:
    """Forget the terms held in memory; needed after a change that bypassed ``Term.save``.

    Inside a transaction only this thread reads anew, until the transaction has committed:
    others must not see what may still be rolled back.
    """
    _pending.changed, _pending.snapshot = True, None
    transaction.on_commit(_forget_shared)


def _forget_shared() -> None:
    global _shared
    _shared = None


@receiver([post_save, post_delete], sender=Term, dispatch_uid="reference.vocabularies.edited")
def _after_edit(**signal: Any) -> None:
    clear_cache()


@receiver(post_migrate, dispatch_uid="reference.vocabularies.migrated")
def _after_migration(**signal: Any) -> None:
    # Also sent when a transactional test empties the tables.
    _forget_shared()


def _vocabulary(slug: str) -> _Vocabulary:
    found = _snapshot().vocabularies
    try:
        return found[slug]
    except KeyError:
        raise UnknownTerm(VOCABULARY_INDEX, slug, get_close_matches(slug, found)) from None


def _snapshot() -> _Snapshot:
    """The terms as this thread may see them now."""
    global _shared
    if _has_uncommitted_changes():
        _pending.snapshot = _pending.snapshot or _read()
        return _pending.snapshot
    _pending.snapshot = None  # left over from a transaction that was rolled back
    held = _shared
    if held is None or not _is_current(held):
        _shared = held = _read()
    return held


def _has_uncommitted_changes() -> bool:
    """Whether the open transaction changed terms: its note to forget them still waits."""
    if _pending.changed:
        _pending.changed = any(entry[1] is _forget_shared for entry in connection.run_on_commit)
    return _pending.changed


def _is_current(snapshot: _Snapshot) -> bool:
    now = time.monotonic()
    if now - snapshot.checked >= CHECK_EVERY:
        if _read_version() != snapshot.version:
            return False
        snapshot.checked = now
    return True


def _read_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_FINGERPRINT)
        count, fingerprint = cursor.fetchone()
    return f"{count}-{int(fingerprint) & 0xFFFFFFFFFFFFFFFF:x}"


def _read() -> _Snapshot:
    # The version first: a change in between is then found at the next check.
    read_version = _read_version()
    every = {each.pk: each for each in Term.objects.all()}
    grouped: dict[str, list[Term]] = {}
    for each in every.values():
        if each.parent_id is not None:
            each.parent = every[each.parent_id]
        grouped.setdefault(each.vocabulary, []).append(each)
    return _Snapshot(read_version, {slug: _indexed(found) for slug, found in grouped.items()})


def _indexed(found: Iterable[Term]) -> _Vocabulary:
    found = tuple(found)
    return _Vocabulary({each.code: each for each in found}, {each.pk: each for each in found})
