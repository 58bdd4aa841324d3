"""The HTML of a fieldset of the admin, written without a template for each of its boxes.

Tag for tag what Django's ``admin/includes/fieldset.html`` writes, without the space between: a case
has hundreds of rows of boxes, and half of its page was that space.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.helpers import Fieldline, Fieldset
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from incidents.admin.form_html import attributes, escaped

_Shown = Any
"""Django's ``AdminField`` or ``AdminReadonlyField``, told apart by their ``is_readonly``."""


def fieldset_html(
    fieldset: Fieldset, *, level: int = 2, prefix: str = "", number: str = ""
) -> SafeString:
    """The lines of a fieldset; ``level`` is that of its heading, which ``prefix`` and ``number``
    tell apart from all others of the page."""
    return mark_safe("".join(_parts(fieldset, level, f"{prefix}-{number}-heading")))  # noqa: S308


def _parts(fieldset: Any, level: int, heading: str) -> Iterator[str]:
    """Everything that is not HTML of our own or of Django's is escaped where it is written."""
    name, heading = fieldset.name, escaped(heading)
    named = f' aria-labelledby="{heading}"' if name else ""
    yield f'<fieldset class="module aligned {escaped(fieldset.classes)}"{named}>'
    folds = bool(name and fieldset.is_collapsible)
    if folds:
        yield "<details><summary>"
    if name:
        yield f'<h{level} id="{heading}" class="fieldset-heading">{escaped(name)}</h{level}>'
    if folds:
        yield "</summary>"
    if fieldset.description:
        yield f'<div class="description">{fieldset.description}</div>'
    for line in fieldset:
        yield from _line(line)
    if folds:
        yield "</details>"
    yield "</fieldset>"


def _line(line: Fieldline) -> Iterator[str]:
    fields = list(line)
    single = len(fields) == 1
    classes = "".join(f" field-{escaped(name)}" for name in map(_name, fields) if name)
    hidden = "" if line.has_visible_field else " hidden"
    refused = str(line.errors()) if single and _is_refused(fields[0]) else ""
    yield f'<div class="form-row{" errors" if refused else ""}{hidden}{classes}">'
    yield refused if single else '<div class="flex-container form-multiline">'
    for field in fields:
        yield from _field(field, single)
    yield "</div>" if single else "</div></div>"


def _field(field: _Shown, single: bool) -> Iterator[str]:
    shown: Any = field.field
    hides = shown["is_hidden"] if field.is_readonly else shown.is_hidden
    told = shown["help_text"] if field.is_readonly else shown.help_text
    classes, refused = "flex-container", not single and _is_refused(field)
    if not single:
        name = _name(field)
        classes += " fieldBox" + (f" field-{escaped(name)}" if name else "")
        classes += (" errors" if refused else "") + (" hidden" if hides else "")
    if field.is_checkbox:
        classes += " checkbox-row"
    yield "<div>"
    if refused:
        yield str(field.errors())
    yield f'<div class="{classes}">'
    if field.is_readonly:
        yield f'{field.label_tag()}<div class="readonly">{escaped(field.contents())}</div>'
    elif field.is_checkbox:
        yield f"{shown}{_label(field)}"
    else:
        yield f"{_label(field)}{shown}"
    yield "</div>"
    if told:
        at = "" if field.is_readonly else shown.id_for_label
        named = f' id="{escaped(at)}_helptext"' if at else ""
        yield f'<div class="help{" hidden" if hides else ""}"{named}><div>{told}</div></div>'
    yield "</div>"


def _label(field: _Shown) -> str:
    """The label of a box: with a colon, unless it ends in a mark or stands behind a check box."""
    bound = field.field
    box, shown = bound.field, escaped(bound.label)
    classes = [
        word
        for word, counts in (
            ("vCheckboxLabel", field.is_checkbox),
            ("required", box.required),
            ("inline", not field.is_first),
        )
        if counts
    ]
    if shown and not field.is_checkbox and shown[-1] not in gettext(":?.!"):
        shown += escaped(bound.form.label_suffix)
    attrs = {"class": " ".join(classes)} if classes else {}
    if at := bound.id_for_label:
        attrs["for"] = at
    return f"<label{attributes(attrs)}>{shown}</label>"


def _name(field: _Shown) -> str:
    shown: Any = field.field
    return str(shown["name"] if field.is_readonly else shown.name)


def _is_refused(field: _Shown) -> bool:
    return not field.is_readonly and bool(field.field.form.errors.get(_name(field)))
