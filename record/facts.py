"""The facts of an incident, read out of its finished document and out of nothing else.

One fact for each violation in the document, or a single one for an incident without any. What
can be found through a filter is therefore exactly what the document shows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from record.kinds import ANY_REFERENCE
from record.models import Fact, IncidentEntry
from record.places import Places
from record.reading import (
    Document,
    bounds,
    cited_sources,
    term_id,
    term_path,
    term_paths,
)
from record.resolving import Live
from reference.vocabularies import codes_where


@dataclass(frozen=True, slots=True)
class AgencyReach:
    """What naming an agency adds to a fact: itself with all above it, and its types."""

    lineage: list[int]
    types: list[int]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the documents only name: live entries by reference, areas, agencies by id."""

    live: Mapping[str, Live]
    places: Places
    agencies: Mapping[int, AgencyReach]

    def ids(self, references: Iterable[str]) -> set[int]:
        """The ids of the live entries among these."""
        return {self.live[reference].id for reference in references if reference in self.live}


class IncidentReading:
    """An incident's document, read for what its facts need."""

    def __init__(self, entry: IncidentEntry, document: Document) -> None:
        """``document`` is that of the live ``entry``."""
        self.entry = entry
        self.document = document
        self._sources = _sources_by_violation(document)

    def references(self) -> set[str]:
        """Every reference that the facts are filtered by."""
        violations = self.document["violations"]
        parts = [self.document, *violations]
        return {
            *(violation["reference"] for violation in violations),
            *(violation["victim"]["reference"] for violation in violations if violation["victim"]),
            *(action["reference"] for action in self.document["legal_actions"]),
            *(reference for part in parts for reference in _agencies(part["involvements"])),
            *set().union(*self._sources.values()),
        }

    def facts(self, around: Surroundings) -> list[Fact]:
        """The facts, unsaved.

        A violation that is not live has none, nor has one whose own document names another
        incident: when two incidents are merged, both documents hold it for a moment.
        """
        incident = self.document
        shared = _shared_columns(self.entry, incident, around)
        violations = [each for each in incident["violations"] if _belongs(each, self.entry, around)]
        if not violations:
            sources = _source_columns(incident, self._sources[""], around)
            return [_incident_fact({**shared, **sources}, incident, around)]
        return [
            _violation_fact(
                {**shared, **_source_columns(incident, self._sources[each["reference"]], around)},
                incident,
                each,
                around,
            )
            for each in violations
        ]


def _belongs(violation: Document, entry: IncidentEntry, around: Surroundings) -> bool:
    live = around.live.get(violation["reference"])
    return live is not None and live.incident == entry.pk


def _shared_columns(
    entry: IncidentEntry, incident: Document, around: Surroundings
) -> dict[str, Any]:
    actions = [action for action in incident["legal_actions"] if action["reference"] in around.live]
    return {
        "incident_id": entry.pk,
        "incident_kind_id": term_id("incident-kind", incident["incident_kind"]),
        "legal_actions": sorted(around.ids(action["reference"] for action in actions)),
        "legal_types": sorted(
            term_paths("legal-action-type", (action["type"] for action in actions))
        ),
        "changed": entry.sequence,
    }


def _incident_fact(shared: dict[str, Any], incident: Document, around: Surroundings) -> Fact:
    return Fact(
        **shared,
        **_place_columns(incident["place"], around.places),
        **_date_columns(incident["date"], incident["end"]),
        **_agency_columns(incident["involvements"], around),
        grade_id=term_id("grade", incident["grade"]),
        **_attribution_columns(incident["attributions"]),
        contested=_is_contested(incident, _current(incident["attributions"])),
    )


def _violation_fact(
    shared: dict[str, Any], incident: Document, violation: Document, around: Surroundings
) -> Fact:
    types = term_path("violation-type", violation["type"])
    attributions = [*_current(violation["attributions"]), *_current(incident["attributions"])]
    live = around.live[violation["reference"]]
    return Fact(
        **{**shared, "changed": live.sequence},
        **_place_columns(violation["place"], around.places),
        **_date_columns(violation["start"], violation["end"]),
        **_victim_columns(violation["victim"], around),
        **_agency_columns([*violation["involvements"], *incident["involvements"]], around),
        **{f"type_{level}_id": id_ for level, id_ in enumerate(types, start=1)},
        violation_id=live.id,
        open_ended=violation["open_ended"],
        **_attribution_columns(attributions),
        grade_id=term_id("grade", violation["grade"]),
        contested=_is_contested(violation, attributions) or incident["contested"],
    )


