"""Model fields of the ground floor: uncertain dates, and links to the terms of a vocabulary.

An uncertain date is three columns: the text, which is the truth, and its bounds, which indexes
and filters need. A model names all three::

    date = UncertainDateField(_("date"))
    date_earliest = EarliestField("date")
    date_latest = LatestField("date")

    class Meta:
        constraints = [date_order("date")]

The bounds of an instance always follow from its text, and ``save``, ``bulk_create`` and fixtures
write all three. What writes single columns must name all three: ``save(update_fields=...)``
refuses to leave the bounds behind; ``update()`` and ``bulk_update()`` cannot know, so give
``update()`` the result of ``date_columns``.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from reference.date_text import explain
from reference.dates import UNKNOWN, UncertainDate, UncertainDateError
from reference.forms import UncertainDateFormField

if TYPE_CHECKING:
    from django import forms
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Combinable, Expression

    from reference.models.vocabulary import Term

    _DateTextField = models.Field[UncertainDate | str | Combinable | None, UncertainDate]
    _BoundColumn = models.DateField[date | Combinable | None, date | None]
    _TermLinks = models.ManyToManyField[Term, Any]
else:
    _DateTextField = models.Field
    _BoundColumn = models.DateField
    _TermLinks = models.ManyToManyField

# What can be set and what is read, filled in by the mypy plugin for each field.
_Set = TypeVar("_Set", contravariant=True)
_Get = TypeVar("_Get", covariant=True)


class _DateAttribute(DeferredAttribute):
    """Turns assigned text into an UncertainDate; keeps unreadable text for validation to refuse."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        if value is None:
            value = UNKNOWN
        elif isinstance(value, str):
            # As with Django's own fields, an assignment does not raise: a form shows the text
            # again beside the message, and full_clean() and save() refuse it.
            with suppress(UncertainDateError):
                value = UncertainDate.parse(value)
        instance.__dict__[self.field.attname] = value


class UncertainDateField(_DateTextField):
    """The text column of an uncertain date; its attribute is an UncertainDate.

    Accepts an UncertainDate, an accepted text, or None (unknown). The column is never NULL: an
    unknown date is the empty text. Blank is allowed unless ``blank=False``.
    """

    description = _("Date, as exact as it is known")
    descriptor_class = _DateAttribute
    empty_values = [*EMPTY_VALUES, UNKNOWN]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Describe the field for migrations; the blank that is our default is left out."""
        name, path, args, options = super().deconstruct()
        if not options.pop("blank", False):
            options["blank"] = False
        return name, path, args, options

    def get_internal_type(self) -> str:
        """Return the type whose column this is: text without a limit, as the forms limit it."""
        return "TextField"

    def to_python(self, value: Any) -> UncertainDate:
        """Return the date; raises ValidationError with the accepted forms."""
        if isinstance(value, UncertainDate):
            return value
        try:
            return UncertainDate.parse("" if value is None else str(value))
        except UncertainDateError as error:
            raise ValidationError(explain(error), code=error.code) from None

    def from_db_value(
        self, value: str | None, expression: "Expression", connection: "BaseDatabaseWrapper"
    ) -> UncertainDate:
        """Read the column, also for ``values()``."""
        return UncertainDate.parse(value or "")

    def get_prep_value(self, value: Any) -> Any:
        """Return the canonical text; raises ValidationError for text that is no date."""
        value = super().get_prep_value(value)
        return value if value is None else self.to_python(value).text

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for a fixture."""
        return str(self.value_from_object(obj))

    def formfield(self, *args: Any, **options: Any) -> "forms.Field | None":
        """Return the form field that reads dates as people type them."""
        return super().formfield(*args, **{"form_class": UncertainDateFormField, **options})


class _BoundAttribute(DeferredAttribute):
    """Reads a bound from the date while the date is loaded, so that the two cannot differ."""

    field: "_BoundField"

    def __get__(self, instance: Any, cls: type[models.Model] | None = None) -> Any:
        value = instance.__dict__.get(self.field.of) if instance is not None else None
        if isinstance(value, UncertainDate):
            return getattr(value, self.field.side)
        return super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: Any) -> None:
        # Needed so that reading goes through __get__; loading from the database assigns here.
        instance.__dict__[self.field.attname] = value


class _BoundField(_BoundColumn):
    """A real, indexed date column computed from an UncertainDateField of the same model."""

    side: Literal["earliest", "latest"]
    descriptor_class = _BoundAttribute

    def __init__(self, of: str, **options: Any) -> None:
        """``of`` is the name of the UncertainDateField."""
        self.of = of
        super().__init__(**{**self._fixed(), "db_index": True, **options})

    @staticmethod
    def _fixed() -> dict[str, Any]:
        return {"null": True, "blank": True, "editable": False}

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Describe the field for migrations, with what differs from our own defaults."""
        name, path, args, options = super().deconstruct()
        for fixed in self._fixed():
            options.pop(fixed, None)
        if not options.pop("db_index", False):
            options["db_index"] = False
        return name, path, [self.of, *args], options

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Compute the bound from the date that is being saved."""
        value = getattr(model_instance, self.of)
        if isinstance(value, UncertainDate):
            setattr(model_instance, self.attname, getattr(value, self.side))
        return getattr(model_instance, self.attname)


