"""The shapes of JSON answers: envelopes around documents, and what is no document."""

from collections.abc import Mapping
from typing import Any, Final

from record.document_shapes import DOCUMENTS, PARTS, Shape
from record.document_shapes.making import (
    COUNT,
    DAY_OR_NONE,
    FLAG,
    MOMENT,
    NUMBER_OR_NONE,
    TEXT,
    having,
    listed,
    one_of,
    or_none,
    part,
    told,
)
from record.kinds import Kind
from record.models.source_link import LinkState
from reference.models import Area
from reference.models.area import AreaName

ADDRESS: Final[Shape] = {"type": "string", "format": "uri"}
ADDRESS_OR_NONE: Final[Shape] = {"type": ["string", "null"], "format": "uri"}
_TEXT_OR_NONE: Final[Shape] = {"type": ["string", "null"]}
_BY_LANGUAGE: Final[Shape] = {"type": "object", "additionalProperties": TEXT}
_ANYTHING: Final[Shape] = {"type": "object", "additionalProperties": True}


def name_of(kind: Kind) -> str:
    """The name of the shape of a document: ``LegalAction``."""
    return "".join(word.capitalize() for word in kind.value.split("-"))


def in_list(kind: Kind) -> Shape:
    """A document in a list, of which ``fields`` may have left only some members."""
    whole = DOCUMENTS[kind]
    return {key: value for key, value in whole.items() if key != "required"}


def _detail(kind: Kind) -> Shape:
    """The document as it stands, with what stands beside it."""
    beside = having(
        {"record": TEXT, "revision": COUNT, "date": DAY_OR_NONE, "url": ADDRESS, "text": TEXT}
    )
    former = told(listed(TEXT), "References of records that were merged into this one.")
    photograph = {"photograph_url": told(ADDRESS, "Where the photograph is, written out.")}
    members, always = DOCUMENTS[kind]["properties"], DOCUMENTS[kind]["required"]
    return having(
        {**{name: members[name] for name in always}, "citation": beside},
        optional={
            **{name: shape for name, shape in members.items() if name not in always},
            "former_references": former,
            **(photograph if "photograph" in members else {}),
        },
    )


def enveloped(
    each: Shape,
    meta: Shape,
    head: Mapping[str, Shape] | None = None,
    results: str = "results",
) -> Shape:
    """The one envelope that lists have."""
    return having({"count": COUNT, **(head or {}), results: listed(each), "meta": meta})


_TURNING: Final[dict[str, Shape]] = {"next": ADDRESS_OR_NONE, "previous": ADDRESS_OR_NONE}


def list_of(kind: Kind) -> Shape:
    """A page of a list."""
    head = {
        "count_certain": told(COUNT, "How many of these lie in the range of dates for certain."),
        **_TURNING,
    }
    return enveloped(in_list(kind), part("QuestionMeta"), head)


_META: Final[dict[str, Shape]] = {"unit": TEXT, "generated_at": MOMENT, "languages": listed(TEXT)}
_VERSION: Final = told(COUNT, "Number of the last revision in the data that answered.")

_BODIES: Final = told(listed(TEXT), "The organisations whose collecting stands behind the record.")

_QUESTION_META: Final = having(
    {
        "question": told(TEXT, "The question as it was understood, as a sentence."),
        "unit": TEXT,
        "dataset_version": _VERSION,
        "generated_at": MOMENT,
        "licence": TEXT,
        "cite": told(TEXT, "How to cite this answer."),
        "caveat": TEXT,
        "collecting_bodies": _BODIES,
        "date_basis": TEXT,
        "undated": told(COUNT, "How many more would be found but for a date that is unknown."),
        "dated_otherwise": told(
            COUNT, "How many more would be found if the date of another claimant were taken."
        ),
        "unplaced": told(COUNT, "How many more would be found but for a place that is unknown."),
        "notes": listed(TEXT),
        "languages": listed(TEXT),
    },
    optional={"sample": having({"size": COUNT, "seed": COUNT})},
)

_PEOPLE: Final = or_none(
    having(
        {
            "known": COUNT,
            "estimated": told(COUNT, "How many of the known are somebody's estimate."),
            "groups_of_unknown_size": COUNT,
        }
    )
)
_VALUE: Final = having({"code": _TEXT_OR_NONE, "label": TEXT, "unknown": FLAG})

