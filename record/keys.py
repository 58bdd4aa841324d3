"""The key rows of an object, read out of its finished document: what lists are ordered by and
what is its own. Unsaved; ``record/indexing.py`` stores them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from record.models import (
    AgencyEntry,
    AgencyKey,
    IncidentEntry,
    IncidentKey,
    LegalActionEntry,
    LegalActionKey,
    SourceEntry,
    SourceKey,
    VictimEntry,
    VictimKey,
    VictimName,
)
from record.places import Places
from record.reading import Document, bounds, term_id, term_path, term_paths
from record.resolving import Live
from reference.names import fold, skeleton

_LONGEST_SORT_NAME = 200
_LONGEST_NAME = 300


def incident_key(entry: IncidentEntry, incident: Document) -> IncidentKey:
    """The incident's own date; what happened in it stands in its facts."""
    earliest, latest = bounds(incident["date"])
    return IncidentKey(
        entry_id=entry.pk,
        earliest=earliest,
        latest=latest,
        reaches_back=_reaches_back(earliest, incident["violations"]),
        changed=entry.sequence,
    )


def victim_key(entry: VictimEntry, victim: Document) -> VictimKey:
    """The victim's printed name for ordering, number of people, and latest violation."""
    starts = (bounds(violation["start"])[0] for violation in victim["violations"])
    earliest = _latest(starts)
    return VictimKey(
        entry_id=entry.pk,
        sort_name=_sort_name(victim),
        people=victim["people"],
        estimated=victim["estimated"],
        earliest=earliest,
        reaches_back=_reaches_back(earliest, victim["violations"]),
        changed=entry.sequence,
    )


def victim_names(entry: VictimEntry, victim: Document) -> list[VictimName]:
    """The victim's names in their search forms; none unless the document shows the full name.

    Initials are no names to search for: finding them by a full name would confirm a guess.
    """
    if not victim["named"] or victim["name_shown"] != "full":
        return []
    names = {fold(name) for name in set(_shown_names(victim))}
    folded = {search_form[:_LONGEST_NAME]: search_form for search_form in sorted(names)}
    return [
        VictimName(entry_id=entry.pk, folded=stored, skeleton=skeleton(whole)[:_LONGEST_NAME])
        for stored, whole in folded.items()
        if stored
    ]


def agency_key(
    entry: AgencyEntry, agency: Document, places: Places, stored: AgencyKey | None
) -> AgencyKey:
    """The agency's types, area and parents; its lineage is left as stored, for a refresh."""
    return AgencyKey(
        entry_id=entry.pk,
        sort_name=_sort_name(agency),
        types=sorted(term_path("agency-type", agency["type"])),
        parents=sorted({parent["reference"] for parent in agency["parents"]}),
        lineage=stored.lineage if stored else [],
        areas=sorted(places.path(agency["area"])),
        changed=entry.sequence,
    )


def legal_action_key(
    entry: LegalActionEntry, action: Document, places: Places, live: Mapping[str, Live]
) -> LegalActionKey:
    """The legal action's type, forum, place, filing date and course."""
    earliest, latest = bounds(action["filed"])
    areas = places.path(action["district"])
    orders = [action["compliance"], *(step["compliance"] for step in action["steps"])]
    forum = live.get(forum_reference(action) or "")
    return LegalActionKey(
        entry_id=entry.pk,
        types=sorted(term_path("legal-action-type", action["type"])),
        forum_id=forum.id if forum else None,
        areas=sorted(areas),
        area_basis=(action["district"]["basis"] or "") if areas else "",
        earliest=earliest,
        latest=latest,
        stages=sorted(term_path("legal-stage", action["stage"])),
        outcomes=sorted(term_path("legal-outcome", action["outcome"])),
        compliances=sorted(term_paths("legal-compliance", orders)),
        changed=entry.sequence,
    )


def source_key(entry: SourceEntry, source: Document) -> SourceKey:
    """The source's type, language and date of publication."""
    earliest, latest = bounds(source["published"])
    return SourceKey(
        entry_id=entry.pk,
        types=sorted(term_path("source-type", source["type"])),
        language_id=term_id("language", source["language"]),
        earliest=earliest,
        latest=latest,
        changed=entry.sequence,
    )


def forum_reference(action: Document) -> str | None:
    """The reference of the court or body a legal action is before, where it has one."""
    return action["forum"]["agency"] if action["forum"] else None


def _sort_name(document: Document) -> str:
    name: str = document["name"] or document["name_local"] or ""
    return name.casefold()[:_LONGEST_SORT_NAME]


def _shown_names(victim: Document) -> Iterator[str]:
    yield from (form["name"] for form in victim["names"])
    for suffix in ("", "_local"):
        name, father = victim[f"name{suffix}"], victim[f"fathers_name{suffix}"]
        if name:
            yield name
        if name and father:
            yield f"{name} {father}"


def _reaches_back(earliest: date | None, violations: Iterable[Document]) -> bool:
    """Whether one of the violations may have begun before this day; those without any date are
    in no range of dates, and leave it open."""
    if earliest is None:
        return False
    starts = (bounds(violation["start"]) for violation in violations)
    return any(
        first < earliest if first is not None else last is not None for first, last in starts
    )


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)
