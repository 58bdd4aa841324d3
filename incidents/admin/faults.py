"""Every fault of a page in one list at its top, each with a link to its box."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which box: its id and label, empty for the page as a whole."""

    box: str
    label: str
    told: str


def faults_of(*forms_of_page: forms.Form) -> list[Fault]:
    """The faults of these forms in their order."""
    return [fault for form in forms_of_page if form.is_bound for fault in _of_one(form)]


def _of_one(form: forms.Form) -> Iterable[Fault]:
    for name, told in form.errors.items():
        for each in told:
            if name == NON_FIELD_ERRORS or name not in form.fields:
                yield Fault("", "", str(each))
            else:
                box = form[name]
                yield Fault(str(box.auto_id), str(box.label), str(each))
