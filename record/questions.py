"""One question, one answer: a resource and a query string, asked the same way everywhere.

Pages, API, exports, feeds and statistics all go through ``ask``; the same query string gives the
same objects and the same count on each.
"""

import json
from collections.abc import Collection, Generator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import get_language, gettext

from record import counting, cursors, pages, succession
from record.bucket_links import quoted
from record.cursors import Cursor, CursorRefused, Keyset
from record.date_question import DateMode
from record.filter_sets import PAGE_SIZE, Conditions, ParameterSet
from record.filters import FILTERS
from record.kinds import Kind
from record.parameters import Candidate, ParameterError, unknown_parameters, without_blanks
from record.resources import RESOURCES, Resource
from record.sampling import DEFAULT_SEED, Sample, sampled
from record.search_objects import FoundObjects, count_others, found_objects
from record.sentences import sentence
from record.statistics import Statistics, statistics
from record.tallies.asking import Figures, figures
from record.tallies.trait_questions import trait_count
from record.tallies.unplaced import unplaced
from record.walking import Batch, Text, walk

__all__ = ["Candidate", "ParameterError", "Question", "ask"]


def ask(
    resource: str,
    params: QueryDict,
    language: str | None = None,
    *,
    lenient_blanks: bool = False,
    also: Collection[str] = (),
    formats: Collection[str] = ("json",),
    fields: Sequence[str] | None = None,
    cursors: bool = False,
    samples: bool = False,
) -> "Question":
    """Read a question about one of ``incidents``, ``victims``, ``violations``, ``agencies``,
    ``legal-actions`` or ``sources``.

    ``language`` is that of messages and sentence, the active one by default.
    ``lenient_blanks`` is for pages, whose forms submit empty fields: these, and tracking
    parameters that other websites add to links, are left out instead of refused. ``also`` names
    parameters that the caller reads itself. ``formats`` are those the caller can write,
    ``fields`` the names that ``fields`` may hold (the keys of documents by default), ``cursors``
    whether the caller turns pages by ``stretch``, ``samples`` whether it looks at ``sample``.
    Raises KeyError for another resource; what is wrong with the parameters is in ``errors``.
    """
    meant = without_blanks(params) if lenient_blanks else params
    if also:
        meant = meant.copy()
        for name in also:
            meant.pop(name, None)
    if lenient_blanks:
        _forget_idle_mode(meant)
    filters = FILTERS[resource](
        meant, formats=formats, fields=fields, cursors=cursors, samples=samples
    )
    return Question(RESOURCES[resource], filters, language or get_language() or "en")


def _forget_idle_mode(params: QueryDict) -> None:
    """A form's choice of a date mode means nothing while no dates are typed."""
    idle = "date_from" not in params and "date_to" not in params
    if idle and set(params.getlist("date_mode")) <= set(DateMode):
        params.pop("date_mode", None)


