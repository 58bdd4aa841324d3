"""Terms, areas, agencies and sources found fast: loaded once a run, memory bounded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from incidents.importing.drafts import Wanted
from incidents.importing.file_areas import AreaPlan, PlannedArea
from incidents.importing.found_areas import (
    AreaFound,
    Point,
    id_of,
    lies_within,
    middle_of,
    names_a_place_inside,
)
from incidents.importing.known_sources import KnownSources, name_of
from incidents.importing.mapping.nearest import nearest
from incidents.importing.terms import NotFound, Terms
from incidents.models import Agency, Source
from incidents.models.protection import DISTRICT_LEVELS
from reference import vocabularies
from reference.areas import AreaError, UnknownArea, resolve_area
from reference.models import Area
from reference.models.area import fold_place
from reference.names import fold

MOST_KEPT = 20_000
"""Distinct texts whose answer is remembered; beyond that the oldest are forgotten."""


@dataclass(frozen=True)
class WantedAgency:
    """An agency that a list names and that does not exist yet. ``values`` by attribute name."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WantedSource:
    """A source that a list rests on and that does not exist yet. ``values`` by attribute name."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Lookups:
    """What drafts need to know of the database. One object serves one run, in one language.

    ``wanted_agencies``, ``wanted_sources`` and ``wanted_areas`` fill while cases are drafted: what
    the drafts name and what has to be made before them. After making it, tell ``made``: later
    drafts then have the id in place of a ``Wanted``.
    """

    def __init__(self) -> None:
        self.wanted_agencies: dict[str, WantedAgency] = {}
        self.wanted_sources: dict[str, WantedSource] = {}
        self.wanted_areas: dict[str, PlannedArea] = {}
        self.prepared: dict[Any, Any] = {}
        """What a mapping was made into, by mapping; kept here because it holds ids."""
        self._made: dict[Wanted, int] = {}
        self._terms: dict[str, Terms] = {}
        self._agencies: dict[str, tuple[int, str]] | None = None
        self._agency_names: dict[int, str] = {}
        self._wanted_names: dict[str, str] = {}
        self._areas: dict[tuple[str, str, str], AreaFound | NotFound] = {}
        self._own_areas: dict[str, AreaFound] = {}
        self._area_labels: dict[int | Wanted, str] = {}
        self._area_points: dict[int | Wanted, Point | None] = {}
        self._area_names: dict[str, dict[str, str]] = {}
        self._source_labels: dict[int, str] = {}
        self._sources: KnownSources | None = None

    def term(self, vocabulary: str, text: str) -> int | NotFound:
        """The id of a term by its code or its label in any language, however it is written."""
        return self._vocabulary(vocabulary).find(text)

    def term_label(self, vocabulary: str, pk: int) -> str:
        """The label of a term in the active language."""
        return self._vocabulary(vocabulary).by_id[pk].label

    def _vocabulary(self, slug: str) -> "Terms":
        if slug not in self._terms:
            self._terms[slug] = Terms(slug, vocabularies.terms(slug, hidden=True))
        return self._terms[slug]

    def area(self, text: str, *, within: str = "", level: str = "") -> AreaFound | NotFound:
        """The area that a text means: one that the list brings, or one of ours.

        ``within`` is the code of a wider area in which it must lie; ``level`` admits one level.
        """
        own = self._own_areas.get(AreaPlan.key_of(text))
        if own is not None:
            return own
        asked = (text, within, level)
        if asked not in self._areas:
            _forget_oldest(self._areas)
            self._areas[asked] = self._resolved(*asked)
        return self._areas[asked]

    def _resolved(self, text: str, within: str, level: str) -> AreaFound | NotFound:
        if text in self.wanted_areas:
            return self._planned(self.wanted_areas[text])
        if within in self.wanted_areas:  # nothing of ours lies in a country that is not there yet
            return NotFound(_("No area is called “%(name)s”.") % {"name": text})
        try:
            area = resolve_area(text, level or None)
        except UnknownArea as error:
            similar = tuple(each.label for each in error.suggestions)
            return NotFound(str(error), similar or self._spelt_like(text, level))
        except AreaError as error:
            inside = [each for each in error.areas if lies_within(each, within)]
            if not within or len(inside) != 1:
                return NotFound(str(error), tuple(each.code for each in error.areas))
            area = inside[0]
        if within and not lies_within(area, within):
            return self._elsewhere(text, within, level, area)
        return self._found(area, text if not level else "")

    def _spelt_like(self, text: str, level: str) -> tuple[str, ...]:
        """Labels of areas for a word so short that one wrong letter leaves nothing similar.

        Of this level; of no level, of all that are as wide as a district.
        """
        if level not in self._area_names:
            levels = [level] if level else DISTRICT_LEVELS
            areas = Area.objects.filter(level__in=levels).prefetch_related("names")
            self._area_names[level] = {
                name.folded: area.label for area in areas for name in area.names.all()
            }
        names = self._area_names[level]
        return tuple(dict.fromkeys(names[each] for each in nearest(fold_place(text), names)))

    def _elsewhere(self, text: str, within: str, level: str, area: Area) -> AreaFound | NotFound:
        """One of that name inside the wider area, where the first that was found lies outside."""
        named = Area.objects.named(text).filter(path__contains=[id_of(within)])
        inside = list(named.at_level(level) if level else named)
        if len(inside) == 1:
            return self._found(inside[0], text if not level else "")
        reason = _("“%(name)s” does not lie in %(area)s.") % {"name": text, "area": within}
        return NotFound(reason, (area.label,))

    def _found(self, area: Area, text: str = "") -> AreaFound:
        """The area that was found; ``text``: the name by which, where it may be that of a part."""
        self._area_labels[area.pk] = area.label
        self._area_points[area.pk] = middle_of(area)
        stated = area.level in DISTRICT_LEVELS and not names_a_place_inside(text, area)
        return AreaFound(area.pk, area.label, stated)

    def add_areas(self, plan: AreaPlan) -> None:
        """Let the places of the list itself be found. Those without a row are wanted.

        Ask ``wanted_areas`` what to make: parents stand before their parts.
        """
        planned = plan.areas()
        codes = [area.code for area in planned]
        existing = {area.code: area for area in Area.objects.filter(code__in=codes)}
        self._areas.clear()
        for each in planned:
            area = existing.get(each.code)
            if area is None:
                self.wanted_areas[each.code] = each
            found = self._found(area) if area else self._planned(each)
            for key in each.keys:
                self._own_areas[key] = found

    def _planned(self, area: PlannedArea) -> AreaFound:
        wanted = self._id(Wanted("area", area.code))
        self._area_labels[wanted] = area.name
        self._area_points[wanted] = middle_of(area)
        return AreaFound(wanted, area.name, area.level in DISTRICT_LEVELS)

    def area_label(self, pk: "int | Wanted") -> str:
        """The name of an area that was found here, in the active language."""
        if pk not in self._area_labels and isinstance(pk, int):
            self._area_labels[pk] = Area.objects.get(pk=pk).label
        return self._area_labels.get(pk) or (pk.key if isinstance(pk, Wanted) else "")

    def area_point(self, pk: "int | Wanted") -> Point | None:
        """The middle of an area that was found here; None where it is not known."""
        if pk not in self._area_points and isinstance(pk, int):
            self._area_points[pk] = middle_of(Area.objects.get(pk=pk))
        return self._area_points.get(pk)

    def agency(
        self, name: str, create: Mapping[str, Any] | None = None
    ) -> "int | Wanted | NotFound":
        """An agency by any of its names. ``create``: its values, if it may be made."""
        known = self._known_agencies()
        folded = fold(name)
        if folded in known:
            return known[folded][0]
        if create is None or not folded:
            names = [written for _pk, written in known.values()]
            reason = _("There is no agency “%(name)s”.") % {"name": name}
            return NotFound(reason, tuple(nearest(name, names)))
        key = self._wanted_names.setdefault(folded, name)
        if key not in self.wanted_agencies:
            values = agency_values(self, create)
            self.wanted_agencies[key] = WantedAgency(key, values)
        return self._id(Wanted("agency", key))

    def agency_label(self, pk: "int | Wanted") -> str:
        """The name of an agency."""
        self._known_agencies()
        return pk.key if isinstance(pk, Wanted) else self._agency_names.get(pk, "")

    def _known_agencies(self) -> dict[str, tuple[int, str]]:
        if self._agencies is None:
            self._agencies = {}
            columns = ("pk", "name", "name_local", "abbreviation", "other_names")
            rows = list(Agency.objects.order_by("pk").values_list(*columns))
            self._agency_names = {pk: name for pk, name, *_rest in rows}
            # Official names first, so that no alias of one agency hides the name of another.
            for pk, name, *_rest in rows:
                self._agencies.setdefault(fold(name), (pk, name))
            for pk, name, local, short, others in rows:
                for each in filter(None, (local, short, *others)):
                    self._agencies.setdefault(fold(each), (pk, name))
        return self._agencies

    def source(self, values: Mapping[str, Any]) -> "int | Wanted":
        """A source by what names it; what does not exist yet is wanted."""
        if self._sources is None:
            self._sources = KnownSources.read()
        pk = self._sources.find(values)
        if pk is not None:
            return pk
        name = name_of(values)
        self.wanted_sources.setdefault(name, WantedSource(name, dict(values)))
        return self._id(Wanted("source", name))

    def source_label(self, pk: "int | Wanted") -> str:
        """The title of a source."""
        if isinstance(pk, Wanted):
            wanted = self.wanted_sources.get(pk.key)
            return str(wanted.values["title"]) if wanted else pk.key
        if pk not in self._source_labels:
            titles = Source.objects.filter(pk=pk).values_list("title", flat=True)
            self._source_labels[pk] = titles.first() or ""
        return self._source_labels[pk]

    def made(self, wanted: Wanted, pk: int) -> None:
        """Say that what was wanted exists now."""
        self._made[wanted] = pk
        if wanted.kind == "agency":
            self._known_agencies()[fold(wanted.key)] = (pk, wanted.key)
            self._agency_names[pk] = wanted.key
            self.wanted_agencies.pop(wanted.key, None)
        elif wanted.kind == "source":
            self.wanted_sources.pop(wanted.key, None)
        else:
            self._made_area(wanted, pk)
        self.prepared.clear()

    def _made_area(self, wanted: Wanted, pk: int) -> None:
        planned = self.wanted_areas.pop(wanted.key, None)
        self._area_labels[pk] = self._area_labels.get(wanted, "")
        for key in planned.keys if planned else ():
            self._own_areas[key] = self._own_areas[key]._replace(id=pk)
        self._areas.clear()

    def _id(self, wanted: Wanted) -> "int | Wanted":
        return self._made.get(wanted, wanted)


def agency_values(lookups: Lookups, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values of an agency as a mapping writes them → by attribute name, terms and areas as ids."""
    values: dict[str, Any] = {}
    for name, value in given.items():
        field_ = Agency._meta.get_field(name)
        if name in {"type", "monitoring"}:
            found: Any = lookups.term(field_.vocabulary, value)  # type: ignore[union-attr]
        elif name == "area":
            area = lookups.area(value)
            found = area.id if isinstance(area, AreaFound) else area
        else:
            found = value
        if not isinstance(found, NotFound):
            values[field_.attname] = found  # type: ignore[union-attr]
    return values


def _forget_oldest(table: dict[Any, Any]) -> None:
    if len(table) >= MOST_KEPT:
        for key in list(table)[: MOST_KEPT // 4]:
            del table[key]
