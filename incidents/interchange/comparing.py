"""What stands between a file and the case file here. Nothing is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from incidents.interchange.codes import (
    Code,
    areas_in,
    keys_of_areas,
    keys_of_terms,
    terms_in,
)
from incidents.interchange.declared import KIND, KINDS, Kind
from incidents.interchange.describing import Record, UnreadableRow, Within, describe
from incidents.interchange.identifiers import Known, identifiers_of
from incidents.interchange.reading import Received
from incidents.interchange.refusing import Problem
from incidents.interchange.sentences import told_alike
from incidents.models import Agency, Expunging

_EXPUNGED = {"person", "source", "incident"}
"""Kinds of which some are removed for good; an expunging names them so too."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Numbers here of what a file names by code."""

    terms: Mapping[Code, int]
    areas: Mapping[str, int]


def keys_for(received: Received) -> tuple[Keys, list[Problem]]:
    """Look up all terms and areas; one problem for each that is not here."""
    wanted_terms, wanted_areas = terms_in(received.records), areas_in(received.records)
    keys = Keys(keys_of_terms(wanted_terms), keys_of_areas(wanted_areas))
    problems = [_unknown_term(code, received) for code in sorted(wanted_terms - keys.terms.keys())]
    problems += [
        Problem(
            _("The area “%(code)s” is not here.") % {"code": code},
            _("Add it under Areas with this very code, or bring the areas of both up to date."),
        )
        for code in sorted(wanted_areas - keys.areas.keys())
    ]
    return keys, problems


def _unknown_term(code: Code, received: Received) -> Problem:
    vocabulary, term = code
    labels = received.labels.get(code, {}).get("labels")
    label = str(labels.get("en", "")) if isinstance(labels, dict) else ""
    return Problem(
        _("The term “%(code)s” (%(label)s) of the vocabulary “%(vocabulary)s” is not here.")
        % {"code": term, "label": label[:80] or "–", "vocabulary": vocabulary},
        _("Add it under Vocabularies with this very code."),
    )


def missing_ends(records: Iterable[Record]) -> Iterator[Problem]:
    """Links that lead to a row which is not in the file."""
    there = {record.identifier for record in records}
    for record in records:
        kind = KIND[record.kind]
        ends = [(each.name, record.values[each.name]) for each in kind.links]
        ends += [(each.name, end) for each in kind.link_sets for end in record.values[each.name]]
        for name, end in ends:
            if end is not None and end not in there:
                yield Problem(
                    _("%(row)s leads by “%(field)s” to %(end)s, which is not in the file.")
                    % {"row": record.identifier, "field": name, "end": end},
                    _("Ask for a file that was written by export_cases."),
                )


def wrong_ends(records: Iterable[Record]) -> Iterator[Problem]:
    """Links that lead to a row of another kind, and rows that stand there twice."""
    seen: set[str] = set()
    for record in records:
        if record.identifier in seen:
            yield Problem(_("%(row)s stands there twice.") % {"row": record.identifier})
        seen.add(record.identifier)
        kind = KIND[record.kind]
        for each in (*kind.links, *kind.link_sets):
            value = record.values[each.name]
            ends = [value] if isinstance(value, str) else value or []
            expected = next(one.name for one in KINDS if one.model is each.related_model)
            for end in ends:
                if end.split(":")[1] != expected:
                    yield Problem(
                        _("%(row)s leads by “%(field)s” to %(end)s, which is of another kind.")
                        % {"row": record.identifier, "field": each.name, "end": end}
                    )


def differences(records: Iterable[Record], known: Known) -> Iterator[Problem]:
    """Columns that say something else in a row that is here."""
    ours = _our_names(known)
    by_kind: dict[str, dict[int, Record]] = defaultdict(dict)
    for record in records:
        if record.identifier in known.here and record.identifier not in known.same:
            by_kind[record.kind][known.here[record.identifier]] = record
    for name, wanted in by_kind.items():
        kind = KIND[name]
        try:
            # Described in order, as they were entered.
            told = zip(sorted(wanted), describe(kind, wanted, Within()), strict=True)
            for row, here in told:
                yield from _differences(kind, row, here, wanted[row], ours)
        except UnreadableRow:
            yield Problem(
                _("Rows of the kind “%(kind)s” lie sealed here under a missing key.")
                % {"kind": name},
                _("Set GAWAH_SOURCE_KEYS and try again."),
            )


def _our_names(known: Known) -> dict[str, str]:
    """What rows that were taken for the same are called here."""
    theirs = {name: known.here[name] for name in known.same}
    ours = identifiers_of(KIND["agency"], theirs.values()) if theirs else {}
    return {name: ours[row] for name, row in theirs.items()}


def _differences(
    kind: Kind, row: int, here: Record, there: Record, ours: Mapping[str, str]
) -> Iterator[Problem]:
    ends = {each.name for each in kind.links}
    added_to = {each.name for each in kind.link_sets}
    for name in kind.fields:
        if name in there.left_out or name in added_to:
            continue
        said = there.values[name]
        if not told_alike(name, here.values[name], ours.get(said, said) if name in ends else said):
            yield Problem(
                _("%(row)s is here (number %(number)d) and differs in “%(field)s”.")
                % {"row": there.identifier, "number": row, "field": name},
                _("Nothing that is here is overwritten: make the two equal first, or leave it."),
            )


def removed(records: Iterable[Record], known: Known, *, bring_back: bool) -> Iterator[Problem]:
    """Rows that were here once and are not to come back unasked; what was expunged never does."""
    wanted = {record.identifier: record.kind for record in records}
    expunged = set(
        Expunging.objects.done()
        .filter(kind__in=_EXPUNGED, row_id__in={*known.here.values(), *known.gone.values()})
        .values_list("kind", "row_id")
    )
    for identifier, row in {**known.here, **known.gone}.items():
        if (wanted.get(identifier), row) in expunged:
            yield Problem(
                _("%(row)s was removed for good here.") % {"row": identifier},
                _("It stays so. Ask for a file without it."),
            )
        elif identifier in known.gone and not bring_back:
            yield Problem(
                _("%(row)s was here and was removed since.") % {"row": identifier},
                _("Say --bring-back if what was removed is to come again."),
            )


def agencies_by_name(records: Iterable[Record], known: Known) -> dict[str, int]:
    """Identifiers of agencies that are not known here, where one of the very same name is."""
    names: dict[Any, str] = {
        record.values["name"]: record.identifier
        for record in records
        if record.kind == "agency" and record.identifier not in known.here
    }
    rows = Agency.objects.filter(name__in=names).values_list("name", "pk")
    return {names[name]: pk for name, pk in rows}


def two_of_one_name(agencies: Iterable[str]) -> Iterator[Problem]:
    """What is to be said of such agencies."""
    for identifier in sorted(agencies):
        yield Problem(
            _("An agency of the same name as %(row)s is here.") % {"row": identifier},
            _(
                "Say --same-agencies if agencies of one name are one: ours stay as they are. "
                "Otherwise rename ours first."
            ),
        )
