"""Documents of other cases that mention what has just been published."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial

from incidents.documents.case import BuiltDocument
from incidents.documents.casefile import CaseFile
from incidents.documents.copies import refreshed, without
from incidents.documents.incident import inverse_of
from incidents.documents.parts import parts
from incidents.documents.values import Document, coded
from incidents.documents.victim import current_status
from incidents.models import Incident
from record.kinds import Kind, kind_of
from record.mentions import live_mentions
from record.models import VictimEntry
from record.models.entry import ENTRY_OF, Entry
from record.writing import ENVELOPE, Publication, write_all


def content_of(document: Document) -> Document:
    """A published document without its envelope, ready to be written again."""
    return {key: value for key, value in document.items() if key not in ENVELOPE}


def refresh_copies(
    built: list[BuiltDocument], changed: Collection[str], *, note: str, at: datetime
) -> None:
    """Bring the copies that other cases hold in step with what was just written otherwise than
    it stood: ``changed`` are its references."""
    rewrite_mentions(
        {
            row.reference: row.content
            for row in built
            # Nobody repeats a violation but the case it belongs to.
            if row.reference in changed and row.kind is not Kind.VIOLATION
        },
        leaving_out={row.reference for row in built},
        note=note,
        at=at,
    )


def refresh_left(
    case: CaseFile,
    built: list[BuiltDocument],
    before: dict[str, Document],
    *,
    note: str,
    at: datetime,
) -> None:
    """Let those who are no victims of this case any more, but of others, be told of without it."""
    incident = str(case.incident.reference)
    victims = {part["reference"] for part in before.get(incident, {}).get("victims", [])}
    left = sorted(victims - {row.reference for row in built})
    if not left:
        return
    rewrite(left, lambda content: _without_case(content, incident), note=note, at=at)
    entries = VictimEntry.objects.live().filter(reference__in=left)
    changed = {entry.reference: content_of(entry.content()) for entry in entries}
    rewrite_mentions(changed, leaving_out=set(left), note=note, at=at)


def _without_case(content: Document, incident: str) -> Document:
    """The document of a victim without what was recorded of them in one incident."""
    rest: Document = without(
        content, lambda part: (part.get("incident") or {}).get("reference") == incident
    )
    days = [act["unacknowledged_days"] for act in rest["violations"]]
    return {
        **rest,
        "status": current_status(rest["statuses"]),
        "unacknowledged_days": next((each for each in days if each), None),
    }


def rewrite_mentions(
    changed: dict[str, Document], *, leaving_out: set[str], note: str, at: datetime
) -> None:
    """Refresh every live document, but for some, that mentions one of the changed objects."""
    if not changed:
        return
    mentioning = live_mentions(sorted(changed))
    rewrite(
        [reference for found in mentioning.values() for reference in found],
        lambda content: refreshed(content, changed),
        leaving_out=leaving_out,
        note=note,
        at=at,
    )


def rewrite(
    references: Iterable[str],
    change: Callable[[Document], Document],
    *,
    leaving_out: Collection[str] = (),
    note: str,
    at: datetime,
) -> list[str]:
    """Write the live documents of these references anew, each as ``change`` makes it.

    Returns the references of those that there were. What does not change is not written.
    """
    entries = live_entries(set(references) - set(leaving_out))
    write_all(
        [
            Publication(
                kind=entry.kind,
                content=change(content_of(entry.content())),
                reference=entry.reference,
                note=note,
            )
            for entry in entries
        ],
        at=at,
    )
    return [entry.reference for entry in entries]


def live_entries(references: Collection[str]) -> list[Entry]:
    """What stands in the record under these references."""
    return [
        entry
        for kind, model in ENTRY_OF.items()
        for entry in model.objects.live().filter(
            reference__in=[name for name in references if kind_of(name) is kind]
        )
    ]


def refresh_links(case: CaseFile, built: list[BuiltDocument], *, note: str, at: datetime) -> None:
    """Show the links of this incident on the other incident too, each from its own side."""
    incident = case.incident
    content = next(row.content for row in built if row.kind is Kind.INCIDENT)
    this = {
        "reference": str(incident.reference),
        "title": content["title"],
        "title_local": content["title_local"],
    }
    for other, relations in _seen_from_the_other_side(case).items():
        links = [{"relation": relation, **this} for relation in relations]
        rewrite([other], partial(_relinked, this=this, links=links), note=note, at=at)


def _relinked(content: Document, this: Document, links: list[Document]) -> Document:
    """The content of the other incident with exactly these links to this one."""
    kept = [link for link in content["links"] if link["reference"] != this["reference"]]
    return {**content, "links": kept + links}


def _seen_from_the_other_side(case: CaseFile) -> dict[str, list[Document | None]]:
    """Reference of each linked incident → the links to this one, as it has to show them."""
    seen: dict[str, list[Document | None]] = {}
    for link in parts(case.incident, "links_in"):
        _note(seen, link.from_incident, coded(link.kind))
    for link in parts(case.incident, "links_out"):
        inverse = inverse_of(case, link.kind)
        if inverse is not None:
            _note(seen, link.to_incident, coded(inverse))
    return seen


def _note(
    seen: dict[str, list[Document | None]], other: Incident, relation: Document | None
) -> None:
    if other.reference is not None:
        seen.setdefault(other.reference, []).append(relation)
