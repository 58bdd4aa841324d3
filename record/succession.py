"""Areas whose boundaries changed: what became of them, said beside every answer about them.

A record stands under the area that its source names, or in which the place lies by the gazetteer
of the day it was entered. Nobody draws old boundaries again, so a question for an area that was
divided, or dissolved, cannot be answered for its old extent; it can say which other areas to ask.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from record.reference_state import keeping_state
from reference.date_text import render_date
from reference.models.area import Area

_THROUGH: Final = Area.predecessors.through


@dataclass(frozen=True, slots=True)
class Succession:
    """For the id of each area: ``later`` those formed out of it or that took it over, and
    ``earlier`` those it was formed out of or took over, by code."""

    later: Mapping[int, tuple[Area, ...]]
    earlier: Mapping[int, tuple[Area, ...]]

    def others(self, area: Area) -> list[Area]:
        """All areas that share ground with this one over time, by code."""
        found = {each.pk: each for side in (self.later, self.earlier) for each in side[area.pk]}
        return sorted(found.values(), key=lambda each: each.code)

    def heirs(self, area: Area) -> list[Area]:
        """Where an abolished area lies now: those that took it over and exist."""
        return [each for each in self.later[area.pk] if each.abolished.is_unknown]


_known: tuple[tuple[str, float], Succession] | None = None


def succession() -> Succession:
    """Who follows whom. Read again when an area has changed, and every few seconds: two
    queries then, else none."""
    global _known
    state = keeping_state()
    known = _known
    if known is None or known[0] != state:
        _known = known = (state, _read())
    return known[1]


def _read() -> Succession:
    pairs = list(_THROUGH._default_manager.values_list("from_area_id", "to_area_id"))
    areas = Area.objects.in_bulk({pk for pair in pairs for pk in pair}) if pairs else {}
    later: defaultdict[int, list[Area]] = defaultdict(list)
    earlier: defaultdict[int, list[Area]] = defaultdict(list)
    for new, old in pairs:
        later[old].append(areas[new])
        earlier[new].append(areas[old])
    return Succession(_by_code(later), _by_code(earlier))


def _by_code(found: Mapping[int, list[Area]]) -> Mapping[int, tuple[Area, ...]]:
    ordered = {pk: tuple(sorted(each, key=lambda area: area.code)) for pk, each in found.items()}
    return defaultdict(tuple, ordered)


def name_over_time(area: Area, language: str) -> str:
    """The name of an area; of an abolished one also since when, and what it belongs to now."""
    name = area.label_in(language)
    if area.abolished.is_unknown:
        return name
    known = {"area": name, "date": render_date(area.abolished)}
    heirs = [each.label_in(language) for each in succession().heirs(area)]
    if not heirs:
        return _("%(area)s (abolished: %(date)s)") % known
    return _("%(area)s (abolished: %(date)s; now in %(others)s)") % {
        **known,
        "others": _listed(heirs),
    }


def notes(areas: Iterable[Area], language: str) -> list[str]:
    """What to know of the areas that a question names: a sentence for each whose ground is, or
    was, shared with others."""
    told = {area.pk: _note(area, language) for area in areas}
    return [note for note in told.values() if note]


def _note(area: Area, language: str) -> str:
    others = succession().others(area)
    known = {"area": _with_code(area, language), "date": render_date(area.abolished)}
    if area.abolished.is_unknown:
        if not others:
            return ""
        return _(
            "The boundaries of %(area)s have changed: see also %(others)s. Records of places that"
            " changed hands may stand under any of them."
        ) % {**known, "others": _listed(_with_time(each, language) for each in others)}
    heirs = succession().heirs(area)
    if not heirs:
        return _("%(area)s was abolished (%(date)s).") % known
    return _(
        "%(area)s was abolished (%(date)s). What it held belongs to %(others)s now; records of"
        " places there may stand under any of them."
    ) % {**known, "others": _listed(_with_code(each, language) for each in heirs)}


def _with_code(area: Area, language: str) -> str:
    return f"{area.label_in(language)} ({area.code})"


def _with_time(area: Area, language: str) -> str:
    """An area with its code and when it came or went, as far as that is known."""
    known = {"area": _with_code(area, language)}
    if not area.abolished.is_unknown:
        return _("%(area)s, abolished: %(date)s") % {
            **known,
            "date": render_date(area.abolished),
        }
    if not area.established.is_unknown:
        return _("%(area)s, formed: %(date)s") % {
            **known,
            "date": render_date(area.established),
        }
    return known["area"]


def _listed(names: Iterable[str]) -> str:
    return pgettext("between the items of a list", ", ").join(names)
