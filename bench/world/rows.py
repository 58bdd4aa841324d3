"""The rows of one stretch: entries with their documents, and all that the record derives from them.

What is derived comes from the functions with which publishing derives it; here they only get at
once what they otherwise look up.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db import models

from bench.world import numbering
from bench.world.documents import Stretch, Written
from bench.world.setting import PUBLISHED, Setting
from record.chain import timestamp
from record.claimed_dates import claimed_dates
from record.facts import IncidentReading, Surroundings
from record.keys import (
    incident_key,
    legal_action_key,
    source_key,
    victim_key,
)
from record.kinds import Kind
from record.models import (
    ENTRY_OF,
    Entry,
    IncidentText,
    LegalActionText,
    Row,
    SourceText,
    VictimName,
)
from record.places import Places, area_codes
from record.reading import Document
from record.resolving import Live
from record.rows import ROW_OF, made_of, row_of
from record.search_text import SearchWords
from reference.names import fold, skeleton

TEXTS = {
    Kind.INCIDENT: IncidentText,
    Kind.LEGAL_ACTION: LegalActionText,
    Kind.SOURCE: SourceText,
}
_STRETCHES_A_DAY = 30


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one document, before the database makes a vector of them."""

    kind: Kind
    entry: int
    prose: str
    folded: str


class Derived:
    """The rows of a stretch, made one after the other."""

    def __init__(self, setting: Setting, stretch: Stretch) -> None:
        self.setting = setting
        self.stretch = stretch
        self.at = PUBLISHED + timedelta(days=stretch.number // _STRETCHES_A_DAY)
        self._live = {**setting.live, **self._resolved()}
        self._entries: dict[Kind, list[tuple[Any, Document]]] = {
            kind: [self._entry(kind, each) for each in stretch.of(kind)]
            for kind in numbering.OF_STRETCH
        }

    def entries(self) -> Iterator[tuple[Entry, Row]]:
        """The entries with their documents, each with its row of files."""
        for kind, pairs in self._entries.items():
            for entry, document in pairs:
                entry.document = _json(document)
                entry.content_sha256 = sha256(entry.reference.encode()).hexdigest()
                model: Any = ROW_OF[kind]
                of = {"entry_id": entry.pk, "made_of": made_of(kind)}
                yield entry, model(**of, **row_of(kind, document)._asdict())

    def narrow(self) -> Iterator[models.Model]:
        """The keys of all objects, the names of victims, the facts, and what others say of when
        they began."""
        for entry, document in self._entries[Kind.SOURCE]:
            yield source_key(entry, document)
        places = self._places()
        for entry, document in self._entries[Kind.LEGAL_ACTION]:
            yield legal_action_key(entry, document, places, self._live)
        for entry, document in self._entries[Kind.VICTIM]:
            yield victim_key(entry, document)
            yield from _names(entry.pk, document)
        for entry, document in self._entries[Kind.INCIDENT]:
            yield incident_key(entry, document)
        yield from self._facts()

    def words(self) -> Iterator[Words]:
        """What is searched in free text."""
        for kind in TEXTS:
            for entry, document in self._entries[kind]:
                names = _place_names(self.setting, frozenset(area_codes(document)))
                found = SearchWords(document, names)
                yield Words(kind, entry.pk, found.prose, found.folded)

    def _facts(self) -> Iterator[models.Model]:
        around = Surroundings(self._live, self._places(), self.setting.reaches)
        # Nobody says more than one date of a violation here.
        number = claim = self.stretch.number * numbering.FACTS
        for entry, document in self._entries[Kind.INCIDENT]:
            numbers = {}
            for fact in IncidentReading(entry, document).facts(around):
                number += 1
                fact.pk = numbers[fact.violation_id] = number
                yield fact
            for claimed in sorted(claimed_dates(entry, document, self._live), key=str):
                claim += 1
                row = claimed.row(numbers[claimed.violation])
                row.pk = claim
                yield row

    def _resolved(self) -> dict[str, Live]:
        """What the references of the stretch lead to."""
        incidents = {
            violation["reference"]: identity.id
            for identity, content in self.stretch.incidents
            for violation in content["violations"]
        }
        return {
            identity.reference: Live(
                identity.id, identity.sequence, incidents.get(identity.reference)
            )
            for kind in numbering.OF_STRETCH
            for identity, _content in self.stretch.of(kind)
        }

    def _entry(self, kind: Kind, written: Written) -> tuple[Any, Document]:
        identity, content = written
        model: Any = ENTRY_OF[kind]
        entry = model(
            id=identity.id,
            reference=identity.reference,
            version=1,
            sequence=identity.sequence,
            first_published=self.at,
            changed_at=self.at,
        )
        envelope = {
            "reference": identity.reference,
            "kind": kind.value,
            "version": 1,
            "first_published": timestamp(self.at),
            "published_at": timestamp(self.at),
        }
        return entry, {**envelope, **content}

    def _places(self) -> Places:
        return Places(dict(self.setting.area_paths), dict(self.setting.area_levels), {})


@lru_cache(maxsize=10_000)
def _place_names(setting: Setting, codes: frozenset[str]) -> tuple[str, ...]:
    """The names of the areas with these codes and of all above them."""
    ids = {id_ for code in codes for id_ in setting.area_paths[code]}
    return tuple(name for id_ in ids for name in setting.area_names.get(id_, ()))


@lru_cache(maxsize=100_000)
def _search_forms(name: str) -> tuple[str, str]:
    folded = fold(name)
    return folded, skeleton(folded)


def _names(entry: int, victim: Document) -> Iterator[VictimName]:
    """The names of a victim in their search forms, each part of a name folded only once.

    Made-up names are such that the form of the whole is that of its parts; a test holds it.
    """
    found: dict[str, str] = {}
    for suffix in ("", "_local"):
        own, bones = _search_forms(victim[f"name{suffix}"])
        father, bones_of_father = _search_forms(victim[f"fathers_name{suffix}"])
        found[own] = bones
        found[f"{own} {father}"] = f"{bones} {bones_of_father}"
    for folded, bones in found.items():
        yield VictimName(entry_id=entry, folded=folded, skeleton=bones)


def _json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
