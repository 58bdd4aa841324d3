"""Published agencies and sources by what a reader calls them.

Only what is public is searched: something hidden and something that never existed are answered
alike, so that a filter cannot be used to probe for it.
"""

import json
from dataclasses import dataclass
from typing import Any

from record.kinds import Kind, kind_of
from record.models import AgencyEntry, Entry, SourceEntry
from record.models.entry import State
from record.parameters import nearest
from reference.names import fold


@dataclass(frozen=True, slots=True)
class Published:
    """An entry as a filter needs it: its row, its reference and what it is called."""

    id: int
    reference: str
    name: str
    name_local: str

    def name_in(self, language: str) -> str:
        """The name for a reader of this language: the local one for any but English."""
        return self.name if language.startswith("en") else self.name_local or self.name


def by_reference(kind: Kind, text: str) -> Published | None:
    """The live entry under a reference; a merged one answers with its survivor."""
    if kind_of(text) is not kind:
        return None
    model: type[Entry] = AgencyEntry if kind is Kind.AGENCY else SourceEntry
    entry = model.objects.select_related("merged_into").filter(reference=text).first()
    if entry is not None and entry.state == State.MERGED:
        entry = entry.merged_into
    return _published(entry) if entry is not None and entry.state == State.LIVE else None


class AgencyDirectory:
    """The published agencies by name or abbreviation, folded, in either script.

    Reads the document of each, which number hundreds at most.
    """

    def __init__(self) -> None:
        live = AgencyEntry.objects.live().order_by("reference")
        self._names = [(_published(entry), _spellings(entry.content())) for entry in live]

    def named(self, text: str) -> list[Published]:
        """The agencies that bear exactly this name or abbreviation."""
        wanted = _fold(text)
        return [agency for agency, names in self._names if wanted and wanted in names]

    def near(self, text: str) -> str | None:
        """The reference of the agency with the name most like this one, if any is near."""
        references = {name: agency.reference for agency, names in self._names for name in names}
        return references.get(nearest(_fold(text), references) or "")


def _spellings(content: dict[str, Any]) -> frozenset[str]:
    names = [content.get(key) for key in ("name", "name_local", "abbreviation")]
    folded = (_fold(name) for name in [*names, *content.get("other_names", [])] if name)
    return frozenset(name for name in folded if name)


def _fold(text: str) -> str:
    # Titles belong to persons; in the name of a body every word counts.
    return fold(text, keep_honorifics=True)


def _published(entry: Entry) -> Published:
    content = json.loads(entry.document)
    name = content.get("name") or content.get("title") or entry.reference
    local = content.get("name_local") or content.get("title_local") or ""
    return Published(entry.pk, entry.reference, name, local)
