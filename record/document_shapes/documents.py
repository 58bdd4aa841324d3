"""The six kinds of documents, member by member, in the order in which they are written."""

from typing import Final

from record.document_shapes.making import (
    COUNT,
    DAY_OR_NONE,
    FLAG,
    MOMENT,
    NUMBER_OR_NONE,
    TEXT,
    Shape,
    having,
    listed,
    or_none,
    part,
    told,
)
from record.document_shapes.parts import (
    CITED,
    CODED,
    CODED_OR_NONE,
    DATE,
    DATE_OR_NONE,
    INCIDENT_NAMED,
    NAME_SHOWN,
    PARTY_OR_NONE,
    PEOPLE,
    PLACE_OR_NONE,
    referring,
)
from record.document_shapes.summaries import (
    CASUALTIES,
    INTERVENTION,
    LEGAL_ACTION_OF_INCIDENT,
    LEGAL_ACTION_OF_VICTIM,
    LINK,
    MISSING,
    PROTEST,
    SOURCE_OF_INCIDENT,
    TYPES,
    VICTIM_OF_INCIDENT,
    VIOLATION_OF_VICTIM,
)
from record.kinds import Kind

_VIOLATION: Final[dict[str, Shape]] = {
    "type": CODED,
    "types": TYPES,
    "victim": or_none(part("VictimThen")),
    "incident": INCIDENT_NAMED,
    "start": DATE,
    "end": DATE,
    "end_meaning": CODED_OR_NONE,
    "open_ended": told(FLAG, "Whether it has not ended as far as is known."),
    "unacknowledged_days": MISSING,
    "place": PLACE_OR_NONE,
    "place_end": PLACE_OR_NONE,
    "place_type": CODED_OR_NONE,
    "methods": listed(CODED),
    "stated_reason": TEXT,
    "outcome": TEXT,
    "civilian_status": CODED_OR_NONE,
    "elements": listed(having({"element": CODED, "finding": CODED, "note": TEXT, **CITED})),
    "attributions": listed(part("Attribution")),
    "involvements": listed(part("Involvement")),
    "grade": CODED,
    **CITED,
}

_INCIDENT: Final[dict[str, Shape]] = {
    "title": TEXT,
    "title_local": TEXT,
    "incident_kind": CODED,
    "date": DATE,
    "end": DATE,
    "time_of_day": TEXT,
    "place": PLACE_OR_NONE,
    "account": told(
        TEXT,
        "A mark such as [1] behind a sentence names what it rests on: the first of `citations`.",
    ),
    "account_local": TEXT,
    "grade": CODED,
    "grade_reason": TEXT,
    "violation_status": CODED_OR_NONE,
    "contested": told(FLAG, "Whether the published accounts contradict each other."),
    "casualties": listed(CASUALTIES),
    "violations": listed(having({"reference": referring(Kind.VIOLATION), **_VIOLATION})),
    "victims": listed(VICTIM_OF_INCIDENT),
    "attributions": listed(part("Attribution")),
    "involvements": listed(part("Involvement")),
    "protest": or_none(PROTEST),
    "accounts": listed(part("Account")),
    "legal_actions": listed(LEGAL_ACTION_OF_INCIDENT),
    "interventions": listed(INTERVENTION),
    "links": listed(LINK),
    "sources": listed(SOURCE_OF_INCIDENT),
    **CITED,
}

_VICTIM: Final[dict[str, Shape]] = {
    "name": TEXT,
    "name_local": TEXT,
    "names": listed(having({"name": TEXT, "script": TEXT, "kind": TEXT})),
    "named": FLAG,
    "name_shown": NAME_SHOWN,
    "fathers_name": TEXT,
    "fathers_name_local": TEXT,
    "people": PEOPLE,
    "estimated": FLAG,
    "unit": CODED_OR_NONE,
    "sex": CODED_OR_NONE,
    "birth": told(DATE_OR_NONE, "The year, where it may be shown."),
    "age": or_none(part("Range")),
    "age_group": CODED_OR_NONE,
    "occupation": CODED_OR_NONE,
    "occupation_note": TEXT,
    "function": CODED_OR_NONE,
    "about": TEXT,
    "about_local": TEXT,
    "photograph": or_none(part("Photograph")),
    "status": CODED_OR_NONE,
    "statuses": listed(part("Status")),
    "body_events": listed(part("BodyEvent")),
    "unacknowledged_days": MISSING,
    "violations": listed(VIOLATION_OF_VICTIM),
    "legal_actions": listed(LEGAL_ACTION_OF_VICTIM),
    **CITED,
}

