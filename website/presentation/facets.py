"""What a list can be narrowed by: the most frequent values, each with its exact count.

What a value's link finds is what its count says. Where the question already names one value of
a dimension, the others are offered in its place, counted for the question without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language

from record import statistics
from record.groupings import GROUPINGS
from record.kinds import Kind
from record.parameter_fields import NONE, UNKNOWN
from record.parameter_filters import TermParameter
from record.questions import Question, ask
from record.statistics import COUNTED, Bucket
from record.term_counts import countable, is_tallied, term_counts
from reference.dates import BUCKET_SPANNING
from reference.vocabularies import terms
from website.presentation.counted import BY_SIZE
from website.presentation.counts import number
from website.statistics_question import statistics_address

SHOWN: Final = 6
"""Values of one dimension; the statistics have all of them."""

OPENED: Final = 3
"""Dimensions that are seen without opening them."""

MOST: Final = 50_000
"""Objects of which all dimensions are counted for a page. Of more, only what tallies tell at once;
a narrower question has the others too."""

_PLACES: Final = ("area", "province", "division", "district")

GROUPED: Final[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = (
    (("type",), ("type",)),
    (("province", "district"), _PLACES),
    (("year",), ("year", "month")),
    (("status",), ("status",)),
    (("agency",), ("agency",)),
    (("grade",), ("grade",)),
    (("sex",), ("sex",)),
    (("age_group",), ("age_group",)),
)
"""Dimensions of what consists of facts, and the parameters that ask for one of their values. Of
several in a row, the first that divides the list."""

TERMS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.INCIDENT: ("source_type",),
    Kind.VICTIM: ("source_type",),
    Kind.VIOLATION: ("source_type",),
    Kind.AGENCY: ("agency_type",),
    Kind.LEGAL_ACTION: ("legal", "stage", "outcome", "compliance"),
    Kind.SOURCE: ("source_type",),
}
"""Parameters that choose out of sets of terms."""

_LARGEST_FIRST: Final = BY_SIZE | {"status"}
_TWINS: Final = ("", "__not", "__and")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: its count, the query string that finds exactly these, and whether it is what
    the question asks for already. ``depth`` is its level among the values shown."""

    label: str
    count: int
    query: str
    unknown: bool = False
    current: bool = False
    depth: int = 0

    @property
    def words(self) -> str:
        """The count as the reader's language writes it."""
        return number(self.count)


@dataclass(frozen=True, slots=True)
class Facet:
    """A dimension with its values. ``instead``: they take the place of what was asked.

    ``more`` is the address of all values counted, where there are more than shown.
    """

    name: str
    title: str | Promise
    values: tuple[FacetValue, ...]
    instead: bool
    more: str
    open: bool = False


def facets(kind: Kind, question: Question, count: int) -> list[Facet]:
    """The dimensions that divide what a question finds, in one order. ``count`` is how many it
    finds. A fixed number of queries for each dimension, however much is found."""
    found = []
    many = count > MOST
    if kind.plural in COUNTED:
        found += [_grouped(kind, question, *each, many=many) for each in GROUPED]
    found += [_of_terms(kind, question, name, many=many) for name in TERMS[kind]]
    return [
        Facet(each.name, each.title, each.values, each.instead, each.more, position < OPENED)
        for position, each in enumerate(each for each in found if each is not None)
    ]


def _grouped(
    kind: Kind,
    question: Question,
    names: Sequence[str],
    parameters: Sequence[str],
    *,
    many: bool,
) -> Facet | None:
    """The first of some dimensions by which what is found divides, else what is beside it.
    ``many``: too much is found for what tallies do not tell."""
    given = [code for name in parameters for code in question.spelled(name)]
    for name in names:
        if many and not statistics.is_tallied(question, name):
            continue
        if facet := _buckets(kind, question, name, given, instead=False):
            return facet
    if not given:
        return None
    wider = _without(kind, question, parameters)
    if many and not statistics.is_tallied(wider, names[-1]):
        return None
    return _buckets(kind, wider, names[-1], given, instead=True)


