"""By what acts are counted: how an act falls into buckets, and which acts lie in one of them.

Each dimension has one bucket for what is not known, which is never left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models import Value as Literal
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from incidents.counting.dates import HAPPENED
from incidents.models import Agency, Incident, Involvement, StaffMember, StatusEntry
from reference.date_queries import bucket_of
from reference.date_text import render_bucket
from reference.dates import BUCKET_SPANNING, BUCKET_UNKNOWN, UncertainDate, UncertainDateError
from reference.models import Area
from reference.vocabularies import UnknownTerm, term, terms

NOTHING: Final = "-"
"""Code of the bucket of what is not known or not entered. No code of a list is a hyphen."""

UNKNOWN: Final = "unknown"
"""Code of the term of a list for what somebody asked and nobody could tell."""

_IDS: Final = ArrayField(BigIntegerField())


class NoSuchBucket(ValueError):
    """A code that stands for no bucket of a dimension."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One row or column of a table: its code, what it is called, whether it is the unknown, and
    its place among the others."""

    code: str
    label: str
    unknown: bool = False
    rank: tuple[Any, ...] = field(default=(), compare=False)


class Unnest(Func):
    """The members of a set, one a row."""

    function = "unnest"
    set_returning = True
    output_field = BigIntegerField()


class _IsAmong(Func):
    """Whether a value is a member of an array."""

    template, arg_joiner = "%(expressions)s)", " = ANY("
    output_field = BooleanField()


class Dimension:
    """One thing to count by. ``overlapping``: an act can lie in several buckets."""

    overlapping = False

    def __init__(self, name: str, label: Any) -> None:
        self.name, self.label = name, label

    def expression(self, member: StaffMember) -> Any:
        """What acts of ``counted_acts`` are grouped by; NULL is the unknown."""
        raise NotImplementedError

    def only(self, acts: QuerySet[Any], code: str, member: StaffMember) -> QuerySet[Any]:
        """The acts in one bucket. Raises NoSuchBucket."""
        value = None if code == NOTHING else self.value(code)
        column = f"{self.name}_bucket"
        wanted = Q(**{f"{column}__isnull": True}) if value is None else Q(**{column: value})
        found: QuerySet[Any] = acts.alias(**{column: self.expression(member)}).filter(wanted)
        return found

    def value(self, code: str) -> Any:
        """What the expression gives for a bucket. Raises NoSuchBucket."""
        raise NotImplementedError

    def buckets(self, values: Iterable[Any]) -> Mapping[Any, Bucket]:
        """The buckets of what was found, None among them. At most one query."""
        raise NotImplementedError


class _ByDistrict(Dimension):
    """The district of the place of an act, or of its case where it has no place of its own."""

    def expression(self, member: StaffMember) -> Any:
        path = Coalesce(OuterRef("area__path"), OuterRef("incident__area__path"))
        districts = Area.objects.at_level(Area.Level.DISTRICT).order_by()
        return Subquery(districts.filter(_IsAmong(F("pk"), path)).values("pk")[:1])

    def value(self, code: str) -> Any:
        if "\0" in code:  # which the database takes in no text
            raise NoSuchBucket(code)
        found = Area.objects.at_level(Area.Level.DISTRICT).filter(code=code).first()
        if found is None:
            raise NoSuchBucket(code)
        return found.pk

    def buckets(self, values: Iterable[Any]) -> Mapping[Any, Bucket]:
        language = get_language() or ""
        found: dict[int | None, Bucket] = {None: _unknown(gettext("district not known"))}
        for area in Area.objects.filter(pk__in=[each for each in values if each is not None]):
            label = area.label_in(language)
            found[area.pk] = Bucket(area.code, label, rank=(label.casefold(),))
        return found


class _ByTerm(Dimension):
    """The term that was chosen, not the wider ones above it. ``nothing`` is what an empty box is
    called, which is another thing than the term “unknown”; None where no box can be empty."""

    def __init__(self, name: str, label: Any, vocabulary: str, nothing: Any) -> None:
        super().__init__(name, label)
        self.vocabulary, self.nothing = vocabulary, nothing

    def expression(self, member: StaffMember) -> Any:
        return F("type_id")

    def value(self, code: str) -> Any:
        try:
            return term(self.vocabulary, code).pk
        except UnknownTerm as error:
            raise NoSuchBucket(code) from error

    def buckets(self, values: Iterable[Any]) -> Mapping[Any, Bucket]:
        found: dict[Any, Bucket] = {}
        for place, each in enumerate(terms(self.vocabulary, hidden=True)):
            found[each.pk] = Bucket(each.code, each.label, each.code == UNKNOWN, (0, place))
        if self.nothing is None:
            return {**found, None: found[term(self.vocabulary, UNKNOWN).pk]}
        return {**found, None: Bucket(NOTHING, str(self.nothing), unknown=True, rank=(1,))}


class _ByStatus(_ByTerm):
    """The latest status of the victim that the reader may know of."""

    def expression(self, member: StaffMember) -> Any:
        known = Incident.objects.visible_to(member).order_by().values("pk")
        entries = StatusEntry.objects.filter(incident__in=known, person=OuterRef("person"))
        return Subquery(entries.in_order().reverse().values("status")[:1])


class _ByPeriod(Dimension):
    """Months or years, with the places for what is known less exactly."""

    def expression(self, member: StaffMember) -> Any:
        return bucket_of(HAPPENED, "month" if self.name == "month" else "year")

    def value(self, code: str) -> Any:
        if code in (BUCKET_UNKNOWN, BUCKET_SPANNING):
            return code
        try:
            whole = UncertainDate.parse(code.removesuffix("-XX") if self.name == "month" else code)
        except UncertainDateError as error:
            raise NoSuchBucket(code) from error
        if whole.is_unknown:
            raise NoSuchBucket(code)
        return code

    def buckets(self, values: Iterable[Any]) -> Mapping[Any, Bucket]:
        unknown = Bucket(BUCKET_UNKNOWN, render_bucket(BUCKET_UNKNOWN), True)
        found: dict[Any, Bucket] = {None: unknown, BUCKET_UNKNOWN: unknown}
        for code in {*values} - {None, BUCKET_UNKNOWN}:
            found[code] = Bucket(code, render_bucket(code), rank=(code == BUCKET_SPANNING, code))
        return found


class _ByAgency(Dimension):
    """Agencies alleged to be responsible, for this act or for its whole case."""

    overlapping = True

    def expression(self, member: StaffMember) -> Any:
        return agencies_of_acts()

    def only(self, acts: QuerySet[Any], code: str, member: StaffMember) -> QuerySet[Any]:
        named = _alleged()
        if code == NOTHING:
            return acts.filter(~Exists(named))
        return acts.filter(Exists(named.filter(agency=self.value(code))))

    def value(self, code: str) -> Any:
        if not code.isdecimal() or len(code) > 18:
            raise NoSuchBucket(code)
        return int(code)

    def buckets(self, values: Iterable[Any]) -> Mapping[Any, Bucket]:
        found: dict[int | None, Bucket] = {None: _unknown(gettext("no agency named"))}
        for each in Agency.objects.filter(pk__in=[key for key in values if key is not None]):
            found[each.pk] = Bucket(str(each.pk), str(each), rank=(each.name.casefold(),))
        return found


def agencies_of_acts() -> Unnest:
    """The agencies alleged to be responsible for an act, one a row; NULL where none is named."""
    found = ArraySubquery(_alleged().values("agency").distinct())
    nobody = Literal([None], output_field=_IDS)
    return Unnest(Coalesce(NullIf(found, Literal([], output_field=_IDS)), nobody))


def _alleged() -> QuerySet[Involvement]:
    of_act = Q(violation=OuterRef("pk")) | Q(violation__isnull=True)
    named = Involvement.objects.filter(incident=OuterRef("incident"), agency__isnull=False)
    return named.filter(of_act).order_by()


def _unknown(label: str) -> Bucket:
    return Bucket(NOTHING, label, unknown=True)


DIMENSIONS: Final[Mapping[str, Dimension]] = {
    each.name: each
    for each in (
        _ByDistrict("district", _("district")),
        _ByTerm("type", _("what was done"), "violation-type", None),
        _ByStatus("status", _("status of the victim"), "victim-status", _("no status entered")),
        _ByPeriod("month", _("month")),
        _ByPeriod("year", _("year")),
        _ByAgency("agency", _("agency alleged responsible")),
    )
}
"""In the order in which they are offered."""
