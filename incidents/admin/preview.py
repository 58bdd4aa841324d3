"""What the world will see, laid out for reading, and how it differs from what it sees now.

The documents are built by the same builders that publishing uses; this only puts them into
lines. Empty values are left out, everything else is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from incidents.admin.picture_addresses import picture_address
from incidents.admin.preview_words import words_for
from incidents.documents.case import BuiltDocument, build, published_rows
from incidents.documents.casefile import CaseFile
from incidents.documents.photograph import shown_picture
from incidents.documents.references import Publishable, provisional_references
from incidents.documents.values import Document
from incidents.models import Person
from incidents.publishing.neighbours import content_of
from record.models.entry import ENTRY_OF
from reference.date_text import render_date
from reference.dates import UncertainDate

_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Line:
    """One value with its name, or a heading with lines below it."""

    name: str
    text: str = ""
    lines: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph as it would be seen, at an address that only staff can open."""

    person: int
    address: str
    width: int
    height: int
    description: str
    credit: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as it would be published; ``new`` where the record has none of it yet."""

    title: str
    reference: str
    new: bool
    lines: tuple[Line, ...]
    photograph: Photograph | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of a published document that would change."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Revision:
    """Everything that would change in one published document."""

    title: str
    reference: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a case would show, and what it would change."""

    documents: list[Shown] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)


def known_references(row: Publishable) -> str:
    """The public reference of a row that has one, otherwise a stand-in."""
    return row.reference or provisional_references(row)


def preview(case: CaseFile) -> Preview:
    """The documents of a case, the incident first, and the changes to published ones."""
    built = list(reversed(build(case, known_references)))
    standing = _standing(case)
    found = Preview()
    for row in built:
        before = standing.get(row.reference)
        lines = tuple(_lines(row.content))
        title = _title(row)
        found.documents.append(Shown(title, row.reference, before is None, lines, _photograph(row)))
        if before is not None and (changes := _differences(before, row.content)):
            found.revisions.append(Revision(title, row.reference, changes))
    return found


def _photograph(row: BuiltDocument) -> Photograph | None:
    picture = shown_picture(row.row) if isinstance(row.row, Person) else None
    if picture is None:
        return None
    return Photograph(
        picture.person_id,
        picture_address(picture),
        picture.copy_width,
        picture.copy_height,
        picture.description,
        picture.credit,
    )


def _standing(case: CaseFile) -> dict[str, Document]:
    """What the record says now of every object of the case."""
    references = [row.reference for row in published_rows(case) if row.reference]
    return {
        entry.reference: content_of(entry.content())
        for model in ENTRY_OF.values()
        for entry in model.objects.live().filter(reference__in=references)
    }


def _title(row: BuiltDocument) -> str:
    content = row.content
    name = content.get("title") or content.get("name") or (content.get("type") or {}).get("label")
    return capfirst(f"{row.kind.label}: {name or _('name withheld')}")


def _differences(before: Document, now: Document) -> tuple[Difference, ...]:
    old, new = dict(_flat(_lines(before))), dict(_flat(_lines(now)))
    paths = [*new, *(path for path in old if path not in new)]
    return tuple(
        Difference(" › ".join(path), old.get(path, ""), new.get(path, ""))
        for path in paths
        if old.get(path) != new.get(path)
    )


def _flat(
    lines: Iterator[Line] | tuple[Line, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    for line in lines:
        path = (*above, line.name)
        if line.lines:
            yield from _flat(line.lines, path)
        else:
            yield path, line.text


def _lines(document: Mapping[str, Any]) -> Iterator[Line]:
    for key, value in document.items():
        line = _line(words_for(key), value)
        if line is not None:
            yield line


def _line(name: str, value: Any) -> Line | None:
    if value in _EMPTY:
        return None
    if isinstance(value, dict):
        return _of_mapping(name, value)
    if isinstance(value, list):
        return _of_list(name, value)
    if isinstance(value, bool):
        return Line(name, _("yes") if value else _("no"))
    return Line(name, str(value))


_IN_ONE_LINE: tuple[frozenset[str], ...] = (
    frozenset({"source", "locator", "quotation", "stance", "reliability"}),
    frozenset({"name", "name_local", "agency", "victim", "post"}),
    frozenset({"reference", "title", "title_local"}),
    frozenset({"code", "level", "name", "name_local"}),
    frozenset({"low", "high"}),
    frozenset({"lat", "lon", "of"}),
)
"""Members of small values that read better side by side: citations, parties, mentions, areas."""


def _of_mapping(name: str, value: dict[str, Any]) -> Line | None:
    if value.keys() == {"code", "label"}:
        return Line(name, _coded(value))
    if "earliest" in value and "precision" in value:
        return _of_date(name, value)
    if value.keys() in _IN_ONE_LINE:
        parts = [_coded(part) if isinstance(part, dict) else part for part in value.values()]
        return Line(name, " · ".join(str(part) for part in parts if part not in _EMPTY))
    lines = tuple(_lines(value))
    return Line(name, lines=lines) if lines else None


def _coded(value: dict[str, Any]) -> str:
    return f"{value['label']} ({value['code']})"


def _of_date(name: str, value: dict[str, Any]) -> Line | None:
    given = UncertainDate.from_document(cast("Any", value))
    if given.is_unknown:
        return None
    basis = f" ({value['basis']})" if value.get("basis") else ""
    return Line(name, f"{render_date(given)} [{given.text}]{basis}")


def _of_list(name: str, values: list[Any]) -> Line | None:
    rows = [_line(_row_name(index, value), value) for index, value in enumerate(values, start=1)]
    shown = [row for row in rows if row is not None]
    if all(not row.lines for row in shown):
        return Line(name, "\n".join(row.text for row in shown)) if shown else None
    return Line(name, lines=tuple(shown))


def _row_name(index: int, value: Any) -> str:
    """Rows with a reference are known by it, so that a row put in between changes only itself."""
    if isinstance(value, dict) and isinstance(value.get("reference"), str):
        return str(value["reference"])
    return str(index)