def _buckets(
    kind: Kind, question: Question, name: str, given: Sequence[str], *, instead: bool
) -> Facet | None:
    """A dimension of what a question finds; None where it does not divide."""
    found = question.statistics([name])
    buckets = [bucket for bucket in found.buckets if bucket.count and bucket.link]
    if len(buckets) < 2:
        return None
    shown = _most_telling(name, buckets)
    values = [_value(kind, question, name, bucket, given) for bucket in shown]
    if name in _LARGEST_FIRST:
        values.sort(key=lambda value: (value.unknown, -value.count))
    more = ""
    if len(buckets) > len(shown):
        own = f"unit={question.unit}&group_by={name}"
        query = question.filter_query
        more = statistics_address(f"{own}&{query}" if query else own)
    return Facet(name, found.dimensions[0].label, tuple(values), instead, more)


def _most_telling(name: str, buckets: list[Bucket]) -> list[Bucket]:
    """The largest, or the latest years; what is not known well enough always, and last."""
    vague = [bucket for bucket in buckets if bucket.unknown or bucket.code == BUCKET_SPANNING]
    known = [bucket for bucket in buckets if bucket not in vague]
    if name == "year":
        known.sort(key=lambda bucket: bucket.code, reverse=True)
    elif name in _LARGEST_FIRST:
        known.sort(key=lambda bucket: -bucket.count)
    return [*known[:SHOWN], *vague]


def _value(
    kind: Kind, question: Question, name: str, bucket: Bucket, given: Sequence[str]
) -> FacetValue:
    query, count = str(bucket.link), bucket.count
    if bucket.values[0].without:
        # Its bucket leaves out the narrower terms; who chooses a term means these as well.
        query = question.link(page=None, cursor=None, **{GROUPINGS[name].parameter: bucket.code})
        count = ask(kind.plural, QueryDict(query), lenient_blanks=True).count()
    return FacetValue(bucket.label, count, query, bucket.unknown, [bucket.code] == [*given])


def _of_terms(kind: Kind, question: Question, name: str, *, many: bool) -> Facet | None:
    if not countable(question, name):
        return None
    base = _without(kind, question, [name])
    if many and not is_tallied(base, name):
        return None
    parameter = question.filters.filters[name]
    assert isinstance(parameter, TermParameter)  # noqa: S101 - what is countable is one
    given = question.spelled(name)
    counts = term_counts(base, name)
    every = [each for each in terms(parameter.vocabulary, hidden=True) if each.code != UNKNOWN]
    most = sorted((each for each in every if each.pk in counts), key=lambda t: -counts[t.pk])
    shown = set(most[:SHOWN])
    language = get_language() or "en"

    def value(code: str, label: str, count: int, depth: int = 0) -> FacetValue:
        query = base.link(page=None, cursor=None, **{name: code})
        unknown = code in (UNKNOWN, NONE)
        return FacetValue(label, count, query, unknown, [code] == given, depth)

    values = [
        value(each.code, each.label_in(language), counts[each.pk], _depth(each.path, shown))
        for each in every
        if each in shown
    ]
    if nothing := _without_any(parameter, counts):
        values.append(value(parameter.reserved, str(parameter.bare_label), nothing))
    whole = base.count()
    if len(values) < 2 or all(value.count == whole for value in values):
        return None
    return Facet(name, parameter.label, tuple(values), bool(given), "")


def _depth(path: Sequence[int], shown: Iterable[object]) -> int:
    """How many of the terms above are shown."""
    return sum(getattr(each, "pk", None) in path[:-1] for each in shown)


def _without_any(parameter: TermParameter, counts: dict[int | None, int]) -> int:
    """How many are found by the reserved word; 0 where it cannot be said from these counts."""
    if not parameter.reserved:
        return 0
    recorded = 0
    if parameter.reserved == UNKNOWN:
        vocabulary = terms(parameter.vocabulary, hidden=True)
        recorded = sum(counts.get(each.pk, 0) for each in vocabulary if each.code == UNKNOWN)
    if recorded and not parameter.own:
        # One object may have facts of both sorts; their numbers do not add up.
        return 0
    return counts.get(None, 0) + recorded


def _without(kind: Kind, question: Question, parameters: Sequence[str]) -> Question:
    """The same question without these parameters; itself where it has none of them."""
    names = [f"{parameter}{twin}" for parameter in parameters for twin in _TWINS]
    given = [name for name in names if name in question.values]
    if not given:
        return question
    query = question.link(page=None, cursor=None, **dict.fromkeys(given))
    return ask(kind.plural, QueryDict(query), lenient_blanks=True)
