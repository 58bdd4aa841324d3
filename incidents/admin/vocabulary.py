"""Terms of the vocabularies: reworded, hidden and added by administrators. Codes are permanent."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin
from incidents.admin.forms import StaffForm
from incidents.admin.labels import joined
from reference.models import Term
from reference.vocabularies import vocabularies

_LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LABELS = tuple(f"label_{code}" for code in _LANGUAGES)
DEFINITIONS = tuple(f"definition_{code}" for code in _LANGUAGES)


class TermForm(StaffForm):
    """A term, with a box for each language instead of an object of texts."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "parent" in self.fields:
            self._offer_parents()
        for code, name in settings.LANGUAGES:
            self.fields[f"label_{code}"] = forms.CharField(
                label=gettext("Label in %(language)s") % {"language": name},
                required=code == "en",
                initial=self.instance.labels.get(code, ""),
                widget=AdminTextInputWidget(attrs={"dir": "auto"}),
            )
            self.fields[f"definition_{code}"] = forms.CharField(
                label=gettext("Definition in %(language)s") % {"language": name},
                required=False,
                initial=self.instance.definitions.get(code, ""),
                widget=AdminTextareaWidget(attrs={"dir": "auto", "rows": 2}),
            )

    def clean(self) -> dict[str, Any] | None:
        """Put the texts together before the model checks them."""
        cleaned = super().clean()
        for texts, prefix in (
            (self.instance.labels, "label"),
            (self.instance.definitions, "definition"),
        ):
            for code in _LANGUAGES:
                if text := self.cleaned_data.get(f"{prefix}_{code}"):
                    texts[code] = text
                else:
                    texts.pop(code, None)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """Show what the model says of its texts beside the box for English."""
        for name, box in (("labels", "label_en"), ("definitions", "definition_en")):
            found = getattr(error, "error_dict", {}).pop(name, None)
            if found and not self.has_error(box):
                super().add_error(box, found)
        if getattr(error, "error_dict", True):
            super().add_error(field, error)

    def _offer_parents(self) -> None:
        """Terms of the same vocabulary; all of them before it has been chosen."""
        field: Any = self.fields["parent"]
        if self.instance.pk is not None:
            field.queryset = field.queryset.filter(vocabulary=self.instance.vocabulary).exclude(
                path__contains=[self.instance.pk]
            )


class VocabularyFilter(admin.SimpleListFilter):
    """One vocabulary at a time."""

    title = _("vocabulary")
    parameter_name = "vocabulary"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every vocabulary by its title."""
        return [(each.code, each.label) for each in vocabularies()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The terms of the chosen one."""
        return queryset if self.value() is None else queryset.filter(vocabulary=self.value())


@admin.register(Term)
class TermAdmin(StaffModelAdmin):
    """Every value of every list."""

    form = TermForm
    autocomplete_fields = ("parent",)
    search_fields = ("code",)
    search_help_text = _("Code, or words of a label in any language.")
    list_display = ("label_column", "vocabulary", "code", "parent", "huridocs", "hidden", "edited")
    list_select_related = ("parent",)
    list_filter = (VocabularyFilter, "hidden", "edited")
    fieldsets = (
        (None, {"fields": ("vocabulary", "code", "parent", *LABELS, *DEFINITIONS)}),
        (_("Use"), {"fields": ("hidden", "order", "huridocs", "note")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Vocabulary and code are permanent."""
        return ("vocabulary", "code") if obj is not None else ()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """The boxes for texts are added by the form itself, not by the model."""
        if options.get("fields"):
            own = {*LABELS, *DEFINITIONS}
            options["fields"] = [name for name in options["fields"] if name not in own]
        return super().get_form(request, obj, change=change, **options)

    @admin.display(description=_("label"), ordering="order")
    def label_column(self, term: Any) -> str:
        """The label in the reader's language, indented as in the tree."""
        return "\u00a0\u00a0" * (len(term.path) - 1) + str(term.label)

    def autocomplete_labels(self, request: HttpRequest, rows: Iterable[Model]) -> dict[Any, str]:
        """Label and vocabulary, since many lists have an “unknown”."""
        found: list[Any] = list(rows)
        return {row.pk: joined((row.label, row.vocabulary)) for row in found}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Terms by code or by a label in any language."""
        text = search_term.replace("\0", "").strip()
        if not text:
            return queryset, False
        found = Q(code__icontains=text)
        for code in _LANGUAGES:
            found |= Q(**{f"labels__{code}__icontains": text})
        return queryset.filter(found), False
