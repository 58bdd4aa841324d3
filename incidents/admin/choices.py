"""Choosing rows: autocompletes that know their labels, rows of the same case, lists of lines."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Self

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.renderers import BaseRenderer
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.labels import label_of, sibling_label

if TYPE_CHECKING:
    from django.contrib.admin.widgets import AutocompleteMixin

    class _Autocomplete(AutocompleteMixin, forms.Select): ...
else:
    _Autocomplete = object


class _KnowsLabels(_Autocomplete):
    """Takes the label of a chosen row from what the page has read already.

    Django's own widget asks the database once for each field of each row.
    """

    known: Mapping[str, str] = {}
    label: str = ""
    choices: Any

    @property
    def media(self) -> forms.Media:
        """Django's own scripts, and behind them ours that names what they make."""
        return super().media + forms.Media(js=("admin/js/autocomplete.js", "staff/choices.js"))

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        """The chosen options; all others come while somebody types."""
        chosen = [str(key) for key in value if str(key) not in ("", "None")]
        labels = {**self._ask(key for key in chosen if key not in self.known), **self.known}
        options: list[Any] = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for index, key in enumerate((key for key in chosen if key in labels), start=1):
            options.append(self.create_option(name, key, labels[key], True, index))
        return [(None, options, 0)]

    def _ask(self, keys: Iterable[str]) -> dict[str, str]:
        wanted = [key for key in keys if key.isdecimal()]
        if not wanted:
            return {}
        field = self.choices.field
        return {str(row.pk): label_of(row) for row in field.queryset.filter(pk__in=wanted)}

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        """Name the box: select2 reads its own text aloud, not the label beside it."""
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        attrs["data-placeholder"] = self.label
        attrs["aria-label"] = self.label
        if self.allow_multiple_selected:
            # Its cross stands in a list where nothing but items may, and takes all away at once.
            attrs["data-allow-clear"] = "false"
        return attrs


class FoundSelect(_KnowsLabels, AutocompleteSelect):
    """One row, found by typing."""


class FoundSelectMultiple(_KnowsLabels, AutocompleteSelectMultiple):
    """Any number of rows, found by typing."""


_CHANGE: Final = (
    '<a class="related-widget-wrapper-link change-related" id="change_id_{}"'
    ' data-href-template="{}" data-popup="yes" title="{}">'
    '<img src="{}" alt="" width="24" height="24"></a>'
)
_ADD: Final = (
    '<a class="related-widget-wrapper-link add-related" id="add_id_{}" data-popup="yes"'
    ' href="{}" title="{}"><img src="{}" alt="" width="24" height="24"></a>'
)


class NamedWrapper(RelatedFieldWidgetWrapper):
    """A choice with its links for adding and changing, as a group that bears the label.

    select2 puts a box of its own in place of the choice, which no label can point to.
    """

    label = ""

    @classmethod
    def around(cls, widget: FoundSelect | FoundSelectMultiple, relation: Any, label: str) -> Self:
        """The wrapper of a box that is not a field of the model."""
        widget.label, widget.is_required = label, False
        wrapper = cls(widget, relation.remote_field, admin.site, can_add_related=True)
        wrapper.label = label
        return wrapper

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The choice, and a link for each thing that can be done beside it."""
        options = self.rel.model._meta
        model, kind = options.verbose_name, str(options.model_name)
        query = f"{TO_FIELD_VAR}={self.rel.get_related_field().name}&{IS_POPUP_VAR}=1"
        about = (options.app_label, kind)
        links: list[Any] = []
        if self.can_change_related:
            address = f"{self.get_related_url(about, 'change', '__fk__')}?{query}"
            title = gettext("Change selected %(model)s") % {"model": model}
            icon = static("admin/img/icon-changelink.svg")
            links.append(format_html(_CHANGE, name, address, title, icon))
        if self.can_add_related:
            address = f"{self.get_related_url(about, 'add')}?{query}"
            title = gettext("Add another %(model)s") % {"model": model}
            icon = static("admin/img/icon-addlink.svg")
            links.append(format_html(_ADD, name, address, title, icon))
        return format_html(
            '<div class="related-widget-wrapper" role="group" aria-label="{}"{}>{}{}</div>',
            self.label,
            "" if self.rel.limit_choices_to else format_html(' data-model-ref="{}"', kind),
            self.widget.render(name, value, attrs, renderer),
            format_html_join("", "{}", ((link,) for link in links)),
        )


class SiblingFormField(forms.Field):
    """A row of the same case, chosen from a short list; its clean value is that row or None."""

    widget = forms.Select
    default_error_messages = {
        "invalid_choice": _("Choose a row of this case. New rows can be chosen after saving."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.offer(())

    def offer(self, rows: Iterable[Model], *, but: Model | None = None) -> None:
        """Offer these rows, without the one that is doing the choosing."""
        self.rows = {str(row.pk): row for row in rows if but is None or row.pk != but.pk}
        self.widget.choices = [
            ("", "---------"),
            *((key, sibling_label(row)) for key, row in self.rows.items()),
        ]

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        try:
            return self.rows[str(value)]
        except KeyError:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and str(initial or "") != str(data or "")


class LinesField(forms.CharField):
    """Several short texts, one a line; its clean value is a list without empty lines."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = str(super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def run_validators(self, value: Any) -> None:
        """The lines are checked by the field of the model."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and list(initial or []) != self.to_python(data or "")
