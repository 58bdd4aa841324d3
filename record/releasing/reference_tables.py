"""What the codes in a release mean: areas and vocabularies as they are on that day, the columns
of every table, and what happened since the release before."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.utils import translation

from record.chain import timestamp
from record.columns import COLUMNS
from record.columns.column import ColumnType
from record.kinds import Kind
from record.media_types import MARKDOWN
from record.models import Revision
from record.public_vocabularies import PUBLIC_VOCABULARIES
from record.releasing.files import write_rows, write_text
from record.releasing.manifest import ReleasedFile
from reference.models import Area
from reference.vocabularies import terms

LANGUAGE: Final = "en"
"""Files for programs speak one language; documents carry their texts in all they have."""

CHANGES: Final = "changes.csv"
AREAS: Final = "areas.csv"
VOCABULARIES: Final = "vocabularies.csv"
CODEBOOK: Final = "codebook.csv"

_AREA: Final = (
    *("code", "level", "name", "name_local", "within", "latitude", "longitude"),
    *("established", "abolished", "formed_out_of", "population", "source"),
)
_TERM: Final = (
    *("vocabulary", "code", "parent", "label_en", "label_ur", "definition_en", "definition_ur"),
    *("huridocs", "offered"),
)
_CHANGE: Final = (
    *("sequence", "published_at", "action", "kind", "reference", "version"),
    *("reason", "merged_into"),
)
_COLUMN: Final = ("table", "name", "label", "meaning", "type", "unit", "vocabulary", "member")

KEYS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    AREAS: (_AREA, ("code",)),
    VOCABULARIES: (_TERM, ("vocabulary", "code")),
    CHANGES: (_CHANGE, ("sequence",)),
    CODEBOOK: (_COLUMN, ("table", "name")),
}
"""By file: its columns, and those that together name a row."""

TYPES: Final[Mapping[str, ColumnType]] = {
    **dict.fromkeys(("sequence", "version", "population"), ColumnType.INTEGER),
    **dict.fromkeys(("latitude", "longitude"), ColumnType.NUMBER),
    "offered": ColumnType.BOOLEAN,
    "published_at": ColumnType.TIME,
}
"""What these columns hold that is no text."""


def write_areas(folder: Path) -> ReleasedFile:
    """Every area with its code. Staff notes on an area are not among it."""
    areas = Area.objects.select_related("parent").prefetch_related("predecessors").order_by("code")
    return write_rows(folder, AREAS, list(_AREA), map(_area, areas.iterator(chunk_size=500)))


def write_vocabularies(folder: Path) -> ReleasedFile:
    """Every term whose code may stand in a document, those out of use included."""
    return write_rows(folder, VOCABULARIES, list(_TERM), _terms())


def write_changes(folder: Path, after: int, until: int) -> ReleasedFile:
    """The acts of publishing between two revisions: references and no words."""
    rows = Revision.objects.after(after).filter(sequence__lte=until).values_list(*_CHANGE)
    found = (
        (sequence, timestamp(at), *rest) for sequence, at, *rest in rows.iterator(chunk_size=5_000)
    )
    return write_rows(folder, CHANGES, list(_CHANGE), found)


def write_codebook(folder: Path) -> Iterator[ReleasedFile]:
    """Every column of every table: as a table, and to read."""
    with translation.override(LANGUAGE):
        rows = list(_columns())
    yield write_rows(folder, CODEBOOK, list(_COLUMN), rows)
    yield write_text(folder, "codebook.md", "".join(_to_read(rows)), MARKDOWN)


def _area(area: Area) -> tuple[Any, ...]:
    return (
        area.code,
        area.level,
        area.name,
        area.name_local,
        area.parent.code if area.parent else "",
        area.latitude,
        area.longitude,
        str(area.established),
        str(area.abolished),
        "; ".join(sorted(each.code for each in area.predecessors.all())),
        area.population,
        area.source,
    )


def _terms() -> Iterator[tuple[Any, ...]]:
    for slug in PUBLIC_VOCABULARIES:
        for term in terms(slug, hidden=True):
            yield (
                slug,
                term.code,
                term.parent.code if term.parent else "",
                term.labels.get("en", ""),
                term.labels.get("ur", ""),
                term.definitions.get("en", ""),
                term.definitions.get("ur", ""),
                term.huridocs,
                not term.hidden,
            )


def _columns() -> Iterator[tuple[str, ...]]:
    for kind in Kind:
        for each in COLUMNS[kind]:
            yield (
                kind.plural,
                each.name,
                str(each.label),
                str(each.meaning),
                each.type.value,
                str(each.unit),
                each.vocabulary,
                each.member,
            )


def _to_read(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield (
        "# Codebook\n\n"
        "The columns of each table. A missing value is an empty cell. Codes are explained in "
        "vocabularies.csv, areas in areas.csv. What a cell cannot hold, such as accounts that "
        "contradict each other, stands whole in the NDJSON files.\n"
    )
    table = ""
    for row in rows:
        if row[0] != table:
            table = row[0]
            yield (
                f"\n## {table}\n\n| column | label | meaning | type | unit | vocabulary |\n"
                "|---|---|---|---|---|---|\n"
            )
        cells = (row[1], row[2], row[3], row[4], row[5], row[6])
        yield "| " + " | ".join(text.replace("|", "\\|") for text in cells) + " |\n"
