"""The public document of an agency."""

from incidents.documents.facts import Builder
from incidents.documents.parts import parts
from incidents.documents.protection import Protection
from incidents.documents.values import Document, coded, coded_path, dated
from incidents.models import Agency


def agency_document(builder: Builder, agency: Agency) -> Document:
    """What an agency is. Where it is alleged responsible is asked of the record, not kept here."""
    return {
        "name": agency.name,
        "name_local": agency.name_local,
        "abbreviation": agency.abbreviation,
        "other_names": list(agency.other_names),
        "type": coded(agency.type),
        "types": coded_path(agency.type, builder.case.terms),
        "is_state": agency.is_state,
        "parents": [
            {
                "reference": builder.refer(builder.agency(row.parent_id)),
                "name": builder.agency(row.parent_id).name,
                "name_local": builder.agency(row.parent_id).name_local,
                "from": dated(row.since),
                "until": dated(row.until),
            }
            for row in parts(agency, "parents")
        ],
        "area": builder.area_alone(agency.area_id, Protection()),
        "seat": agency.seat,
        "note": agency.note,
        "note_local": agency.note_local,
    }
