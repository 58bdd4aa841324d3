"""The columns of a violation, in the order of files. New ones come at the end."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from record.columns.lists import coded_list, listed
from record.columns.places import in_area, placed
from record.columns.shared import (
    AT_THE_TIME,
    CITATIONS,
    DAYS,
    ENVELOPE,
    PEOPLE,
    SENSITIVE,
    UNTIL_ADMITTED,
    YEARS,
    responsible,
)
from record.columns.values import both_scripts, bounds, coded, dated, plain, truth, whole

COLUMNS: Final = (
    *ENVELOPE,
    *coded("type", "violation-type", _("Type of violation")),
    *coded_list(
        "types",
        "types",
        "violation-type",
        _("Type with all above it"),
        of=lambda document: document.get("types") or (),
    ),
    *plain("victim", _("Victim"), path=("victim", "reference")),
    *both_scripts("victim_name", _("Name of the victim"), SENSITIVE, path=("victim", "name")),
    *plain("victim_name_shown", _("How the name is shown"), path=("victim", "name_shown")),
    *truth("victim_named", _("Victim named"), path=("victim", "named")),
    *whole(
        "victim_people",
        _("People"),
        _("1 for a person; empty for a group of unknown size."),
        unit=PEOPLE,
        path=("victim", "people"),
    ),
    *truth("victim_estimated", _("Number is an estimate"), path=("victim", "estimated")),
    *coded("victim_sex", "sex", _("Sex"), path=("victim", "sex")),
    *bounds("victim_age", _("Age"), AT_THE_TIME, unit=YEARS, path=("victim", "age")),
    *coded(
        "victim_age_group", "age-group", _("Age group"), AT_THE_TIME, path=("victim", "age_group")
    ),
    *coded("victim_occupation", "occupation", _("Occupation"), path=("victim", "occupation")),
    *coded("victim_function", "victim-function", _("Function"), path=("victim", "function")),
    *coded(
        "victim_status",
        "victim-status",
        _("Status of the victim"),
        _("What is known of the victim now."),
        path=("victim", "status"),
    ),
    *plain("incident", _("Incident"), path=("incident", "reference")),
    *both_scripts("incident_title", _("Title of the incident"), path=("incident", "title")),
    *dated("start", _("Start")),
    *dated("end", _("End")),
    *coded("end_meaning", "", _("What ended it")),
    *truth("open_ended", _("Not known to have ended")),
    *bounds(
        "unacknowledged_days",
        _("Days unacknowledged"),
        UNTIL_ADMITTED,
        unit=DAYS,
        path=("unacknowledged_days",),
    ),
    *placed("place", _("Place")),
    *in_area("place_end", _("Where it ended")),
    *coded("place_type", "place-type", _("Kind of place")),
    *coded_list(
        "methods",
        "methods",
        "method",
        _("Methods"),
        of=lambda document: document.get("methods") or (),
    ),
    *plain("stated_reason", _("Stated reason")),
    *plain("outcome", _("Outcome")),
    *coded("civilian_status", "civilian-status", _("Part in hostilities")),
    *listed(
        "elements",
        "elements",
        _("Elements of the definition"),
        _("Of a disappearance: each element and what was found of it."),
        each=lambda part: f"{part['element']['code']}: {part['finding']['code']}",
    ),
    *responsible(),
    *coded("grade", "grade", _("How well established")),
    *CITATIONS,
)
