"""Why the database or a column refused a case, in words that help."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from incidents.importing.drafts import Draft
from incidents.importing.problems import Problem
from incidents.importing.rows import UnfitValue
from incidents.importing.storables import IN_ORDER, Storable
from incidents.models import Severity

Resolve = Callable[[dict[str, Any]], dict[str, Any]]
"""Values of a draft → the same with ids for what was wanted."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A case that could not be stored, with the problem that says why."""

    case: Storable
    problem: Problem


def problem_of(case: Storable, error: Exception, resolved: Resolve) -> Problem:
    """What an error in writing a case says of it, without the words of the database."""
    reason, row = _reason(case, error, resolved)
    number = next((each.number for each in case.staged.rows if each.key == row), None)
    return Problem(
        row=number if number is not None else case.staged.rows[0].number,
        key=row or case.staged.rows[0].key,
        code="not-storable",
        reason=reason,
        remedy=_("Correct the value in the list, or say in the mapping to leave it out."),
        severity=Severity.REFUSED,
    )


def _reason(case: Storable, error: Exception, resolved: Resolve) -> tuple[str, str]:
    """Why a case was refused, in words, and the key of the row that is to blame."""
    for draft in case.drafts:
        if reason := _fault_of(draft, error, resolved):
            return reason, draft.row
    if isinstance(error, UnfitValue):
        return str(error), ""
    return words_of(error), ""


def _fault_of(draft: Draft, error: Exception, resolved: Resolve) -> str:
    """What is wrong with a row by its model's own rules, where the error is of that table."""
    if table_of(error) not in (None, draft.model._meta.db_table):
        return ""
    links = [*draft.links, "entered_by", "changed_by", "id"]
    row = draft.model(**resolved(draft.values))
    try:
        row.clean_fields(exclude=links)
        row.validate_constraints(exclude=links)
    except ValidationError as found:
        return _joined(row, found)
    return ""


def words_of(error: Exception) -> str:
    """An error of the database in words that repeat no value."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in IN_ORDER:
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.violation_error_message)
    return _("The database does not take this case (%(error)s).") % {
        "error": name or type(error).__name__
    }


def table_of(error: Exception) -> str | None:
    """The table of which an error of the database tells, if it says so."""
    table = getattr(getattr(error.__cause__, "diag", None), "table_name", None)
    return table or None


def _joined(row: models.Model, error: ValidationError) -> str:
    parts = []
    for name, messages in error.message_dict.items():
        if name == "__all__":
            parts += messages
        else:
            field: Any = row._meta.get_field(name)
            label = field.verbose_name
            parts += [f"{label}: {message}" for message in messages]
    return " ".join(parts)
