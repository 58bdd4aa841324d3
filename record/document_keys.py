"""The top-level keys of each kind of document: what ``fields`` may name."""

from typing import Final

from record.kinds import Kind
from record.writing import ENVELOPE

DOCUMENT_KEYS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.INCIDENT: (
        *ENVELOPE,
        *("title", "title_local", "incident_kind", "date", "end", "time_of_day", "place"),
        *("account", "account_local", "grade", "grade_reason", "violation_status", "contested"),
        *("casualties", "violations", "victims", "attributions", "involvements", "protest"),
        *("accounts", "legal_actions", "interventions", "links", "sources"),
        *("citations", "confidential_sources"),
    ),
    Kind.VIOLATION: (
        *ENVELOPE,
        *("type", "types", "victim", "incident", "start", "end", "end_meaning", "open_ended"),
        *("unacknowledged_days", "place", "place_end", "place_type", "methods"),
        *("stated_reason", "outcome", "civilian_status", "elements", "attributions"),
        *("involvements", "grade", "citations", "confidential_sources"),
    ),
    Kind.VICTIM: (
        *ENVELOPE,
        *("name", "name_local", "names", "named", "name_shown"),
        *("fathers_name", "fathers_name_local", "people", "estimated", "unit", "sex", "birth"),
        *("age", "age_group", "occupation", "occupation_note", "function", "about"),
        *("about_local", "status", "statuses", "body_events", "unacknowledged_days"),
        *("violations", "legal_actions", "citations", "confidential_sources"),
    ),
    Kind.AGENCY: (
        *ENVELOPE,
        *("name", "name_local", "abbreviation", "other_names", "type", "types", "is_state"),
        *("parents", "area", "note", "note_local", "seat"),
    ),
    Kind.LEGAL_ACTION: (
        *ENVELOPE,
        *("title", "title_local", "type", "types", "forum", "number", "district", "filed"),
        *("decided", "filed_by", "accused_text", "accused_low", "accused_high"),
        *("offences", "subject", "subject_local"),
        *("stage", "outcome", "compliance", "relations"),
        *("steps", "incidents", "victims", "citations", "confidential_sources"),
    ),
    Kind.SOURCE: (
        *ENVELOPE,
        *("title", "title_local", "type", "types", "publisher", "author", "published"),
        *("accessed", "language", "url", "archived_url", "scale", "perspective"),
        *("independence", "origin", "reliability", "captures", "note"),
    ),
}
