"""The columns of an agency, in the order of files. New ones come at the end."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from record.columns.lists import coded_list, listed, references
from record.columns.places import in_area
from record.columns.shared import ENVELOPE, name_of
from record.columns.values import both_scripts, coded, plain, truth

COLUMNS: Final = (
    *ENVELOPE,
    *both_scripts("name", _("Name")),
    *plain("abbreviation", _("Abbreviation")),
    *listed("other_names", "other_names", _("Other names"), each=str),
    *coded("type", "agency-type", _("Kind of agency")),
    *coded_list(
        "types",
        "types",
        "agency-type",
        _("Type with all above it"),
        of=lambda document: document.get("types") or (),
    ),
    *truth("is_state", _("Part of the State")),
    *references("parents", _("Belongs to"), _("At any time.")),
    *listed("parents_names", "parents", _("Names of what it belongs to"), each=name_of),
    *in_area("area", _("Area")),
    *both_scripts("note", _("Note")),
    *plain("seat", _("Seat")),
)
