"""The columns of a victim, in the order of files. New ones come at the end."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from record.columns.lists import coded_list, listed, references
from record.columns.shared import (
    AT_THE_TIME,
    CITATIONS,
    DAYS,
    ENVELOPE,
    NAME,
    PEOPLE,
    SENSITIVE,
    UNTIL_ADMITTED,
    YEARS,
    name_of,
    types_of_violations,
)
from record.columns.values import both_scripts, bounds, coded, dated, plain, truth, whole

COLUMNS: Final = (
    *ENVELOPE,
    *NAME,
    *listed("names", "names", _("All names"), SENSITIVE, each=name_of),
    *truth("named", _("Victim named")),
    *plain("name_shown", _("How the name is shown")),
    *both_scripts("fathers_name", _("Father's name"), SENSITIVE),
    *whole(
        "people", _("People"), _("1 for a person; empty for a group of unknown size."), unit=PEOPLE
    ),
    *truth("estimated", _("Number is an estimate")),
    *coded("unit", "counting-unit", _("One person or a group")),
    *coded("sex", "sex", _("Sex")),
    *dated("birth", _("Birth")),
    *bounds("age", _("Age"), AT_THE_TIME, unit=YEARS, path=("age",)),
    *coded("age_group", "age-group", _("Age group"), AT_THE_TIME),
    *coded("occupation", "occupation", _("Occupation")),
    *plain("occupation_note", _("Occupation, as told"), SENSITIVE),
    *coded("function", "victim-function", _("Function")),
    *both_scripts("about", _("About the person"), SENSITIVE),
    *coded(
        "status", "victim-status", _("Status of the victim"), _("What is known of the victim now.")
    ),
    *coded_list(
        "statuses",
        "statuses",
        "victim-status",
        _("Statuses over time"),
        of=lambda document: (each["status"] for each in document.get("statuses") or ()),
    ),
    *coded_list(
        "body_events",
        "body_events",
        "body-event",
        _("What was done with the body"),
        of=lambda document: (each["event"] for each in document.get("body_events") or ()),
    ),
    *bounds(
        "unacknowledged_days",
        _("Days unacknowledged"),
        UNTIL_ADMITTED,
        unit=DAYS,
        path=("unacknowledged_days",),
    ),
    *references("violations", _("Violations")),
    *coded_list(
        "violations_types",
        "violations",
        "violation-type",
        _("Types of violation"),
        of=types_of_violations,
    ),
    *references("legal_actions", _("Legal actions")),
    *CITATIONS,
    *plain(
        "photograph",
        _("Photograph"),
        _("Path of the picture on this server; empty where none is shown."),
        path=("photograph", "address"),
    ),
)