class EarliestField(_BoundField):
    """The first day an uncertain date can mean; NULL if it is open on that side or unknown."""

    description = _("First possible day")
    side = "earliest"


class LatestField(_BoundField):
    """The last day an uncertain date can mean; NULL if it is open on that side or unknown."""

    description = _("Last possible day")
    side = "latest"


@receiver(pre_save, dispatch_uid="reference.fields.keep_bounds_in_step")
def keep_bounds_in_step(
    sender: type[models.Model], update_fields: Iterable[str] | None = None, **signal: Any
) -> None:
    """Refuse to save the text of a date without its bounds.

    Raises ValueError: silently, the record would be found under its old date.
    """
    if update_fields is None:
        return
    saved = set(update_fields)
    left_behind = [
        field.attname
        for field in sender._meta.concrete_fields
        if isinstance(field, _BoundField) and field.of in saved and field.attname not in saved
    ]
    if left_behind:
        raise ValueError(f"update_fields must also name {', '.join(left_behind)}.")


def date_columns(name: str, value: UncertainDate | str) -> dict[str, Any]:
    """Return the three columns of an uncertain date, for ``QuerySet.update(**...)``.

    Raises UncertainDateError for text that is no date.
    """
    given = UncertainDate.parse(value) if isinstance(value, str) else value
    return {name: given, f"{name}_earliest": given.earliest, f"{name}_latest": given.latest}


def date_order(name: str) -> models.CheckConstraint:
    """Return the CHECK that the first possible day of a date is not after its last."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}_earliest__lte": models.F(f"{name}_latest")}),
        name=f"%(app_label)s_%(class)s_{name}_order",
        violation_error_message=_("The first possible day is after the last."),
    )


_TERM = "reference.Term"


class TermField(models.ForeignKey[_Set, _Get]):
    """A link to one term of a vocabulary. A term in use cannot be deleted.

    The database only knows that it is a term; forms and ``full_clean`` hold it to the vocabulary.
    """

    def __init__(self, vocabulary: str, *, default_code: str | None = None, **options: Any) -> None:
        """``vocabulary`` is the slug; all else is as for a ForeignKey.

        ``default_code`` is the term that stands where nothing was said, such as ``unknown``: it
        must never state a fact. It is looked up when an instance is made.
        """
        self.vocabulary = vocabulary
        self.default_code = default_code
        super().__init__(
            **{
                "to": _TERM,
                "on_delete": models.PROTECT,
                "related_name": "+",
                "limit_choices_to": {"vocabulary": vocabulary},
                **options,
            }
        )

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Describe the field for migrations: its vocabulary, and what differs from our defaults."""
        name, path, args, options = super().deconstruct()
        if options.get("on_delete") is models.PROTECT:
            del options["on_delete"]
        return name, path, [self.vocabulary, *args], _own_options(options, self.vocabulary)

    def has_default(self) -> bool:
        """Whether a term stands where nothing was said."""
        return self.default_code is not None or super().has_default()

    def formfield(self, **options: Any) -> Any:
        """Return the form field; a new form starts with the default term chosen."""
        if self.default_code is not None:
            # Django would take the default from ``self.default``, which is not set.
            options = {"initial": self.get_default, "show_hidden_initial": False, **options}
        return super().formfield(**options)

    def get_default(self) -> Any:
        """The key of that term; None before the vocabulary is loaded."""
        if self.default_code is None:
            return super().get_default()
        terms = self.remote_field.model._default_manager
        return (
            terms.filter(vocabulary=self.vocabulary, code=self.default_code)
            .values_list("pk", flat=True)
            .first()
        )


class TermsField(_TermLinks):
    """Links to any number of terms of a vocabulary."""

    def __init__(self, vocabulary: str, **options: Any) -> None:
        """``vocabulary`` is the slug; all else is as for a ManyToManyField."""
        self.vocabulary = vocabulary
        super().__init__(
            **{
                "to": _TERM,
                "related_name": "+",
                "limit_choices_to": {"vocabulary": vocabulary},
                **options,
            }
        )

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Describe the field for migrations: its vocabulary, and what differs from our defaults."""
        name, path, args, options = super().deconstruct()
        return name, path, [self.vocabulary, *args], _own_options(options, self.vocabulary)


def _own_options(options: dict[str, Any], vocabulary: str) -> dict[str, Any]:
    """The options of a link that are not the defaults of a term field."""
    defaults = {
        "to": _TERM.lower(),
        "related_name": "+",
        "limit_choices_to": {"vocabulary": vocabulary},
    }
    return {
        option: value
        for option, value in options.items()
        if option not in defaults or value != defaults[option]
    }
