"""Whether putting a row back would protect somebody less. That is never one click: it is done on
the page of the record, where it is seen what is allowed."""

from typing import Any, Final

from incidents.history.touched import Touched
from incidents.models import Consent, Person, links
from incidents.models.consent import ENDING
from incidents.publishing.shielding import stricter
from reference.vocabularies import term

_KEPT_FROM_OTHERS: Final = ("restricted", "confidential", "internal")
_LEVELS: Final = ("name_protection", "place_protection", "date_protection")


def lowers_protection(row: Touched) -> bool:
    """Whether a row protects more as it was left than as it stood before."""
    now = row.last if row.stands else None
    if row.model is links.IncidentAssignment:
        return now is None
    if row.model is Consent:
        return _ended(row.before, now)
    if row.before is None or now is None:
        return False
    if row.model is Person and _shows_more(row.before, now):
        return True
    return any(
        getattr(now, name, False) and not getattr(row.before, name) for name in _KEPT_FROM_OTHERS
    )


def _shows_more(before: Any, now: Any) -> bool:
    """Whether more of a person may be shown as they stood before than now."""
    levels = ((name, getattr(before, name), getattr(now, name)) for name in _LEVELS)
    return (
        any(stricter(name, was, become) != was for name, was, become in levels)
        or (before.photo_allowed and not now.photo_allowed)
        or (before.publication_ground_id is not None and now.publication_ground_id is None)
    )


def _ended(before: Any, now: Any) -> bool:
    """Whether somebody allows less by a consent as it was left than as it stood before."""
    granted = term("consent-answer", "granted").pk
    ending = {term("consent-answer", code).pk for code in ENDING}
    if now is None:
        return bool(before.answer_id == granted and before.withdrawn_on is None)
    ends = now.answer_id in ending or now.withdrawn_on is not None
    if before is None:
        return ends
    return (
        (before.person_id, before.use_id) != (now.person_id, now.use_id)
        or (before.answer_id != now.answer_id and now.answer_id != granted)
        or (before.withdrawn_on is None and now.withdrawn_on is not None)
        or (ends and before.given_on != now.given_on)
        or _runs_out_sooner(before.expires, now.expires)
    )


def _runs_out_sooner(before: Any, now: Any) -> bool:
    return now is not None and (before is None or now < before)
