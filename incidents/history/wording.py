"""Values of events in the reader's words. What the reader may not know of is not named."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from incidents.history.events import RowEvent
from incidents.models import (
    Account,
    AgencyParent,
    Attribution,
    BodyEntry,
    Citation,
    Consent,
    Contact,
    DisappearanceElement,
    Incident,
    IncidentLink,
    Intervention,
    InterventionAddressee,
    Involvement,
    LegalAction,
    LegalRelation,
    Person,
    PersonRelation,
    Posting,
    Protest,
    Source,
    StaffMember,
    StatusEntry,
    Violation,
    links,
)
from incidents.visibility import visible_to
from reference.date_text import render_date
from reference.dates import UncertainDate
from reference.fields import EarliestField, LatestField
from reference.models import Term
from reference.vocabularies import UnknownTerm, label, terms, vocabularies

_BOOK_KEEPING: Final = frozenset(
    {
        *("id", "entered_at", "entered_by", "changed_at", "changed_by", "date_joined"),
        *("fingerprint", "copy_hash", "copy_width", "copy_height"),
        *("row_kind", "row_id", "field"),
    }
)

_TIES: Final = (
    IncidentLink,
    PersonRelation,
    Posting,
    LegalRelation,
    links.LegalActionIncident,
    links.LegalActionPerson,
)
"""Rows that tie a record to a neighbour: of one that the reader may not know of, they say that it
is there."""

KINDS_OF_TIES: Final = frozenset(str(model._meta.model_name) for model in _TIES)
"""The same by their names."""


_LONG: Final = 600
_PART: Final = 400
_BEFORE: Final = 80
"""Lengths in characters: of a value that is shown in part, of the part, and of what of it is the
same as before."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that was changed; ``old`` is empty for a row that was added."""

    name: str
    old: str
    new: str

    @property
    def is_long(self) -> bool:
        """Whether a page shows the place of the difference first, and the whole on demand."""
        return max(len(self.old), len(self.new)) > _LONG

    @property
    def old_part(self) -> str:
        """The old value from shortly before the first difference."""
        return self._part(self.old)

    @property
    def new_part(self) -> str:
        """The new value from shortly before the first difference."""
        return self._part(self.new)

    def _part(self, text: str) -> str:
        pairs = enumerate(zip(self.old, self.new, strict=False))
        shorter = min(len(self.old), len(self.new))
        first = next((at for at, (old, new) in pairs if old != new), shorter)
        start = max(0, first - _BEFORE)
        end = start + _PART
        cut = text[start:end]
        return f"{'…' if start and cut else ''}{cut}{'…' if end < len(text) else ''}"


def kind_in_words(model: type[models.Model]) -> str:
    """What a row is, capitalised."""
    return str(capfirst(str(_LINK_NAMES.get(model, model._meta.verbose_name))))


