"""How a set of declared parameters reads a query string and turns it into conditions."""

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from record.date_question import DateMode, DateQuestion
from record.models import ClaimedDate, Fact
from record.parameter_fields import fault
from record.parameter_filters import (
    AreaParameter,
    ChangedParameter,
    CursorParameter,
    KeysParameter,
    NumberParameter,
    Parameter,
    WordParameter,
)
from record.parameters import MAX_LISTED_ROWS, MAX_PAGE_SIZE, MAX_SAMPLE
from record.resources import Resource
from record.where import Where, where_of

PAGE_SIZE = 50
"""Rows on a page where nothing is asked."""

_FAR = _("Pages reach %(rows)d rows.")
_NARROW = _("Narrow the question, or take the whole list as a file.")
_READ_ON = _("Begin again with cursor=first and follow next, or take the whole list as a file: {}.")

DATE_PARAMETERS = ("date_from", "date_to", "date_mode", "date_unknown")


@dataclass(frozen=True)
class Conditions:
    """What chooses: conditions on facts, and conditions on the listed objects themselves.

    ``of_violations``: the conditions on facts already leave out facts without a violation.
    ``apart``: they choose no fact that the question itself chooses.
    """

    facts: tuple[Q, ...]
    own: tuple[Q, ...]
    of_violations: bool = False
    apart: bool = False

    @cached_property
    def where(self) -> Where:
        """The conditions on facts as text, compiled once."""
        return where_of(self.facts)


class ParameterForm(forms.Form):
    """The parameters of one request. Only the fields needed are made: most requests use few."""

    def __init__(
        self, data: QueryDict, parameters: Mapping[str, Parameter], beyond_pages: Any = ""
    ) -> None:
        """``beyond_pages`` says, as a sentence, what reaches further than page numbers do."""
        super().__init__(data)
        self.beyond_pages = beyond_pages
        self.fields = {name: copy.deepcopy(item.field) for name, item in parameters.items()}

    def clean(self) -> dict[str, Any]:
        """Rules between parameters."""
        self._check_dates()
        self._check_sample()
        self._check_page()
        return self.cleaned_data

    def _check_dates(self) -> None:
        first, last, mode, unknown = (self.cleaned_data.get(name) for name in DATE_PARAMETERS)
        if any(name in self.errors for name in DATE_PARAMETERS):
            return
        if first and last and first > last:
            message = _("The range ends before it begins: date_to lies before date_from.")
            for name in ("date_from", "date_to"):
                self.add_error(name, fault(message, "order"))
        if mode and not (first or last):
            message = _("This needs a range: give date_from, date_to or both.")
            self.add_error("date_mode", fault(message, "alone"))
        if unknown and (first or last):
            message = _("Records without a date lie in no range. Ask for one or the other.")
            self.add_error("date_unknown", fault(message, "contradiction"))

    def _check_sample(self) -> None:
        if "seed" in self.cleaned_data and "sample" not in self.fields:
            message = _("This needs a sample: give its size, as in sample=100.")
            self.add_error("seed", fault(message, "alone"))
        if "sample" not in self.fields:
            return
        for name in ("page", "page_size", "cursor"):
            if name in self.fields:
                message = _("A sample is given whole. Leave this out.")
                self.add_error(name, fault(message, "contradiction"))

    def _check_page(self) -> None:
        if "page" in self.errors or "page_size" in self.errors:
            return
        if self.cleaned_data.get("page") and self.cleaned_data.get("cursor"):
            message = _("A cursor is a place in the list already. Give one or the other.")
            self.add_error("page", fault(message, "contradiction"))
            return
        page = self.cleaned_data.get("page") or 1
        size = self.cleaned_data.get("page_size") or PAGE_SIZE
        if page * size > MAX_LISTED_ROWS:
            message = format_lazy("{} {}", _FAR, self.beyond_pages or _NARROW)
            self.add_error("page", fault(message, "far", rows=MAX_LISTED_ROWS))


