"""Form fields for values of the ground floor."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.utils.text import format_lazy

from reference.date_text import DATE_HELP, explain
from reference.dates import UNKNOWN, UncertainDate, UncertainDateError
from reference.typed_dates import read_typed
from reference.widgets import UncertainDateInput


class UncertainDateFormField(forms.Field):
    """A date as typed; its clean value is an UncertainDate, the unknown one if left empty.

    Reads what ``reference.typed_dates`` can map with certainty. The help text always ends with
    the accepted forms. Like any input whose help text is shown, it points to it with
    ``aria-describedby``.
    """

    widget = UncertainDateInput
    empty_values = [*EMPTY_VALUES, UNKNOWN]

    def __init__(self, **options: Any) -> None:
        own_help = options.pop("help_text", "")
        options["help_text"] = format_lazy("{} {}", own_help, DATE_HELP) if own_help else DATE_HELP
        super().__init__(**options)

    def to_python(self, value: Any) -> UncertainDate:
        """Read a typed date; raises ValidationError that shows the accepted forms."""
        if isinstance(value, UncertainDate):
            return value
        try:
            return read_typed(str(value or ""))
        except UncertainDateError as error:
            raise ValidationError(explain(error), code=error.code) from None

    def prepare_value(self, value: Any) -> str:
        """Show a date in the form in which it is stored, so that it can be saved again as it is.

        A text that was refused is shown as it was typed.
        """
        return "" if value is None else str(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date was typed; the same date in another spelling is no change."""
        if self.disabled:
            return False
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
