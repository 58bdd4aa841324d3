"""One question, one answer: a resource and a query string, asked the same way everywhere.

Pages, API, exports, feeds and statistics all go through ``ask``; the same query string gives the
same objects and the same count on each.
"""

import json
from collections.abc import Collection, Generator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import get_language, gettext

from record import cursors, succession
from record.boundaries import Boundaries
from record.bucket_links import quoted
from record.cursors import Cursor, CursorRefused
from record.date_question import DateMode
from record.filter_sets import PAGE_SIZE, ParameterSet
from record.filters import FILTERS
from record.parameters import Candidate, ParameterError, unknown_parameters, without_blanks
from record.question_counts import Counts
from record.question_lists import Listing
from record.resources import RESOURCES, Resource
from record.sampling import DEFAULT_SEED, Sample
from record.sentences import sentence
from record.statistics import Statistics, statistics
from record.walking import Batch, Text

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

    def count(self) -> int:
        """How many objects are found. One query, however often it is asked."""
        return self._counts.all

    def count_certain(self) -> int:
        """How many of them lie in the range of dates for certain; all, where there is none."""
        return self._counts.certain

    def count_undated(self) -> int:
        """How many more would be found but for a date that is not known.

        With ``date_mode=ongoing`` also those that began before the range and whose end is not
        known. 0 where no range is asked for.
        """
        return self._counts.undated

    def count_dated_otherwise(self) -> int:
        """How many more would be found if, of each, the date were taken that another claimant
        gives for its beginning. 0 where no range is asked for, and for legal actions and sources,
        whose own dates are asked for. One query at most."""
        return self._counts.dated_otherwise

    def count_unplaced(self) -> int:
        """How many more may belong to the places asked for: their place is not known, or only
        as a larger area that holds one of these. 0 where no place is asked for."""
        return self._counts.unplaced

    @cached_property
    def _counts(self) -> Counts:
        self.values  # noqa: B018 - refuses a question with errors
        return Counts(self.resource, self.filters)

    def entries(self, page: int | None = None, size: int | None = None) -> list[bytes]:
        """The documents of a page in UTF-8, in total order; by default the page asked for."""
        size = self.page_size if size is None else size
        first = ((self.page if page is None else page) - 1) * size
        return self._listing.page(first, size)

    def stretch(self) -> tuple[list[bytes], Cursor | None, Cursor | None]:
        """The documents behind the ``cursor``, as many as a page has, and the cursors that lead
        to what follows and to what precedes them; None at the ends. Up to two queries, the second
        where the objects with a sort key end, and those of ``count`` where it was not asked."""
        return self._listing.stretch(self.cursor or Cursor(), self.page_size)

    def behind_page(self) -> Cursor:
        """The cursor that reads on behind the page asked for, which must be full. One query, and
        those of ``count`` where it was not asked."""
        return self.behind(self.page * self.page_size)

    def behind(self, number: int) -> Cursor:
        """The cursor that reads on behind so many rows; there must be as many."""
        return self._listing.behind(number)

    def everything(self, text: Text) -> Generator[Batch]:
        """This text of all objects found, in order, many at a time; call it in a transaction."""
        return self._listing.everything(text)

    def cursor_link(self, cursor: Cursor) -> str:
        """The normalised query string that reads on at a cursor."""
        return self.link(page=None, cursor=cursor.written(self._mark))

    @cached_property
    def _listing(self) -> Listing:
        return Listing(self._counts, self.ordering, self.page * self.page_size, self.sample)

    def selected(self, document: bytes) -> bytes:
        """A document cut down to the ``fields`` asked for; whole where none were."""
        if self.fields is None:
            return document
        content = json.loads(document)
        kept = {key: content[key] for key in self.fields if key in content}
        return json.dumps(kept, ensure_ascii=False).encode()

    def sentence(self, boundaries: Boundaries | None = None) -> str:
        """The question in plain words, in the question's language, and by the boundaries of which
        day it is counted."""
        with translation.override(self.language):
            what = sentence(self.filters, self.values, self.language)
            return what if boundaries is None else boundaries.tell(what)

    def notes(self) -> list[str]:
        """What to know of the areas named, whose boundaries may have changed, in the question's
        language; empty for most questions."""
        areas = [area for _name, value in self.filters.places() for area in value.items]
        with translation.override(self.language):
            return succession.notes(areas, self.language) if areas else []

    def statistics(
        self, group_by: Sequence[str], boundaries: Boundaries | None = None
    ) -> Statistics:
        """Counts in buckets by one or two dimensions; see ``record.statistics``."""
        return statistics(self, group_by, boundaries)

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
