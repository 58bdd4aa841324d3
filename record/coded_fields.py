"""Form fields for values that stand in a list: terms, areas, agencies, sources, periods."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from record.kinds import Kind
from record.lookups import AgencyDirectory, Published, by_reference
from record.parameter_fields import NONE, MembersField, RawChoices, fault, offered
from record.parameters import MAX_LOOKED_UP, Candidate, nearest
from record.reference_state import keeping_state
from record.succession import name_over_time
from reference.areas import AmbiguousArea, UnknownArea, resolve_area
from reference.dates import (
    BUCKET_SPANNING,
    BUCKET_UNKNOWN,
    Precision,
    UncertainDate,
    UncertainDateError,
)
from reference.models.area import Area, AreaName, fold_place
from reference.models.vocabulary import Term
from reference.vocabularies import UnknownTerm, term, terms

_INDENT: Final = "\u2003"
# An em space: deeper terms stand visibly under their parents in a plain list of options.

_PERIOD: Final = re.compile("[0-9]{4}(-[0-9]{2})?")


class TermsField(MembersField):
    """Terms of a vocabulary by their codes."""

    widget = RawChoices

    def __init__(self, *, vocabulary: str, **options: Any) -> None:
        super().__init__(**options)
        self.vocabulary = vocabulary
        self.widget.choices = offered(self._offered)

    def _offered(self) -> Iterable[tuple[str, str]]:
        for each in terms(self.vocabulary):
            yield each.code, f"{_INDENT * (len(each.path) - 1)}{each.label}"
        if self.reserved and self.reserved not in _codes(self.vocabulary):
            label = _("none recorded") if self.reserved == NONE else _("not recorded")
            yield self.reserved, str(label)

    def read_one(self, text: str) -> Term:
        try:
            return term(self.vocabulary, text)
        except UnknownTerm as error:
            message = _("There is no such code in this vocabulary.")
            near = self.near(text, _codes(error.vocabulary))
            raise fault(message, "invalid", near) from None

    def code(self, item: Any) -> str:
        return str(item.code)


def _codes(vocabulary: str) -> list[str]:
    return [each.code for each in terms(vocabulary)]


class AreasField(MembersField):
    """Areas by code or by an unambiguous name; at one level only, where one is given."""

    most = MAX_LOOKED_UP

    def __init__(self, *, level: str | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.level = level

    def read_one(self, text: str) -> Area:
        try:
            return _area(text, self.level, keeping_state())
        except AmbiguousArea as error:
            raise _ambiguous(map(_area_candidate, error.candidates)) from None
        except UnknownArea as error:
            message = _("No area of this kind has that code or name.")
            areas = error.suggestions or nearest_areas(text, self.level)
            near = self.near(text, ()) or next((area.code for area in areas), None)
            raise fault(message, "invalid", near) from None

    def code(self, item: Any) -> str:
        return str(item.code)


@lru_cache(maxsize=1_000)
def _area(text: str, level: str | None, state: tuple[str, float]) -> Area:
    """The area a text means, looked up once while no area changes. Read it, never change it."""
    return resolve_area(text, level)


def nearest_areas(text: str, level: str | None) -> list[Area]:
    """The area with the name most like ``text``, letter by letter: Quttea is Quetta.

    Trigrams, which come first, see little in short words with letters exchanged.
    """
    names = AreaName.objects.all()
    if level:
        names = names.filter(area__level=level)
    near = nearest(fold_place(text), names.values_list("folded", flat=True))
    return list(Area.objects.filter(pk__in=names.filter(folded=near or "").values("area"))[:1])


def _area_candidate(area: Area) -> Candidate:
    """An area as one of several of its name: told by its level, by what it is part of, and by what
    became of it."""
    wider = (area.parent.label,) if area.parent else ()
    name = name_over_time(area, get_language() or "en")
    return Candidate(area.code, ", ".join((name, str(area.get_level_display()), *wider)))


def _ambiguous(candidates: Iterable[Candidate]) -> ValidationError:
    candidates = tuple(candidates)
    listed = "; ".join(f"{candidate.code} ({candidate.label})" for candidate in candidates)
    message = _("This name means more than one. Give the code of the one you mean: %(listed)s.")
    error = fault(message, "ambiguous", None, candidates)
    error.params = {**(error.params or {}), "listed": listed}
    return error


class AgenciesField(MembersField):
    """Agencies by reference, or by exact name or abbreviation among those published."""

    most = MAX_LOOKED_UP

    def read_one(self, text: str) -> Published:
        agency = by_reference(Kind.AGENCY, text)
        if agency is not None:
            return agency
        named = self.directory.named(text)
        if len(named) == 1:
            return named[0]
        if named:
            language = get_language() or "en"
            raise _ambiguous(
                Candidate(agency.reference, agency.name_in(language)) for agency in named
            )
        message = _("No published agency has that reference, name or abbreviation.")
        raise fault(message, "invalid", self.near(text, ()) or self.directory.near(text))

    @cached_property
    def directory(self) -> AgencyDirectory:
        """Read once a request: each form has its own copy of the field."""
        return AgencyDirectory()

    def code(self, item: Any) -> str:
        return str(item.reference)


class SourcesField(MembersField):
    """Sources by reference."""

    def read_one(self, text: str) -> Published:
        source = by_reference(Kind.SOURCE, text)
        if source is None:
            raise fault(
                _("No published source has that reference, such as SRC-2026-0001."), "invalid"
            )
        return source

    def code(self, item: Any) -> str:
        return str(item.reference)


class PeriodsField(MembersField):
    """Months or years as dates are grouped by them, spelled as in statistics."""

    def __init__(self, *, by: str, **options: Any) -> None:
        super().__init__(**options)
        self.by = by

    def read_one(self, text: str) -> str:
        if text in {BUCKET_SPANNING, BUCKET_UNKNOWN} or self._is_period(text):
            return text
        if self.by == "year":
            message = _("Give a year as 2023, or “spanning” or “unknown”.")
        else:
            message = _(
                "Give a month as 2023-10, a year of unknown month as 2006-XX,"
                " or “spanning” or “unknown”."
            )
        raise fault(message, "invalid", nearest(text, [BUCKET_SPANNING, BUCKET_UNKNOWN]))

    def _is_period(self, text: str) -> bool:
        stem = text.removesuffix("-XX") if self.by == "month" else text
        wanted = Precision.MONTH if self.by == "month" and stem == text else Precision.YEAR
        try:
            value = UncertainDate.parse(stem)
        except UncertainDateError:
            return False
        return value.precision is wanted and _PERIOD.fullmatch(stem) is not None


def period_bounds(code: str) -> tuple[date, date] | None:
    """The first and last day of a month or year; None for the other buckets."""
    if code in {BUCKET_SPANNING, BUCKET_UNKNOWN} or code.endswith("-XX"):
        return None
    value = UncertainDate.parse(code)
    return (value.earliest, value.latest) if value.earliest and value.latest else None
