"""What one parameter does: the condition it sets and the phrase by which it is told.

A condition speaks of a row of ``Fact``, or, where ``own`` is set, of the key row of the listed
object itself. A phrase is a whole translatable sentence around ``%(what)s``, the sentence so
far, so that each language keeps its own word order.
"""

import copy
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayContainedBy  # type: ignore[attr-defined]
from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import In
from django.utils.text import format_lazy, get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import Filter

from record.coded_fields import (
    AgenciesField,
    AreasField,
    PeriodsField,
    SourcesField,
    TermsField,
    period_bounds,
)
from record.models import AgencyKey, Revision
from record.name_search import victims_named
from record.parameter_fields import (
    NONE,
    UNKNOWN,
    DateBoundField,
    KeysField,
    Members,
    MomentField,
    NumberField,
    OneOfField,
    TokenField,
    YesNoField,
)
from record.succession import name_over_time
from record.text_fields import NamesField, SoughtWords, WordsField
from reference.date_queries import bucket_of, certain_between
from reference.date_text import render_bucket
from reference.models.area import Area
from reference.models.vocabulary import Term
from reference.vocabularies import terms

_NEVER: Final = Q(pk__in=())
_LEVEL_COLUMNS: Final = ("province", "division", "district")
_NO_SEQUENCE: Final = 2**63 - 1


# The index on sets finds what is contained in a set by reading itself whole, so this keeps it out.
_AREAS_ALONE: Final = Func(
    F("areas"),
    Value([], output_field=ArrayField(IntegerField())),
    function="array_cat",
    output_field=ArrayField(IntegerField()),
)


class Parameter(Filter):  # type: ignore[misc]
    """A parameter given at most once that by itself narrows nothing, such as ``page``."""

    negatable = False

    def __init__(
        self,
        *,
        label: Any,
        phrase: Any = "",
        phrase_not: Any = "",
        phrase_and: Any = "",
        own: bool = False,
        **extra: Any,
    ) -> None:
        super().__init__(label=label, **extra)
        self.phrase = phrase
        self.phrase_not = phrase_not
        self.phrase_and = phrase_and
        self.own = own

    def twins(self) -> "dict[str, Parameter]":
        """The variants of this parameter by the ending of their names: one that excludes, and
        one that must hold as well, where a row can have several values at once."""
        twins = {}
        if self.negatable:
            twins["__not"] = self._twin(_("Leave out"), exclude=True)
        if self.phrase_and:
            twins["__and"] = self._twin(_("And also"), phrase=self.phrase_and)
        return twins

    def _twin(self, word: Any, **changes: Any) -> "Parameter":
        twin = copy.copy(self)
        twin.label = format_lazy("{}: {}", word, self.label)
        for name, value in changes.items():
            setattr(twin, name, value)
        return twin

    def condition(self, value: Any) -> Q | None:
        """The rows chosen by a cleaned value; None where the parameter chooses none."""
        return None

    def chosen(self, value: Any) -> Q | None:
        """The condition, turned round for an excluding twin."""
        condition = self.condition(value)
        return ~condition if self.exclude and condition is not None else condition

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Narrow a queryset, as django-filter asks of a filter."""
        condition = None if value is None else self.chosen(value)
        return queryset if condition is None else queryset.filter(condition)

    def spelled(self, value: Any) -> list[str]:
        """The canonical spelling, as it stands in a link."""
        return [str(value)]

    def words(self, value: Any, language: str) -> Mapping[str, str]:
        """What fills the placeholders of the phrase, ``what`` apart."""
        return {"value": self.spelled(value)[0]}

    def tell(self, what: str, value: Any, language: str) -> str:
        """The sentence so far, with this parameter told too."""
        phrase = str(self.phrase_not if self.exclude else self.phrase)
        return phrase % {**self.words(value, language), "what": what} if phrase else what


class MembersParameter(Parameter):
    """A parameter that takes several values, any of which will do, and has an excluding twin."""

    negatable = True
    bare_label: Any = _("not recorded")

    def __init__(self, *, bare_label: Any = None, **extra: Any) -> None:
        super().__init__(**extra)
        self.bare_label = bare_label or self.bare_label

    def condition(self, value: Members) -> Q:
        chosen = self.any_of(value.items) if value.items else _NEVER
        return (chosen | self.bare()) if value.bare else chosen

    def any_of(self, items: tuple[Any, ...]) -> Q:
        """The rows that have one of these."""
        raise NotImplementedError

    def bare(self) -> Q:
        """The rows for which nothing is recorded."""
        raise NotImplementedError

    def spelled(self, value: Members) -> list[str]:
        # Which of several equal spellings was used must not show in a link or a cache key.
        return sorted(value.codes)

    def names(self, value: Members, language: str) -> list[str]:
        """What the chosen values are called, in order."""
        names = [self.name(item, language) for item in value.items]
        return [*names, str(self.bare_label)] if value.bare else names

    def name(self, item: Any, language: str) -> str:
        """What one value is called."""
        return str(item)

    def words(self, value: Members, language: str) -> Mapping[str, str]:
        return {"value": either(self.names(value, language))}


def either(names: Iterable[str]) -> str:
    """ "A", "A or B", "A, B or C", in the active language."""
    return get_text_list(list(names), gettext("or"))


class TermParameter(MembersParameter):
    """Terms of a vocabulary, each with all below it.

    ``column`` is a key to the row's own term; ``ids`` a set of terms with their ancestors.
    """

    field_class = TermsField

    def __init__(
        self,
        *,
        vocabulary: str,
        column: str = "",
        ids: str = "",
        reserved: str = UNKNOWN,
        **extra: Any,
    ) -> None:
        super().__init__(vocabulary=vocabulary, reserved=reserved or None, **extra)
        self.vocabulary, self.column, self.ids, self.reserved = vocabulary, column, ids, reserved

    def any_of(self, items: tuple[Term, ...]) -> Q:
        wanted = {term.pk for term in items}
        if self.ids:
            return Q(**{f"{self.ids}__overlap": sorted(wanted)})
        every = terms(self.vocabulary, hidden=True)
        return _one_of(self.column, [each.pk for each in every if wanted & set(each.path)])

    def bare(self) -> Q:
        empty = Q(**{self.ids: []}) if self.ids else Q(**{f"{self.column}__isnull": True})
        if self.reserved != UNKNOWN:
            return empty
        unknown = [each for each in terms(self.vocabulary, hidden=True) if each.code == UNKNOWN]
        return empty | self.any_of(tuple(unknown)) if unknown else empty

    def name(self, item: Term, language: str) -> str:
        return item.label_in(language)


class TypeParameter(TermParameter):
    """Violation types. The depth of a type says which of the three columns holds it."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(vocabulary="violation-type", column="type_1", reserved=NONE, **extra)

    def any_of(self, items: tuple[Term, ...]) -> Q:
        condition = Q()
        for depth in (1, 2, 3):
            wanted = [term.pk for term in items if len(term.path) == depth]
            if wanted:
                condition |= _one_of(f"type_{depth}", wanted)
        return condition


