"""Columns that several kinds of objects have, and the words for them."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from record.columns.column import Column, ColumnType
from record.columns.lists import coded_list, counted, listed
from record.columns.values import both_scripts, plain, truth, whole
from record.reading import Document

_ALLEGED: Final = _("Alleged by somebody, not found by a court; the documents say by whom.")
_SIDE: Final = _("What officials, or the group accused, say of it.")
AT_THE_TIME: Final = _("At the time of what was done.")
UNTIL_ADMITTED: Final = _("Days from the taking until custody was first admitted.")
SENSITIVE: Final = _("As far as it may be known.")
DAYS: Final = _("days")
YEARS: Final = _("years")
PEOPLE: Final = _("people")
_CITED: Final = _("citations")


def name_of(part: Any) -> Any:
    """What somebody or something named in a document is called."""
    return part["name"]


def _involvements(document: Document) -> Iterator[Document]:
    """Of an incident as a whole and of its violations."""
    yield from document.get("involvements") or ()
    for violation in document.get("violations") or ():
        yield from violation["involvements"]


def _attributions(document: Document) -> Iterator[Document]:
    for part in (document, *(document.get("violations") or ())):
        yield from (each["attribution"] for each in part.get("attributions") or ())


def types_of_violations(document: Document) -> Iterator[Document]:
    """The types of the violations that a document tells of."""
    yield from (violation["type"] for violation in document.get("violations") or ())


def responsible() -> list[Column]:
    """Who is alleged to be responsible, and what the side accused says of it."""
    return [
        *listed(
            "involvements",
            "involvements",
            _("Alleged responsible"),
            _ALLEGED,
            of=_involvements,
            each=lambda part: (
                part["party"] and (part["party"]["name"] or part["party"]["name_local"])
            ),
        ),
        *listed(
            "involvements_agencies",
            "involvements",
            _("Agencies alleged responsible"),
            _ALLEGED,
            of=_involvements,
            each=lambda part: part["party"] and part["party"]["agency"],
        ),
        *coded_list(
            "attributions",
            "attributions",
            "attribution",
            _("The accused side's version"),
            _SIDE,
            of=_attributions,
        ),
    ]


ENVELOPE: Final = [
    *plain("reference", _("Reference"), _("Permanent, and never used again for anything else.")),
    *plain("kind", _("Kind of record")),
    *whole("version", _("Version"), _("Number of the revision, from 1.")),
    *plain("first_published", _("First published"), type=ColumnType.TIME),
    *plain("published_at", _("Published in this version"), type=ColumnType.TIME),
]

CITATIONS: Final = [
    *counted("citations", _("Citations"), unit=_CITED),
    *truth(
        "confidential_sources",
        _("Confidential sources"),
        _("Whether it rests on sources that cannot be named too."),
    ),
]

TITLE: Final = both_scripts("title", _("Title"))
NAME: Final = both_scripts("name", _("Name"), SENSITIVE)
