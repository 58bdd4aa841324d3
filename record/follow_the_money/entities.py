"""Each kind of document as entities, and the links between them."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from record.follow_the_money.values import (
    Entity,
    code,
    country,
    date_of,
    entity,
    label,
    link_id,
    names,
    place_in_words,
)
from record.kinds import Kind
from record.reading import Document
from record.sentence_marks import without_marks

MEDIA_TYPE: Final = "application/json+ftm"

_GENDERS: Final = {"man": "male", "woman": "female"}
# Others are left out: the model would turn what was not said into one of its own words.

_LANGUAGES: Final = {"en": "eng", "ur": "urd", "ps": "pus", "fa": "fas"}
# Balochi, Brahui and others are no languages of the model.


class Members(dict[str, Any]):
    """The members of a part of a document. One that an older document lacks is not known."""

    def __missing__(self, name: str) -> None:
        return None


def entities_of(kind: Kind, document: Document) -> Iterator[Entity]:
    """What a document becomes: the object itself where the model has a word for it, then links
    to what has a reference of its own."""
    yield from _MAKERS[kind](Members(document))


def write_entities(kind: Kind, batches: Iterable[Sequence[str]]) -> Iterator[tuple[bytes, int]]:
    """Entities, one a line, with how many there are in each piece."""
    for batch in batches:
        lines = [
            json.dumps(each, ensure_ascii=False)
            for document in batch
            for each in entities_of(kind, json.loads(document, object_hook=Members))
        ]
        yield "".join(f"{line}\n" for line in lines).encode(), len(lines)


def _incident(document: Document) -> Iterator[Entity]:
    reference = document["reference"]
    yield entity(
        reference,
        "Event",
        name=names(document, "title"),
        date=date_of(document["date"]),
        endDate=date_of(document["end"]),
        location=place_in_words(document["place"]),
        country=country(document["place"]),
        description=[without_marks(each) for each in names(document, "account") if each],
        keywords=label(document["incident_kind"]),
        recordId=reference,
        modifiedAt=_day(document["published_at"]),
    )
    yield from _alleged(reference, document)
    yield from _documentation(reference, document)


def _violation(document: Document) -> Iterator[Entity]:
    """Who was harmed in what, and who is alleged to have done it. The model has no word for one
    violation; the victim and the event have."""
    incident = document["incident"]["reference"]
    victim = document["victim"]
    if victim is not None and _is_person(victim):
        yield entity(
            document["reference"],
            "UnknownLink",
            subject=victim["reference"],
            object=incident,
            role=f"victim: {label(document['type'])}",
            startDate=date_of(document["start"]),
            endDate=date_of(document["end"]),
            status=label(document["grade"]),
            recordId=document["reference"],
            modifiedAt=_day(document["published_at"]),
        )
    yield from _alleged(incident, document)


def _alleged(incident: str, document: Document) -> Iterator[Entity]:
    """Agencies alleged to be responsible; people accused have no reference of their own."""
    for each in document["involvements"] or ():
        agency = each["party"] and each["party"]["agency"]
        if agency:
            degree = label(each["degree"]) or "unspecified"
            yield entity(
                link_id(document["reference"], agency, code(each["degree"]) or ""),
                "UnknownLink",
                subject=agency,
                object=incident,
                role=f"alleged responsible: {degree}",
                status=label(each["status"]),
                recordId=document["reference"],
            )


def _victim(document: Document) -> Iterator[Entity]:
    """A person. Groups have no word in the model and are left out."""
    if not _is_person(document):
        return
    # Where nobody knows a name, a description stands in its place.
    is_named = document["named"] and document["name_shown"] == "full"
    in_initials = document["name_shown"] == "initials"
    yield entity(
        document["reference"],
        "Person",
        name=names(document) if is_named else None,
        weakAlias=names(document) if in_initials else None,
        alias=[each["name"] for each in document["names"] or ()] if is_named else None,
        fatherName=names(document, "fathers_name"),
        birthDate=date_of(document["birth"]),
        gender=_GENDERS.get(code(document["sex"]) or ""),
        profession=label(document["occupation"]),
        status=label(document["status"]),
        notes=names(document, "about"),
        modifiedAt=_day(document["published_at"]),
    )
    for each in document["legal_actions"] or ():
        yield entity(
            link_id(each["reference"], document["reference"], "about"),
            "CourtCaseParty",
            case=each["reference"],
            party=document["reference"],
            role="person the case is about",
        )
    yield from _documentation(document["reference"], document)


def _agency(document: Document) -> Iterator[Entity]:
    yield entity(
        document["reference"],
        "PublicBody" if document["is_state"] else "Organization",
        name=names(document),
        abbreviation=document["abbreviation"],
        alias=list(document["other_names"] or ()),
        parent=[each["reference"] for each in document["parents"] or () if each["reference"]],
        classification=label(document["type"]),
        country=country(document["area"]),
        notes=names(document, "note"),
        modifiedAt=_day(document["published_at"]),
    )


def _legal_action(document: Document) -> Iterator[Entity]:
    reference = document["reference"]
    yield entity(
        reference,
        "CourtCase",
        name=[*names(document, "title")] if any(names(document, "title")) else document["number"],
        type=label(document["type"]),
        caseNumber=document["number"],
        court=names(document["forum"]) if document["forum"] else None,
        fileDate=date_of(document["filed"]),
        closeDate=date_of(document["decided"]),
        status=label(document["outcome"]) or label(document["stage"]),
        summary=names(document, "subject"),
        modifiedAt=_day(document["published_at"]),
    )
    for each in document["incidents"] or ():
        yield entity(
            link_id(reference, each["reference"], "about"),
            "UnknownLink",
            subject=reference,
            object=each["reference"],
            role="legal action about the event",
        )
    yield from _documentation(reference, document)


def _source(document: Document) -> Iterator[Entity]:
    """Without the hashes of what we captured: those of the model are SHA-1, ours SHA-256."""
    yield entity(
        document["reference"],
        "Article",
        title=names(document, "title"),
        publisher=document["publisher"],
        author=document["author"],
        publishedAt=date_of(document["published"]),
        language=_LANGUAGES.get(code(document["language"]) or ""),
        sourceUrl=[document["url"], document["archived_url"]],
        notes=document["note"],
        modifiedAt=_day(document["published_at"]),
    )


def _documentation(reference: str, document: Document) -> Iterator[Entity]:
    """The sources that the object itself rests on, or that dispute it."""
    seen = dict.fromkeys((each["source"], each["stance"]) for each in document["citations"] or ())
    for source, stance in seen:
        if source:
            yield entity(
                link_id(reference, source, stance),
                "Documentation",
                document=source,
                entity=reference,
                role=stance,
            )


def _day(moment: str | None) -> str | None:
    """The day of a time: finer the model does not compare."""
    return moment and moment[:10]


def _is_person(victim: Document) -> bool:
    """One person, whether or not we may name them."""
    return victim["people"] == 1 and not victim["estimated"]


_MAKERS: Final[dict[Kind, Callable[[Document], Iterator[Entity]]]] = {
    Kind.INCIDENT: _incident,
    Kind.VICTIM: _victim,
    Kind.VIOLATION: _violation,
    Kind.AGENCY: _agency,
    Kind.LEGAL_ACTION: _legal_action,
    Kind.SOURCE: _source,
}