def _one_of(column: str, ids: list[int]) -> Q:
    """Equality where there is one id: a covering index is walked in order only then."""
    return Q(**{column: ids[0]}) if len(ids) == 1 else Q(**{f"{column}__in": ids})


class AreaParameter(MembersParameter):
    """Areas, each with all below it; at one level only, where one is given."""

    field_class = AreasField
    bare_label = _("an unknown place")

    def __init__(self, *, level: str | None = None, reserved: str = UNKNOWN, **extra: Any) -> None:
        super().__init__(level=level, reserved=reserved or None, **extra)
        self.level = level

    def any_of(self, items: tuple[Area, ...]) -> Q:
        if self.own:
            return Q(areas__overlap=[area.pk for area in items])
        condition = Q()
        for level in _LEVEL_COLUMNS:
            wanted = [area.pk for area in items if area.level == level]
            if wanted:
                condition |= _one_of(level, wanted)
        others = [area.pk for area in items if area.level not in _LEVEL_COLUMNS]
        return condition | Q(areas__overlap=others) if others else condition

    def bare(self) -> Q:
        return Q(**{f"{self.level}__isnull": True}) if self.level else Q(areas=[])

    def may_lie_in(self, value: Members) -> Q:
        """The rows that may belong here too: their place is unknown, or known no more closely
        than as an area that holds the one asked for."""
        condition = Q(areas=[])
        for area in value.items:
            wider = [pk for pk in area.path if pk != area.pk]
            condition |= Q(ArrayContainedBy(_AREAS_ALONE, wider))
        if not self.own and all(area.level in _LEVEL_COLUMNS for area in value.items):
            # It says nothing new, but an index finds by it the few that have no such level.
            lacking = Q()
            for level in {area.level for area in value.items}:
                lacking |= Q(**{f"{level}__isnull": True})
            condition &= lacking
        return condition

    def name(self, item: Area, language: str) -> str:
        return name_over_time(item, language)


class AgencyParameter(MembersParameter):
    """Agencies with their sub-units: alleged responsible for a fact, or the object's own."""

    field_class = AgenciesField
    bare_label = _("nobody named")

    def __init__(self, *, ids: str, reserved: str = NONE, **extra: Any) -> None:
        super().__init__(reserved=reserved or None, **extra)
        self.ids = ids

    def any_of(self, items: tuple[Any, ...]) -> Q:
        return Q(**{f"{self.ids}__overlap": [agency.id for agency in items]})

    def bare(self) -> Q:
        return Q(**{self.ids: []})

    def name(self, item: Any, language: str) -> str:
        return str(item.name_in(language))


