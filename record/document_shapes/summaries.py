"""The larger parts of single kinds of documents, and what stands in them for other documents."""

from typing import Final

from record.document_shapes.making import (
    FLAG,
    NUMBER_OR_NONE,
    TEXT,
    having,
    listed,
    part,
    told,
)
from record.document_shapes.parts import (
    CITED,
    CODED,
    CODED_OR_NONE,
    DATE,
    DAYS_OR_NONE,
    INCIDENT_NAMED,
    NAME_SHOWN,
    PARTY_OR_NONE,
    PEOPLE,
    PLACE_OR_NONE,
    referring,
)
from record.kinds import Kind

TYPES: Final = told(listed(CODED), "The type with all above it, the widest first.")
MISSING: Final = told(
    DAYS_OR_NONE, "Days from the taking to the first admission of custody, where that came."
)

CASUALTIES: Final = having(
    {
        "kind": CODED_OR_NONE,
        "low": NUMBER_OR_NONE,
        "best": NUMBER_OR_NONE,
        "high": NUMBER_OR_NONE,
        "claimant": PARTY_OR_NONE,
        **CITED,
    }
)

VICTIM_OF_INCIDENT: Final = having(
    {
        "reference": referring(Kind.VICTIM),
        "name": TEXT,
        "name_local": TEXT,
        "name_shown": NAME_SHOWN,
        "named": FLAG,
        "fathers_name": TEXT,
        "fathers_name_local": TEXT,
        "people": PEOPLE,
        "estimated": FLAG,
        "sex": CODED_OR_NONE,
        "occupation": CODED_OR_NONE,
        "function": CODED_OR_NONE,
        "status": CODED_OR_NONE,
        "unacknowledged_days": MISSING,
        "statuses": listed(part("Status")),
        "body_events": listed(part("BodyEvent")),
    }
)

PROTEST: Final = having(
    {
        "kinds": listed(CODED),
        "organisers": TEXT,
        "crowd_low": NUMBER_OR_NONE,
        "crowd_high": NUMBER_OR_NONE,
        "crowd_text": TEXT,
        "demands": listed(TEXT),
        "demands_local": listed(TEXT),
        "route": TEXT,
        "state_responses": listed(CODED),
    }
)

LEGAL_ACTION_OF_INCIDENT: Final = having(
    {
        "reference": referring(Kind.LEGAL_ACTION),
        "title": TEXT,
        "title_local": TEXT,
        "type": CODED,
        "forum": PARTY_OR_NONE,
        "filed": DATE,
        "decided": DATE,
        "accused_text": TEXT,
        "stage": CODED_OR_NONE,
        "outcome": CODED_OR_NONE,
        "compliance": CODED_OR_NONE,
        "relations": listed(part("Relation")),
        "steps": listed(part("Step")),
        **CITED,
    }
)

_ADDRESSEE: Final = having({"party": PARTY_OR_NONE, "response": CODED_OR_NONE, "responded": DATE})

INTERVENTION: Final = having(
    {
        "type": listed(CODED),
        "by": TEXT,
        "by_local": TEXT,
        "date": DATE,
        "text": TEXT,
        "text_local": TEXT,
        "to": listed(_ADDRESSEE),
        **CITED,
    }
)

LINK: Final = having(
    {
        "relation": CODED,
        "reference": referring(Kind.INCIDENT),
        "title": TEXT,
        "title_local": TEXT,
    }
)

SOURCE_OF_INCIDENT: Final = having(
    {
        "reference": referring(Kind.SOURCE),
        "title": TEXT,
        "title_local": TEXT,
        "publisher": TEXT,
        "type": CODED,
        "published": DATE,
        "language": CODED_OR_NONE,
        "url": TEXT,
    }
)

VIOLATION_OF_VICTIM: Final = having(
    {
        "reference": referring(Kind.VIOLATION),
        "type": CODED,
        "start": DATE,
        "end": DATE,
        "open_ended": FLAG,
        "unacknowledged_days": MISSING,
        "place": PLACE_OR_NONE,
        "incident": INCIDENT_NAMED,
        "grade": CODED,
    }
)

LEGAL_ACTION_OF_VICTIM: Final = having(
    {
        "reference": referring(Kind.LEGAL_ACTION),
        "type": CODED,
        "title": TEXT,
        "title_local": TEXT,
        "filed": DATE,
        "incidents": listed(INCIDENT_NAMED),
    }
)
