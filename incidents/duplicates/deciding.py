"""What people decided about two records, remembered so that nobody is asked twice."""

import pghistory

from incidents.models import Likeness, LikenessDecision, Person, StaffMember


def decide(
    one: Person, other: Person, decision: Likeness, *, by: StaffMember, reason: str = ""
) -> LikenessDecision:
    """Remember what somebody concluded of two people; an earlier decision stays in the history."""
    first, second = sorted((one.pk, other.pk))
    with pghistory.context(user=by.pk, act="compare"):
        decided, _created = LikenessDecision.objects.update_or_create(
            first_id=first,
            second_id=second,
            defaults={"decision": decision, "reason": reason.strip(), "decided_by": by},
        )
    return decided
