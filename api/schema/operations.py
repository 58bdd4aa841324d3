"""What each address answers, by the name it has in ``api.urls``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from api.atom import MEDIA_TYPE as ATOM_TYPE
from api.formats import JSON, renderers_of
from api.headers import DATASET_VERSION, FILE_BODIES, FILE_CAVEAT, TOTAL_COUNT
from api.problem_types import (
    ADDRESS,
    CREDENTIALS,
    HEADERS,
    MERGED,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    PARAMETERS,
    PRECONDITION,
    SERVER,
    TOO_LONG,
    TOO_MANY,
    TOO_SLOW,
    UNAVAILABLE,
    WITHDRAWN,
    ProblemType,
)
from api.schema import answers, parameters
from api.schema.parameters import ParameterObject, format_parameter, of_fields
from api.views import areas, changes, citations, feeds
from api.views.root import RESOURCES
from record.document_shapes import Shape
from record.document_shapes.making import part, reference
from record.kinds import Kind

JSON_TYPE: Final = "application/json"

ALWAYS: Final = (
    *(PARAMETERS, CREDENTIALS, NOT_ACCEPTABLE, PRECONDITION),
    *(TOO_LONG, TOO_MANY, HEADERS, SERVER),
)
ASKING: Final = (*ALWAYS, TOO_SLOW, UNAVAILABLE)
# Both of the last are 503.

_NAMING: Final = (*ASKING, NOT_FOUND, ADDRESS)
_HOLDING: Final = (*_NAMING, MERGED, WITHDRAWN)

Media = Mapping[str, Shape | None]
"""Shapes by media type; None for what is not JSON."""


def _only_json() -> list[ParameterObject]:
    return [format_parameter((JSON,))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a GET of an address answers. ``media`` are its forms by media type, ``takes`` makes its
    parameters, ``errors`` are what may be in the way, ``headers`` its own beside those of all."""

    summary: str
    tag: str
    media: Media
    takes: Callable[[], list[ParameterObject]] = _only_json
    errors: Sequence[ProblemType] = ASKING
    headers: Sequence[str] = ()
    conditional: bool = True
    path: Mapping[str, Shape] = field(default_factory=dict)


def _json(shape: Shape) -> Media:
    return {JSON_TYPE: shape}


_VERSION: Final[Shape] = {"type": "integer", "minimum": 1}


def _files(kind: Kind) -> dict[str, Shape | None]:
    """Every form in which lists of a kind are offered, pages left out."""
    shapes = {"application/geo+json": answers.FEATURES}
    return {
        str(each.media_type): shapes.get(str(each.media_type))
        for each in renderers_of(kind)
        if each.format != JSON
    }


def _citing() -> list[ParameterObject]:
    offered = [str(each.format) for each in citations.RENDERERS]
    return [
        *of_fields(citations.PARAMETERS, {"lang": "Language of the citation."}),
        format_parameter(offered),
    ]


def _citation_media() -> Media:
    shapes = {JSON: answers.CITATION, citations.CSL: answers.CSL}
    return {str(each.media_type): shapes.get(str(each.format)) for each in citations.RENDERERS}


def _of_kind(kind: Kind) -> dict[str, Operation]:
    name, plural = answers.name_of(kind), kind.plural
    pages = _json(part(f"{name}List"))
    feed: Media = {ATOM_TYPE: None}
    named = {"reference": reference(kind.prefix)}
    numbered = {**named, "version": _VERSION}
    files = _files(kind)
    endings = [str(each.format) for each in renderers_of(kind) if each.format != "csv-plain"]
    of_all = (TOTAL_COUNT, DATASET_VERSION, FILE_CAVEAT, FILE_BODIES)
    about_files = (*of_all, "Content-Disposition")
    takes = partial(parameters.of_list, kind)
    return {
        plural: Operation(
            summary=_HOLDS[plural],
            tag=plural,
            media={**pages, **files},
            takes=takes,
            headers=("Link", *about_files),
        ),
        f"{plural}-file": Operation(
            summary=f"The whole list of {plural} as a file.",
            tag=plural,
            media={**pages, **files},
            takes=takes,
            errors=_NAMING,
            headers=("Link", *about_files),
            path={"format": {"type": "string", "enum": endings}},
        ),
        f"{plural}-feed": Operation(
            summary=f"A feed of {plural}, what changed last first.",
            tag=plural,
            media=feed,
            takes=partial(parameters.of_feed, kind),
            headers=("Link",),
        ),
        f"{plural}-detail": Operation(
            summary=f"One {kind.value.replace('-', ' ')} as it stands.",
            tag=plural,
            media=_json(part(f"{name}AsItStands")),
            errors=_HOLDING,
            headers=("Last-Modified",),
            path=named,
        ),
        f"{plural}-revision": Operation(
            summary="A numbered revision, as it was published then.",
            tag=plural,
            media=_json(part(name)),
            errors=_HOLDING,
            headers=("Last-Modified", "Link"),
            path=numbered,
        ),
        f"{plural}-citation": Operation(
            summary="How to cite the record as it stands.",
            tag=plural,
            media=_citation_media(),
            takes=_citing,
            errors=_HOLDING,
            path=named,
        ),
        f"{plural}-revision-citation": Operation(
            summary="How to cite a numbered revision.",
            tag=plural,
            media=_citation_media(),
            takes=_citing,
            errors=_HOLDING,
            path=numbered,
        ),
        f"{plural}-seal": Operation(
            summary="What the hash of a revision covers.",
            tag=plural,
            media=_json(part("Change")),
            errors=_NAMING,
            path=numbered,
        ),
    }


