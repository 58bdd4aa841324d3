"""What a column of a list can become, in the words of the page on which somebody chooses it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    KEY = "key"
    DATE = "date"
    TERM = "term"
    AGENCY = "agency"
    NUMBER = "number"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Target:
    """Something in the case file that a column can become.

    ``several``: more than one column may become it, for instance those that together name a row.
    ``in_families``: only a numbered family of columns can become it, each of its members once.
    """

    code: str
    group: Promise
    label: Promise
    kind: Kind = Kind.TEXT
    vocabulary: str = ""
    several: bool = False
    in_families: bool = False


_ROWS = _("The row itself")
_NAME = _("Name")
_SECOND = _("Name in another script")
_PERSON = _("Person")
_VIOLATION = _("What was done to the person")
_PLACE = _("Place")
_STATUS = _("What became of the person")
_ALLEGED = _("Alleged perpetrator")
_INCIDENT = _("Incident")
_SOURCE = _("Where it stands in the source")
_EACH = _("Each of these columns")

TARGETS: tuple[Target, ...] = (
    Target("row", _ROWS, _("number or code that names the row"), Kind.KEY, several=True),
    Target("group", _ROWS, _("equal values are one incident"), Kind.KEY, several=True),
    Target("same-person", _ROWS, _("equal values are one person"), Kind.KEY, several=True),
    Target("name", _NAME, _("full name")),
    Target("given", _NAME, _("first name or names")),
    Target("father", _NAME, _("father’s name")),
    Target("last", _NAME, _("family name, tribe or place")),
    Target("honorific", _NAME, _("title before the name")),
    Target("alias", _NAME, _("other name or nickname")),
    Target("name-2", _SECOND, _("full name, in another script")),
    Target("given-2", _SECOND, _("first name, in another script")),
    Target("father-2", _SECOND, _("father’s name, in another script")),
    Target("last-2", _SECOND, _("family name, tribe or place, in another script")),
    Target("sex", _PERSON, _("sex"), Kind.TERM, "sex"),
    Target("age", _PERSON, _("age at the time"), Kind.NUMBER),
    Target("age-group", _PERSON, _("child or adult"), Kind.TERM, "age-group"),
    Target("birth", _PERSON, _("date of birth"), Kind.DATE),
    Target("occupation", _PERSON, _("occupation, from the list"), Kind.TERM, "occupation"),
    Target("occupation-words", _PERSON, _("occupation in words")),
    Target("person-notes", _PERSON, _("internal notes on the person"), several=True),
    Target("type", _VIOLATION, _("type of violation"), Kind.TERM, "violation-type"),
    Target("start", _VIOLATION, _("date, or date of the beginning"), Kind.DATE),
    Target("start-month", _VIOLATION, _("month of the beginning, if no day"), Kind.DATE),
    Target("end", _VIOLATION, _("date of the end"), Kind.DATE),
    Target("end-month", _VIOLATION, _("month of the end, if no day"), Kind.DATE),
    Target("methods", _VIOLATION, _("methods"), Kind.TERM, "method"),
    Target("stated-reason", _VIOLATION, _("reason given for it")),
    Target("outcome", _VIOLATION, _("how it ended")),
    Target("province", _PLACE, _("province"), Kind.AREA),
    Target("district", _PLACE, _("district"), Kind.AREA),
    Target("town", _PLACE, _("town that is in the list of areas"), Kind.AREA),
    Target("place", _PLACE, _("place in words")),
    Target("place-type", _PLACE, _("kind of place"), Kind.TERM, "place-type"),
    Target("latitude", _PLACE, _("latitude"), Kind.NUMBER),
    Target("longitude", _PLACE, _("longitude"), Kind.NUMBER),
    Target("status", _STATUS, _("status of the victim"), Kind.TERM, "victim-status"),
    Target("status-date", _STATUS, _("date of that status"), Kind.DATE),
    Target("agency", _ALLEGED, _("agency or group, from the list"), Kind.AGENCY),
    Target("perpetrator", _ALLEGED, _("who is alleged, in words")),
    Target("incident-date", _INCIDENT, _("date of the incident"), Kind.DATE),
    Target("incident-kind", _INCIDENT, _("kind of incident"), Kind.TERM, "incident-kind"),
    Target("title", _INCIDENT, _("title of the case, published")),
    Target("account", _INCIDENT, _("public account, published")),
    Target("incident-notes", _INCIDENT, _("internal notes on the case"), several=True),
    Target("page", _SOURCE, _("page or number in the source")),
    Target("quotation", _SOURCE, _("quotation, published with the fact")),
    Target("source-title", _SOURCE, _("title of a further source")),
    Target("source-url", _SOURCE, _("web address of a further source")),
    Target("source-publisher", _SOURCE, _("publisher of a further source")),
    Target("source-date", _SOURCE, _("date of a further source"), Kind.DATE),
    Target("each-held", _EACH, _("a place where the person was held"), in_families=True),
    Target("each-name", _EACH, _("a person of the incident, full name"), in_families=True),
)

SPLIT = {"methods": (";", ",", " and ", " و ")}
"""Targets that take several terms → what stands between them in a cell."""

KEPT = ""
"""What a column becomes that is kept with the row as received and not read."""

TARGET_OF = {target.code: target for target in TARGETS}
SECOND_OF = {"name": "name-2", "given": "given-2", "father": "father-2", "last": "last-2"}


def offered(*, family: bool) -> Iterable[Target]:
    """What a column, or a numbered family of columns, can become."""
    return (target for target in TARGETS if family or not target.in_families)
