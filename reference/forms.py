"""Form fields for values of the ground floor."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.utils.text import format_lazy

from reference.date_text import DATE_HELP, explain, explain_heard
from reference.dates import UNKNOWN, UncertainDate, UncertainDateError
from reference.heard_dates import hear, is_certain
from reference.typed_dates import read_typed
from reference.widgets import UncertainDateInput


class UncertainDateFormField(forms.Field):
    """A date as typed; its clean value is an UncertainDate, the unknown one if left empty.

    Reads what ``reference.typed_dates`` can map with certainty. Other words (“late November
    2023”) are put into the box as they were understood, and refused until they are sent like
    that: sending again is the confirmation. The help text always ends with the accepted forms.
    Like any input whose help text is shown, it points to it with ``aria-describedby``.
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
        text = str(value or "")
        try:
            if is_certain(text):
                return read_typed(text)
            readings = hear(text)
        except UncertainDateError as error:
            raise ValidationError(explain(error), code=error.code) from None
        raise ValidationError(explain_heard(text, readings), code="heard")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the box shows of what was sent: words that were understood, as they were."""
        if self.disabled:
            return super().bound_data(data, initial)
        text = str(data or "")
        try:
            readings = () if is_certain(text) else hear(text)
        except UncertainDateError:
            return data
        return readings[0].text if len(readings) == 1 else data

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
