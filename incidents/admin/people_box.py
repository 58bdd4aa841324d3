"""The box in which people are written down, one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from incidents.entry.people_lines import LONGEST, MOST


class LinesField(forms.CharField):
    """People, one a line; its clean value is the text."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        """Refuse what is more than a page can show for looking over."""
        text = str(super().clean(value))
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(
                _(
                    "These are %(number)d lines. Up to %(most)d people are entered on one page; "
                    "bring a longer list in under “Imports”."
                ),
                params={"number": len(lines), "most": MOST},
            )
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST:
                raise ValidationError(
                    _("Line %(number)d is longer than %(most)d characters."),
                    params={"number": number, "most": LONGEST},
                )
        return text
