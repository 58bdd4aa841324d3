"""What of the case file does not travel, and why."""

from collections.abc import Mapping
from typing import Any, Final

from incidents.interchange.declared import Kind
from reference.fields import EarliestField, LatestField

_DECIDED: Final = "decisions of one office bind no other; cases arrive as drafts"
_OF_THE_OFFICE: Final = "the office's own work on the case, not the case"
_PEOPLE_AT_WORK: Final = "accounts of staff stay; who entered a row travels as a pseudonym"
_LISTS: Final = "lists stay with whom they were sent to; what they said is in the rows"
_MADE_AGAIN: Final = "follows from other columns and is made again"
_OF_THE_MACHINE: Final = "work of this machine"

MODELS_LEFT_OUT: Final[Mapping[str, str]] = {
    "AccessEvent": "the access log stays where the accesses were",
    "Arrival": "is the identifier and the entry of a row in the file",
    "CaptureText": _MADE_AGAIN,
    "CustodyEntry": "each installation keeps its own; bundles of evidence carry it to readers",
    "EntryDraft": "nobody has saved it",
    "Expunging": "what is gone stays gone; only the installation that removed it may tell of it",
    "ImportBatch": _LISTS,
    "ImportChange": _LISTS,
    "ImportProblem": _LISTS,
    "Installation": "is told once in the manifest",
    "Job": _OF_THE_MACHINE,
    "JobRefusal": _OF_THE_MACHINE,
    "LastLook": _PEOPLE_AT_WORK,
    "LikenessDecision": _DECIDED,
    "LinkCheck": _OF_THE_MACHINE,
    "ListCase": _LISTS,
    "ListRow": _LISTS,
    "LoginTries": _PEOPLE_AT_WORK,
    "LookedAt": _OF_THE_MACHINE,
    "Merger": _DECIDED,
    "NameKey": _MADE_AGAIN,
    "Picture": "somebody has to look at a photograph again before it is shown elsewhere",
    "PossiblePair": _MADE_AGAIN,
    "Review": _DECIDED,
    "ReviewComment": "talk between colleagues",
    "SavedQuery": _OF_THE_OFFICE,
    "SourceList": _LISTS,
    "SpentCode": _PEOPLE_AT_WORK,
    "StaffMember": _PEOPLE_AT_WORK,
    "StaffSession": _PEOPLE_AT_WORK,
    "Task": _OF_THE_OFFICE,
}
"""Models of the case file that do not travel, and why. Histories never do."""

_ON_EVERY_ROW: Final[Mapping[str, str]] = {
    "id": "numbers are of one installation; the identifier travels",
    "entered_at": "is the entry of the row in the file",
    "entered_by": "is the entry of the row in the file, as a pseudonym",
    "changed_at": "the history of changes stays",
    "changed_by": "the history of changes stays",
    "reference": "travels beside the values; another installation gives its own",
    "folded": _MADE_AGAIN,
    "skeleton": _MADE_AGAIN,
}
_ON_SOME: Final[Mapping[str, Mapping[str, str]]] = {
    "incident": {
        "stage": _DECIDED,
        "publication": _DECIDED,
        "published_at": _DECIDED,
        "assigned": _PEOPLE_AT_WORK,
        "links": "travel as rows of their own, incident-link",
    },
    "capture": {
        "storage_name": "where the file lies here; it is carried by its SHA-256",
        "captured_by": _PEOPLE_AT_WORK,
        "public": _DECIDED,
        "dangers": "looked for again when the file comes in",
        "examined_at": _OF_THE_MACHINE,
    },
}


def left_out(kind: Kind, field: Any) -> str | None:
    """Why a column or a set of links of a kind does not travel; None for one of which nobody has
    said so."""
    if isinstance(field, EarliestField | LatestField):
        return _MADE_AGAIN
    return _ON_SOME.get(kind.name, {}).get(field.name) or _ON_EVERY_ROW.get(field.name)
