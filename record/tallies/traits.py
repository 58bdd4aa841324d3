"""Which traits of a fact are counted, and under which values: in Python for single publications,
in SQL for all facts at once. A test holds the two equal.

A column that holds one term is counted by that term alone, for whoever moves a term in its
vocabulary moves no fact; sets hold the ancestors already. The status is the exception: its set is
counted by its narrowest term too, which depends on where the terms stand, so after one was moved
run ``rebuild_keys``. What is not recorded and what is
recorded as unknown are one value, 0, as the filter and the statistics have it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, NamedTuple

from record.models.tally import Trait
from record.parameter_fields import UNKNOWN
from reference.vocabularies import terms

UNRECORDED: Final = 0
"""The value of facts of which a trait is not recorded, or recorded as unknown."""


@dataclass(frozen=True, slots=True)
class Described:
    """Where a trait stands in a fact. ``is_set``: as a set with ancestors, else as one term, or as
    true or false where it has no vocabulary.
    ``by_own``: also counted by the narrowest term alone."""

    trait: Trait
    column: str
    vocabulary: str
    is_set: bool
    by_own: bool

    @property
    def unknown(self) -> int | None:
        """The term that stands for "unknown", where the vocabulary has one and a filter means the
        facts without a term by it as well."""
        if not self.by_own or not self.vocabulary:
            return None
        every = terms(self.vocabulary, hidden=True)
        return next((each.pk for each in every if each.code == UNKNOWN), None)


def _column(trait: Trait, column: str, vocabulary: str = "") -> Described:
    return Described(trait, column, vocabulary, is_set=False, by_own=True)


def _set(trait: Trait, column: str, vocabulary: str = "") -> Described:
    return Described(trait, column, vocabulary, is_set=True, by_own=False)


TRAITS: Final[Mapping[str, Described]] = {
    "status": Described(Trait.STATUS, "statuses", "victim-status", is_set=True, by_own=True),
    "sex": _column(Trait.SEX, "sex_id", "sex"),
    "age_group": _column(Trait.AGE_GROUP, "age_group_id", "age-group"),
    "agency": _set(Trait.AGENCY, "agencies"),
    "grade": _column(Trait.GRADE, "grade_id", "grade"),
    "attribution": _set(Trait.ATTRIBUTION, "attributions", "attribution"),
    "source_type": _set(Trait.SOURCE_TYPE, "source_types", "source-type"),
    "contested": _column(Trait.CONTESTED, "contested"),
}
"""By the parameter that asks for it. ``rebuild_tallies`` reads the column of each, and migration
0012 calls it: a trait of a column that comes with a later migration breaks the upgrade of a record
from before 0012, unless the counting moves to that migration."""

COLUMNS: Final = tuple(each.column for each in TRAITS.values())


class TraitCell(NamedTuple):
    """The key of a row of ``TraitTally``, in the order of its columns."""

    trait: int
    type: int
    province: int
    own: bool
    value: int


class TraitReading:
    """Reads the traits of facts; one look at the vocabularies serves many."""

    def __init__(self) -> None:
        self._unknown = {each.trait: each.unknown for each in TRAITS.values()}
        depths = {each.pk: len(each.path) for each in terms("victim-status", hidden=True)}
        self._depths = depths

    def cells(
        self, types: Sequence[int | None], province: int | None, values: Sequence[Any]
    ) -> frozenset[TraitCell]:
        """The cells of a fact with these levels of its type and these ``COLUMNS``."""
        nodes = [(0, 0), *((type_, 0) for type_ in types if type_ is not None)]
        if province is not None:
            nodes.append((0, province))
        found = list(chain.from_iterable(map(self._values, TRAITS.values(), values)))
        return frozenset(
            TraitCell(trait, *node, own, value) for node in nodes for trait, own, value in found
        )

    def _values(self, described: Described, value: Any) -> Iterator[tuple[int, bool, int]]:
        trait, unknown = int(described.trait), self._unknown[described.trait]
        if not described.is_set:
            yield trait, True, UNRECORDED if value is None or value == unknown else int(value)
            return
        yield from ((trait, False, member) for member in value)
        if not described.by_own:
            if not value:
                yield trait, False, UNRECORDED
        else:
            narrowest = max(value, key=lambda pk: (self._depths.get(pk, 0), pk), default=None)
            if narrowest is None or narrowest == unknown:
                narrowest = UNRECORDED
            yield trait, True, narrowest


def values_statement(described: Described) -> str:
    """All facts with ``own`` and ``value`` of a trait, as SQL: several rows a fact where it is a
    set. Reads ``tally_fact``."""
    column, unknown = described.column, described.unknown or -1
    if not described.is_set:
        value = f"coalesce(nullif({column}::int, {unknown}), {UNRECORDED})"
        return f"SELECT tally_fact.*, true AS own, {value} AS value FROM tally_fact"  # noqa: S608
    members = f"""
        SELECT tally_fact.*, false AS own, unnest({column}) AS value FROM tally_fact
    """  # noqa: S608 - our own names
    if not described.by_own:
        return f"""
            {members} UNION ALL
            SELECT tally_fact.*, false, {UNRECORDED} FROM tally_fact WHERE {column} = '{{}}'
        """  # noqa: S608 - our own names
    return f"""
        {members} UNION ALL
        SELECT tally_fact.*, true, narrowest.value FROM tally_fact JOIN (
            SELECT DISTINCT {column}, coalesce(nullif((
                    SELECT term.id::int FROM reference_term AS term WHERE term.id = ANY ({column})
                    ORDER BY cardinality(term.path) DESC, term.id DESC LIMIT 1
                ), {unknown}), {UNRECORDED}) AS value
            FROM tally_fact
        ) AS narrowest USING ({column})
    """  # noqa: S608 - our own names
