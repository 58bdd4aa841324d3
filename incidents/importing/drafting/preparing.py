"""A mapping made into builders, once a run."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from incidents.importing.drafting.building import Builder, columns_of
from incidents.importing.drafting.reading_rows import RowReading, Rule
from incidents.importing.drafting.rising import RisingDates
from incidents.importing.drafting.rules import RuleMaker
from incidents.importing.drafts import Draft
from incidents.importing.lookups import Lookups
from incidents.importing.mapping.catalogue import CITATION, SOURCE, FieldSpec, Table
from incidents.importing.mapping.shape import Mapping, Value
from incidents.models import Citation, Severity

LONGEST_LOCATOR = 120


@dataclass(slots=True)
class Victim:
    """The builders of one [[victim]] table."""

    container: Builder
    person: Builder
    names: list[Builder]
    facts: list[Builder]


@dataclass(slots=True)
class Cited:
    """A source that a row cites, and where: the end of the path, and the values."""

    suffix: str
    values: dict[str, Any] = field(default_factory=dict)


class Prepared:
    """A mapping with everything looked up that can be known before the first row."""

    def __init__(self, mapping: Mapping, lookups: Lookups) -> None:
        self.mapping = mapping
        self.lookups = lookups
        maker = RuleMaker(lookups, mapping.agencies)
        self.maker = maker
        self._source_id = lookups.source(self._source_values(maker))
        self._citation = _rules(maker, CITATION, mapping.citation)
        self._own_citations: dict[int, list[tuple[FieldSpec, Rule]]] = {}
        self._also = [Builder(block, maker, _no_citations) for block in mapping.also_cite]
        self._cited_rows: tuple[RowReading | None, list[Cited]] = (None, [])
        self.incident = Builder(mapping.incident, maker, _no_citations)
        self.facts = [Builder(block, maker, self.cite) for block in mapping.facts]
        self.victims = [self._victim(Builder(block, maker, self.cite)) for block in mapping.victims]
        self.group_id = lookups.term("counting-unit", "unknown")
        """Several people of whom nobody says what kind of group they are."""
        self.columns = tuple(sorted(mapping.columns_read))
        self.missing = mapping.missing
        self.orders = [RisingDates(order, mapping.dates) for order in mapping.rows.orders]

    @classmethod
    def of(cls, mapping: Mapping, lookups: Lookups) -> "Prepared":
        """The mapping as these lookups prepared it before, or prepared now."""
        found: Prepared | None = lookups.prepared.get(mapping)
        if found is None:
            found = lookups.prepared[mapping] = cls(mapping, lookups)
        return found

    def _source_values(self, maker: RuleMaker) -> dict[str, Any]:
        rules = _rules(maker, SOURCE, self.mapping.source)
        nothing = RowReading.empty()
        found = {spec.attname: rule(nothing) for spec, rule in rules}
        return {name: value for name, value in found.items() if value is not None}

    def _victim(self, container: Builder) -> Victim:
        by_name: dict[str, list[Builder]] = {}
        for child in container.children:
            by_name.setdefault(child.table.name, []).append(child)
        facts = [
            child for child in container.children if child.table.name not in {"person", "name"}
        ]
        return Victim(container, by_name["person"][0], by_name.get("name", []), facts)

    def cited(self, reading: RowReading) -> list[Cited]:
        """The sources that a row cites, with the place in them; asked for each fact of the row."""
        last, found = self._cited_rows
        if last is not reading:
            found = [Cited("", self._values(self._citation, reading, self._source_id))]
            for builder in self._also:
                found += self._also_cited(builder, reading)
            self._cited_rows = (reading, found)
        return found

    def _values(
        self, rules: list[tuple[FieldSpec, Rule]], reading: RowReading, source_id: Any
    ) -> dict[str, Any]:
        values = {"source_id": source_id}
        for spec, rule in rules:
            found = rule(reading)
            if found is not None:
                values[spec.attname] = found
        return values

    def _also_cited(self, builder: Builder, reading: RowReading) -> list[Cited]:
        found = []
        for name, each in builder.readings(reading):
            given, spoken = builder.given(each)
            if not builder.speaks(given, spoken):
                self._report_untitled(builder, each, spoken)
                continue
            draft = Draft(Citation, "", "")
            builder.fill(draft, given)
            if not builder.check(draft, each):
                continue
            source_id = self.lookups.source(draft.values)
            suffix = name.removeprefix("also_cite.")
            number, *item = suffix.split(".")
            suffix = ".".join([str(int(number) + 1), *item])
            found.append(Cited(f".{suffix}", self._values(self._own(builder), each, source_id)))
        return found

    def _report_untitled(self, builder: Builder, reading: RowReading, spoken: bool) -> None:
        """A quotation, a page or a date of a source whose name is not given."""
        cite = builder.block.cite or {}
        cited = [column for value in cite.values() for column in columns_of(value)]
        if not spoken and not any(column in reading.cells for column in cited):
            return
        columns = [builder.columns(*builder.block.fields), *cited]
        reading.report(
            "source-untitled",
            _("Something is given of a source, but not its title."),
            _("Fill in the title, or give one in the mapping for where it is empty."),
            column=", ".join(dict.fromkeys(filter(None, columns))),
            severity=Severity.LEFT_OUT,
        )

    def _own(self, builder: Builder) -> list[tuple[FieldSpec, Rule]]:
        """The rules of how one table is cited, where it says so itself."""
        rules = self._own_citations.get(id(builder))
        if rules is None:
            rules = _rules(self.maker, CITATION, builder.block.cite or {})
            self._own_citations[id(builder)] = rules
        return rules

    def cite(self, builder: Builder, draft: Draft, reading: RowReading) -> list[Draft]:
        """The citations of one fact of a row."""
        column = builder.cited_as
        if column is None:
            return []
        cited = self.cited(reading)
        if builder.block.cite is not None:
            own = Cited("", self._values(self._own(builder), reading, self._source_id))
            cited = [own, *cited[1:]]
        links = {column: draft.ref}
        path = f"{draft.path}.citation"
        return [
            Draft(Citation, path + each.suffix, draft.row, dict(each.values), links)
            for each in cited
        ]

    def _cited_for_incident(self, reading: RowReading) -> list[Cited]:
        cited = self.cited(reading)
        if self.incident.block.cite is None:
            return cited
        own = Cited("", self._values(self._own(self.incident), reading, self._source_id))
        return [own, *cited[1:]]

    def cite_incident(self, draft: Draft, readings: list[RowReading]) -> list[Draft]:
        """The citations of a case as a whole: each source once, with all places in it."""
        if not self.incident.block.cited:
            return []
        rows = [self._cited_for_incident(reading) for reading in readings]
        by_source: dict[Any, list[dict[str, Any]]] = {}
        for cited in rows:
            for each in cited:
                by_source.setdefault(each.values["source_id"], []).append(each.values)
        found = []
        for number, values in enumerate(by_source.values()):
            path = f"{draft.path}.citation" + (f".{number}" if number else "")
            joined = _joined(values)
            found.append(Draft(Citation, path, "", joined, {"incident": draft.ref}))
        return found


def _joined(cited: list[dict[str, Any]]) -> dict[str, Any]:
    """The first citation with the places of all, as far as they fit; a quotation is of one row."""
    joined = dict(cited[0])
    places = list(dict.fromkeys(each["locator"] for each in cited if each.get("locator")))
    text = ""
    for place in places:
        longer = f"{text}; {place}" if text else place
        if len(longer) > LONGEST_LOCATOR:
            break
        text = longer
    if text:
        joined["locator"] = text
    if len({each.get("quotation") for each in cited}) > 1:
        joined.pop("quotation", None)
    return joined


def _rules(
    maker: RuleMaker, table: Table, values: "dict[str, Value] | Any"
) -> list[tuple[FieldSpec, Rule]]:
    specs = table.fields()
    return [(specs[name], maker.rule(specs[name], value)) for name, value in values.items()]


def _no_citations(builder: Builder, draft: Draft, reading: RowReading) -> list[Draft]:
    return []