def _place_columns(place: Document | None, places: Places) -> dict[str, Any]:
    path = places.path(place)
    levels = ("province", "division", "district", "tehsil")
    return {
        "areas": sorted(path),
        "area_basis": (place["basis"] or "") if place and path else "",
        **{f"{level}_id": places.at_level(path, level) for level in levels},
    }


def _date_columns(start: Document, end: Document | None) -> dict[str, Any]:
    start_earliest, start_latest = bounds(start)
    end_earliest, end_latest = bounds(end)
    return {
        "start_earliest": start_earliest,
        "start_latest": start_latest,
        "end_earliest": end_earliest,
        "end_latest": end_latest,
    }


def _victim_columns(victim: Document | None, around: Surroundings) -> dict[str, Any]:
    if victim is None or victim["reference"] not in around.live:
        return {}
    return {
        "victim_id": around.live[victim["reference"]].id,
        "statuses": sorted(term_path("victim-status", victim["status"])),
        "sex_id": term_id("sex", victim["sex"]),
        "age_group_id": term_id("age-group", victim["age_group"]),
        "occupations": sorted(term_path("occupation", victim["occupation"])),
        "named": victim["named"],
    }


def _agency_columns(involvements: list[Document], around: Surroundings) -> dict[str, Any]:
    reaches = [around.agencies[id_] for id_ in around.ids(_agencies(involvements))]
    stated = term_paths("agency-type", (entry["agency_type"] for entry in involvements))
    return {
        "agencies": sorted({id_ for reach in reaches for id_ in reach.lineage}),
        "agency_types": sorted(stated.union(*(reach.types for reach in reaches))),
    }


def _source_columns(
    incident: Document, references: set[str], around: Surroundings
) -> dict[str, Any]:
    live = {reference for reference in references if reference in around.live}
    types = (source["type"] for source in incident["sources"] if source["reference"] in live)
    return {
        "sources": sorted(around.ids(live)),
        "source_types": sorted(term_paths("source-type", types)),
    }


def _sources_by_violation(incident: Document) -> dict[str, set[str]]:
    """The sources each violation rests on: its own, and those of the incident around it.

    Under the empty reference those of the incident alone. An account counts for the violation it
    is about; one about the whole, or about something else, for all.
    """
    found = {"": cited_sources({**incident, "violations": [], "accounts": []})}
    for violation in incident["violations"]:
        found[violation["reference"]] = cited_sources(violation)
    for account in incident["accounts"]:
        about = found.keys() & set(ANY_REFERENCE.findall(str(account["about"])))
        for reference in about or {""}:
            found[reference] |= cited_sources(account)
    return {reference: own | found[""] for reference, own in found.items()}


def _agencies(involvements: Iterable[Document]) -> Iterator[str]:
    for involvement in involvements:
        if reference := involvement["party"]["agency"]:
            yield reference


def _current(attributions: list[Document]) -> list[Document]:
    """What is still said: attributions that no later one replaces."""
    replaced = {entry["replaces"] for entry in attributions}
    return [entry for place, entry in enumerate(attributions, 1) if place not in replaced]


def _attribution_columns(attributions: Iterable[Document]) -> dict[str, Any]:
    values = (entry["attribution"] for entry in attributions)
    return {"attributions": sorted(term_paths("attribution", values))}


def _is_contested(document: Document, attributions: Iterable[Document]) -> bool:
    """Contested by our own grade, by the document's word, or by what the alleged side says."""
    grade = document["grade"]
    disputing = codes_where("attribution", disputes=True)
    return bool(
        document.get("contested")
        or (grade is not None and grade["code"] == "contested")
        or any(entry["attribution"]["code"] in disputing for entry in attributions)
    )
