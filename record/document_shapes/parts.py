"""What documents of several kinds hold: dates, places, parties, citations and the like."""

from typing import Final

from record.document_shapes.making import (
    COUNT,
    DAY_OR_NONE,
    FLAG,
    NUMBER_OR_NONE,
    TEXT,
    Shape,
    having,
    listed,
    one_of,
    or_none,
    part,
    reference,
    told,
)
from record.kinds import Kind
from reference.dates import Precision
from reference.models import Area

CODED: Final = part("Coded")
CODED_OR_NONE: Final = or_none(CODED)
DATE: Final = part("Date")
DATE_OR_NONE: Final = or_none(DATE)
PLACE_OR_NONE: Final = or_none(part("Place"))
PARTY_OR_NONE: Final = or_none(part("Party"))
DAYS_OR_NONE: Final = or_none(part("Range"))

INCIDENT_NAMED: Final = part("IncidentMention")

NAME_SHOWN: Final = told(TEXT, "How much of the name is shown: full, or that it is withheld.")
# Words of the case file, to which more may come.

PEOPLE: Final = told(NUMBER_OR_NONE, "How many people; null for a group of unknown size.")

CITED: Final[dict[str, Shape]] = {
    "citations": listed(part("Citation")),
    "confidential_sources": told(FLAG, "Whether it also rests on sources that are not named."),
}
"""What a fact rests on: members of every fact."""


def referring(kind: Kind) -> Shape:
    """A reference of one kind."""
    return reference(kind.prefix)


def referring_or_none(kind: Kind) -> Shape:
    """A reference of one kind, or null."""
    return {**referring(kind), "type": ["string", "null"]}