class Words:
    """Values of events in the reader's words."""

    def __init__(self, events: list[RowEvent], seen_by: StaffMember) -> None:
        self.terms = {
            term.pk: term
            for vocabulary in vocabularies()
            for term in terms(vocabulary.code, hidden=True)
        }
        self.rows = self._read(events, seen_by)

    def conceals(self, model: type[models.Model], event: Any) -> bool:
        """Whether a row ties the record to a neighbour that the reader may not know of, or says
        what such a source says of it."""
        if model is Citation:
            return (Source, event.source_id) not in self.rows
        return model in _TIES and any(
            (each.remote_field.model, getattr(event, each.attname)) not in self.rows
            for each in fields_of(event)
            if each.remote_field is not None
            and each.remote_field.model is not Term
            and getattr(event, each.attname) is not None
        )

    def filled(self, event: Any, but: str) -> Iterator[Difference]:
        """The values of a row that has just been added; a box left unticked says nothing."""
        for each in fields_of(event):
            if each.name == but or getattr(event, each.attname) is False:
                continue
            if value := self._value(each, event):
                yield Difference(label_of_column(each), "", value)

    def changed(self, before: Any, event: Any) -> Iterator[Difference]:
        """The values that differ from those before."""
        for each in fields_of(event):
            if before is not None and getattr(before, each.attname) == getattr(event, each.attname):
                continue
            old = self._value(each, before) if before is not None else ""
            new = self._value(each, event)
            if old == new and old:
                old, new = self._told_apart(each, before), self._told_apart(each, event)
            if old == new and old:
                new = str(_("another record that is restricted or gone"))
            if old != new:
                yield Difference(label_of_column(each), old, new)

    def _told_apart(self, each: Any, event: Any) -> str:
        """A value that reads like another one, with what tells the two apart: the number of a
        record, the date as it was typed. Nothing is told of what the reader may not know of."""
        value, words = getattr(event, each.attname), self._value(each, event)
        if each.remote_field is None:
            return f"{words} ({getattr(value, 'text', value)})"
        model = each.remote_field.model
        known = model is Term or (model, value) in self.rows
        return f"{words} ({value})" if known else words

    def _value(self, each: Any, event: Any) -> str:
        value = getattr(event, each.attname)
        if value in (None, "", [], {}):
            return ""
        if each.remote_field is not None:
            return self._row(each.remote_field.model, value)
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, UncertainDate):
            return "" if value.is_unknown else render_date(value)
        if isinstance(value, datetime):
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        if each.name == "method_notes":
            return "; ".join(f"{_method(code)}: {told}" for code, told in value.items())
        if isinstance(value, dict):
            return "; ".join(f"{name}: {told}" for name, told in value.items())
        if isinstance(value, list):
            return pgettext("between the items of a list", ", ").join(map(str, value))
        if each.flatchoices:
            return str(dict(each.flatchoices).get(value, value))
        return str(value)

    def _row(self, model: type[models.Model], key: int) -> str:
        if model is Term:
            term = self.terms.get(key)
            return term.label if term is not None else str(key)
        return self.rows.get((model, key)) or str(_("a record that is restricted or gone"))

    def _read(
        self, events: list[RowEvent], seen_by: StaffMember
    ) -> dict[tuple[type[models.Model], int], str]:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for _model, _column, event in events:
            for each in fields_of(event):
                key = getattr(event, each.attname)
                if each.remote_field is not None and key is not None:
                    wanted[each.remote_field.model].add(key)
        wanted.pop(Term, None)
        return {
            (model, row.pk): str(row)
            for model, keys in wanted.items()
            for row in named(visible_to(seen_by, model._default_manager.filter(pk__in=keys)))
        }


def _method(code: str) -> str:
    try:
        return label("method", code)
    except UnknownTerm:
        return code


_LINK_NAMES: dict[type[models.Model], Any] = {
    links.IncidentAssignment: Incident._meta.get_field("assigned").verbose_name,
    links.LegalActionIncident: LegalAction._meta.verbose_name,
    links.LegalActionPerson: LegalAction._meta.get_field("people").verbose_name,
    links.ViolationMethod: Violation._meta.get_field("methods").verbose_name,
    links.ViolationIntent: Violation._meta.get_field("intents").verbose_name,
    links.ProtestKind: Protest._meta.get_field("kinds").verbose_name,
    links.ProtestResponse: Protest._meta.get_field("state_responses").verbose_name,
    links.InterventionKind: Intervention._meta.get_field("types").verbose_name,
    links.InterventionPerson: Intervention._meta.get_field("people").verbose_name,
}


def fields_of(event: Any) -> Iterator[Any]:
    """The columns of an event that hold what somebody recorded."""
    for each in event._meta.concrete_fields:
        if (
            not each.name.startswith("pgh_")
            and each.name not in _BOOK_KEEPING
            and not isinstance(each, EarliestField | LatestField)
        ):
            yield each


def label_of_column(each: Any) -> str:
    """The name of a column; the columns of links are called by what they lead to."""
    of_link = each.remote_field is not None and each.model.pgh_tracked_model in _LINK_NAMES
    name = each.remote_field.model._meta.verbose_name if of_link else each.verbose_name
    return str(capfirst(str(name)))


NAMED_WITH: dict[type[models.Model], tuple[str, ...]] = {
    Person: ("names",),
    Violation: ("type", "person__names"),
    Account: ("question", "claimant_agency"),
    Attribution: ("speaker", "attribution"),
    Involvement: ("agency", "person__names"),
    StatusEntry: ("person__names", "status"),
    BodyEntry: ("person__names", "event"),
    DisappearanceElement: ("element", "finding"),
    InterventionAddressee: ("agency",),
    IncidentLink: ("from_incident", "kind", "to_incident"),
    Protest: ("incident",),
    PersonRelation: ("person__names", "kind", "other__names"),
    Posting: ("person__names",),
    Contact: ("person__names",),
    Consent: ("use", "answer"),
    LegalRelation: ("action", "other"),
    AgencyParent: ("agency", "parent"),
}


def named(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Read with the rows what their names need."""
    return rows.prefetch_related(*NAMED_WITH.get(rows.model, ()))
