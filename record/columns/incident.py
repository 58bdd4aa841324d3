"""The columns of an incident, in the order of files. New ones come at the end."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from record.columns.lists import coded_list, counted, listed, references
from record.columns.places import placed
from record.columns.shared import (
    CITATIONS,
    ENVELOPE,
    PEOPLE,
    SENSITIVE,
    TITLE,
    name_of,
    responsible,
    types_of_violations,
)
from record.columns.values import both_scripts, coded, dated, plain, truth, whole


def _harm(part: Any) -> str:
    """``killed 3-5, best 4``: what is not known is left out."""
    span = "-".join(
        dict.fromkeys(str(part[end]) for end in ("low", "high") if part[end] is not None)
    )
    best = "" if part["best"] is None else f"best {part['best']}"
    code = part["kind"]["code"] if part["kind"] else ""
    return " ".join(filter(None, (code, ", ".join(filter(None, (span, best))))))


COLUMNS: Final = (
    *ENVELOPE,
    *TITLE,
    *coded("incident_kind", "incident-kind", _("Kind of incident")),
    *dated("date", _("Date")),
    *dated("end", _("End")),
    *plain("time_of_day", _("Time of day")),
    *placed("place", _("Place")),
    *both_scripts("account", _("What happened")),
    *coded("grade", "grade", _("How well established")),
    *plain("grade_reason", _("Reason for the grade")),
    *coded("violation_status", "violation-status", _("Violation status")),
    *truth("contested", _("Accounts disagree")),
    *listed("casualties", "casualties", _("Casualties"), _("As claimed."), each=_harm),
    *references("violations", _("Violations")),
    *coded_list(
        "violations_types",
        "violations",
        "violation-type",
        _("Types of violation"),
        of=types_of_violations,
    ),
    *references("victims", _("Victims")),
    *listed("victims_names", "victims", _("Names of victims"), SENSITIVE, each=name_of),
    *responsible(),
    *coded_list(
        "protest_kinds",
        "protest",
        "protest-kind",
        _("Kinds of protest"),
        of=lambda document: (document.get("protest") or {}).get("kinds") or (),
    ),
    *whole(
        "protest_crowd_low",
        _("People at the protest, lowest estimate"),
        unit=PEOPLE,
        path=("protest", "crowd_low"),
    ),
    *whole(
        "protest_crowd_high",
        _("People at the protest, highest estimate"),
        unit=PEOPLE,
        path=("protest", "crowd_high"),
    ),
    *counted(
        "accounts",
        _("Accounts"),
        _("How many versions of how many questions there are."),
        unit=_("accounts"),
    ),
    *references("legal_actions", _("Legal actions")),
    *counted("interventions", _("Appeals to bodies"), unit=_("appeals")),
    *references("links", _("Linked incidents")),
    *references("sources", _("Sources")),
    *listed("sources_titles", "sources", _("Titles of sources"), each=lambda part: part["title"]),
    *CITATIONS,
)
