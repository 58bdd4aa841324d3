"""The columns of a legal action, in the order of files. New ones come at the end."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from record.columns.lists import coded_list, counted, listed, references
from record.columns.places import in_area
from record.columns.shared import CITATIONS, ENVELOPE, PEOPLE, SENSITIVE, TITLE, name_of
from record.columns.values import both_scripts, coded, dated, plain, whole

COLUMNS: Final = (
    *ENVELOPE,
    *TITLE,
    *coded("type", "legal-action-type", _("Kind of legal action")),
    *coded_list(
        "types",
        "types",
        "legal-action-type",
        _("Type with all above it"),
        of=lambda document: document.get("types") or (),
    ),
    *both_scripts("forum", _("Court or body"), path=("forum", "name")),
    *plain("forum_agency", _("Reference of the court or body"), path=("forum", "agency")),
    *plain("number", _("Number")),
    *in_area("district", _("Place")),
    *dated("filed", _("Filed")),
    *dated("decided", _("Decided")),
    *plain("filed_by", _("Filed by")),
    *plain("accused_text", _("Accused")),
    *whole("accused_low", _("Number of accused, lowest"), unit=PEOPLE),
    *whole("accused_high", _("Number of accused, highest"), unit=PEOPLE),
    *plain("offences", _("Offences")),
    *both_scripts("subject", _("Subject")),
    *coded("stage", "legal-stage", _("Stage")),
    *coded("outcome", "legal-outcome", _("Outcome")),
    *coded("compliance", "legal-compliance", _("Compliance"), _("Whether orders were obeyed.")),
    *references("relations", _("Related legal actions")),
    *counted("steps", _("Steps"), unit=_("steps")),
    *references("incidents", _("Incidents")),
    *references("victims", _("Victims")),
    *listed("victims_names", "victims", _("Names of victims"), SENSITIVE, each=name_of),
    *CITATIONS,
)
