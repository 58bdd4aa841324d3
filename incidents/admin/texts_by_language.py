"""A box for each language instead of one object of texts, as names and texts are kept.

A form adds the boxes of a field when it is made, and gathers them before the model checks.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget

LANGUAGES: Sequence[str] = tuple(code for code, _name in settings.LANGUAGES)


def boxes_of(field: str) -> tuple[str, ...]:
    """The names of the boxes of a field, one a language."""
    return tuple(f"{field}_{code}" for code in LANGUAGES)


def add_boxes(
    form: forms.BaseForm,
    field: str,
    texts: dict[str, str],
    label: str,
    *,
    help_text: str = "",
    rows: int = 0,
) -> None:
    """Add the boxes of a field, each in its own direction, under ``label`` and the language.

    ``texts`` stand in it now; ``rows`` makes each an area of so many lines.
    """
    for code, language in settings.LANGUAGES:
        direction = "rtl" if code in settings.LANGUAGES_BIDI else "ltr"
        attributes: dict[str, Any] = {"dir": direction, "lang": code}
        widget: forms.Widget = AdminTextInputWidget(attrs=attributes)
        if rows:
            widget = AdminTextareaWidget(attrs={**attributes, "rows": rows})
        form.fields[f"{field}_{code}"] = forms.CharField(
            label=f"{label} ({language})",
            required=False,
            initial=texts.get(code, ""),
            widget=widget,
            help_text=help_text,
        )


def gathered(form: forms.BaseForm, field: str) -> dict[str, str]:
    """The texts typed, by language, without empty ones."""
    typed = ((code, form.cleaned_data.get(f"{field}_{code}")) for code in LANGUAGES)
    return {code: text for code, text in typed if text}


def show_at_boxes(form: forms.BaseForm, field: str, error: Any) -> None:
    """Move what the model says of a field to the box of the language that its ``code`` names, or
    else to the first box that was filled."""
    boxes = boxes_of(field)
    filled = next((box for box in boxes if form.cleaned_data.get(box)), boxes[0])
    for found in getattr(error, "error_dict", {}).pop(field, ()):
        own = f"{field}_{found.code}"
        form.add_error(own if own in boxes else filled, found)