_PARENT: Final = having(
    {
        "reference": referring(Kind.AGENCY),
        "name": TEXT,
        "name_local": TEXT,
        "from": DATE,
        "until": DATE,
    }
)

_AGENCY: Final[dict[str, Shape]] = {
    "name": TEXT,
    "name_local": TEXT,
    "abbreviation": TEXT,
    "other_names": listed(TEXT),
    "type": CODED,
    "types": TYPES,
    "is_state": {"type": ["boolean", "null"]},
    "parents": listed(_PARENT),
    "area": PLACE_OR_NONE,
    "note": TEXT,
    "note_local": TEXT,
    "seat": TEXT,
}

_LEGAL_ACTION: Final[dict[str, Shape]] = {
    "title": TEXT,
    "title_local": TEXT,
    "type": CODED,
    "types": TYPES,
    "forum": PARTY_OR_NONE,
    "number": TEXT,
    "district": PLACE_OR_NONE,
    "filed": DATE,
    "decided": DATE,
    "filed_by": TEXT,
    "accused_text": TEXT,
    "accused_low": NUMBER_OR_NONE,
    "accused_high": NUMBER_OR_NONE,
    "offences": TEXT,
    "subject": TEXT,
    "subject_local": TEXT,
    "stage": CODED_OR_NONE,
    "outcome": CODED_OR_NONE,
    "compliance": CODED_OR_NONE,
    "relations": listed(part("Relation")),
    "steps": listed(part("Step")),
    "incidents": listed(INCIDENT_NAMED),
    "victims": listed(part("VictimMention")),
    **CITED,
}

_CAPTURE: Final = having(
    {
        "sha256": TEXT,
        "captured_at": {"type": ["string", "null"], "format": "date-time"},
        "bytes": NUMBER_OR_NONE,
        "media_type": TEXT,
    }
)

_SOURCE: Final[dict[str, Shape]] = {
    "title": TEXT,
    "title_local": TEXT,
    "type": CODED,
    "types": TYPES,
    "publisher": TEXT,
    "author": TEXT,
    "published": DATE,
    "accessed": DAY_OR_NONE,
    "language": CODED_OR_NONE,
    "url": TEXT,
    "archived_url": TEXT,
    "scale": CODED_OR_NONE,
    "perspective": CODED_OR_NONE,
    "independence": CODED_OR_NONE,
    "origin": or_none(having({"reference": referring(Kind.SOURCE), "title": TEXT})),
    "reliability": CODED_OR_NONE,
    "captures": listed(_CAPTURE),
    "note": TEXT,
}

_FILE: Final = having(
    {
        "sha256": told(TEXT, "SHA-256 of the file that is served."),
        "address": told(TEXT, "Path of the file on this server."),
        "media_type": TEXT,
        "bytes": COUNT,
        "redacted_from": told(
            {"type": ["string", "null"]},
            "SHA-256 of the file as it was received, which is never served.",
        ),
    }
)

_OF_SOME: Final[dict[Kind, dict[str, Shape]]] = {
    Kind.SOURCE: {"files": told(listed(_FILE), "Redacted copies for everybody, where there are.")}
}
"""Members that only some documents of a kind have."""


def _document(kind: Kind, members: dict[str, Shape]) -> Shape:
    """The members behind the envelope, which writing fills in."""
    envelope: dict[str, Shape] = {
        "reference": told(referring(kind), "Permanent: the one to cite."),
        "kind": {"type": "string", "const": kind.value},
        "version": told(COUNT, "Number of the revision, from 1."),
        "first_published": MOMENT,
        "published_at": told(MOMENT, "When this revision was published, in UTC."),
    }
    return having({**envelope, **members}, optional=_OF_SOME.get(kind))


DOCUMENTS: Final[dict[Kind, Shape]] = {
    kind: _document(kind, members)
    for kind, members in (
        (Kind.INCIDENT, _INCIDENT),
        (Kind.VIOLATION, _VIOLATION),
        (Kind.VICTIM, _VICTIM),
        (Kind.AGENCY, _AGENCY),
        (Kind.LEGAL_ACTION, _LEGAL_ACTION),
        (Kind.SOURCE, _SOURCE),
    )
}
