"""The matching rules of ``reference.dates`` as conditions on columns.

``start`` and ``end`` are prefixes: ``start`` stands for the columns ``start_earliest`` and
``start_latest``, as the fields of ``reference.fields`` are named. A bound that is NULL is open;
both NULL is an unknown date, which matches no range and has a condition of its own. A limit of
None leaves the range open on that side. No condition is ever NULL, so each may be negated.

A test holds every rule here equal to its function in ``reference.dates``.
"""

from datetime import date
from typing import Literal

from django.db.models import Case, CharField, F, Func, Q, Value, When
from django.db.models.functions import Concat, ExtractMonth, ExtractYear

from reference.dates import BUCKET_SPANNING, BUCKET_UNKNOWN, check_range

# An empty Q() vanishes from an OR instead of making it true.
_ALWAYS = ~Q(pk__in=[])


def date_unknown(prefix: str) -> Q:
    """Nothing is known about the date."""
    return Q(**{f"{prefix}_earliest__isnull": True, f"{prefix}_latest__isnull": True})


def possible_between(prefix: str, first: date | None, last: date | None) -> Q:
    """The date can lie from ``first`` to ``last``, both included; holds for certain ones too."""
    check_range(first, last)
    return (
        ~date_unknown(prefix)
        & _maybe_until(f"{prefix}_earliest", last)
        & _maybe_from(f"{prefix}_latest", first)
    )


def certain_between(prefix: str, first: date | None, last: date | None) -> Q:
    """The date surely lies from ``first`` to ``last``, both included."""
    check_range(first, last)
    return (
        ~date_unknown(prefix)
        & _surely_from(f"{prefix}_earliest", first)
        & _surely_until(f"{prefix}_latest", last)
    )


def ongoing_possible(
    start: str, end: str, open_ended: str, first: date | None, last: date | None
) -> Q:
    """The act can have been going on at a time in the range; holds for certain ones too.

    ``open_ended`` is the boolean column saying that a missing end means "not ended".
    """
    not_over = (
        (~date_unknown(end) & _maybe_from(f"{end}_latest", first))
        | _not_ended(end, open_ended)
        | (_end_unknown(end, open_ended) & _maybe_from(f"{start}_latest", first))
    )
    return _maybe_begun(start, first, last) & not_over


def ongoing_certain(
    start: str, end: str, open_ended: str, first: date | None, last: date | None
) -> Q:
    """The act was surely going on at a time in the range."""
    began_within = _surely_from(f"{start}_earliest", first)
    ended_later = _surely_from(f"{end}_earliest", first) & _end_after_start(start, end)
    surely = (
        (~date_unknown(end) & _maybe_from(f"{end}_latest", first) & (began_within | ended_later))
        | _not_ended(end, open_ended)
        | (_end_unknown(end, open_ended) & began_within)
    )
    return _maybe_begun(start, first, last) & _surely_until(f"{start}_latest", last) & surely


def ongoing_unknown(
    start: str, end: str, open_ended: str, first: date | None, last: date | None
) -> Q:
    """Whether the act was going on in the range cannot be said.

    Its start is unknown; or it surely began before the range and its end is not recorded.
    """
    over_or_not = ~_maybe_from(f"{start}_latest", first) & _end_unknown(end, open_ended)
    return date_unknown(start) | (_maybe_begun(start, first, last) & over_or_not)


def bucket_of(prefix: str, by: Literal["month", "year"]) -> Case:
    """Return the bucket of a date as ``UncertainDate.bucket`` does, to group rows by."""
    earliest, latest = f"{prefix}_earliest", f"{prefix}_latest"
    same_year = Q(**{f"{earliest}__year": ExtractYear(latest)})
    same_month = same_year & Q(**{f"{earliest}__month": ExtractMonth(latest)})
    cases = [When(date_unknown(prefix), then=Value(BUCKET_UNKNOWN))]
    if by == "month":
        cases += [
            When(same_month, then=_written(earliest, "YYYY-MM")),
            When(same_year, then=Concat(_written(earliest, "YYYY"), Value("-XX"))),
        ]
    else:
        cases += [When(same_year, then=_written(earliest, "YYYY"))]
    return Case(*cases, default=Value(BUCKET_SPANNING), output_field=CharField())


def _written(column: str, pattern: str) -> Func:
    return Func(F(column), Value(pattern), function="to_char", output_field=CharField())


def _maybe_begun(start: str, first: date | None, last: date | None) -> Q:
    check_range(first, last)
    return ~date_unknown(start) & _maybe_until(f"{start}_earliest", last)


def _not_ended(end: str, open_ended: str) -> Q:
    return date_unknown(end) & Q(**{open_ended: True})


def _end_unknown(end: str, open_ended: str) -> Q:
    return date_unknown(end) & Q(**{open_ended: False})


def _end_after_start(start: str, end: str) -> Q:
    return Q(
        **{
            f"{start}_latest__isnull": False,
            f"{end}_earliest__gte": F(f"{start}_latest"),
        }
    )


def _surely_from(column: str, first: date | None) -> Q:
    if first is None:
        return _ALWAYS
    return Q(**{f"{column}__isnull": False, f"{column}__gte": first})


def _surely_until(column: str, last: date | None) -> Q:
    if last is None:
        return _ALWAYS
    return Q(**{f"{column}__isnull": False, f"{column}__lte": last})


def _maybe_from(column: str, first: date | None) -> Q:
    if first is None:
        return _ALWAYS
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": first})


def _maybe_until(column: str, last: date | None) -> Q:
    if last is None:
        return _ALWAYS
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lte": last})