_HOLDS: Final = {name: holds for name, holds, _query in RESOURCES}

_OF_AREAS: Final = {
    "level": "Only areas of this level.",
    "within": "Codes or names of areas: only what lies within one of them.",
    "q": "A name in any spelling, in Latin or Arabic script; the nearest first.",
    "page": "Number of the page, from 1.",
    "page_size": "Rows on a page.",
}
_OF_CHANGES: Final = {
    "after": "Number of the last change already seen; 0 for none.",
    "page_size": "Changes in one answer.",
}
_OF_FEED: Final = {
    "lang": "Language of the texts.",
    "before": "Only changes with a number below this one.",
}


def _about(name: str, media: Media, **extra: Any) -> Operation:
    return Operation(summary=_HOLDS[name], tag=name, media=media, **extra)


OPERATIONS: Final[dict[str, Operation]] = {
    "root": Operation(summary="What there is.", tag="about", media=_json(answers.ROOT)),
    "schema": _about("schema", _json({"type": "object"})),
    **{name: each for kind in Kind for name, each in _of_kind(kind).items()},
    "sources-link": Operation(
        summary="Whether the address of the source still answers.",
        tag=Kind.SOURCE.plural,
        media=_json(answers.SOURCE_LINK),
        errors=_HOLDING,
        path={"reference": reference(Kind.SOURCE.prefix)},
    ),
    "statistics": _about("statistics", _json(answers.STATISTICS), takes=parameters.of_statistics),
    "coverage": _about("coverage", _json(answers.COVERAGE)),
    "changes": _about(
        "changes",
        _json(answers.CHANGES),
        takes=lambda: [*of_fields(changes.PARAMETERS, _OF_CHANGES), *_only_json()],
        headers=("Link",),
    ),
    "changes-feed": Operation(
        summary="A feed of all changes, the newest first.",
        tag="changes",
        media={ATOM_TYPE: None},
        takes=lambda: [
            *of_fields(feeds.CHANGES_PARAMETERS, _OF_FEED),
            format_parameter((feeds.ATOM,)),
        ],
        headers=("Link",),
    ),
    "limits": _about("limits", _json(answers.LIMITS), conditional=False),
    "areas": _about(
        "areas",
        {**_json(answers.AREAS), "application/geo+json": answers.FEATURES},
        takes=lambda: [
            *of_fields(areas.PARAMETERS, _OF_AREAS),
            format_parameter([str(each.format) for each in areas.AreaListView.renderer_classes]),
        ],
        headers=("Link", TOTAL_COUNT, "Content-Disposition"),
    ),
    "vocabularies": _about("vocabularies", _json(answers.VOCABULARIES)),
    "vocabulary": Operation(
        summary="The terms of one vocabulary.",
        tag="vocabularies",
        media=_json(answers.VOCABULARY),
        errors=_NAMING,
        path={"slug": {"type": "string", "pattern": "^[a-z-]+$"}},
    ),
    "problems": _about("problems", _json(answers.PROBLEM_TYPES)),
    "problem": Operation(
        summary="One kind of error.",
        tag="problems",
        media=_json(answers.PROBLEM_TYPE),
        errors=_NAMING,
        path={"slug": {"type": "string", "pattern": "^[a-z-]+$"}},
    ),
}
"""An address that is missing here fails a test, which says so."""

WITHOUT_OPERATION: Final = frozenset({"unknown"})
"""Names of patterns that lead to no resource."""
