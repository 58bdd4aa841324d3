"""What counts can be grouped by: how a fact falls into buckets, and how each is asked for.

A bucket's question chooses exactly the facts that fell into it. A term's own bucket holds what
has no narrower term, so its question leaves the narrower terms out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from record.models import AgencyEntry, Entry, SourceEntry
from record.parameter_fields import NONE, UNKNOWN
from record.resources import Unnest
from reference.date_queries import bucket_of
from reference.date_text import render_bucket
from reference.dates import BUCKET_SPANNING, BUCKET_UNKNOWN
from reference.models.area import Area
from reference.models.vocabulary import Term
from reference.names import script_of, sort_key_urdu
from reference.vocabularies import terms

_IDS: Final = ArrayField(IntegerField())
_NOBODY: Final = 0


@dataclass(frozen=True, slots=True)
class BucketValue:
    """One value of a dimension: its code, its label in the reader's language and whether it
    stands for "not known" or "nothing recorded". ``asked_by`` are the codes that ask for it, its
    own where there are none; None where it cannot be asked for."""

    code: str
    label: str
    unknown: bool = False
    without: tuple[str, ...] = field(default=(), compare=False)
    rank: tuple[Any, ...] = field(default=(), compare=False)
    asked_by: tuple[str, ...] | None = field(default=(), compare=False)


class Grouping:
    """A dimension. ``parameter`` asks for one of its buckets.

    ``overlapping``: a bucket may be wider than what the question asked of the same parameter
    (a group of types), or share facts with another (agencies), so that asking for a bucket must
    be added to the question instead of taking its place.
    """

    overlapping = False

    def __init__(self, label: Any, parameter: str) -> None:
        self.label = label
        self.parameter = parameter

    def expression(self) -> Any:
        """What facts are grouped by."""
        raise NotImplementedError

    def members(self) -> Any:
        """The set of which ``expression`` has one member a row; None where it is no set."""
        return None

    def values(self, raws: Iterable[Any], language: str) -> dict[Any, BucketValue]:
        """The bucket of each grouped value; None is always among them."""
        raise NotImplementedError

    def nothing(self, values: Mapping[Any, BucketValue], unit: str) -> BucketValue:
        """The bucket that is shown even when it is empty."""
        return values[None]


class AreaGrouping(Grouping):
    """Areas of one level. What has none may well be placed at a level above it."""

    def __init__(self, label: Any, parameter: str, unknown: Any) -> None:
        super().__init__(label, parameter)
        self.unknown = unknown

    def expression(self) -> Any:
        return F(f"{self.parameter}_id")

    def values(self, raws: Iterable[Any], language: str) -> dict[Any, BucketValue]:
        found: dict[Any, BucketValue] = {None: _unknown(str(self.unknown))}
        areas = Area.objects.filter(pk__in=[raw for raw in raws if raw is not None])
        for area in areas.only("code", "name", "name_local"):
            name = area.label_in(language)
            found[area.pk] = BucketValue(area.code, name, rank=_by_name(name))
        return found


class PeriodGrouping(Grouping):
    """Months or years of the date on which something began."""

    def expression(self) -> Any:
        return bucket_of("start", "month" if self.parameter == "month" else "year")

    def values(self, raws: Iterable[Any], language: str) -> dict[Any, BucketValue]:
        codes = {*raws, BUCKET_UNKNOWN} - {None}
        values = {code: _period(code, language) for code in codes}
        return {**values, None: values[BUCKET_UNKNOWN]}


@lru_cache(maxsize=20_000)
def _period(code: str, _language: str) -> BucketValue:
    """The bucket of a period, named in the active language, which is told to keep them apart."""
    if code == BUCKET_UNKNOWN:
        return _unknown(render_bucket(code))
    # "2006-XX" sorts after the months of 2006, the dates of several years after all years.
    return BucketValue(code, render_bucket(code), rank=(code == BUCKET_SPANNING, code))


class TermGrouping(Grouping):
    """The most specific term of a fact, out of one column or of a set with ancestors."""

    def __init__(
        self, label: Any, parameter: str, vocabulary: str, column: str = "", ids: str = ""
    ) -> None:
        super().__init__(label, parameter)
        self.vocabulary, self.column, self.ids = vocabulary, column, ids

    def expression(self) -> Any:
        unknown = next((each for each in self._terms() if each.code == UNKNOWN), None)
        if self.ids:
            path = Value(sorted(unknown.path) if unknown else [], output_field=_IDS)
            return Case(When(**{self.ids: []}, then=path), default=F(self.ids), output_field=_IDS)
        column = F(f"{self.column}_id")
        return Coalesce(column, Value(unknown.pk)) if unknown else column

    def values(self, raws: Iterable[Any], language: str) -> dict[Any, BucketValue]:
        found: dict[Any, BucketValue] = {}
        every = self._terms()
        narrower: dict[int | None, list[str]] = defaultdict(list)
        for each in every:
            narrower[each.parent_id].append(each.code)
        for position, each in enumerate(every):
            value = BucketValue(
                each.code,
                each.label_in(language),
                each.code == UNKNOWN,
                tuple(narrower[each.pk]),
                (position,),
            )
            found[tuple(sorted(each.path)) if self.ids else each.pk] = value
        unknown = next((value for value in found.values() if value.unknown), None)
        nothing = unknown or _unknown(gettext("unknown"))
        return {**found, (): nothing, None: nothing}

    def _terms(self) -> tuple[Term, ...]:
        return terms(self.vocabulary, hidden=True)


class TypeGrouping(TermGrouping):
    """Violation types: the most specific one, or the top level."""

    def __init__(self, label: Any, *, top: bool = False) -> None:
        super().__init__(label, "type", "violation-type", column="type_1")
        self.top = top
        self.overlapping = top

    def expression(self) -> Any:
        if self.top:
            return F("type_1_id")
        return Coalesce(F("type_3_id"), F("type_2_id"), F("type_1_id"))

    def values(self, raws: Iterable[Any], language: str) -> dict[Any, BucketValue]:
        found = super().values(raws, language)
        if self.top:
            found = {
                raw: BucketValue(value.code, value.label, value.unknown, rank=value.rank)
                for raw, value in found.items()
            }
        return {**found, None: _unknown(gettext("no recorded violation"), NONE)}

    def nothing(self, values: Mapping[Any, BucketValue], unit: str) -> BucketValue:
        """Only incidents can be without a violation; elsewhere its kind may be unknown."""
        unknown = [value for value in values.values() if value.code == UNKNOWN]
        return values[None] if unit == "incidents" or not unknown else unknown[0]


class NamedGrouping(Grouping):
    """Published objects that stand in a set of a fact: agencies alleged responsible, each together
    with its sub-units, or the sources it rests on. Buckets overlap."""

    overlapping = True

    def __init__(
        self, label: Any, parameter: str, ids: str, entries: type[Entry], nobody: Any
    ) -> None:
        super().__init__(label, parameter)
        self.ids, self.entries, self.nobody = ids, entries, nobody

    def expression(self) -> Any:
        return Unnest(self.members())

    def members(self) -> Any:
        return _or_nobody(self.ids)

    def values(self, raws: Iterable[Any], language: str) -> dict[Any, BucketValue]:
        nobody = _unknown(str(self.nobody), NONE)
        found: dict[Any, BucketValue] = {None: nobody, _NOBODY: nobody}
        named = self.entries.objects.filter(pk__in=[raw for raw in raws if raw])
        for pk, reference, document in named.values_list("pk", "reference", "document"):
            name = _name_in(document, language) or reference
            found[pk] = BucketValue(reference, name, rank=_by_name(name))
        return found


def _by_name(name: str) -> tuple[str, ...]:
    """What sorts names in either script as a reader expects."""
    return (sort_key_urdu(name) if script_of(name) == "arabic" else name.casefold(),)


def _name_in(document: str, language: str) -> str:
    content = json.loads(document or "{}")
    name = content.get("name") or content.get("title") or ""
    local = content.get("name_local") or content.get("title_local")
    return name if language.startswith("en") else local or name


class TermsGrouping(Grouping):
    """Terms of which a fact may have several, each with all below it: what the accused side says,
    the kinds of source it rests on. Buckets overlap."""

    overlapping = True

    def __init__(self, label: Any, parameter: str, vocabulary: str, ids: str, nothing: Any) -> None:
        super().__init__(label, parameter)
        self.vocabulary, self.ids, self.absent = vocabulary, ids, nothing

    def expression(self) -> Any:
        return Unnest(self.members())

    def members(self) -> Any:
        return _or_nobody(self.ids)

    def values(self, raws: Iterable[Any], language: str) -> dict[Any, BucketValue]:
        nothing = _unknown(str(self.absent), NONE)
        found: dict[Any, BucketValue] = {None: nothing, _NOBODY: nothing}
        for position, each in enumerate(terms(self.vocabulary, hidden=True)):
            found[each.pk] = BucketValue(each.code, each.label_in(language), rank=(position,))
        return found


def _or_nobody(column: str) -> Case:
    """The set, or one that holds nobody: unnesting an empty set would lose the row."""
    nobody = Value([_NOBODY], output_field=_IDS)
    return Case(When(**{column: []}, then=nobody), default=F(column), output_field=_IDS)


def _unknown(label: str, code: str = UNKNOWN) -> BucketValue:
    return BucketValue(code, label, unknown=True)


GROUPINGS: Final[Mapping[str, Grouping]] = {
    "province": AreaGrouping(_("Province"), "province", _("province unknown")),
    "division": AreaGrouping(_("Division"), "division", _("division unknown")),
    "district": AreaGrouping(_("District"), "district", _("district unknown")),
    "tehsil": AreaGrouping(_("Tehsil"), "tehsil", _("tehsil unknown")),
    "month": PeriodGrouping(_("Month"), "month"),
    "year": PeriodGrouping(_("Year"), "year"),
    "type": TypeGrouping(_("Violation")),
    "type_group": TypeGrouping(_("Group of violations"), top=True),
    "status": TermGrouping(_("Status of the victim"), "status", "victim-status", ids="statuses"),
    "sex": TermGrouping(_("Sex"), "sex", "sex", column="sex"),
    "age_group": TermGrouping(_("Age group"), "age_group", "age-group", column="age_group"),
    "agency": NamedGrouping(
        _("Alleged responsible"), "agency", "agencies", AgencyEntry, _("nobody named")
    ),
    "grade": TermGrouping(_("How well established"), "grade", "grade", column="grade"),
    "source": NamedGrouping(
        _("Source"), "source", "sources", SourceEntry, _("no published source")
    ),
    "source_type": TermsGrouping(
        _("Kind of source"),
        "source_type",
        "source-type",
        "source_types",
        _("no published source"),
    ),
    "attribution": TermsGrouping(
        _("What the accused side says"),
        "attribution",
        "attribution",
        "attributions",
        _("nothing recorded"),
    ),
}