PARTS: Final[dict[str, Shape]] = {
    "Coded": told(
        having({"code": TEXT, "label": TEXT}),
        "A value with a code that never changes and its English label of that time. "
        "/api/v1/vocabularies/ has the definitions and the labels in every language.",
    ),
    "Date": told(
        having(
            {
                "text": told(TEXT, "As known, in EDTF; empty where nothing is known."),
                "earliest": told(DAY_OR_NONE, "First possible day; null where open or unknown."),
                "latest": told(DAY_OR_NONE, "Last possible day; null where open or unknown."),
                "precision": one_of(*(each.value for each in Precision)),
                "approximate": FLAG,
                "uncertain": FLAG,
                "basis": told(
                    {"type": ["string", "null"]},
                    "How it came to be known: stated by a source, or derived by us.",
                ),
            }
        ),
        "A date with the days between which it lies.",
    ),
    "Area": having(
        {
            "code": TEXT,
            "level": one_of(*Area.Level.values),
            "name": TEXT,
            "name_local": TEXT,
        }
    ),
    "Point": told(
        having(
            {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
                "of": told(TEXT, "What it marks: the place itself, or the middle of an area."),
            }
        ),
        "Degrees in WGS 84.",
    ),
    "Place": having(
        {
            "text": TEXT,
            "text_local": TEXT,
            "basis": told(
                {"type": ["string", "null"]}, "Whether a source states it or we inferred it."
            ),
            "precision": CODED_OR_NONE,
            "areas": told(listed(part("Area")), "The country first, the smallest area last."),
            "point": or_none(part("Point")),
        }
    ),
    "Party": told(
        having(
            {
                "name": TEXT,
                "name_local": TEXT,
                "agency": referring_or_none(Kind.AGENCY),
                "victim": referring_or_none(Kind.VICTIM),
                "post": TEXT,
            }
        ),
        "Somebody on any side: an agency, or anybody in words.",
    ),
    "Citation": having(
        {
            "source": referring(Kind.SOURCE),
            "locator": TEXT,
            "quotation": TEXT,
            "stance": TEXT,
            "reliability": CODED_OR_NONE,
        }
    ),
    "Range": told(
        having({"low": NUMBER_OR_NONE, "high": NUMBER_OR_NONE}),
        "The least and the most it can be.",
    ),
    "IncidentMention": having(
        {"reference": referring(Kind.INCIDENT), "title": TEXT, "title_local": TEXT}
    ),
    "VictimMention": having(
        {
            "reference": referring(Kind.VICTIM),
            "name": TEXT,
            "name_local": TEXT,
            "name_shown": NAME_SHOWN,
        }
    ),
    "VictimThen": told(
        having(
            {
                "reference": referring(Kind.VICTIM),
                "name": TEXT,
                "name_local": TEXT,
                "name_shown": NAME_SHOWN,
                "named": FLAG,
                "people": PEOPLE,
                "estimated": FLAG,
                "sex": CODED_OR_NONE,
                "age": or_none(part("Range")),
                "age_group": CODED_OR_NONE,
                "occupation": CODED_OR_NONE,
                "function": CODED_OR_NONE,
                "status": CODED_OR_NONE,
            }
        ),
        "A victim beside a violation, with the age at that time.",
    ),
    "Attribution": told(
        having(
            {
                "attribution": CODED,
                "speaker": PARTY_OR_NONE,
                "date": DATE,
                "words": TEXT,
                "words_local": TEXT,
                "replaces": told(NUMBER_OR_NONE, "Place in the list, from 1, of what it replaces."),
                **CITED,
            }
        ),
        "What the side that is accused says.",
    ),
    "Involvement": told(
        having(
            {
                "party": part("Party"),
                "description": TEXT,
                "description_local": TEXT,
                "degree": CODED_OR_NONE,
                "agency_type": CODED_OR_NONE,
                "status": CODED_OR_NONE,
                "basis": CODED_OR_NONE,
                "alleged_by": PARTY_OR_NONE,
                **CITED,
            }
        ),
        "Who is alleged to be responsible, in what way, according to whom.",
    ),
    "Photograph": told(
        having(
            {
                "sha256": told(TEXT, "Of the file at the address, in hexadecimal."),
                "address": told(TEXT, "Path on this server, of a JPEG."),
                "width": told(COUNT, "Pixels."),
                "height": told(COUNT, "Pixels."),
                "credit": TEXT,
                "description": told(TEXT, "What is to be seen, for those who cannot see it."),
                "description_local": TEXT,
            }
        ),
        "The photograph of a person who appears by full name and agreed to its being shown, or "
        "whose family did. Taken back, the file answers 404 at once.",
    ),
    "Status": having(
        {
            "status": CODED,
            "date": DATE,
            "claimant": PARTY_OR_NONE,
            "note": TEXT,
            "note_local": TEXT,
            "incident": INCIDENT_NAMED,
            **CITED,
        }
    ),
    "BodyEvent": having(
        {
            "event": CODED,
            "date": DATE,
            "place_text": TEXT,
            "claimant": PARTY_OR_NONE,
            "note": TEXT,
            "incident": INCIDENT_NAMED,
            **CITED,
        }
    ),
    "Relation": told(
        having(
            {
                "relation": CODED,
                "reference": referring(Kind.LEGAL_ACTION),
                "title": TEXT,
                "title_local": TEXT,
            }
        ),
        "How the legal action stands to another.",
    ),
    "Step": having(
        {
            "date": DATE,
            "what": TEXT,
            "what_local": TEXT,
            "result": TEXT,
            "result_local": TEXT,
            "compliance": CODED_OR_NONE,
            "next_date": DAY_OR_NONE,
            **CITED,
        }
    ),
    "Account": told(
        having(
            {
                "id": told(COUNT, "Number within the incident, from 1."),
                "question": CODED,
                "claimant": PARTY_OR_NONE,
                "answer": TEXT,
                "answer_local": TEXT,
                "answer_date": DATE_OR_NONE,
                "said": DATE,
                "stance": CODED_OR_NONE,
                "replaces": told(NUMBER_OR_NONE, "Number of the account that it replaces."),
                "replaced_by": NUMBER_OR_NONE,
                "about": referring_or_none(Kind.VIOLATION),
                **CITED,
            }
        ),
        "What one side says on one question.",
    ),
}
"""By the names under which schemas refer to them."""
