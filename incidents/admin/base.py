"""What every page of the staff side has in common.

Who entered and changed a row is written here for each row, inline rows included. Texts in two
scripts side by side show each in its own direction. Rows that the reader may not know of are
neither listed nor offered, and nothing that was published can be deleted.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    RelatedFieldWidgetWrapper,
)
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import (
    BaseInlineFormSet,
    DateTimeField,
    DateTimeInput,
    Field,
    ModelChoiceField,
    ModelMultipleChoiceField,
)
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.functional import cached_property

from incidents.admin.choices import (
    FoundSelect,
    FoundSelectMultiple,
    LinesField,
    NamedWrapper,
    SiblingFormField,
)
from incidents.admin.field_help import help_of, with_example
from incidents.admin.forms import StaffForm
from incidents.admin.history import history_page
from incidents.admin.reasons import reason_of, told_why
from incidents.admin.remarks import remarks_on
from incidents.admin.terms import term_form_field
from incidents.models import Capture, Person, Source, StaffMember
from incidents.models.base import CaseRow
from incidents.visibility import visible_to
from reference.fields import TermField, TermsField, UncertainDateField

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin

    _Fields = BaseModelAdmin[Any]
    _ModelAdmin = admin.ModelAdmin[Any]
    _StackedInline = admin.StackedInline[Any, Any]
    _InlineFormSet = BaseInlineFormSet[Any, Any, Any]
else:
    _Fields = object
    _ModelAdmin, _StackedInline = admin.ModelAdmin, admin.StackedInline
    _InlineFormSet = BaseInlineFormSet

_TEXT = {"dir": "auto"}


def staff_member(request: HttpRequest) -> StaffMember:
    """Who is at work; the admin lets nobody else in."""
    user = request.user
    if not isinstance(user, StaffMember):
        raise TypeError("The admin was opened by somebody who is not on staff.")
    return user


def visible_rows(request: HttpRequest, model: type[models.Model]) -> models.QuerySet[Any]:
    """Rows of a model that may be shown in answer to this request; worked out once a request."""
    found: dict[type[models.Model], models.QuerySet[Any]] = request.__dict__.setdefault(
        "visible_rows", {}
    )
    if model not in found:
        found[model] = visible_to(staff_member(request), model._default_manager.all())
    return found[model].all()


def stamp(row: models.Model, user: StaffMember) -> None:
    """Write who entered and who last changed a row."""
    if isinstance(row, CaseRow):
        if row._state.adding:
            row.entered_by = user
            if isinstance(row, Capture):
                row.captured_by = row.captured_by or user
        row.changed_by = user


class StaffFields(_Fields):
    """Which form field a model field gets, on pages and in inlines alike."""

    sibling_fields: Sequence[str] = ()
    small_texts: Sequence[str] = ()
    """Text areas of two lines, where a whole page of them would otherwise be very long."""

    formfield_overrides = {
        models.CharField: {"widget": AdminTextInputWidget(attrs=_TEXT)},
        models.TextField: {"widget": AdminTextareaWidget(attrs={**_TEXT, "rows": 6})},
        models.URLField: {"assume_scheme": "https"},
        # One box, which one label can name, instead of Django's two.
        models.DateTimeField: {
            "form_class": DateTimeField,
            "widget": DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        },
    }

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> Field | None:
        """A box that says what belongs into it."""
        field = self._box(db_field, request, **options)
        if field is not None:
            field.help_text = with_example(db_field, str(field.help_text or help_of(db_field)))
            # The browser of a shared computer must not offer what others have typed.
            field.widget.attrs.setdefault("autocomplete", "off")
        return field

    def _box(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> Field | None:
        """Terms from the cache, lists as lines, and no links that lead away from the work."""
        if isinstance(db_field, TermField | TermsField):
            return term_form_field(db_field, **options)
        if isinstance(db_field, ArrayField):
            return LinesField(
                required=not db_field.blank,
                label=_capitalised(db_field),
                help_text=db_field.help_text,
                widget=AdminTextareaWidget(attrs={**_TEXT, "rows": 3}),
            )
        if db_field.name in self.sibling_fields:
            return SiblingFormField(
                required=not db_field.blank,
                label=_capitalised(db_field),
                help_text=db_field.help_text,
            )
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is not None:
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                field.widget = _named(field.widget, str(field.label))
            if db_field.name in self.small_texts:
                field.widget.attrs["rows"] = 2
        return field

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **options: Any
    ) -> "ModelChoiceField[Any] | None":
        """An autocomplete over what this person may see."""
        self._offer(FoundSelect, db_field, request, options)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(
        self, db_field: "models.ManyToManyField[Any, Any]", request: HttpRequest, **options: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        """The same for several rows."""
        self._offer(FoundSelectMultiple, db_field, request, options)
        return super().formfield_for_manytomany(db_field, request, **options)

    def _offer(
        self,
        widget: type[FoundSelect] | type[FoundSelectMultiple],
        db_field: Any,
        request: HttpRequest,
        options: dict[str, Any],
    ) -> None:
        if db_field.name not in self.get_autocomplete_fields(request):
            return
        model = db_field.remote_field.model
        options.setdefault("widget", widget(db_field, admin.site))
        options.setdefault("queryset", _for_label(visible_rows(request, model)))


class StaffModelAdmin(StaffFields, _ModelAdmin):
    """A section of the staff side."""

    form = StaffForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
    show_facets = admin.ShowFacets.NEVER
    actions: Any = None
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Rows that this person may know of."""
        return visible_to(staff_member(request), super().get_queryset(request))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """A form that knows who is at work."""
        return equip(super().get_form(request, obj, change=change, **options), request, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """The page of a record; what is changed keeps the reason that was typed."""
        with told_why(request, self.model, object_id):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """The page, with the box for the reason of a change."""
        if obj is not None:
            context["reason"] = reason_of(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a record: what was recorded stays in the history, and can be hidden."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save what changed, with who changed it. A page saved as it was leaves no trace."""
        if change and not form.changed_data:
            return
        stamp(obj, staff_member(request))
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the inline rows, then what the forms keep in tables of their own."""
        super().save_related(request, form, formsets, change)
        if isinstance(form, StaffForm):
            form.save_parts()

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save inline rows with who changed them."""
        removed = set(formset.deleted_forms) if formset.can_delete else set()
        changed = [each for each in formset if each.has_changed() and each not in removed]
        for each in changed:
            stamp(each.instance, staff_member(request))
        formset.save()
        for each in changed:
            if isinstance(each, StaffForm):
                each.save_parts()

    def autocomplete_labels(
        self, request: HttpRequest, rows: Iterable[models.Model]
    ) -> dict[Any, str]:
        """How the rows found by an autocomplete are called, by primary key."""
        return {row.pk: str(row) for row in rows}

    def nearest_first(self, queryset: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
        """The rows that an autocomplete found, the likeliest first."""
        return queryset

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Every change of the object and its parts, as the database recorded it."""
        return history_page(self, request, object_id)

    # The triggers of the database keep the history; a second log would keep titles and names
    # in a table of its own, also after they were withdrawn.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no log beside the history."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no log beside the history."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        """Keep no log beside the history."""


class RowsFormSet(_InlineFormSet):
    """Inline rows. A row that was not touched is neither checked again nor saved."""

    asks_why = True

    def _construct_form(self, i: int, **options: Any) -> Any:
        form = super()._construct_form(i, **options)  # type: ignore[misc]
        form.empty_permitted = True
        form.use_required_attribute = False
        return form

    @cached_property
    def empty_form(self) -> Any:
        """The row that “Add another” copies: made once, and asked for by many parts of the page."""
        return super().empty_form

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer no removal of a row that has a public reference."""
        super().add_fields(form, index)
        if getattr(form.instance, "reference", None) and "DELETE" in form.fields:
            form.fields["DELETE"].disabled = True

    def clean(self) -> None:
        """Refuse a change of what others rely on without a reason."""
        super().clean()
        reason = getattr(self.form, "reason", None)
        if self.asks_why and reason is not None and reason.is_missing and self.has_changed():
            raise ValidationError(reason.refusal, code="no-reason")


class StaffInline(StaffFields, _StackedInline):
    """Rows of a record on its own page. Always stacked: each box then has a label."""

    form = StaffForm
    formset = RowsFormSet
    extra = 0
    select_related: Sequence[str] = ()
    prefetch_related: Sequence[Any] = ()
    asks_why = True
    """Whether a change of a row of a public record needs a reason: rows that say of themselves
    how they came, as consents do, need none, nor do rows that are never public."""

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> Field | None:
        """Dates without the long help: the page shows it once, and each refusal repeats it."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field is not None and isinstance(db_field, UncertainDateField):
            field.help_text = help_of(db_field)  # type: ignore[assignment]
        return field

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Rows that this person may know of, with all that their boxes show."""
        rows = visible_to(staff_member(request), super().get_queryset(request))
        if self.select_related:
            rows = rows.select_related(*self.select_related)
        return rows.prefetch_related(*self.prefetch_related)

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Forms that know who is at work."""
        formset: Any = super().get_formset(request, obj, **options)
        equip(formset.form, request, obj)
        formset.asks_why = self.asks_why
        return formset


def _named(wrapper: RelatedFieldWidgetWrapper, label: str) -> NamedWrapper:
    named = NamedWrapper(
        wrapper.widget,
        wrapper.rel,
        admin.site,
        can_add_related=wrapper.can_add_related,
        can_change_related=wrapper.can_change_related,
    )
    named.label = label
    return named


def equip(form: Any, request: HttpRequest, record: Any = None) -> Any:
    """Tell a form class of this request who is at work, what may be cited, and what those who
    check the record have commented on."""
    form.user = staff_member(request)
    form.remarks = remarks_on(request, record)
    form.reason = reason_of(request, record)
    form.offered_sources = visible_rows(request, Source)
    return form


def _for_label(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Read with the rows what their labels need."""
    if issubclass(rows.model, Person):
        return rows.prefetch_related("names")
    return rows


def _capitalised(field: Any) -> str:
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]
