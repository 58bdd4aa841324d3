"""A case file turned into all the documents it puts into the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import override

from incidents.documents.agency import agency_document
from incidents.documents.casefile import CaseFile
from incidents.documents.copies import with_references
from incidents.documents.facts import Builder
from incidents.documents.incident import incident_document
from incidents.documents.legal_action import legal_action_document, legal_action_summary
from incidents.documents.parts import parts
from incidents.documents.references import (
    Publishable,
    References,
    kind_of,
    provisional_references,
)
from incidents.documents.source import source_document
from incidents.documents.standing import standing_contents, stands_alone, ties
from incidents.documents.values import Document, canonical
from incidents.documents.victim import statuses_in_case, victim_document, victim_summary
from incidents.documents.violation import violation_document
from incidents.models import Agency, Person, Source
from record.kinds import Kind


@dataclass(frozen=True)
class BuiltDocument:
    """One finished content (no envelope yet) and the row of the case file it was built from."""

    row: Publishable
    reference: str
    content: Document

    @property
    def kind(self) -> Kind:
        return kind_of(self.row)


def published_rows(case: CaseFile) -> Iterator[Publishable]:
    """Every object of the case that gets a document, what others point to first."""
    yield from _origins_first(case.sources)
    yield from _parents_first(case.agencies)
    yield from case.legal_actions
    yield from case.people
    yield from case.violations
    yield case.incident


def build(case: CaseFile, refer: References) -> list[BuiltDocument]:
    """All documents of a case, in the order in which the record can take them."""
    return _build(case, refer, standing_contents(case))


@override("en")  # the record is kept in English, whatever language the publisher reads
def _build(case: CaseFile, refer: References, standing: dict[str, Document]) -> list[BuiltDocument]:
    builder = Builder(case, refer, standing)
    legal_actions = [legal_action_document(builder, row) for row in case.legal_actions]
    violations, victims = _people_and_acts(builder)
    incident = incident_document(
        builder,
        [
            {"reference": refer(row), **document}
            for row, document in zip(case.violations, violations, strict=True)
        ],
        [
            victim_summary(document, refer(row), refer(case.incident))
            for row, document in zip(case.people, victims, strict=True)
        ],
        [
            legal_action_summary(document, refer(row))
            for row, document in zip(case.legal_actions, legal_actions, strict=True)
        ],
    )
    contents = [
        *(source_document(builder, row) for row in _origins_first(case.sources)),
        *(agency_document(builder, row) for row in _parents_first(case.agencies)),
        *legal_actions,
        *victims,
        *violations,
        incident,
    ]
    return [
        BuiltDocument(row, refer(row), content)
        for row, content in zip(published_rows(case), contents, strict=True)
    ]


def fingerprint(case: CaseFile) -> str:
    """SHA-256 of what this case tells the world, and of what it is tied to.

    It depends neither on references nor on what other cases have published meanwhile, all of which
    was approved with them: an approval holds when another case of the same victim, or one that
    is linked to this one, goes public first.
    """
    built = _build(case, provisional_references, {}) if standing_contents(case) else preview(case)
    told = [[row.content for row in built], ties(case)]
    return sha256(canonical(told).encode()).hexdigest()


def finished(case: CaseFile, refer: References) -> list[BuiltDocument]:
    """The documents as ``build`` makes them, for rows that ``refer`` has given their references.

    Of a case that stands alone they are those of the preview with the references put in, which
    takes a fraction of the time. Others speak of what is public, and have to be built anew.
    """
    if not stands_alone(case):
        return build(case, refer)
    names = {provisional_references(row): refer(row) for row in published_rows(case)}
    return [
        BuiltDocument(row.row, names[row.reference], with_references(row.content, names))
        for row in preview(case)
    ]


def preview(case: CaseFile) -> list[BuiltDocument]:
    """What would be published now, under stand-in references; built once for a case read."""
    if case.previewed is None:
        case.previewed = build(case, provisional_references)
    built: list[BuiltDocument] = case.previewed
    return built


def _people_and_acts(builder: Builder) -> tuple[list[Document], list[Document]]:
    case = builder.case
    standing = {
        person.pk: builder.standing.get(person.reference or "", {}) for person in case.people
    }
    violations = [
        violation_document(
            builder, row, statuses_in_case(builder, row.person, standing[row.person_id])
        )
        for row in case.violations
    ]
    victims = [
        victim_document(builder, person, _acts_of(builder, person, violations), standing[person.pk])
        for person in case.people
    ]
    return violations, victims


def _acts_of(builder: Builder, person: Person, violations: list[Document]) -> list[Document]:
    return [
        {"reference": builder.refer(row), **document}
        for row, document in zip(builder.case.violations, violations, strict=True)
        if row.person_id == person.pk
    ]


def _origins_first(sources: list[Source]) -> list[Source]:
    """Sources so that each comes after the one it rests on; a circle is broken anywhere."""
    placed: dict[int, Source] = {}
    seen: set[int] = set()

    def place(source: Source) -> None:
        if source.pk in seen:
            return
        seen.add(source.pk)
        if source.origin is not None and not source.origin.confidential:
            place(source.origin)
        placed.setdefault(source.pk, source)

    for source in sources:
        place(source)
    return list(placed.values())


def _parents_first(agencies: dict[int, Agency]) -> list[Agency]:
    """Agencies so that each comes after those it belongs to; a circle is broken anywhere."""
    placed: dict[int, Agency] = {}
    visiting: set[int] = set()

    def place(pk: int) -> None:
        if pk in placed or pk in visiting:
            return
        visiting.add(pk)
        for row in parts(agencies[pk], "parents"):
            place(row.parent_id)
        placed[pk] = agencies[pk]

    for pk in sorted(agencies):
        place(pk)
    return list(placed.values())
