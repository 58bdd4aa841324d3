"""What every generated document draws on: areas, coded values, dates and agencies, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from bench.world.chance import Weighted
from bench.world.templates import Templates
from record.facts import AgencyReach
from record.kinds import Kind
from record.models import AgencyKey, Entry
from record.reading import Document
from record.resolving import Live
from record.writing import Publication, write_all
from reference.dates import UncertainDate
from reference.models import Area, AreaName
from reference.vocabularies import lineage, term

PUBLISHED: Final = datetime(2026, 1, 1, tzinfo=UTC)
AGENCIES: Final = 40
_STATE_TYPES: Final = ("police", "counter-terrorism", "paramilitary", "army", "levies", "court")
_HEAD: Final = ("PK211", "PK2")
"""The district and the province with the heavy head."""


@lru_cache(maxsize=5_000)
def coded(vocabulary: str, code: str) -> Document:
    """A coded value as documents have it."""
    return {"code": code, "label": term(vocabulary, code).label_in("en")}


@lru_cache(maxsize=1_000)
def with_ancestors(vocabulary: str, code: str) -> list[Document]:
    """The coded value with all above it, top level first."""
    return [coded(vocabulary, each) for each in lineage(vocabulary, code)]


@lru_cache(maxsize=200_000)
def dated(text: str) -> Document:
    """A date as documents have it; empty for unknown."""
    value = UncertainDate.parse(text)
    return {**value.as_document(), "basis": None if value.is_unknown else "stated"}


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """The same for all documents of a world."""

    templates: Templates
    places: Weighted[Document | None]
    area_paths: Mapping[str, list[int]]
    area_levels: Mapping[int, str]
    area_names: Mapping[int, list[str]]
    agencies: Weighted[Document]
    courts: Weighted[Document]
    live: Mapping[str, Live]
    """The agencies, which are published before all else."""
    reaches: Mapping[int, AgencyReach]
    first_sequence: int
    """The number of the last revision before the generated ones."""


def write_agencies(templates: Templates) -> None:
    """Publish some agencies, each below another one, through the one door of the record."""
    published: list[Entry] = []
    for number in range(AGENCIES):
        code = _STATE_TYPES[number % len(_STATE_TYPES)]
        parents = []
        if number >= len(_STATE_TYPES):
            above = published[number - len(_STATE_TYPES)].content()
            parents = [
                {
                    **{name: above[name] for name in ("reference", "name", "name_local")},
                    **dict.fromkeys(("from", "until"), dated("")),
                }
            ]
        content = {
            **templates.agency,
            "name": f"Made-up agency {number + 1}",
            "name_local": f"فرضی ادارہ {number + 1}",
            "type": coded("agency-type", code),
            "types": with_ancestors("agency-type", code),
            "parents": parents,
        }
        published += write_all([Publication(kind=Kind.AGENCY, content=content)], at=PUBLISHED)


def read_setting(templates: Templates) -> Setting:
    """Read everything from the scratch database; agencies must have been written."""
    areas = list(Area.objects.order_by("pk"))
    names: dict[int, list[str]] = {}
    for area, folded in AreaName.objects.values_list("area_id", "folded"):
        names.setdefault(area, []).append(folded)
    keys = list(AgencyKey.objects.select_related("entry").order_by("pk"))
    return Setting(
        templates=templates,
        places=_places(areas, templates),
        area_paths={area.code: list(area.path) for area in areas},
        area_levels={area.pk: area.level for area in areas},
        area_names=names,
        agencies=Weighted.zipf([_party(key) for key in keys if not _is_court(key)]),
        courts=Weighted.zipf([_party(key) for key in keys if _is_court(key)]),
        live={key.entry.reference: Live(key.pk, key.entry.sequence, None) for key in keys},
        reaches={key.pk: AgencyReach(key.lineage, key.types) for key in keys},
        first_sequence=max(key.entry.sequence for key in keys),
    )


def _is_court(key: AgencyKey) -> bool:
    return bool(key.entry.content()["type"]["code"] == "court")


def _party(key: AgencyKey) -> Document:
    """An agency as involvements name it, with its type beside it."""
    document = key.entry.content()
    return {
        "name": document["name"],
        "name_local": document["name_local"],
        "agency": document["reference"],
        "victim": None,
        "post": "",
        "type": document["type"],
    }


def _places(areas: list[Area], templates: Templates) -> Weighted[Document | None]:
    """Districts with a heavy head, some larger and smaller areas, and some nowhere at all."""
    by_id = {area.pk: area for area in areas}

    def rank(area: Area) -> tuple[bool, bool, int]:
        province = next((by_id[pk].code for pk in area.path if by_id[pk].level == "province"), "")
        return (area.code != _HEAD[0], province != _HEAD[1], area.pk)

    things: list[Document | None] = []
    weights: list[float] = []
    for level, share in (("district", 82.0), ("town", 6.0), ("province", 6.0), ("division", 1.0)):
        ranked = sorted((area for area in areas if area.level == level), key=rank)
        total = sum(1 / (number + 1) for number in range(len(ranked)))
        for number, area in enumerate(ranked):
            for basis, part in (("stated", 0.8), ("inferred", 0.2)):
                things.append(_place(area, by_id, basis, templates))
                weights.append(share * part / (number + 1) / total)
    return Weighted([*things, None], [*weights, 5.0])


def _place(area: Area, by_id: Mapping[int, Area], basis: str, templates: Templates) -> Document:
    path = [by_id[pk] for pk in area.path]
    nearest: Any = next((each for each in reversed(path) if each.latitude is not None), None)
    point = None
    if nearest is not None:
        point = {
            "lat": float(nearest.latitude),
            "lon": float(nearest.longitude),
            "of": nearest.level,
        }
    return {
        **templates.violation["place"],
        "basis": basis,
        "areas": [
            {
                "code": each.code,
                "level": each.level,
                "name": each.name,
                "name_local": each.name_local,
            }
            for each in path
        ],
        "point": point,
    }
