"""How many people the victims are that a question finds."""

from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from record import counting
from record.buckets import People
from record.filter_sets import Conditions
from record.models.keys import GROUPS
from record.resources import Resource

if TYPE_CHECKING:
    from record.questions import Question


def all_people(resource: Resource, conditions: Conditions, total: int) -> People:
    """The people among ``total`` victims that these conditions choose; one query.

    Nearly all victims are one person each. Only the groups are looked up, which have an index of
    their own.
    """
    groups = counting.chosen(resource, conditions).filter(GROUPS)
    sums = groups.aggregate(
        groups=Count("pk"),
        known=Sum("people", default=0),
        sizes=Count("people"),
        estimated=Sum("people", filter=Q(estimated=True), default=0),
    )
    return People(
        known=total - sums["groups"] + sums["known"],
        groups_of_unknown_size=sums["groups"] - sums["sizes"],
        estimated=sums["estimated"],
    )


def people_found(question: "Question") -> People | None:
    """The people that a question about victims finds; None for any other unit."""
    if question.unit != "victims":
        return None
    return all_people(question.resource, question.filters.conditions(), question.count())
