"""What accompanies the files of a release: a data package, a text to read first, a changelog."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.utils import translation

from record.caveat import CAVEAT
from record.columns import COLUMNS
from record.columns.column import Column, ColumnType
from record.kinds import Kind
from record.media_types import CSV, JSON, TEXT
from record.releasing.files import write_text
from record.releasing.manifest import Manifest, ReleasedFile
from record.releasing.reference_tables import KEYS, LANGUAGE, TYPES

DATA_PACKAGE: Final = "datapackage.json"
README: Final = "README.txt"
CHANGELOG: Final = "CHANGELOG.txt"

_DIALECT: Final = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
_TYPES: Final = {
    ColumnType.INTEGER: "integer",
    ColumnType.NUMBER: "number",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DATE: "date",
    ColumnType.TIME: "datetime",
}
_BELONGS: Final = {
    "violations": (("incident", "incidents"), ("victim", "victims")),
}
"""By table: columns that hold a reference of another table."""


def write_data_package(folder: Path, manifest: Manifest) -> ReleasedFile:
    """The files as a Frictionless Data Package: fields, keys, missing values, dialect, licence,
    hashes and sizes."""
    with translation.override(LANGUAGE):
        resources = [_resource(each, manifest) for each in manifest.files]
    package = {
        "profile": "data-package",
        "name": "record",
        "id": f"dataset-{manifest.dataset_version}",
        "title": f"{manifest.organisation}: dataset release {manifest.release}",
        "description": CAVEAT,
        "caveat": CAVEAT,
        "collecting_bodies": list(collected_by(manifest)),
        "version": manifest.release,
        "created": manifest.made_at,
        "licenses": [{"name": _licence_name(manifest.licence), "title": manifest.licence}],
        "contributors": [
            {"title": manifest.organisation, "role": "publisher"},
            *({"title": name, "role": "contributor"} for name in collected_by(manifest)),
        ],
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    return write_text(folder, DATA_PACKAGE, text, JSON)


def _resource(file: ReleasedFile, manifest: Manifest) -> dict[str, Any]:
    stem, _dot, ending = file.name.partition(".")
    found: dict[str, Any] = {
        "name": file.name.lower().replace(".", "-"),
        "path": file.name,
        "format": ending.rpartition(".")[2] or "txt",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if file.media_type == CSV:
        found["dialect"] = _DIALECT
    if file.kind and file.media_type == CSV:
        columns = COLUMNS[next(kind for kind in Kind if kind.plural == file.kind)]
        found["profile"] = "tabular-data-resource"
        found["schema"] = _schema(columns, stem, manifest)
    elif file.name in KEYS:
        found["profile"] = "tabular-data-resource"
        found["schema"] = _reference_schema(*KEYS[file.name])
    return found


def _reference_schema(columns: Iterable[str], key: Iterable[str]) -> dict[str, Any]:
    """Of a table that explains the others; its columns need no words."""
    return {
        "fields": [
            {"name": name, "type": _TYPES[TYPES[name]] if name in TYPES else "string"}
            for name in columns
        ],
        "missingValues": [""],
        "primaryKey": [*key],
    }


def _schema(columns: Iterable[Column], table: str, manifest: Manifest) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": "reference",
    }
    # A line put in later may name what this release does not hold.
    if table in _BELONGS and not manifest.reissues:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": f"{other}-csv", "fields": "reference"}}
            for column, other in _BELONGS[table]
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, "string"),
        "title": str(column.label),
    }
    for name, text in (
        ("description", column.meaning),
        ("unit", column.unit),
        ("vocabulary", column.vocabulary),
    ):
        if text:
            found[name] = str(text)
    if column.name == "reference":
        found["constraints"] = {"required": True, "unique": True}
    return found


def collected_by(manifest: Manifest) -> tuple[str, ...]:
    """Who collected what is in it; whoever publishes it, in a release that names nobody."""
    return manifest.collecting_bodies or (manifest.organisation,)


def _licence_name(licence: str) -> str:
    """``CC-BY-4.0``: the name by which programs know a licence, made of ours."""
    return "-".join(licence.split())


def write_changelog(folder: Path, manifest: Manifest, actions: dict[str, int]) -> ReleasedFile:
    """What happened since the release before, and whenever these files were rewritten."""
    since = f"since the release of {manifest.previous}" if manifest.previous else "from the start"
    lines = [
        f"Release of {manifest.release}, dataset version {manifest.dataset_version}",
        "",
        f"What happened {since} (each act with its reference is in changes.csv):",
        *(f"  {name}: {number}" for name, number in actions.items()),
    ]
    for each in manifest.reissues:
        lines += ["", reissue_words(each.at, each.removed, each.replaced)]
    return write_text(folder, CHANGELOG, "\n".join(lines) + "\n", TEXT)


def reissue_words(at: str, removed: int, replaced: int) -> str:
    """The note on a reissue, which says of no record what it was."""
    return (
        f"Reissued at {at} (earlier hashes no longer apply), because something "
        f"was withdrawn: records taken out: {removed}; records given in a later version, which "
        f"does not mention it: {replaced}. Please remove older copies."
    )


def write_readme(folder: Path, manifest: Manifest) -> ReleasedFile:
    """What to read first."""
    counts = "\n".join(f"  {plural}: {number}" for plural, number in manifest.counts.items())
    reissued = "".join(
        f"\n{reissue_words(each.at, each.removed, each.replaced)}\n" for each in manifest.reissues
    )
    text = _README.format(
        organisation=manifest.organisation,
        licence=manifest.licence,
        release=manifest.release,
        version=manifest.dataset_version,
        made=manifest.made_at,
        counts=counts,
        reissued=reissued,
        caveat=CAVEAT,
        bodies="; ".join(collected_by(manifest)),
    )
    return write_text(folder, README, text, TEXT)


_README: Final = """\
{organisation}: dataset release {release}

The whole public record as of dataset version {version}, written at {made}.
Licence: {licence}. Cite: {organisation}: dataset release {release}, version {version} ({licence}).
{reissued}
What is in it
{counts}

  *.ndjson         every record whole, one a line, as the API gives it
  *.csv            the same records as a table: UTF-8, no byte order mark, an empty cell for what
                   is not known; codebook.csv and codebook.md explain each column
  *.geojson        the same records as points; without a published point the geometry is null
  entities.ftm.json  the record as entities of FollowTheMoney, one a line
  areas.csv, vocabularies.csv  what the codes mean
  changes.csv, CHANGELOG.txt   what was published, corrected, withdrawn and merged since the
                   release before
  datapackage.json describes the files for programs (Frictionless Data Package)
  SHA256SUMS       sha256sum --check SHA256SUMS
  manifest.json    written last: where it is, the release is whole

Collected by: {bodies}

What a count means
  {caveat}
  Rows of violations.csv are violations: one victim, one type, one incident. One incident may hold
  several, and one person may have suffered several. Say which of them you count.
  A victim may be a group; the column people says of how many, and is empty where nobody knows.
  Who is alleged to be responsible is alleged by somebody; grade says how well it is established.
  A date may be known only as a month or a year: it lies somewhere between the days in the columns
  that end in _earliest and _latest. Do not take the first of them for the date.

Withdrawals
  What is withdrawn is taken out of every release, old ones too, and their hashes change then.
  Follow /api/v1/changes/ and remove from your copies what is withdrawn there.
"""
