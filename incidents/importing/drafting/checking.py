"""What must hold within one row of the case file, in words.

These are the constraints of the models. Rows that come in together are not validated one by one,
so they are checked here, where the message can still name the column.
"""

import itertools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _

from incidents.models import (
    Account,
    Agency,
    Casualties,
    Consent,
    Incident,
    Involvement,
    LegalAction,
    Person,
    Protest,
    Source,
    Violation,
)

Values = Mapping[str, Any]


class Broken(NamedTuple):
    """A constraint that does not hold: the fields concerned, why, and how to mend it."""

    code: str
    fields: tuple[str, ...]
    reason: str
    remedy: str = ""


Check = Callable[[Values], Broken | None]


def _rising(*names: str) -> Check:
    """The numbers that are given must not fall."""

    def check(values: Values) -> Broken | None:
        given = [(name, values[name]) for name in names if values.get(name) is not None]
        for (first, low), (last, high) in itertools.pairwise(given):
            if low > high:
                reason = _("%(low)s is more than %(high)s, but it is the lower one.")
                remedy = _("Check whether the two are in each other's column.")
                return Broken(
                    "numbers-order", (first, last), reason % {"low": low, "high": high}, remedy
                )
        return None

    return check


def _whole_point(values: Values) -> Broken | None:
    given = [values.get(name) is not None for name in ("latitude", "longitude")]
    if all(given) or not any(given):
        return None
    return Broken(
        "half-a-point",
        ("latitude", "longitude"),
        _("Of the point only the latitude or only the longitude is there."),
        _("Give both, or neither."),
    )


def _end_needed(values: Values) -> Broken | None:
    if not values.get("end_meaning") or values.get("end"):
        return None
    return Broken(
        "end-missing",
        ("end_meaning", "end"),
        _("It is said what the end means, but there is no end."),
        _("Give the end as well, or leave its meaning empty."),
    )


def _needs_text(code: str, text: str, agency: str, reason: Callable[[], str]) -> Check:
    def check(values: Values) -> Broken | None:
        if values.get(agency) is not None or values.get(text):
            return None
        return Broken(
            code,
            (text, agency.removesuffix("_id")),
            reason(),
            _("Name an agency, or say who in words."),
        )

    return check


def _somebody(values: Values) -> Broken | None:
    if values.get("agency_id") is not None or values.get("post") or values.get("description"):
        return None
    return Broken(
        "nobody-named",
        ("agency", "post", "description"),
        _("Nobody is named as responsible."),
        _("Give an agency, a post, or a description of those seen."),
    )


def _a_number(values: Values) -> Broken | None:
    if any(values.get(name) is not None for name in ("low", "best", "high")):
        return None
    return Broken("number-missing", ("low", "best", "high"), _("At least one number is needed."))


def _risk_assessed(values: Values) -> Broken | None:
    if values.get("publication_ground_id") is None or values.get("risk_assessment"):
        return None
    return Broken(
        "risk-not-assessed",
        ("publication_ground", "risk_assessment"),
        _("A ground for publishing without consent needs a written risk assessment."),
    )


def _group_of_some(values: Values) -> Broken | None:
    size = values.get("group_size")
    if size is None or size >= 1:
        return None
    reason = _("A group has at least one person.")
    return Broken("group-empty", ("group_size",), reason, _("Leave the number empty if unknown."))


def _taken_back_later(values: Values) -> Broken | None:
    given, taken = values.get("given_on"), values.get("withdrawn_on")
    if given is None or taken is None or given <= taken:
        return None
    reason = _("It cannot be taken back before it was given.")
    return Broken("consent-order", ("given_on", "withdrawn_on"), reason)


def _no_claimant() -> str:
    return _("Nobody is named who says so.")


def _no_alleger() -> str:
    return _("Nobody is named who alleges it.")


_CHECKS: dict[type[models.Model], tuple[Check, ...]] = {
    Incident: (_whole_point,),
    Violation: (_whole_point, _rising("age_low", "age_high"), _end_needed),
    Person: (_risk_assessed, _group_of_some),
    Casualties: (_a_number, _rising("low", "best", "high")),
    Protest: (_rising("crowd_low", "crowd_high"),),
    Involvement: (
        _somebody,
        _needs_text("alleger-missing", "alleged_by_text", "alleged_by_agency_id", _no_alleger),
    ),
    Account: (
        _needs_text("claimant-missing", "claimant_text", "claimant_agency_id", _no_claimant),
    ),
    LegalAction: (_rising("accused_low", "accused_high"),),
    Consent: (_taken_back_later,),
    Source: (),
    Agency: (),
}


def checks_of(model: type[models.Model]) -> tuple[Check, ...]:
    """What must hold within a row of this model, beyond what single fields hold."""
    return _CHECKS.get(model, ())