_BUCKET: Final[Shape] = {
    **having({"count": COUNT, "count_certain": COUNT, "people": _PEOPLE, "url": ADDRESS_OR_NONE}),
    # The dimensions, by their names.
    "additionalProperties": _VALUE,
}

_NAMED_AREA: Final = having({"code": TEXT, "name": TEXT, "name_local": TEXT})

_BOUNDARIES: Final = told(
    or_none(
        having(
            {
                "date": {"type": "string", "format": "date"},
                "rolled_up": listed(
                    having({"level": TEXT, "code": TEXT, "areas": listed(_NAMED_AREA)})
                ),
            }
        )
    ),
    "The day by whose units areas are counted, and the areas that did not exist then, each under "
    "the code of the unit they are counted in; null where they are counted as they stand.",
)

STATISTICS: Final = enveloped(
    _BUCKET,
    part("QuestionMeta"),
    {
        "count_certain": COUNT,
        "people": _PEOPLE,
        "adds_up": told(FLAG, "False where something is counted in several buckets."),
        "group_by": listed(having({"name": TEXT, "label": TEXT})),
        "boundaries": _BOUNDARIES,
    },
    results="buckets",
)

COVERAGE: Final = enveloped(
    having({"district": _VALUE, "year": _VALUE, "count": COUNT, "url": ADDRESS_OR_NONE}),
    having(
        {
            **_META,
            "dataset_version": _VERSION,
            "caveat": TEXT,
            "collecting_bodies": _BODIES,
            "adds_up": FLAG,
        }
    ),
    {
        "held": listed(having({"resource": TEXT, "count": COUNT, "url": ADDRESS})),
        "without_records": listed(
            having({"province": _NAMED_AREA, "of": COUNT, "districts": listed(_NAMED_AREA)})
        ),
    },
    results="buckets",
)

_CHANGE: Final = having(
    {
        "sequence": COUNT,
        "kind": one_of(*Kind.values),
        "reference": TEXT,
        "version": COUNT,
        "action": TEXT,
        "document_sha256": TEXT,
        "note_sha256": TEXT,
        "reason": TEXT,
        "merged_into": TEXT,
        "published_at": MOMENT,
        "previous_hash": TEXT,
        "salt": told(TEXT, "Empty where what was sealed is withdrawn."),
        "hash": TEXT,
        "reason_label": TEXT,
        "url": ADDRESS,
    }
)

CHANGES: Final = enveloped(
    part("Change"),
    having({**_META, "dataset_version": _VERSION}),
    {"after": told(COUNT, "The number to ask from the next time."), "next": ADDRESS_OR_NONE},
)

_BOUNDARY: Final = told(
    or_none(
        having(
            {
                "attribution": TEXT,
                "licence": TEXT,
                "date": part("PlainDate"),
                "tolerance": told(
                    {"type": "number"},
                    "Side, in degrees, of the square as large as a corner that simplifying may "
                    "have cut off; not how far a line may have moved.",
                ),
            }
        )
    ),
    "Who drew the boundary that format=geojson has; null where none is loaded.",
)

AREAS: Final = enveloped(
    having(
        {
            "code": TEXT,
            "level": one_of(*Area.Level.values),
            "name": TEXT,
            "name_local": TEXT,
            "names": listed(having({"name": TEXT, "kind": one_of(*AreaName.Kind.values)})),
            "within": listed(part("Area")),
            "point": or_none(having({"lat": {"type": "number"}, "lon": {"type": "number"}})),
            "boundary": _BOUNDARY,
            "established": part("PlainDate"),
            "abolished": part("PlainDate"),
            "formed_out_of": listed(TEXT),
            "succeeded_by": listed(TEXT),
            "population": NUMBER_OR_NONE,
            "source": TEXT,
        }
    ),
    having(_META),
    _TURNING,
)

_NAMES: Final[dict[str, Shape]] = {
    "code": TEXT,
    "labels": _BY_LANGUAGE,
    "definitions": _BY_LANGUAGE,
}
VOCABULARIES: Final = enveloped(having({**_NAMES, "url": ADDRESS}), having(_META))
VOCABULARY: Final = enveloped(
    having({**_NAMES, "parent": _TEXT_OR_NONE, "huridocs": TEXT, "offered": FLAG}),
    having(_META),
    {"vocabulary": TEXT},
)

