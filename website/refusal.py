"""What every page says to a question that cannot be asked: the form with the error at its field."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from record.kinds import Kind
from record.parameters import ParameterError
from record.questions import Question
from website.presentation.controls import search_form
from website.presentation.narrowing import wrong
from website.search_form import rendered_form


def refusal(
    kind: Kind,
    question: Question,
    given: QueryDict,
    errors: Iterable[ParameterError],
    *,
    arranging: bool = True,
) -> dict[str, Any]:
    """The form, filled with what was given, and every error with the ways to mend it.

    ``arranging``: whether this way to see a result has an order and pages.
    """
    errors = list(errors)
    form = search_form(question.filters.filters, given, errors, arranging=arranging)
    every = [*form.shown, *(control for group in form.groups for control in group.controls)]
    labels = {control.name: control.label for control in every}
    return {
        "form": form,
        **rendered_form(kind, form, whole=arranging),
        "asked": bool(given),
        "errors": [
            wrong(error, given, error.parameter in labels, labels.get(error.parameter, ""))
            for error in errors
        ],
        "robots": "noindex",
    }
