"""The vocabularies whose words stand in published records, and what each term means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from record.filters import FILTERS
from record.kinds import Kind
from record.parameter_filters import TermParameter
from record.public_vocabularies import PUBLIC_VOCABULARIES
from reference.models import Term
from reference.models.vocabulary import VOCABULARY_INDEX
from reference.vocabularies import term, terms
from website.resources import list_address

_ASKED_OF: Final = (Kind.VIOLATION, Kind.LEGAL_ACTION, Kind.SOURCE, Kind.INCIDENT)


@dataclass(frozen=True, slots=True)
class Explained:
    """A term: its labels in both languages, what it means and the list of records that bear it."""

    code: str
    label: str
    other_label: str
    definition: str
    huridocs: str
    depth: int
    hidden: bool
    address: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary: its slug, title, purpose and number of terms."""

    slug: str
    title: str
    purpose: str
    size: int


def vocabularies_explained() -> list[Vocabulary]:
    """Every vocabulary of the record, in order."""
    return [vocabulary_explained(slug) for slug in PUBLIC_VOCABULARIES]


def vocabulary_explained(slug: str) -> Vocabulary:
    """A vocabulary. Raises ``UnknownTerm`` where there is none of that name."""
    named = term(VOCABULARY_INDEX, slug)
    return Vocabulary(slug, named.label, named.definition, len(terms(slug)))


def terms_explained(slug: str, reader: str) -> list[Explained]:
    """The terms of a vocabulary in the order of its tree; those out of use come last."""
    parameter = _parameters().get(slug)
    found = [_explained(each, reader, parameter) for each in terms(slug, hidden=True)]
    return sorted(found, key=lambda each: each.hidden)


def _explained(each: Term, reader: str, parameter: tuple[Kind, str] | None) -> Explained:
    other = each.label_in("en" if reader == "ur" else "ur")
    address = list_address(parameter[0], f"{parameter[1]}={each.code}") if parameter else ""
    return Explained(
        code=each.code,
        label=each.label_in(reader),
        other_label="" if other == each.label_in(reader) else other,
        definition=each.definition_in(reader),
        huridocs=each.huridocs,
        depth=len(each.path) - 1,
        hidden=each.hidden,
        address=address,
    )


@cache
def _parameters() -> Mapping[str, tuple[Kind, str]]:
    """The kind of record and the parameter that ask for the terms of a vocabulary."""
    found: dict[str, tuple[Kind, str]] = {}
    for kind in _ASKED_OF:
        for name, parameter in _plain(FILTERS[kind.plural].base_filters):
            found.setdefault(parameter.vocabulary, (kind, name))
    return found


def _plain(parameters: Mapping[str, object]) -> Iterable[tuple[str, TermParameter]]:
    for name, parameter in parameters.items():
        if isinstance(parameter, TermParameter) and not parameter.exclude and "__" not in name:
            yield name, parameter