class Question:
    """A question read. While there are ``errors``, only ``form`` and ``errors`` may be used."""

    def __init__(self, resource: Resource, filters: ParameterSet, language: str) -> None:
        self.resource = resource
        self.filters = filters
        self.language = language

    @property
    def unit(self) -> str:
        """What is counted: the resource's own name."""
        return self.resource.name

    @property
    def form(self) -> forms.Form:
        """Every parameter as a form field, bound to what was given, with its errors."""
        return self.filters.form

    @cached_property
    def errors(self) -> list[ParameterError]:
        """Everything that is wrong, unknown parameters first; empty when it may be asked."""
        with translation.override(self.language):
            found = unknown_parameters(self.filters.data, self.filters.filters)
            for name, faults in self.filters.errors.as_data().items():
                for fault in faults:
                    found.append(_as_error(name, fault))
            if not found:
                found += self._cursor_errors()
        return found

    def _cursor_errors(self) -> list[ParameterError]:
        try:
            self.cursor  # noqa: B018 - reads it
        except CursorRefused:
            message = gettext("This cursor is damaged or belongs to another question. Begin anew.")
            return [ParameterError("cursor", message, cursors.FIRST)]
        return []

    @cached_property
    def cursor(self) -> Cursor | None:
        """Where to read on, if the question says so. Raises CursorRefused."""
        text = self.filters.values.get("cursor")
        if text is None:
            return None
        return cursors.read_cursor(text, self.resource, self.ordering, self._mark)

    @cached_property
    def _mark(self) -> str:
        given = self.filters.values.items()
        spelled = {name: self.filters.filters[name].spelled(value) for name, value in given}
        return cursors.mark(self.resource, self.ordering, spelled)

    @cached_property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the parameters given."""
        if self.errors:
            raise ValueError("A question with errors has no answer; look at errors first.")
        return self.filters.values

    @property
    def page(self) -> int:
        """Number of the page asked for, from 1."""
        return int(self.values.get("page") or 1)

    @property
    def page_size(self) -> int:
        """Rows on a page."""
        return int(self.values.get("page_size") or PAGE_SIZE)

    @property
    def ordering(self) -> str:
        """The order asked for, or that of the resource."""
        return str(self.filters.values.get("ordering") or self.resource.default_ordering)

    @property
    def format(self) -> str | None:
        """The format asked for, if any."""
        return self.values.get("format")

    @property
    def fields(self) -> tuple[str, ...] | None:
        """The keys of the documents asked for; None for all."""
        chosen = self.values.get("fields")
        return chosen.codes if chosen else None

    @property
    def sample(self) -> Sample | None:
        """The sample asked for, if any. Counts are always those of the whole question."""
        size = self.values.get("sample")
        if size is None:
            return None
        seed = self.values.get("seed")
        return Sample(int(size), DEFAULT_SEED if seed is None else int(seed))

    @property
    def has_range(self) -> bool:
        """Whether a range of dates is asked for, so that certain and possible differ."""
        self.values  # noqa: B018 - refuses a question with errors
        return self.filters.dates.has_range

    @property
    def asks_ongoing(self) -> bool:
        """Whether a range asks for what was going on in it, which takes an end as well."""
        return self.filters.dates.mode is DateMode.ONGOING

    @cached_property
    def _asked(self) -> Conditions:
        self.values  # noqa: B018 - refuses a question with errors
        return self.filters.conditions()

    def count(self) -> int:
        """How many objects are found. One query, however often it is asked."""
        return self._count

    def count_certain(self) -> int:
        """How many of them lie in the range of dates for certain; all, where there is none."""
        return self._count_certain if self.has_range else self.count()

    @cached_property
    def _figures(self) -> Figures | None:
        """What tallies tell of it; None where everything is counted on the facts."""
        self.values  # noqa: B018 - refuses a question with errors
        return figures(self.filters, self.resource)

    @cached_property
    def _count(self) -> int:
        if self._figures is not None:
            return self._figures.count
        if (found := trait_count(self.filters)) is not None:
            return found
        return self._on_facts[0]

    @cached_property
    def _count_certain(self) -> int:
        return self._on_facts[1] if self._figures is None else self._figures.certain

    @cached_property
    def _on_facts(self) -> tuple[int, int]:
        """How many are found and how many of them for certain, counted on the facts."""
        if self._objects is not None:
            return self._objects.matches.number, self._objects.certain
        certain = self.filters.dates.certain()
        if not self.has_range or certain is None:
            found = counting.count(self.resource, self._asked)
            return found, found
        if counting.is_of_facts(self.resource, self._asked):
            return counting.count_sure(self.resource, self._asked, certain)
        sure = self.filters.conditions(certainly=True)
        return counting.count(self.resource, self._asked), counting.count(self.resource, sure)

    @cached_property
    def _objects(self) -> FoundObjects | None:
        """The objects found, where words are asked for among facts."""
        return found_objects(self.filters, self.resource, self._asked)

    def count_undated(self) -> int:
        """How many more would be found but for a date that is not known.

        With ``date_mode=ongoing`` also those that began before the range and whose end is not
        known. 0 where no range is asked for.
        """
        if not self.has_range:
            return 0
        if self._figures is not None:
            return self._figures.undated
        return self._count_besides(self.filters.conditions(undecided=True))

    def count_unplaced(self) -> int:
        """How many more may belong to the places asked for: their place is not known, or only
        as a larger area that holds one of these. 0 where no place is asked for."""
        self.values  # noqa: B018 - refuses a question with errors
        if not self.filters.has_places:
            return 0
        if (found := unplaced(self.filters, self.resource)) is not None:
            return found
        return self._count_besides(self.filters.conditions(unplaced=True))

    def _count_besides(self, wider: Conditions) -> int:
        if self._objects is not None:
            return count_others(self.resource, wider, self._objects)
        return counting.count_besides(self.resource, wider, self._asked)

    def entries(self, page: int | None = None, size: int | None = None) -> list[bytes]:
        """The documents of a page in UTF-8, in total order; by default the page asked for."""
        size = self.page_size if size is None else size
        first = ((self.page if page is None else page) - 1) * size
        if self.sample is None and not self._gathered and self._keyset.enters_an_index:
            # A walk is entered where the range ends, and not at the newest of all.
            return self._keyset.page(self._chosen(), first, size)
        return pages.page_of(self.resource, self._ordered(), first, size)

    def _chosen(self) -> QuerySet[Any]:
        if self._objects is not None:
            found = self._objects.matches.walked(self.resource.key_id)
            rows: QuerySet[Any] = self.resource.keys.objects.filter(found)
            return rows
        return counting.chosen(self.resource, self._asked, gathered=self._gathered)

    @cached_property
    def _gathered(self) -> bool:
        """Whether the objects are gathered before they are ordered: they are few, or stand far
        from the beginning of an order that cannot be entered where they are."""
        if self._objects is not None:
            return self._objects.matches.number <= counting.FEW
        if not counting.is_gathered(self.resource, self._asked):
            return False
        dates = self.filters.dates
        keyset = Keyset(self.resource, self.ordering, until=dates.last)
        far = counting.is_long_past(dates.last) and keyset.until is None
        if far or dates.unknown:
            return True
        # Many victims have something earlier, and each of these would be looked at.
        walked = self.resource.kind is Kind.INCIDENT and keyset.until is not None
        at_hand = walked and counting.is_short(dates.first, dates.last)
        enough = counting.DENSE * self.page * self.page_size
        return self.count() <= min(counting.FEW, enough if at_hand else counting.FEW)

    def _ordered(self) -> QuerySet[Any]:
        rows = self._chosen()
        if self.sample is not None:
            rows = sampled(self.resource, rows, self.sample)
        return pages.ordered(self.resource, rows, self.ordering)

    @property
    def _keyset(self) -> Keyset:
        """The total order of the list, to be walked."""
        until = None if self._gathered else self.filters.dates.last
        return Keyset(self.resource, self.ordering, until=until)

    def stretch(self) -> tuple[list[bytes], Cursor | None, Cursor | None]:
        """The documents behind the ``cursor``, as many as a page has, and the cursors that lead
        to what follows and to what precedes them; None at the ends. Up to two queries, the second
        where the objects with a sort key end, and those of ``count`` where it was not asked."""
        rows = self._chosen()
        found = self._keyset.stretch(rows, self.cursor or Cursor(), self.page_size)
        return found.documents, found.next, found.previous

    def behind_page(self) -> Cursor:
        """The cursor that reads on behind the page asked for, which must be full. One query, and
        those of ``count`` where it was not asked."""
        number = self.page * self.page_size
        return self._keyset.behind(self._ordered(), number)

    def everything(self, text: Text) -> Generator[Batch]:
        """This text of all objects found, in order, many at a time; call it in a transaction."""
        return walk(self.resource, self._ordered(), text)

    def cursor_link(self, cursor: Cursor) -> str:
        """The normalised query string that reads on at a cursor."""
        return self.link(page=None, cursor=cursor.written(self._mark))

    def selected(self, document: bytes) -> bytes:
        """A document cut down to the ``fields`` asked for; whole where none were."""
        if self.fields is None:
            return document
        content = json.loads(document)
        kept = {key: content[key] for key in self.fields if key in content}
        return json.dumps(kept, ensure_ascii=False).encode()

    def sentence(self) -> str:
        """The question in plain words, in the question's language."""
        with translation.override(self.language):
            return sentence(self.filters, self.values, self.language)

    def notes(self) -> list[str]:
        """What to know of the areas named, whose boundaries may have changed, in the question's
        language; empty for most questions."""
        areas = [area for _name, value in self.filters.places() for area in value.items]
        with translation.override(self.language):
            return succession.notes(areas, self.language) if areas else []

    def statistics(self, group_by: Sequence[str]) -> Statistics:
        """Counts in buckets by one or two dimensions; see ``record.statistics``."""
        return statistics(self, group_by)

    @property
    def canonical(self) -> str:
        """The normalised query string, without the page: equal for equal questions."""
        return self.link(page=None, cursor=None)

    @property
    def filter_query(self) -> str:
        """The normalised query string of what is asked for, without what arranges the answer."""
        return self.link(**dict.fromkeys(("ordering", *cursors.ARRANGING)))

    def spelled(self, parameter: str) -> list[str]:
        """The canonical values given for a parameter; empty where it was not given."""
        value = self.values.get(parameter)
        return [] if value is None else self.filters.filters[parameter].spelled(value)

    def link(self, **changes: str | Sequence[str] | None) -> str:
        """The normalised query string with some parameters exchanged, or left out for None.

        The caller may put it after ``?``; it is quoted already.
        """
        given: dict[str, Sequence[str] | None] = {name: self.spelled(name) for name in self.values}
        for name, value in changes.items():
            given[name] = (value,) if isinstance(value, str) else value
        return self._join({name: quoted(name, value) for name, value in given.items() if value})

    def _join(self, parts: Mapping[str, str]) -> str:
        return "&".join(parts[name] for name in self._parameter_order if name in parts)

    @cached_property
    def _parameter_order(self) -> tuple[str, ...]:
        return tuple(self.filters.filters)


def _as_error(name: str, fault: Any) -> ParameterError:
    params = fault.params or {}
    message = str(fault.message)
    return ParameterError(
        name,
        message % params if params else message,
        params.get("suggestion"),
        params.get("candidates") or (),
    )