class ForumParameter(AgencyParameter):
    """The court or body a legal action is before, its benches and branches included."""

    def __init__(self, **extra: Any) -> None:
        label = _("an unknown forum")
        super().__init__(ids="forum", reserved=UNKNOWN, own=True, bare_label=label, **extra)

    def any_of(self, items: tuple[Any, ...]) -> Q:
        wanted = [agency.id for agency in items]
        units = AgencyKey.objects.filter(lineage__overlap=wanted).values("entry_id")
        return Q(forum__in=units)

    def bare(self) -> Q:
        return Q(forum__isnull=True)


class SourceParameter(MembersParameter):
    """Sources a fact rests on."""

    field_class = SourcesField
    bare_label = _("no published source")

    def __init__(self, **extra: Any) -> None:
        super().__init__(reserved=NONE, **extra)

    def any_of(self, items: tuple[Any, ...]) -> Q:
        return Q(sources__overlap=[source.id for source in items])

    def bare(self) -> Q:
        return Q(sources=[])

    def name(self, item: Any, language: str) -> str:
        return str(item.name_in(language))


class NameParameter(MembersParameter):
    """Names of victims, in any spelling and either script."""

    negatable = False
    field_class = NamesField

    def any_of(self, items: tuple[Any, ...]) -> Q:
        condition = Q()
        for sought in items:
            condition |= victims_named(sought.words)
        return condition

    def name(self, item: Any, language: str) -> str:
        return f"“{item.text}”"


class WordsParameter(Parameter):
    """Free text in the words of a document: ``texts`` is its table, ``column`` its key here."""

    field_class = WordsField

    def __init__(self, *, texts: Any, column: str, **extra: Any) -> None:
        super().__init__(**extra)
        self.texts, self.column = texts, column

    def condition(self, value: SoughtWords) -> Q:
        return value.found_in(self.texts).of(self.column)

    def spelled(self, value: SoughtWords) -> list[str]:
        return [value.text]


class PeriodParameter(MembersParameter):
    """Months or years as statistics group dates by them; ``dates`` prefixes the columns."""

    field_class = PeriodsField

    def __init__(self, *, by: Literal["month", "year"], dates: str = "start", **extra: Any) -> None:
        super().__init__(by=by, **extra)
        self.by, self.dates = by, dates

    def any_of(self, items: tuple[str, ...]) -> Q:
        condition = Q()
        others = []
        for code in items:
            bounds = period_bounds(code)
            if bounds:
                condition |= certain_between(self.dates, *bounds)
            else:
                others.append(code)
        return condition | Q(In(bucket_of(self.dates, self.by), others)) if others else condition

    def name(self, item: str, language: str) -> str:
        return render_bucket(item)


class YesNoParameter(Parameter):
    """A column that is true or false; neither answer holds for one that is unknown."""

    field_class = YesNoField

    def __init__(self, *, column: str = "", phrase_false: Any = "", **extra: Any) -> None:
        super().__init__(**extra)
        self.column, self.phrase_false = column, phrase_false

    def condition(self, value: bool) -> Q | None:
        return Q(**{self.column: value}) if self.column else None

    def spelled(self, value: bool) -> list[str]:
        return ["true" if value else "false"]

    def tell(self, what: str, value: bool, language: str) -> str:
        phrase = str(self.phrase if value else self.phrase_false)
        return phrase % {"what": what} if phrase else what


class WordParameter(Parameter):
    """One of a few fixed words; ``column`` holds it, where the parameter chooses rows."""

    field_class = OneOfField

    def __init__(
        self, *, column: str = "", phrases: Mapping[str, Any] | None = None, **extra: Any
    ) -> None:
        super().__init__(**extra)
        self.column, self.phrases = column, phrases or {}

    def condition(self, value: str) -> Q | None:
        return Q(**{self.column: value}) if self.column else None

    def tell(self, what: str, value: str, language: str) -> str:
        phrase = self.phrases.get(value)
        return str(phrase) % {"what": what} if phrase else what


class ChangedParameter(Parameter):
    """Objects whose last revision was published at a moment or after it.

    Revisions are numbered in the order of publication, so the moment is looked up once and the
    number compared.
    """

    field_class = MomentField

    def condition(self, value: datetime) -> Q:
        later = Revision.objects.filter(published_at__gte=value).order_by("sequence")
        first = Coalesce(Subquery(later.values("sequence")[:1]), Value(_NO_SEQUENCE))
        return Q(changed__gte=first)

    def spelled(self, value: datetime) -> list[str]:
        return [value.isoformat().replace("+00:00", "Z")]


class BoundParameter(Parameter):
    """One end of a range of dates."""

    field_class = DateBoundField

    def spelled(self, value: date) -> list[str]:
        return [value.isoformat()]


class NumberParameter(Parameter):
    """A whole number."""

    field_class = NumberField


class CursorParameter(Parameter):
    """A place in the list, as it was handed out."""

    field_class = TokenField


class KeysParameter(Parameter):
    """Names out of a fixed list."""

    field_class = KeysField

    def spelled(self, value: Members) -> list[str]:
        return list(value.codes)