LIMITS: Final = having(
    {
        "requests": or_none(
            having(
                {
                    "limit": COUNT,
                    "remaining": COUNT,
                    "reset": COUNT,
                    "window": COUNT,
                    "per": one_of("address", "token"),
                    "token_valid_until": DAY_OR_NONE,
                    "free": listed(TEXT),
                }
            )
        ),
        "page_size": COUNT,
        "rows_by_page_number": COUNT,
        "rows_by_cursor": NUMBER_OR_NONE,
        "rows_in_a_file": {"type": "object", "additionalProperties": NUMBER_OR_NONE},
        "changes_at_once": COUNT,
        "values_in_a_parameter": COUNT,
        "names_in_a_parameter": COUNT,
        "records_in_a_sample": {"type": "object", "additionalProperties": COUNT},
        "bytes_in_a_request_line": COUNT,
        "seconds_of_a_statement": {"type": ["number", "null"]},
    }
)

ROOT: Final = having(
    {
        "name": TEXT,
        "version": TEXT,
        "resources": listed(having({"name": TEXT, "url": ADDRESS, "holds": TEXT, "example": TEXT})),
        "dataset_version": _VERSION,
        "licence": TEXT,
        "contact": _TEXT_OR_NONE,
        "caveat": TEXT,
        "collecting_bodies": _BODIES,
    }
)

CITATION: Final = having(
    {
        "record": TEXT,
        "revision": COUNT,
        "date": {"type": "string", "format": "date"},
        "url": ADDRESS,
        "text": TEXT,
        "bibtex": TEXT,
        "csl": _ANYTHING,
    }
)
CSL: Final = listed(_ANYTHING)

SOURCE_LINK: Final = having(
    {
        "record": TEXT,
        "url": told(TEXT, "The address that the document names; empty where it names none."),
        "state": told(
            or_none(having({"code": one_of(*LinkState.values), "label": TEXT})),
            "null where the address was not asked, or too little came of it to say anything.",
        ),
        "since": told(DAY_OR_NONE, "The first day on which it was found in this state."),
        "checked_on": told(DAY_OR_NONE, "The last day on which it was found in this state."),
    }
)

FEATURES: Final[Shape] = {
    **having(
        {
            "type": {"type": "string", "const": "FeatureCollection"},
            "features": listed(
                having(
                    {
                        "type": {"type": "string", "const": "Feature"},
                        "id": TEXT,
                        "geometry": {"type": ["object", "null"]},
                        "properties": _ANYTHING,
                    }
                )
            ),
        }
    ),
    # What the file says of itself, as ``meta`` does.
    "additionalProperties": True,
}

PROBLEM_TYPE: Final = having({"type": TEXT, "status": COUNT, "title": TEXT, "meaning": TEXT})
PROBLEM_TYPES: Final = having({"results": listed(PROBLEM_TYPE)})

_WRONG: Final = having(
    {
        "parameter": TEXT,
        "message": TEXT,
        "suggestion": _TEXT_OR_NONE,
        "documentation": told(TEXT, "Path of the page that explains the parameter."),
    },
    optional={"candidates": listed(having({"code": TEXT, "label": TEXT}))},
)
_PROBLEM: Final = told(
    having(
        {
            "type": told(TEXT, "Address of a description of the problem."),
            "title": TEXT,
            "status": COUNT,
            "detail": TEXT,
            "errors": listed(_WRONG),
            "request_id": TEXT,
        },
        optional={
            "reason": told(or_none(part("Coded")), "Why a record was withdrawn."),
            "merged_into": told(having({"reference": TEXT, "url": TEXT}), "What remains."),
        },
    ),
    "Every error (RFC 9457).",
)


def _without_basis(date: Shape) -> Shape:
    members = {name: shape for name, shape in date["properties"].items() if name != "basis"}
    return having(members)


COMPONENTS: Final[dict[str, Any]] = {
    **PARTS,
    "PlainDate": _without_basis(PARTS["Date"]),
    "QuestionMeta": _QUESTION_META,
    "Change": _CHANGE,
    "Problem": _PROBLEM,
    **{name_of(kind): DOCUMENTS[kind] for kind in Kind},
    **{f"{name_of(kind)}AsItStands": _detail(kind) for kind in Kind},
    **{f"{name_of(kind)}List": list_of(kind) for kind in Kind},
}
"""Shapes that others refer to by name."""
