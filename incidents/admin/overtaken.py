"""Two people at one case: whoever saves second is shown what the first changed, and loses nothing.

The form comes back as it was typed. Boxes that the second had not touched hold what the first put
into them; boxes that both changed keep what the second typed, and the page tells the difference.
Saved again, it is saved.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms import CheckboxInput
from django.forms.models import InlineForeignKeyField
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from incidents.admin.forms import QUOTATION, SOURCES, WHERE, CitedForm
from incidents.admin.incident_forms import ELEMENTS, ViolationForm, finding, note, sources
from incidents.admin.meanwhile import SET_NAMES, Box, Meanwhile, meanwhile_of
from incidents.history.differences import Point, RowChange, differences_since
from incidents.history.events import RowEvent, events_of
from incidents.models import DisappearanceElement, Incident, StaffMember
from reference.vocabularies import term

OVERTAKEN: Final = "overtaken"
"""Code of the refusal of a form that is out of date."""


def is_overtaken(form: Any) -> bool:
    """Whether a form was refused because somebody saved the case before it."""
    return any(error.code == OVERTAKEN for error in form.non_field_errors().as_data())


def bring_up_to_date(
    form: Any, formsets: Iterable[Any], incident: Incident, *, by: StaffMember
) -> list[RowChange]:
    """Let a refused form hold what the first person changed where the second had touched nothing,
    and let it be saved the next time. Returns what the first person changed."""
    seen = parse_datetime(form.data.get(form.add_prefix("seen"), ""))
    if seen is None:
        return []
    events = events_of([incident])
    point = _opened(events, seen)
    meanwhile = meanwhile_of(events, point)
    data: QueryDict = form.data.copy()
    _follow(form, data, meanwhile)
    for formset in formsets:
        for row in formset.initial_forms:
            _follow(row, data, meanwhile)
        _renumber(formset, data, meanwhile)
    # As it was read, before its rows: what anybody has saved since is told the next time.
    data[form.add_prefix("seen")] = incident.changed_at.isoformat()
    form.data = data
    for formset in formsets:
        formset.data = data
        for name in ("forms", "management_form"):  # made from what was sent, and kept
            formset.__dict__.pop(name, None)
    # One's own changes too: they were made in another window.
    return differences_since(point, events, seen_by=by)


def _opened(events: Iterable[RowEvent], seen: datetime) -> Point:
    """The moment before the first change of the case that a form with this stamp does not know.

    Every save of the case stamps it, and all events of one save bear the same time.
    """
    later = [
        event.pgh_created_at
        for model, _column, event in events
        if model is Incident and event.changed_at > seen
    ]
    return Point(min(later) - timedelta(microseconds=1) if later else seen)


def _follow(form: Any, data: QueryDict, meanwhile: Meanwhile) -> None:
    """Put into the boxes of one row what they would hold if the form were opened now, as far as
    nothing was typed into them."""
    model, key = form._meta.model, _key(form)
    if key is None:
        return
    then = meanwhile.then.get((model, key))
    if (model, key) in meanwhile.gone:
        return
    for name in form.fields:
        _follow_set(form, name, data, meanwhile, (model, key, name))
        if then is not None and _is_column(model, name):
            _follow_box(form, name, data, getattr(then, model._meta.get_field(name).attname))
    if isinstance(form, CitedForm):
        for name, was in zip((WHERE, QUOTATION), meanwhile.cited_at(model, key), strict=True):
            _follow_box(form, name, data, was)
    if isinstance(form, ViolationForm):
        _follow_elements(form, data, meanwhile)


def _follow_elements(form: Any, data: QueryDict, meanwhile: Meanwhile) -> None:
    """The same for the boxes of the elements, each of which is a row of its own."""
    before = meanwhile.elements(form.instance.pk)
    for code in ELEMENTS:
        then = before.get(term("disappearance-element", code).pk)
        _follow_box(form, finding(code), data, None if then is None else then.finding_id)
        _follow_box(form, note(code), data, "" if then is None else then.note)
        if (row := form.elements.get(code)) is not None:
            place = (DisappearanceElement, row.pk, SOURCES)
            _follow_set(form, sources(code), data, meanwhile, place)


def _follow_set(form: Any, name: str, data: QueryDict, meanwhile: Meanwhile, place: Box) -> None:
    """Add to a box of several choices what the first person added, and take out what they did."""
    added, taken = meanwhile.added[place], meanwhile.taken[place]
    if added or taken:
        chosen = [each for each in data.getlist(form.add_prefix(name)) if each.isdecimal()]
        new = {int(each) for each in chosen} - taken | added
        data.setlist(form.add_prefix(name), [str(each) for each in sorted(new)])


def _renumber(formset: Any, data: QueryDict, meanwhile: Meanwhile) -> None:
    """Of the rows that the first person took out, let those be new ones into which the second
    typed something, and leave out the others: none of them can be saved as what it was."""
    prefix, model = formset.prefix, formset.model
    kept, again = [], []
    for index, row in enumerate(formset.forms):
        key: Any = _key(row)
        values = _values_of_row(data, f"{prefix}-{index}-")
        if index >= formset.initial_form_count():
            again.append(values)
        elif (model, key) not in meanwhile.gone:
            kept.append(values)
        elif _was_typed_into(row, data, meanwhile, key):
            own = {model._meta.pk.name, "DELETE"}
            again.append({name: each for name, each in values.items() if name not in own})
    for index in range(len(formset.forms)):
        for name in _values_of_row(data, f"{prefix}-{index}-"):
            del data[f"{prefix}-{index}-{name}"]
    for index, values in enumerate([*kept, *again]):
        for name, each in values.items():
            data.setlist(f"{prefix}-{index}-{name}", each)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(again))


def _values_of_row(data: QueryDict, prefix: str) -> dict[str, list[str]]:
    return {
        name.removeprefix(prefix): values
        for name, values in data.lists()
        if name.startswith(prefix)
    }


def _was_typed_into(form: Any, data: QueryDict, meanwhile: Meanwhile, key: int) -> bool:
    """Whether any box of a row differs from what it held when the form was opened."""
    model = form._meta.model
    then = meanwhile.then.get((model, key))
    if then is None:
        return True
    held: dict[str, Any] = {
        name: getattr(then, model._meta.get_field(name).attname)
        for name, box in form.fields.items()
        if _is_column(model, name) and not isinstance(box, InlineForeignKeyField)
    }
    chosen = {name: meanwhile.chosen((model, key, name)) for name in (SOURCES, *SET_NAMES)}
    if isinstance(form, CitedForm):
        held[WHERE], held[QUOTATION] = meanwhile.cited_at(model, key)
    if isinstance(form, ViolationForm):
        elements = meanwhile.elements(key)
        for code in ELEMENTS:
            found = elements.get(term("disappearance-element", code).pk)
            held[finding(code)] = None if found is None else found.finding_id
            held[note(code)] = "" if found is None else found.note
            place = (DisappearanceElement, 0 if found is None else found.id, SOURCES)
            chosen[sources(code)] = meanwhile.chosen(place)
    return any(
        form.fields[name].has_changed(was, _typed(form, name, data)) for name, was in held.items()
    ) or any(
        {str(each) for each in was} != set(data.getlist(form.add_prefix(name)))
        for name, was in chosen.items()
        if name in form.fields
    )


def _typed(form: Any, name: str, data: QueryDict) -> Any:
    widget = form.fields[name].widget
    return widget.value_from_datadict(data, form.files, form.add_prefix(name))


def _follow_box(form: Any, name: str, data: QueryDict, was: Any) -> None:
    """Let a box hold what is stored now, if that is not what it ``was`` and nothing was typed."""
    box, place = form.fields[name], form.add_prefix(name)
    typed = _typed(form, name, data)
    now = form.initial.get(name)
    if box.disabled or box.has_changed(was, typed) or not box.has_changed(now, typed):
        return
    if isinstance(box.widget, CheckboxInput):
        data.pop(place, None)
        if now:
            data[place] = "on"
        return
    shown = box.widget.format_value(box.prepare_value(now))
    values = list(shown) if isinstance(shown, list | tuple | set) else [shown]
    data.setlist(place, ["" if value is None else str(value) for value in values])


def _key(form: Any) -> int | None:
    """The row a form stands for; its own word for it where the row is no longer there."""
    if form.instance.pk is not None:
        return int(form.instance.pk)
    typed = form.data.get(form.add_prefix(form._meta.model._meta.pk.name), "")
    return int(typed) if typed.isdecimal() else None


def _is_column(model: type[models.Model], name: str) -> bool:
    try:
        found: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return bool(found.concrete and not found.many_to_many and not found.primary_key)
