"""How many of the objects found have each term of a set: the counts beside a list.

Sets hold ancestors, so a term is counted with all below it, as the filter finds it.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Count, F, IntegerField, Value, When

from record import counting
from record.narrow_statistics import MANY
from record.parameter_filters import TermParameter
from record.resources import Unnest
from record.tallies.trait_questions import tells_traits, trait_counts
from record.tallies.traits import TRAITS

if TYPE_CHECKING:
    from record.questions import Question

_IDS = ArrayField(IntegerField())
_NONE = 0


def countable(question: "Question", name: str) -> bool:
    """Whether ``term_counts`` knows a parameter: a set of terms, of the listed object itself or
    of its facts, of which each belongs to one object."""
    parameter = question.filters.filters.get(name)
    if not isinstance(parameter, TermParameter) or not parameter.ids:
        return False
    return parameter.own or not question.resource.set_valued


def is_tallied(question: "Question", name: str) -> bool:
    """Whether ``term_counts`` costs little, however much the question finds."""
    described = TRAITS.get(name)
    return described is not None and not described.by_own and tells_traits(question.filters)


def term_counts(question: "Question", name: str) -> dict[int | None, int]:
    """The number of objects found by the id of each term they have; None: those without any.

    The question must not speak of the parameter itself. One query.
    """
    parameter = question.filters.filters[name]
    if not isinstance(parameter, TermParameter) or not countable(question, name):
        raise ValueError("Only sets of terms can be counted so.")
    tallied = None if parameter.own else trait_counts(question.filters, name)
    if tallied is not None:
        return tallied
    resource, conditions = question.resource, question.filters.conditions()
    unit: str
    rows: Any
    if parameter.own:
        rows, unit = counting.chosen(resource, conditions), resource.key_id
    else:
        few = question.has_range and question.count() <= MANY
        rows = counting.facts(resource, conditions, gathered=few)
        unit = resource.fact_column
    counted = (
        rows.order_by()
        .annotate(member=Unnest(_or_none(parameter.ids)))
        .values_list("member")
        .annotate(objects=Count(unit, distinct=not parameter.own))
    )
    return {member or None: count for member, count in counted}


def _or_none(column: str) -> Case:
    """The set, or one member that stands for none: unnesting an empty set would lose the row."""
    none = Value([_NONE], output_field=_IDS)
    return Case(When(**{column: []}, then=none), default=F(column), output_field=_IDS)
