"""What somebody asks on the page “Counts”: the filter of the list of acts, days, and by what."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin, staff_member, visible_rows
from incidents.admin.filters import DistrictFilter, TermFilter
from incidents.counting.dates import DateMode, Days, dated
from incidents.counting.dimensions import DIMENSIONS, Dimension, NoSuchBucket
from incidents.counting.table import AGENCIES, UNITS, VIOLATIONS
from incidents.models import Violation
from reference.date_text import explain
from reference.dates import UncertainDateError
from reference.models import Area
from reference.typed_dates import read_typed
from reference.vocabularies import UnknownTerm, term

WORDS: Final = "q"
FROM, UNTIL, MODE = "date_from", "date_to", "date_mode"
DATES: Final = (FROM, UNTIL, MODE)
UNIT, ROWS, COLUMNS = "unit", "rows", "columns"
ROW, COLUMN = "row", "column"
CELL: Final = (ROWS, COLUMNS, ROW, COLUMN)
FIRST: Final = ("type", "district")
"""Filters that stand open on the page."""

MODES: Final = (
    (DateMode.POSSIBLE.value, _("possibly in these days")),
    (DateMode.CERTAIN.value, _("certainly in these days")),
    (DateMode.UNDATED.value, _("date unknown")),
)


class DayField(forms.CharField):
    """The first or last day of a range: a day, or the month or year that begins or ends with it."""

    def __init__(self, *, last: bool, **options: Any) -> None:
        self.last = last
        widget = forms.TextInput(attrs={"size": 12, "autocomplete": "off", "dir": "auto"})
        super().__init__(required=False, max_length=40, widget=widget, **options)

    def day(self, text: str) -> date | None:
        """The day that is meant; None for an empty text. Raises ValidationError."""
        try:
            typed = read_typed(text)
        except UncertainDateError as error:
            raise ValidationError(explain(error), code=error.code) from None
        found = typed.latest if self.last else typed.earliest
        if found is None and not typed.is_unknown:
            raise ValidationError(_("Give a day, a month or a year: 2023-10-29, 2023-10, 2023."))
        return found

    def validate(self, value: Any) -> None:
        """Refuse what is no day."""
        super().validate(value)
        self.day(value)


class _Offered(forms.ChoiceField):
    """One filter of the list of acts. A value that is not offered to this reader, but that there
    is, such as a hidden term or a district without acts, is an answer as well."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        chosen, offered = spec.value(), list(spec.lookup_choices)
        if chosen and chosen not in {code for code, _label in offered}:
            label = _label_of(spec, chosen)
            offered += [] if label is None else [(chosen, label)]
        super().__init__(required=False, label=spec.title, choices=[("", _("all")), *offered])


