"""Choosing terms: a vocabulary as an indented tree, in the reader's language, without a query.

Hidden terms are not offered. One that a row already uses stays, so that saving the row again
does not change what somebody recorded.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from reference.fields import TermField, TermsField
from reference.models import Term
from reference.vocabularies import term, terms

_INDENT = "\u00a0\u00a0\u00a0"
"""No-break spaces: a list of options drops ordinary ones."""

Option = tuple[str, str, bool]
"""Key, label, whether it is chosen."""


class _TermWidget(forms.Widget):
    """Offers the terms of a vocabulary; one template for all options, as pages have hundreds."""

    vocabulary: str = ""
    kept: frozenset[int] = frozenset()
    indent = _INDENT

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options"] = list(self._options(context["widget"]["value"]))
        context["widget"]["label"] = self.attrs.get("aria-label", "")
        return context

    def format_value(self, value: Any) -> Any:
        values = value if isinstance(value, list | tuple) else [value]
        return {str(each) for each in values if each not in (None, "")}

    def _options(self, chosen: Iterable[str]) -> Iterable[Option]:
        wanted = set(chosen)
        for each in terms(self.vocabulary, hidden=True):
            if not each.hidden or each.pk in self.kept:
                indent = self.indent * (len(each.path) - 1)
                yield str(each.pk), indent + each.label, str(each.pk) in wanted

    def _render(
        self, template_name: str, context: dict[str, Any], renderer: BaseRenderer | None = None
    ) -> SafeString:
        # The templates of the project, which the default renderer of forms does not look at.
        return super()._render(template_name, context, TemplatesSetting())  # type: ignore[misc,no-any-return]


class TermSelect(_TermWidget):
    """One term out of a tree."""

    template_name = "admin/widgets/term_select.html"

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class TermBoxes(_TermWidget):
    """Any number of terms, as check boxes: several can be chosen without holding a key down."""

    template_name = "admin/widgets/term_boxes.html"
    indent = ""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        depth = {str(each.pk): len(each.path) for each in terms(self.vocabulary, hidden=True)}
        context["widget"]["options"] = [
            (key, label, chosen, depth[key]) for key, label, chosen in context["widget"]["options"]
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


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
