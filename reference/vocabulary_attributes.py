"""What the program reads from terms beside their codes, vocabulary by vocabulary.

Rules that depend on a term's meaning ask for an attribute instead of listing codes, so that a
term added later takes part in them. A term inherits its parent's attributes; files state only
what differs. The loader refuses a key that is not described here.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribute:
    """One key: its type, what it means and, for a closed set of values, those values."""

    kind: type[bool] | type[int] | type[str]
    meaning: str
    choices: frozenset[str] = frozenset()

    def accepts(self, value: object) -> bool:
        """Whether a value has the right type and is one of the choices, if there are any."""
        return type(value) is self.kind and (not self.choices or value in self.choices)


def _flag(meaning: str) -> Attribute:
    return Attribute(bool, meaning)


def _choice(meaning: str, *choices: str) -> Attribute:
    return Attribute(str, meaning, frozenset(choices))


INVERSE = "inverse"
"""The key whose value is the code of another term of the same vocabulary, pointing back."""

ATTRIBUTES: Mapping[str, Mapping[str, Attribute]] = {
    "vocabulary": {"version": Attribute(str, "Date of the list, ISO 8601.")},
    "violation-type": {
        "death": _flag(
            "Counts as a death: deaths are the distinct victims of such a violation, so a body "
            "found beside a killing of the same person adds nothing."
        ),
        "finding": _flag("Records what was found and not an act of its own."),
        "continuing": _flag(
            "A missing end means that it goes on, not that the end is unknown (ICPPED, article 8)."
        ),
        "sdg_act": _choice(
            "Type of act in SDG indicator 16.10.1.",
            "killing",
            "enforced-disappearance",
            "torture",
            "arbitrary-detention",
            "kidnapping",
            "other-harm",
        ),
    },
    "victim-status": {
        "fate_clarified": _flag("The person's fate or whereabouts are clarified by this status."),
        "fate_clarified_if": _choice(
            "Clarified only on this further condition.", "place-told-or-seen-in-court"
        ),
        "reconsent": _flag("Asks for consent anew and holds back further publication."),
    },
    "acknowledgement": {
        "admits": _flag("The custody is admitted."),
        "place_known": _flag("The place of custody is told."),
    },
    "contact": {"huridocs_no": Attribute(str, "HURIDOCS code of the contact not being allowed.")},
    "attribution": {
        "side": _choice("Who speaks.", "state", "non-state"),
        "disputes": _flag("Disputes the allegation."),
    },
    "agency-type": {
        "sdg": _choice(
            "Perpetrator in SDG indicator 16.10.1: S State, P acting with State support, "
            "N non-State, U unknown.",
            "S",
            "P",
            "N",
            "U",
        ),
        "perpetrator": _flag("May be named as responsible for an act."),
    },
    "source-independence": {"corroborates": _flag("Counts as a source of its own.")},
    "grade": {"verified": _flag("Counts as verified, as in SDG indicator 16.10.1.")},
    "place-type": {"home": _flag("A dwelling: never published closer than the district.")},
    "state-response": {
        "acled": _choice(
            "Sub-event class of ACLED.", "peaceful", "with-intervention", "excessive-force"
        )
    },
    "consent-use": {"public": _flag("The use makes something public.")},
    "consent-answer": {"allows": _flag("The answer allows the use.")},
    "counting-unit": {"group": _flag("The record stands for more than one person.")},
    "incident-kind": {"counted": _flag("Takes part in counts of incidents.")},
    "incident-link": {INVERSE: Attribute(str, "The link as read from the other incident.")},
    "person-relation": {INVERSE: Attribute(str, "The relation as read from the other side.")},
    "victim-function": {
        "sdg_group": _choice(
            "Group of SDG indicator 16.10.1.", "journalist", "trade-unionist", "defender"
        )
    },
    "place-precision": {"ucdp": Attribute(int, "Precision code of the UCDP event data, 1 to 6.")},
    "account-question": {
        "answer": _choice(
            "What kind of answer the question takes.",
            "text",
            "date",
            "place",
            "agency",
            "number",
            "yes-no",
        )
    },
    "language": {"rtl": _flag("Usually written from right to left.")},
}