class ParameterSet(FilterSet):  # type: ignore[misc]
    """Declared parameters of one resource, bound to a query string.

    The declared parameters hold no state, so all requests share them: django-filter would copy
    every one of them for every request, which costs more than the query.
    """

    resource: ClassVar[Resource]
    base_filters: ClassVar[Mapping[str, Parameter]]

    def __init__(
        self,
        data: QueryDict,
        *,
        formats: Collection[str] = ("json",),
        fields: Sequence[str] | None = None,
        cursors: bool = False,
        samples: bool = False,
    ) -> None:
        """``formats``, ``fields``, ``cursors`` and ``samples``: what the caller can write, which
        names ``fields`` may hold (those of documents by default), whether it reads cursors and
        draws samples."""
        self.is_bound = True
        self.data = data
        self.queryset = Fact.objects.all()
        self.request = None
        self.form_prefix = None
        self.formats = formats
        self.filters = dict(self.base_filters)
        if len(formats) > 1 or "json" not in formats:
            self.filters["format"] = _format_parameter(formats)
        if fields is not None:
            self.filters["fields"] = _fields_parameter(fields)
        if cursors:
            self.filters["cursor"] = _CURSOR
        if samples:
            self.filters |= _SAMPLING

    @classmethod
    def get_filters(cls) -> dict[str, Parameter]:
        """The declared parameters with their excluding twins, and those every list has."""
        if not hasattr(cls, "resource"):
            return {}
        parameters = {}
        for name, parameter in cls.declared_filters.items():
            parameters[name] = parameter
            for ending, twin in parameter.twins().items():
                parameters[f"{name}{ending}"] = twin
        return {**parameters, **_list_parameters(cls.resource)}

    @property
    def form(self) -> forms.Form:
        """The whole form, for pages: every parameter, with what was given and its errors."""
        return self._whole_form

    @cached_property
    def _whole_form(self) -> ParameterForm:
        return ParameterForm(self.data, self.filters)

    @cached_property
    def given(self) -> ParameterForm:
        """The form of the parameters that were given."""
        names = [name for name in self.filters if name in self.data]
        given = {name: self.filters[name] for name in names}
        files = [name for name in self.formats if name != "json"]
        beyond = format_lazy(_READ_ON, ", ".join(files)) if "cursor" in self.filters else ""
        return ParameterForm(self.data, given, beyond)

    @property
    def errors(self) -> Any:
        """The errors of the parameters that were given."""
        return self.given.errors

    @cached_property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the parameters that were given; faulty ones are left out."""
        self.given.is_valid()
        cleaned = self.given.cleaned_data
        return {name: value for name, value in cleaned.items() if value is not None}

    def filter_queryset(self, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        """Narrow facts by the conditions on facts."""
        return queryset.filter(*self.conditions().facts)

    @cached_property
    def dates(self) -> DateQuestion:
        """What is asked about dates."""
        values = self.values
        return DateQuestion(
            first=values.get("date_from"),
            last=values.get("date_to"),
            mode=DateMode(values.get("date_mode") or DateMode.POSSIBLE),
            unknown=values.get("date_unknown"),
            own=self.resource.own_dates,
        )

    @property
    def has_places(self) -> bool:
        """Whether a place is asked for."""
        return any(True for _name, _value in self._asked_places())

    def conditions(
        self,
        *,
        certainly: bool = False,
        undecided: bool = False,
        unplaced: bool = False,
        claimed: bool = False,
    ) -> Conditions:
        """The conditions that choose.

        ``certainly``: only what lies in the range of dates for certain. ``undecided``: only what
        has no date. ``unplaced``: only what may belong to the place asked for and is not known
        to; where several are asked for, also what does belong to them. ``claimed``: only what
        lies outside of the range, and inside of it on the date that another claimant gives.
        """
        places = dict(self._asked_places()) if unplaced else {}
        facts: list[Q] = []
        own: list[Q] = []
        for name, value in self.values.items():
            parameter = self.filters[name]
            condition = parameter.chosen(value)
            if condition is None:
                continue
            if len(places) > 1 and name in places:
                condition |= parameter.may_lie_in(value)
            elif name in places:
                condition = parameter.may_lie_in(value) & ~condition
            (own if parameter.own else facts).append(condition)
        dates = self.dates.certain() if certainly else self.dates.asked()
        if undecided:
            dates = self.dates.undecided()
        if claimed:
            dates = _on_claims(self.dates)
        if dates is not None:
            (own if self.dates.own else facts).append(dates)
        types = self.values.get("type")
        return Conditions(
            tuple(facts),
            tuple(own),
            of_violations=types is not None and not types.bare,
            apart=undecided or claimed or len(places) == 1,
        )

    def places(self) -> Iterator[tuple[str, Any]]:
        """The areas that are named, to be found or to be left out, by parameter."""
        for name, value in self.values.items():
            if isinstance(self.filters[name], AreaParameter) and value.items:
                yield name, value

    def _asked_places(self) -> Iterator[tuple[str, Any]]:
        for name, value in self.places():
            if not self.filters[name].exclude:
                yield name, value


def _on_claims(dates: DateQuestion) -> Q | None:
    rows = dates.by_claims()
    if rows is None:
        return None
    found, values = ClaimedDate.objects.filter(rows).values("fact").query.sql_with_params()
    # The database knows badly how few they are, and would read all facts. Of an array it expects
    # few, and looks up each.
    return Q(pk__in=RawSQL(f"SELECT unnest(ARRAY({found}))", values))  # noqa: S611 - our own text


def _list_parameters(resource: Resource) -> dict[str, Parameter]:
    """What every list has beside its filters."""
    keys = [key for name in resource.orderings for key in (name, f"-{name}")]
    return {
        "changed_since": ChangedParameter(
            own=True,
            label=_("Changed since"),
            help_text=_("Published or changed on this day or later: a date, or a time in UTC."),
            phrase=_("%(what)s, changed since %(value)s"),
        ),
        "ordering": WordParameter(
            choices=[(key, key) for key in keys],
            label=_("Order"),
            help_text=_("A minus sign turns the order round. What has no value comes last."),
        ),
        "page": NumberParameter(label=_("Page"), help_text=_("Number of the page, from 1.")),
        "page_size": NumberParameter(
            most=MAX_PAGE_SIZE, label=_("Rows on a page"), help_text=_("At most 200.")
        ),
        "fields": _fields_parameter(resource.document_keys),
        "format": _format_parameter(("json",)),
    }


def _fields_parameter(valid: Sequence[str]) -> Parameter:
    return KeysParameter(
        valid=valid, label=_("Fields"), help_text=_("Only these keys of each document.")
    )


def _format_parameter(formats: Collection[str]) -> Parameter:
    return WordParameter(
        choices=[(name, name) for name in formats],
        label=_("Format"),
        help_text=_("How the answer is written."),
    )


_CURSOR = CursorParameter(
    label=_("Cursor"),
    help_text=_("“first”, then what next says: reads lists of any length."),
)

_SAMPLING: Final[Mapping[str, Parameter]] = {
    "sample": NumberParameter(
        most=MAX_SAMPLE,
        label=_("Sample"),
        help_text=_("Only so many of what is found, drawn by lot; always the same ones."),
        phrase=_("%(what)s, a sample of %(value)s"),
    ),
    "seed": NumberParameter(
        least=0,
        label=_("Seed of the sample"),
        help_text=_("Another number draws another sample; 1 where nothing is said."),
        phrase=_("%(what)s, seed: %(value)s"),
    ),
}
