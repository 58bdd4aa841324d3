"""What is in a file: its parts by name, and what its manifest says. docs/interchange.md tells it
to others."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from incidents.interchange.describing import Record

FORMAT: Final = "gawah cases"
VERSION: Final = 1
"""Raised with every change after which an older program would read something wrongly."""

MANIFEST: Final = "manifest.json"
ROWS: Final = "rows.ndjson"
ABSENT: Final = "absent.ndjson"
TERMS: Final = "terms.ndjson"
AREAS: Final = "areas.ndjson"
README: Final = "README.txt"
SUMS: Final = "SHA256SUMS"
FILES: Final = "files/"

LISTED: Final = (ROWS, ABSENT, TERMS, AREAS, README)
"""Parts whose hash the manifest gives, in the order of the file, behind it and the sums."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was said explicitly."""

    files: bool = False
    informants: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """The content of a file, without the files of evidence."""

    installation: str
    cases: Sequence[str]
    """Identifiers of the incidents that were asked for."""
    choices: Choices
    records: Sequence[Record]
    absent: Sequence[Mapping[str, Any]]
    terms: Sequence[Mapping[str, Any]]
    areas: Sequence[Mapping[str, Any]]
    files: Collection[str] = ()
    """SHA-256 of each file of evidence that it carries."""
    withdrawn: Collection[str] = ()
    """Those of the cases that were published there and taken back."""

    def counts(self) -> dict[str, int]:
        """Kind → how many rows."""
        return dict(Counter(record.kind for record in self.records))
