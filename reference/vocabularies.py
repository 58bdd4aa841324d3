"""Vocabularies as the rest of the program uses them: terms by code, without a query each.

Published documents hold codes; pages, files and the API turn them into the reader's language
here. All terms fit into memory (about a thousand), so the first look-up reads the whole table and
later ones cost nothing. How edits arrive, ``reference.kept`` tells: those made elsewhere within
``CHECK_EVERY`` seconds.

The terms returned are shared: read them, and fetch your own from the database to change one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from reference.kept import Kept, fingerprint
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
    return _kept.version()


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
    _kept.forget()


@receiver([post_save, post_delete], sender=Term, dispatch_uid="reference.vocabularies.edited")
def _after_edit(**signal: Any) -> None:
    clear_cache()


@receiver(post_migrate, dispatch_uid="reference.vocabularies.migrated")
def _after_migration(**signal: Any) -> None:
    # Also sent when a transactional test empties the tables.
    _kept.forget_shared()


def _vocabulary(slug: str) -> _Vocabulary:
    found = _kept.value()
    try:
        return found[slug]
    except KeyError:
        raise UnknownTerm(VOCABULARY_INDEX, slug, get_close_matches(slug, found)) from None


def _read() -> Mapping[str, _Vocabulary]:
    every = {each.pk: each for each in Term.objects.all()}
    grouped: dict[str, list[Term]] = {}
    for each in every.values():
        if each.parent_id is not None:
            each.parent = every[each.parent_id]
        grouped.setdefault(each.vocabulary, []).append(each)
    return {slug: _indexed(found) for slug, found in grouped.items()}


def _indexed(found: Iterable[Term]) -> _Vocabulary:
    found = tuple(found)
    return _Vocabulary({each.code: each for each in found}, {each.pk: each for each in found})


_kept: Final = Kept(_read, lambda: fingerprint(Term), lambda: CHECK_EVERY)
