"""Choices written out as a mapping, block by block, so that it can be read and edited as text."""

from collections.abc import Iterable
from typing import Any

from incidents.importing.suggesting.choices import Choices
from incidents.importing.suggesting.expressions import (
    Expressions,
    area,
    constant,
    either,
    filled,
    first_counts,
    named,
    spanning,
    typed,
)
from incidents.importing.suggesting.toml_text import Inline, toml

_NAME_PARTS = (
    ("name", "full"),
    ("given", "given"),
    ("father", "fathers_name"),
    ("last", "tribe_or_place"),
    ("honorific", "honorific"),
)
_SECOND_PARTS = (
    ("name-2", "full"),
    ("given-2", "given"),
    ("father-2", "fathers_name"),
    ("last-2", "tribe_or_place"),
)
HELD_QUESTION = "where-held"


def mapping_text(choices: Choices) -> str:
    """Return the mapping of these choices as TOML."""
    return toml(_Writer(choices).document())


class _Writer:
    """Turns choices into the tables of a mapping. Parts without a column are not written."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.values = Expressions(choices)

    def document(self) -> dict[str, Any]:
        """The whole mapping in the order in which a person reads it."""
        choices = self.choices
        parts: dict[str, Any] = {
            "list": {"code": choices.list_code, "name": choices.list_name},
            "file": self._file(),
            "rows": self._rows(),
            "dates": self._dates(),
            "source": self._source(),
            "citation": self._citation(),
            "also_cite": self._further_source(),
            "incident": self._incident(),
            "victim": [filled(victim) for victim in self._victims()],
        }
        return filled(parts)

    # ------------------------------------------------------------------------ the list

    def _file(self) -> dict[str, Any]:
        choices = self.choices
        row = choices.header_row if choices.header_row != 1 else None
        return filled(
            {
                "sheet": choices.sheet,
                "encoding": choices.encoding,
                "header_row": row,
                "missing": choices.missing,
            }
        )

    def _rows(self) -> dict[str, Any]:
        columns = self.choices.columns_for
        person = columns("same-person") if self.choices.rows_are == "violation" else []
        return filled(
            {
                "are": self.choices.rows_are,
                "key": columns("row"),
                "incident": columns("group"),
                "person": person,
            }
        )

    def _dates(self) -> dict[str, Any]:
        first = self.choices.day_first
        return {} if first is None else {"day_first": first}

    def _source(self) -> dict[str, Any]:
        source = self.choices.source
        texts = {
            name: value
            for name in ("title", "type", "publisher", "author", "published", "url")
            if (value := getattr(source, name))
        }
        return {**texts, "confidential": True} if source.confidential else texts

    def _citation(self) -> dict[str, Any]:
        return filled({"locator": self._locator(), "quotation": self.values.cell("quotation")})

    def _locator(self) -> Any:
        column = self.choices.column_for("page")
        plain = column and not {"{", "}"} & set(column)
        return Inline(text=f"p. {{{column}}}") if plain else self.values.cell("page")

    def _further_source(self) -> list[dict[str, Any]]:
        source = {
            "title": self.values.cell("source-title") or self.values.cell("source-url"),
            "url": self.values.cell("source-url"),
            "publisher": self.values.cell("source-publisher"),
            "published": self.values.date("source-date"),
        }
        if not source["title"]:
            return []
        return [{**filled(source), "type": constant(self.choices.source.type)}]

    # ------------------------------------------------------------------------ the incident

    def _incident(self) -> dict[str, Any]:
        choices = self.choices
        date = self.values.date("incident-date") or self.values.begun()
        kind = self.values.term("incident-kind") or constant(choices.incident_kind)
        return filled(
            {
                "title": self.values.first("title") or typed(choices.title),
                "kind": first_counts(kind),
                "date": spanning(date),
                **{name: first_counts(value) for name, value in self._place().items()},
                "public_account": self.values.first("account") or typed(choices.public_account),
                "internal_notes": self.values.joined("incident-notes"),
            }
        )

    def _place(self) -> dict[str, Any]:
        """Where it happened: the smallest area that a column names, and the words for it."""
        choices = self.choices
        areas = [
            area(column, target)
            for target in ("town", "district", "province")
            if (column := choices.column_for(target))
        ]
        words = choices.column_for("place") or choices.column_for("town")
        if not words and (held := choices.families_for("each-held")):
            words = choices.first_of(held[0])
        both = choices.column_for("latitude") and choices.column_for("longitude")
        return {
            "area": either(areas),
            "place_text": named(words) if words else None,
            "latitude": self.values.cell("latitude") if both else None,
            "longitude": self.values.cell("longitude") if both else None,
        }

    # ------------------------------------------------------------------------ the people

    def _victims(self) -> Iterable[dict[str, Any]]:
        for pattern in self.choices.families_for("each-name"):
            yield {
                "each": Inline(n=self.choices.families[pattern]),
                "when": Inline(present=pattern),
                "person": self._person(),
                "name": [{"full": pattern}],
                "violation": [self._violation()],
            }
        if self.choices.families_for("each-name"):
            return
        yield {
            "person": self._person(),
            "name": self._names(),
            "violation": [self._violation()],
            "status": self._status(),
        }

    def _person(self) -> dict[str, Any]:
        choices = self.choices
        return filled(
            {
                "sex": self.values.term("sex"),
                "birth": self.values.date("birth"),
                "occupation": self.values.term("occupation"),
                "occupation_note": self.values.cell("occupation-words"),
                "name_protection": constant(choices.protection),
                "publication_ground": constant(choices.publication_ground),
                "risk_assessment": constant(choices.risk_assessment),
                "internal_notes": self.values.joined("person-notes"),
            }
        )

    def _names(self) -> list[dict[str, Any]]:
        own = {field: self.values.cell(target) for target, field in _NAME_PARTS}
        second = {field: self.values.cell(target) for target, field in _SECOND_PARTS}
        alias = {"kind": constant("alias"), "given": self.values.cell("alias")}
        blocks = (own, second, alias if alias["given"] else {})
        # A father's name or a tribe alone is no name.
        return [filled(block) for block in blocks if block.get("full") or block.get("given")]

    def _violation(self) -> dict[str, Any]:
        kind = self.values.term("type") or constant(self.choices.violation_type)
        if self.choices.column_for("type"):
            kind["unmapped"] = "refuse"
        return filled(
            {
                "type": kind,
                "start": self.values.begun() or self.values.date("incident-date"),
                "end": self.values.either_date("end", "end-month"),
                "age": self.values.cell("age"),
                "age_group": self.values.term("age-group"),
                **self._place(),
                "place_type": self.values.term("place-type"),
                "methods": self.values.term("methods"),
                "stated_reason": self.values.cell("stated-reason"),
                "outcome": self.values.cell("outcome"),
                "involvement": self._alleged(),
                "account": self._held(),
            }
        )

    def _alleged(self) -> list[dict[str, Any]]:
        agency = self._agency()
        words = self.values.cell("perpetrator")
        if not agency and not words:
            return []
        return [
            filled(
                {
                    "agency": agency,
                    "description": words,
                    "alleged_by_text": constant(self._claimant()),
                }
            )
        ]

    def _agency(self) -> dict[str, Any] | None:
        column = self.choices.column_for("agency")
        if not column:
            return None
        value = Inline(column=column)
        if names := self.values.map(column):
            value["map"] = Inline(names)
        if self.choices.new_agency_type:
            value["create"] = Inline(type=self.choices.new_agency_type)
        else:
            value["unmapped"] = "leave"
        return value

    def _status(self) -> list[dict[str, Any]]:
        status = self.values.term("status")
        if status is None:
            return []
        when = Inline(present=self.choices.column_for("status"))
        return [
            filled(
                {
                    "when": when,
                    "status": status,
                    "date": self.values.date("status-date"),
                    "claimant_text": constant(self._claimant()),
                }
            )
        ]

    def _held(self) -> list[dict[str, Any]]:
        return [
            {
                "each": Inline(n=self.choices.families[pattern]),
                "question": constant(HELD_QUESTION),
                "answer": pattern,
                "claimant_text": constant(self._claimant()),
            }
            for pattern in self.choices.families_for("each-held")
        ]

    def _claimant(self) -> str:
        """Who says so: claims need somebody who makes them."""
        choices = self.choices
        return choices.claimant or choices.source.title or choices.list_name