class CountForm(forms.Form):
    """The choices of the page. ``acts`` are what they lead to, for whoever asks."""

    unit = forms.ChoiceField(label=_("Count"), choices=list(UNITS.items()), required=False)
    rows = forms.ChoiceField(
        label=_("in rows by"),
        choices=[(name, each.label) for name, each in DIMENSIONS.items()],
        required=False,
    )
    columns = forms.ChoiceField(
        label=_("in columns by"),
        choices=[("", "–"), *((name, each.label) for name, each in DIMENSIONS.items())],
        required=False,
    )
    date_from = DayField(last=False, label=_("From"))
    date_to = DayField(
        last=True,
        label=_("Until"),
        help_text=_("A day, a month or a year: 2023-10-29, 2023-10, 2023. Both ends count."),
    )
    date_mode = forms.ChoiceField(label=_("Dates that lie"), choices=MODES, required=False)

    def __init__(self, asked: Mapping[str, str], request: HttpRequest, section: StaffModelAdmin):
        """``asked`` are values by the names of boxes, of which other names are passed over."""
        names = {*self.base_fields, WORDS, *(cls.parameter_name for cls in _filters(section))}
        given = {name: text.replace("\0", "") for name, text in asked.items() if name in names}
        shown = {UNIT: VIOLATIONS, ROWS: "district", MODE: DateMode.POSSIBLE.value, **given}
        super().__init__(shown)
        self.request, self.section = request, section
        self.specs = [
            cls(request, _params(cls, given), Violation, section) for cls in _filters(section)
        ]
        for spec in self.specs:
            self.fields[str(spec.parameter_name)] = _Offered(spec)
        self.fields[WORDS] = forms.CharField(
            label=_("Words"),
            required=False,
            max_length=200,
            help_text=section.search_help_text or "",
            widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and tables that say nothing."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            days = self.days()
            if days.first and days.last and days.first > days.last:
                self.add_error(UNTIL, _("This lies before the first day. Check both."))
        if data.get(COLUMNS) and data.get(COLUMNS) == data.get(ROWS):
            self.add_error(COLUMNS, _("Rows are by this already. Choose something else."))
        if data.get(UNIT) == AGENCIES and "agency" in (data.get(ROWS), data.get(COLUMNS)):
            self.add_error(
                UNIT,
                _("Agencies counted by agency would be one each. Count something else, or by it."),
            )
        return data

    def box(self, name: str) -> forms.BoundField:
        """One box of the form."""
        return self[name]

    def first_filters(self) -> list[forms.BoundField]:
        """The filters that stand open."""
        return [self[name] for name in FIRST]

    def more_filters(self) -> list[forms.BoundField]:
        """The filters by details."""
        names = (str(spec.parameter_name) for spec in self.specs)
        return [self[name] for name in names if name not in FIRST]

    def parameters(self) -> dict[str, str]:
        """What is asked, by the names of boxes, without what is empty or means nothing else."""
        chosen = {name: str(value) for name, value in self.cleaned_data.items() if value}
        if chosen.get(MODE) == DateMode.POSSIBLE:
            del chosen[MODE]
        return chosen

    def kept_parameters(self) -> dict[str, str]:
        """The same without words that were searched for: what may be kept and shared."""
        return {name: value for name, value in self.parameters().items() if name != WORDS}

    @property
    def counted(self) -> str:
        """What is counted."""
        return str(self.cleaned_data[UNIT] or VIOLATIONS)

    def by(self) -> tuple[Dimension, Dimension | None]:
        """By what rows and columns are."""
        columns = self.cleaned_data[COLUMNS]
        return (
            DIMENSIONS[self.cleaned_data[ROWS] or "district"],
            DIMENSIONS[columns] if columns else None,
        )

    def days(self) -> Days:
        """The days asked for."""
        return days_of(self.cleaned_data)

    def acts(self) -> QuerySet[Any]:
        """The acts asked for that this person may know of."""
        found = dated(visible_rows(self.request, Violation))
        for spec in self.specs:
            narrowed = spec.queryset(self.request, found)
            found = found if narrowed is None else narrowed
        if words := self.cleaned_data[WORDS]:
            found, _twice = self.section.get_search_results(self.request, found, words)
        chosen = self.days().chosen()
        return found if chosen is None else found.filter(chosen)


def days_of(values: Mapping[str, str]) -> Days:
    """The days that boxes name. Raises ValidationError, and ValueError for a mode there is not."""
    first = DayField(last=False).day(values.get(FROM, ""))
    last = DayField(last=True).day(values.get(UNTIL, ""))
    return Days(first, last, DateMode(values.get(MODE) or DateMode.POSSIBLE))


def in_cell(acts: QuerySet[Any], asked: Mapping[str, str], request: HttpRequest) -> QuerySet[Any]:
    """The acts that a cell or a total of a table counts. Raises IncorrectLookupParameters."""
    for by, bucket in ((ROWS, ROW), (COLUMNS, COLUMN)):
        if bucket not in asked:
            continue
        dimension = DIMENSIONS.get(asked.get(by, ""))
        if dimension is None:
            raise IncorrectLookupParameters
        try:
            acts = dimension.only(acts, asked[bucket], staff_member(request))
        except NoSuchBucket as error:
            raise IncorrectLookupParameters from error
    return acts


def _filters(section: StaffModelAdmin) -> list[Any]:
    """The filters of the list of acts that are boxes to choose from."""
    return [
        each
        for each in section.list_filter
        if isinstance(each, type) and issubclass(each, admin.SimpleListFilter)
    ]


def _params(cls: Any, given: Mapping[str, str]) -> dict[str, list[str]]:
    chosen = given.get(cls.parameter_name)
    return {cls.parameter_name: [chosen]} if chosen else {}


def _label_of(spec: Any, chosen: str) -> str | None:
    """What a value is called that is not among those offered; None if there is none such."""
    if isinstance(spec, TermFilter):
        try:
            return str(term(spec.vocabulary, chosen).label)
        except UnknownTerm:
            return None
    if isinstance(spec, DistrictFilter):
        found = Area.objects.at_level(Area.Level.DISTRICT).filter(code=chosen).first()
        return None if found is None else str(found.label)
    return None
