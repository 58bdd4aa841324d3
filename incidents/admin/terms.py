"""Choosing terms: a vocabulary as an indented tree, in the reader's language, without a query.

Hidden terms are not offered. One that a row already uses stays, so that saving the row again
does not change what somebody recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from incidents.admin.form_html import attributes
from reference.fields import TermField, TermsField
from reference.models import Term
from reference.vocabularies import term, terms, version

_INDENT = "\u00a0\u00a0\u00a0"
"""No-break spaces: a list of options drops ordinary ones."""


class _TermWidget(forms.Widget):
    """Offers the terms of a vocabulary. Pages have hundreds of these boxes, with thousands of
    options: what all of them have in common is written once."""

    vocabulary: str = ""
    kept: frozenset[int] = frozenset()

    def format_value(self, value: Any) -> Any:
        values = value if isinstance(value, list | tuple) else [value]
        return {str(each) for each in values if each not in (None, "")}

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The box, with what is chosen in it."""
        own = attributes(self.build_attrs(self.attrs, attrs))
        return mark_safe(self._written(escape(name), self.format_value(value), own))  # noqa: S308

    def _written(self, name: str, chosen: set[str], own: str) -> str:
        raise NotImplementedError

    def _offered(self) -> "_Offered":
        hidden = (each.pk for each in terms(self.vocabulary, hidden=True) if each.hidden)
        kept = self.kept.intersection(hidden)
        return _offered(self.vocabulary, kept, get_language() or "", version())


class TermSelect(_TermWidget):
    """One term out of a tree."""

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def _written(self, name: str, chosen: set[str], own: str) -> str:
        options = self._offered().as_options
        for key in chosen:
            option = f'<option value="{escape(key)}"'
            options = options.replace(option, f"{option} selected", 1)
        return f'<select name="{name}"{own}><option value="">---------</option>{options}</select>'


class TermBoxes(_TermWidget):
    """Any number of terms, as check boxes: several can be chosen without holding a key down."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""

    def _written(self, name: str, chosen: set[str], own: str) -> str:
        boxes = "".join(
            f'<label class="depth-{depth}"><input type="checkbox" name="{name}" value="{key}"'
            f"{' checked' if key in chosen else ''}> {label}</label>"
            for key, label, depth in self._offered().terms
        )
        return f'<div role="group" class="term-boxes"{own}>{boxes}</div>'

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class _Offered:
    """The terms that a box offers: key, escaped label and depth of each; and all as options."""

    terms: tuple[tuple[str, str, int], ...]
    as_options: str


@lru_cache(maxsize=512)
def _offered(vocabulary: str, kept: frozenset[int], language: str, version: str) -> _Offered:
    """``language`` is the active one and ``version`` that of the vocabularies: when either changes,
    the options are written anew."""
    found = tuple(
        (str(each.pk), str(escape(each.label)), len(each.path))
        for each in terms(vocabulary, hidden=True)
        if not each.hidden or each.pk in kept
    )
    options = (
        f'<option value="{key}">{_INDENT * (depth - 1)}{label}</option>'
        for key, label, depth in found
    )
    return _Offered(found, "".join(options))


class _TermFormField(forms.Field):
    default_error_messages = {
        "invalid_choice": _("Choose one of the terms in the list."),
        "hidden": _("“%(term)s” is not offered any more. Choose another term."),
    }

    def __init__(self, vocabulary: str, **options: Any) -> None:
        """``vocabulary`` is the slug; the rest is as for any form field."""
        self.vocabulary = vocabulary
        super().__init__(**options)
        self.widget.vocabulary = vocabulary

    def keep(self, keys: Iterable[int]) -> None:
        """Let these terms stay although they may be hidden: a row uses them already."""
        self.widget.kept = frozenset(keys)

    def _term(self, key: Any) -> Term:
        for each in terms(self.vocabulary, hidden=True):
            if str(each.pk) == str(key):
                if each.hidden and each.pk not in self.widget.kept:
                    raise ValidationError(
                        self.error_messages["hidden"], code="hidden", params={"term": each.label}
                    )
                return each
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class TermFormField(_TermFormField):
    """One term; its clean value is the shared Term, or None."""

    widget = TermSelect

    def to_python(self, value: Any) -> Term | None:
        return None if value in self.empty_values else self._term(value)

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Term) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and str(self.prepare_value(initial) or "") != str(data or "")


class TermsFormField(_TermFormField):
    """Any number of terms; its clean value is a list."""

    widget = TermBoxes

    def to_python(self, value: Any) -> list[Term]:
        return [self._term(key) for key in value or ()]

    def prepare_value(self, value: Any) -> Any:
        return [each.pk if isinstance(each, Term) else each for each in value or ()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {str(key) for key in self.prepare_value(initial)}
        return not self.disabled and before != {str(key) for key in data or ()}


def term_form_field(
    field: "TermField[Any, Any] | TermsField", **options: Any
) -> TermFormField | TermsFormField:
    """The form field of a link to one or several terms."""
    if isinstance(field, TermsField):
        kind: type[TermFormField | TermsFormField] = TermsFormField
    else:
        kind = TermFormField
        if field.default_code is not None:
            options.setdefault("initial", term(field.vocabulary, field.default_code).pk)
    return kind(
        field.vocabulary,
        **{
            "required": not field.blank,
            "label": capfirst(str(field.verbose_name)),
            "help_text": field.help_text,
            **options,
        },
    )
