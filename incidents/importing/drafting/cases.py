"""The rows of one case → everything that it would become, nothing of it in the database."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from incidents.importing.drafting.building import Builder
from incidents.importing.drafting.differing import combined
from incidents.importing.drafting.nodes import Node
from incidents.importing.drafting.preparing import Prepared, Victim
from incidents.importing.drafting.reading_rows import RowReading
from incidents.importing.drafts import CaseDraft, DraftRef, KeyedRow
from incidents.importing.lookups import Lookups
from incidents.importing.mapping import Mapping
from incidents.importing.mapping.shape import COUNT, ROWS
from incidents.models import Severity, Violation

INCIDENT = DraftRef("", "incident")
"""The incident of every case."""

_LINKED_PEOPLE = frozenset({"legal_action", "intervention"})
_DESCRIBES = ("description", "description_local", "group_size")


def draft_case(key: str, rows: Sequence[KeyedRow], mapping: Mapping, lookups: Lookups) -> CaseDraft:
    """Draft one case. Equal rows, mapping and reference data give equal drafts.

    Nothing is raised for what is wrong with the rows: it is in ``problems`` of the case.
    """
    prepared = Prepared.of(mapping, lookups)
    case = CaseDraft(key, list(rows))
    if not rows:
        return case
    drafting = _Drafting(prepared, [_reading(prepared, row) for row in rows])
    for node in drafting.nodes():
        case.drafts.extend(node.flat())
    problems = (problem for reading in drafting.readings for problem in reading.problems)
    # A cell from which two fields are filled is wrong once.
    case.problems = list(dict.fromkeys(problems))
    return case


def _reading(prepared: Prepared, row: KeyedRow) -> RowReading:
    """The cells that the mapping reads, without those that mean “not given”."""
    cells: dict[str, str] = {}
    missing = prepared.missing
    for column in prepared.columns:
        text = row.cells.get(column)
        if text and (text := text.strip()) and text not in missing:
            cells[column] = text
    reading = RowReading(row, cells)
    for order in prepared.orders:
        order.check(reading)
    return reading


class _Drafting:
    """The drafting of one case."""

    def __init__(self, prepared: Prepared, readings: list[RowReading]) -> None:
        self._prepared = prepared
        self._mapping = prepared.mapping
        self.readings = readings
        self._people: dict[str, list[DraftRef]] = {}
        """Key of a row → the people whom it tells of."""

    def nodes(self) -> list[Node]:
        """Everything that the case would become, parents before their children."""
        people = self._victims()
        incident = self._incident(sum(_size(person) for person in people))
        return [*incident, *people, *self._facts()]

    def _incident(self, count: int) -> list[Node]:
        builder = self._prepared.incident
        numbers = {COUNT: str(count), ROWS: str(len(self.readings))}
        readings = [reading.with_cells(numbers) for reading in self.readings]
        given, _spoken = combined(builder, readings)
        node = builder.node(given, readings[0], {}, INCIDENT.path, INCIDENT.row)
        if node is None:
            return []
        node.citing = self._prepared.cite_incident(node.draft, self.readings)
        return [node]

    def _victims(self) -> list[Node]:
        groups: dict[tuple[str, str], tuple[Victim, list[RowReading]]] = {}
        for reading in self.readings:
            person_key = self._mapping.person_key(reading.row.cells, reading.row.key)
            for victim in self._prepared.victims:
                for path, each in victim.container.readings(reading):
                    groups.setdefault((person_key, path), (victim, []))[1].append(each)
        nodes: list[Node] = []
        for (_key, path), (victim, readings) in groups.items():
            node = self._victim(victim, path, readings)
            if node is not None:
                nodes.append(node)
        if self._mapping.rows.are != "incident":
            self._report_nobody()
        return nodes

    def _victim(self, victim: Victim, path: str, readings: list[RowReading]) -> Node | None:
        """One person with what was done to them, told by one row or by several."""
        first = readings[0]
        ref = DraftRef(first.row.key, path)
        around = {"incident": INCIDENT, "victim": ref}
        names = [
            name
            for reading in readings
            for builder in victim.names
            for name in builder.build(reading, around, f"{path}.", reading.row.key)
        ]
        given, spoken = combined(victim.person, readings)
        described = any(name in given for name in _DESCRIBES)
        meant = spoken or victim.container.test is not None or self._mapping.rows.are != "incident"
        if not names and not (described and meant):
            return None
        node = victim.person.node(given, first, around, path, first.row.key)
        if node is None:
            return None
        if _size(node) > 1:
            node.draft.values.setdefault("unit_id", self._prepared.group_id)
        node.children += _once(names)
        for reading in readings:
            self._people.setdefault(reading.row.key, []).append(ref)
            for builder in victim.facts:
                node.children += builder.build(reading, around, f"{path}.", reading.row.key)
            self._report_no_act(victim, node, reading)
        return node

    def _report_no_act(self, victim: Victim, node: Node, reading: RowReading) -> None:
        """A row of somebody to whom nothing was done: its cell of the type is empty."""
        acts = [builder for builder in victim.facts if builder.table.name == "violation"]
        key = reading.row.key
        if (
            not acts
            or reading.refused
            or any(
                child.draft.model is Violation and child.draft.row == key for child in node.children
            )
        ):
            return
        columns = dict.fromkeys(builder.columns("type") for builder in acts)
        conditional = all(builder.test is not None for builder in acts)
        reading.report(
            "no-violation",
            _("Nothing says what was done to this person."),
            _("Fill in the cell, or say in the mapping what stands where it is empty."),
            column=", ".join(filter(None, columns)),
            severity=Severity.NOTED if conditional else Severity.REFUSED,
        )

    def _report_nobody(self) -> None:
        """Every row of such a list must tell of somebody."""
        for reading in self.readings:
            if reading.row.key not in self._people and not reading.refused:
                columns = [
                    builder.columns(*builder.block.fields)
                    for victim in self._prepared.victims
                    for builder in victim.names
                ]
                reading.report(
                    "nobody",
                    _("This row names nobody and describes nobody."),
                    _(
                        "Fill in a name, or give “description” in [victim.person]: “man, name not"
                        " known”."
                    ),
                    column=", ".join(dict.fromkeys(filter(None, columns))),
                )

    def _facts(self) -> list[Node]:
        """What is said of the incident as a whole; what several rows say alike stands once."""
        nodes: list[Node] = []
        around = {"incident": INCIDENT}
        for builder in self._prepared.facts:
            made = [
                self._with_people(builder, node, reading.row.key)
                for reading in self.readings
                for node in builder.build(reading, around, "", reading.row.key)
            ]
            kept = _once(made)
            nodes += kept if builder.table.many else self._only(builder, kept)
        return nodes

    def _only(self, builder: Builder, nodes: list[Node]) -> list[Node]:
        """Of a table that a case has once, the first; the rows must not differ."""
        if len(nodes) > 1:
            other = next(each for each in self.readings if each.row.key == nodes[1].draft.row)
            other.report(
                "rows-differ",
                _("The rows of one incident differ in what belongs to it only once (%(what)s).")
                % {"what": builder.block.where},
                _("Make the cells equal, or fill them in one of the rows alone."),
                column=builder.columns(*builder.block.fields),
            )
        return nodes[:1]

    def _with_people(self, builder: Builder, node: Node, row: str) -> Node:
        """A step of law or an appeal concerns the people of the row that tells of it."""
        if builder.table.name in _LINKED_PEOPLE:
            node.draft.linked_sets["people"] = list(self._people.get(row, []))
            if builder.table.name == "legal_action":
                node.draft.linked_sets["incidents"] = [INCIDENT]
        return node


def _size(person: Node) -> int:
    """How many people somebody of a list is: a group may stand for several."""
    return person.draft.values.get("group_size") or 1


def _once(nodes: list[Node]) -> list[Node]:
    """Without repetitions: what several rows say alike is kept as the first row says it."""
    if len(nodes) < 2:
        return nodes
    kept: dict[object, Node] = {}
    for node in nodes:
        known = kept.setdefault(node.same_as(), node)
        if known is not node:
            people = known.draft.linked_sets.get("people", [])
            people += [ref for ref in node.draft.linked_sets.get("people", []) if ref not in people]
    return list(kept.values())
