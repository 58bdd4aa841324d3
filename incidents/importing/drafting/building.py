"""The tables of a mapping, made once into builders that draft one row of the case file each."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.importing.drafting.ages import Age
from incidents.importing.drafting.checking import Broken, checks_of
from incidents.importing.drafting.conditions import condition
from incidents.importing.drafting.converting import NameParts
from incidents.importing.drafting.nodes import Node
from incidents.importing.drafting.points import far_from_area
from incidents.importing.drafting.reading_rows import RowReading, Test
from incidents.importing.drafting.rules import RuleMaker, pieces_of
from incidents.importing.drafts import Draft, DraftRef
from incidents.importing.found_areas import AreaFound
from incidents.importing.mapping.catalogue import FieldSpec, Table
from incidents.importing.mapping.shape import ITEM, Block, Value
from incidents.models import Severity
from record.models.fact import AreaBasis

Around = Mapping[str, DraftRef]
"""Name of a table around a draft → the draft of it."""

Given = dict[str, Any]
"""Name of a field → what its rule read."""


class Builder:
    """Drafts the rows that one table of a mapping makes."""

    def __init__(self, block: Block, maker: RuleMaker, cite: "Cite") -> None:
        self.block = block
        self.table: Table = block.table
        self.rules = [
            (spec, maker.rule(spec, block.fields[name]), _reads(block.fields[name]))
            for name, spec in (block.table.fields() if block.table.model else {}).items()
            if name in block.fields
        ]
        self.test: Test | None = condition(block.when) if block.when else None
        self.children = [Builder(child, maker, cite) for child in block.children]
        self.name = f"{block.table.name}.{block.index}" if block.table.many else block.table.name
        self._cite = cite
        self.cited_as = block.table.cited_as if block.cited else None
        self._checks = checks_of(block.table.model) if block.table.model else ()
        self._required = _required(block.table)
        self._lookups = maker.lookups
        self._today = timezone.localdate()
        self._dates = [spec for spec, *_rest in self.rules if spec.kind in ("date", "day")]
        self._reads_rows = any(reads for _spec, _rule, reads in self.rules)
        self._age_groups = (
            {code: maker.lookups.term("age-group", code) for code in ("adult", "child")}
            if block.table.name == "violation"
            else {}
        )

    def readings(self, reading: RowReading) -> list[tuple[str, RowReading]]:
        """The row, once for each item of the cell that the block splits; with the path of each."""
        if self.test is not None and not self.test(reading.cells):
            return []
        split = self.block.split
        if split is None:
            return [(self.name, reading)]
        items = pieces_of(reading.cells.get(split.column, ""), split.by)
        return [
            (f"{self.name}.{place}", reading.with_cells({ITEM: item}))
            for place, item in enumerate(items)
        ]

    def build(self, reading: RowReading, around: Around, path: str, row: str) -> list[Node]:
        """What this table makes of a row: nothing, one, or one for each item."""
        if self.test is None and self.block.split is None:
            node = self.one(reading, around, f"{path}{self.name}", row)
            return [node] if node else []
        nodes = [
            self.one(each, around, f"{path}{name}", row) for name, each in self.readings(reading)
        ]
        return [node for node in nodes if node is not None]

    def one(self, reading: RowReading, around: Around, path: str, row: str) -> Node | None:
        """One draft with what hangs on it; None where the row says nothing for it."""
        given, spoken = self.given(reading)
        if not self.speaks(given, spoken):
            return None
        return self.node(given, reading, around, path, row)

    def given(self, reading: RowReading) -> tuple[Given, bool]:
        """The values of a row by field, and whether any of them was read from it."""
        given: Given = {}
        spoken = False
        for spec, rule, reads in self.rules:
            found = rule(reading)
            if found is not None:
                given[spec.name] = found
                spoken = spoken or reads
        return given, spoken

    def speaks(self, given: Given, spoken: bool) -> bool:
        """Whether these values are worth a row of their own."""
        table = self.table
        if table.says and not any(name in given for name in table.says):
            return False
        return table.always or spoken or not self._reads_rows or self.test is not None

    def node(
        self, given: Given, reading: RowReading, around: Around, path: str, row: str
    ) -> Node | None:
        """A draft of these values, checked, with what hangs on it; None where it cannot be."""
        model = self.table.model
        if model is None:
            return None
        draft = Draft(model, path, row)
        self.fill(draft, given)
        if not self.check(draft, reading):
            return None
        draft.links = {name: around[where] for name, where in self.table.links if where in around}
        node = Node(draft)
        if self.cited_as is not None:
            node.citing = self._cite(self, draft, reading)
        if self.children:
            inside = {**around, self.table.name: draft.ref}
            for child in self.children:
                node.children += child.build(reading, inside, f"{path}.", row)
        return node

    def fill(self, draft: Draft, given: Given) -> None:
        """Put the values under the names of their columns."""
        values = draft.values
        for spec, _rule, _reads in self.rules:
            found = given.get(spec.name)
            if found is None:
                continue
            if spec.kind == "terms":
                draft.sets[spec.name] = list(found)
            elif isinstance(found, AreaFound):
                values[spec.attname] = found.id
                if spec.name == "area":
                    self._say_basis(values, found)
            elif isinstance(found, Age):
                self._say_age(values, found)
            elif isinstance(found, NameParts):
                _say_name(values, found)
            else:
                values[spec.attname] = found

    def _say_basis(self, values: dict[str, Any], area: AreaFound) -> None:
        """A district that only follows from a town is inferred, as everywhere in the case file."""
        told = self.block.fields["area"].basis
        basis = told or (AreaBasis.STATED if area.names_district else AreaBasis.INFERRED).value
        values.setdefault("area_basis", basis)

    def _say_age(self, values: dict[str, Any], age: Age) -> None:
        for name, years in (("age_low", age.low), ("age_high", age.high)):
            if years is not None:
                values.setdefault(name, years)
        group = self._age_groups.get(age.group)
        if isinstance(group, int):  # a column of its own, read after this, stands above it
            values["age_group_id"] = group

    def check(self, draft: Draft, reading: RowReading) -> bool:
        """Report what keeps these values from being a row; whether nothing does."""
        before = reading.refused
        for spec in self._required:
            held = draft.sets.get(spec.name) or draft.values.get(spec.attname)
            if held is None or held == "":
                self._report_missing(spec, reading)
        for check in self._checks:
            broken = check(draft.values)
            if broken:
                self._report(broken, draft, reading)
        if self.table.name == "violation":
            self._check_end(draft, reading)
        self._note_doubtful(draft, reading)
        return before or not reading.refused

    def _note_doubtful(self, draft: Draft, reading: RowReading) -> None:
        """What comes in as it stands but is most likely a slip."""
        for spec in self._dates:
            date = draft.values.get(spec.attname)
            if date and (first := getattr(date, "earliest", date)) and first > self._today:
                self._report(_to_come(spec.attname, str(date)), draft, reading, Severity.NOTED)
        far = far_from_area(draft.values, self._lookups)
        if far:
            self._report(far, draft, reading, Severity.NOTED)

    def _report_missing(self, spec: FieldSpec, reading: RowReading) -> None:
        reason = _("“%(field)s” (%(where)s) must not be empty.") % {
            "field": spec.label,
            "where": f"{self.block.where}.{spec.name}",
        }
        remedy = _("Fill in the cell, or say in the mapping what stands where it is empty.")
        column = self.columns(spec.name)
        if not any(problem.refuses and problem.column == column for problem in reading.problems):
            reading.report("needed", reason, remedy, column=column)

    def _report(
        self,
        broken: Broken,
        draft: Draft,
        reading: RowReading,
        severity: Severity = Severity.REFUSED,
    ) -> None:
        shown = [str(draft.values[name]) for name in broken.fields if name in draft.values]
        reading.report(
            broken.code,
            broken.reason,
            broken.remedy,
            column=self.columns(*broken.fields),
            value=" / ".join(shown),
            severity=severity,
        )

    def _check_end(self, draft: Draft, reading: RowReading) -> None:
        """An act that ends before it starts: as the mapping says, never silently."""
        values = draft.values
        start, end = values.get("start"), values.get("end")
        if not (start and end and start.earliest and end.latest) or start.earliest <= end.latest:
            return
        policy = self.block.end_before_start
        severity = Severity.REFUSED if policy == "refuse" else Severity.LEFT_OUT
        self._report(start_after_end(start.text, end.text, policy), draft, reading, severity)
        if policy != "refuse":
            values.pop("end_meaning", None)
            del values["end"]
        if policy == "leave-both":
            del values["start"]

    def columns(self, *names: str) -> str:
        """The columns of the list from which these fields are read."""
        found = [
            column
            for name in names
            if (value := self.block.fields.get(name)) is not None
            for column in columns_of(value)
        ]
        return ", ".join(dict.fromkeys(found))


Cite = Callable[[Builder, Draft, RowReading], list[Draft]]
"""Drafts the citations of a fact."""


def _to_come(name: str, date: str) -> Broken:
    reason = _("“%(date)s” is still to come.") % {"date": date}
    return Broken("date-to-come", (name,), reason, _("Check the date, above all its year."))


def start_after_end(start: str, end: str, policy: str) -> Broken:
    """The words for an end before the start, and what becomes of the two."""
    remedies = {
        "leave-end": _("The end was left out. Check both dates."),
        "leave-later": _("The later column was left out. Check both dates."),
        "leave-both": _("Both were left out. Check both dates."),
        "leave-all": _("Both were left out. Check both dates."),
    }
    reason = _("The end, %(end)s, lies before the start, %(start)s.")
    return Broken(
        "end-before-start",
        ("start", "end"),
        reason % {"start": start, "end": end},
        remedies.get(policy, _("Check both dates: they may be in each other's column.")),
    )


def columns_of(value: Value) -> list[str]:
    """Every column that a value reads."""
    inner = [column for option in value.options if option for column in columns_of(option)]
    return [column for column in (*value.sources, *inner) if column]


def _reads(value: Value) -> bool:
    return bool(columns_of(value))


def _say_name(values: dict[str, Any], name: NameParts) -> None:
    for attname, text in zip(("honorific", "given", "fathers_name"), name, strict=True):
        if text:
            values.setdefault(attname, text)


def _required(table: Table) -> list[FieldSpec]:
    """Fields without which there can be no row."""
    return [spec for spec in table.fields().values() if spec.field and _is_needed(spec.field)]


def _is_needed(column: Any) -> bool:
    if isinstance(column, models.BooleanField):
        return False
    return not (column.blank or getattr(column, "null", False) or column.has_default())
