"""The facts that several documents share: places, citations, involvements, accounts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from incidents.documents.casefile import CaseFile
from incidents.documents.parts import parts
from incidents.documents.protection import (
    Protection,
    accused_may_be_named,
    shown_name,
)
from incidents.documents.references import References
from incidents.documents.values import (
    Document,
    agency_party,
    chosen,
    coded,
    dated,
    described_party,
)
from incidents.models import (
    Account,
    Agency,
    Attribution,
    Incident,
    Involvement,
    LegalAction,
    Source,
)
from incidents.models.base import Claim, Placed
from reference.models import Area


class Cited(Protocol):
    """A row that citations point to."""

    citations: Any


@dataclass(frozen=True)
class Builder:
    """A case being turned into documents: what it holds, and how its objects are named."""

    case: CaseFile
    refer: References
    standing: dict[str, Document] = field(default_factory=dict)
    """Contents that the record holds now, by reference: what other cases say in public."""

    def mention(self, row: Incident | LegalAction) -> Document:
        """Reference and title. Of an object outside this case only the approved title is used,
        never the title that somebody may be working on."""
        spoken = self.standing.get(row.reference or "", {})
        if row == self.case.incident or row in self.case.legal_actions or not spoken:
            title, title_local = row.title, row.title_local
        else:
            title, title_local = spoken["title"], spoken["title_local"]
        return {"reference": self.refer(row), "title": title, "title_local": title_local}

    def agency(self, pk: int) -> Agency:
        return self.case.agencies[pk]

    def party(self, agency_id: int | None, text: str, text_local: str) -> Document | None:
        """An agency of our list, or anybody else in words; None where nobody is recorded."""
        if agency_id is not None:
            agency = self.agency(agency_id)
            return agency_party(agency, self.refer(agency))
        return described_party(text, text_local) if text or text_local else None

    def claimant(self, claim: Claim) -> Document | None:
        """Who says so."""
        return self.party(claim.claimant_agency_id, claim.claimant_text, claim.claimant_text_local)

    def cited(self, fact: Cited) -> Document:
        """What a fact rests on. Of confidential sources only that there are some."""
        citations = list(parts(fact, "citations"))
        return {
            "citations": [
                {
                    "source": self.refer(citation.source),
                    "locator": citation.locator,
                    "quotation": citation.quotation,
                    "stance": citation.stance,
                    "reliability": coded(citation.reliability),
                }
                for citation in citations
                if not citation.source.confidential
            ],
            "confidential_sources": any(citation.source.confidential for citation in citations),
        }

    def areas(self, area: Area | None, protection: Protection) -> list[Document]:
        """The area and all above it, the country first, no finer than allowed."""
        path = [] if area is None else [self.case.areas[pk] for pk in area.path]
        return [
            {
                "code": step.code,
                "level": step.level,
                "name": step.name,
                "name_local": step.name_local,
            }
            for step in path
            if protection.lets_out(step)
        ]

    def place(self, placed: Placed, protection: Protection) -> Document | None:
        """Where it was. None where nothing is known of the place."""
        if placed.area_id is None and not placed.place_text:
            return None
        area = None if placed.area_id is None else self.case.areas[placed.area_id]
        in_words = protection.lets_out_place_text
        areas = self.areas(area, protection)
        return {
            "text": placed.place_text if in_words else "",
            "text_local": placed.place_text_local if in_words else "",
            "basis": placed.area_basis if areas else None,
            "precision": coded(placed.place_precision) if in_words else None,
            "areas": areas,
            "point": self.point(placed, area, protection),
        }

    def point(self, placed: Placed, area: Area | None, protection: Protection) -> Document | None:
        """A point that says what it is the point of; never finer than the areas let out."""
        if protection.lets_out_place_text and placed.latitude is not None:
            return _point(placed.latitude, placed.longitude, "place")
        steps = [] if area is None else [self.case.areas[pk] for pk in area.path]
        for step in reversed(steps):
            if step.level == Area.Level.COUNTRY:
                break  # the middle of a country says nothing of where something happened
            if protection.lets_out(step) and step.latitude is not None:
                return _point(step.latitude, step.longitude, step.level)
        return None

    def area_alone(self, area_id: int | None, protection: Protection) -> Document | None:
        """An area without further description, such as the district of a court."""
        if area_id is None:
            return None
        area = self.case.areas[area_id]
        return {
            "text": "",
            "text_local": "",
            "basis": "stated",
            "precision": None,
            "areas": self.areas(area, protection),
            "point": None,
        }

    def involvement(self, row: Involvement) -> Document:
        """Who is alleged to be responsible, in what way, according to whom."""
        return {
            "party": self._accused(row),
            "description": row.description,
            "description_local": row.description_local,
            "degree": coded(row.degree),
            "agency_type": coded(self.agency(row.agency_id).type if row.agency_id else row.type),
            "status": coded(row.status),
            "basis": coded(row.basis),
            "alleged_by": self.party(
                row.alleged_by_agency_id, row.alleged_by_text, row.alleged_by_text_local
            ),
            **self.cited(row),
        }

    def involvements(self, rows: Iterable[Involvement]) -> list[Document]:
        """Everybody alleged to be responsible who may appear in public."""
        documents = [self.involvement(row) for row in rows]
        return [document for document in documents if document["party"] is not None]

    def _accused(self, row: Involvement) -> Document | None:
        if row.agency_id is not None:
            agency = self.agency(row.agency_id)
            return {**agency_party(agency, self.refer(agency)), "post": row.post}
        if row.person is not None and accused_may_be_named(row.person):
            name = shown_name(row.person)
            return described_party(name.text, name.text_local, row.post)
        if row.post or row.description or row.description_local:
            return described_party(row.post or row.description, row.description_local, row.post)
        return None

    def attributions(self, rows: Sequence[Attribution], protection: Protection) -> list[Document]:
        """What the accused side says, in order; ``replaces`` is the place of the earlier one,
        counted from 1."""
        place = {row.pk: index for index, row in enumerate(rows, start=1)}
        return [
            {
                "attribution": coded(row.attribution),
                "speaker": agency_party(
                    self.agency(row.speaker_id), self.refer(self.agency(row.speaker_id))
                ),
                "date": dated(protection.coarsen(row.date)),
                "words": row.words,
                "words_local": row.words_local,
                "replaces": place.get(row.replaces_id) if row.replaces_id else None,
                **self.cited(row),
            }
            for row in rows
        ]

    def accounts(self, rows: Sequence[Account], protection: Protection) -> list[Document]:
        """Every version of every side, numbered from 1 in the order of entry."""
        number = {row.pk: index for index, row in enumerate(rows, start=1)}
        replaced_by = {row.replaces_id: number[row.pk] for row in rows if row.replaces_id}
        shown = {violation.pk: violation for violation in self.case.violations}
        return [
            {
                "id": number[row.pk],
                "question": coded(row.question),
                "claimant": self.claimant(row),
                "answer": row.answer,
                "answer_local": row.answer_local,
                "answer_date": (
                    None
                    if row.answer_date.is_unknown
                    else dated(protection.coarsen(row.answer_date))
                ),
                "said": dated(protection.coarsen(row.said)),
                "stance": chosen(row, "stance"),
                "replaces": number.get(row.replaces_id) if row.replaces_id else None,
                "replaced_by": replaced_by.get(row.pk),
                "about": (
                    self.refer(shown[row.violation_id]) if row.violation_id is not None else None
                ),
                **self.cited(row),
            }
            for row in rows
        ]


def _point(latitude: Any, longitude: Any, of: str) -> Document:
    return {"lat": float(latitude), "lon": float(longitude), "of": of}


def belonging_to(rows: Iterable[Any], violation_id: int | None) -> list[Any]:
    """The rows of one violation, or of the incident as a whole (None)."""
    return [row for row in rows if row.violation_id == violation_id]


def public_origin(source: Source) -> Source | None:
    """The source this one rests on, if that one may be named."""
    origin = source.origin
    return None if origin is None or origin.confidential else origin
