"""Inputs of the staff side. They work without JavaScript."""

from typing import Any

from django import forms


class UncertainDateInput(forms.TextInput):
    """One line for a date as it was heard.

    Always left to right, since the accepted forms are, also on an Urdu page. The browser must
    neither correct the signs nor offer the dates of other cases.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "dir": "ltr",
                "size": "26",
                "placeholder": "2023-10-29, 2023-10, 2023",
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
                **(attrs or {}),
            }
        )
