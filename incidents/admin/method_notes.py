"""A note on each chosen method, typed as lines: “Blindfolding: with his own scarf”."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reference.models import Term
from reference.vocabularies import UnknownTerm, label, terms

METHODS: Final = "method"
_COLON: Final = ":"


class MethodNotesField(forms.CharField):
    """Lines of a method and what is to be said of it; the clean value is code → note.

    A method is written as its label in any language, or as its code. Raises ValidationError for a
    line that begins with neither, and for two lines on one method.
    """

    widget = AdminTextareaWidget

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("Notes on methods"))
        options.setdefault(
            "help_text",
            _(
                "One line for each method that needs a word more: the method as it is called "
                "above, a colon, the note. “Beating: with a cable, on 30 October”. Never published."
            ),
        )
        options.setdefault("widget", AdminTextareaWidget(attrs={"dir": "auto", "rows": 2}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """The notes as lines, in the language of the page."""
        if not isinstance(value, Mapping):
            return value
        return "\n".join(f"{_called(code)}{_COLON} {note}" for code, note in value.items())

    def to_python(self, value: Any) -> Any:
        """Read the lines."""
        if isinstance(value, Mapping):
            return dict(value)
        notes: dict[str, str] = {}
        for line in str(super().to_python(value) or "").splitlines():
            if not line.strip():
                continue
            name, colon, note = line.partition(_COLON)
            code = _code_of(name)
            if not colon or not note.strip() or code is None:
                raise ValidationError(
                    _("“%(line)s”: write a method, a colon and the note."),
                    code="no-method",
                    params={"line": line.strip()},
                )
            if code in notes:
                raise ValidationError(
                    _("There are two notes on “%(method)s”. Put them on one line."),
                    code="twice",
                    params={"method": name.strip()},
                )
            notes[code] = note.strip()
        return notes

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other notes were typed; the language of the labels makes no difference."""
        try:
            return not self.disabled and (initial or {}) != self.to_python(data or "")
        except ValidationError:
            return True


def notes_without_method(notes: Mapping[str, str], chosen: Collection[Term]) -> list[str]:
    """The methods, as they are called, of notes on what was not chosen."""
    codes = {method.code for method in chosen}
    return [_called(code) for code in notes if code not in codes]


def _called(code: str) -> str:
    try:
        return label(METHODS, code)
    except UnknownTerm:
        return code


def _code_of(name: str) -> str | None:
    wanted = " ".join(name.split()).casefold()
    for each in terms(METHODS, hidden=True):
        if wanted in {each.code, *(text.casefold() for text in each.labels.values())}:
            return each.code
    return None
