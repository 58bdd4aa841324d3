"""The values of a mapping, made once into functions that read one value of a row each."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from incidents.importing.drafting.conditions import condition
from incidents.importing.drafting.converting import Convert, converter
from incidents.importing.drafting.dates import read_date, span
from incidents.importing.drafting.reading_rows import MOST_REMEMBERED, RowReading, Rule
from incidents.importing.drafting.unusable import Unusable
from incidents.importing.lookups import Lookups
from incidents.importing.mapping.catalogue import FieldSpec
from incidents.importing.mapping.shape import AgencySpec, Value
from incidents.models import Severity
from reference.date_notation import canonical_text
from reference.dates import UncertainDate, UncertainDateError

_MANY = frozenset({"terms", "texts"})


class Judged(NamedTuple):
    """What a text became, and what was wrong with it: fault, text, severity."""

    value: Any
    faults: tuple[tuple[Unusable, str, Severity], ...] = ()


class RuleMaker:
    """Makes rules. ``agencies`` are those that the mapping describes."""

    def __init__(self, lookups: Lookups, agencies: tuple[AgencySpec, ...]) -> None:
        self.lookups = lookups
        self.agencies = agencies

    def rule(self, spec: FieldSpec, value: Value) -> Rule:
        """The function that reads this value of a row."""
        made = self._unconditional(spec, value)
        if value.when is None:
            return made
        test = condition(value.when)
        return lambda reading: made(reading) if test(reading.cells) else None

    def _unconditional(self, spec: FieldSpec, value: Value) -> Rule:
        match value.kind:
            case "constant":
                return self._constant(spec, value)
            case "first_of":
                return self._first_of(spec, value)
            case "range":
                return self._range(spec, value)
            case "parts":
                return _parts(value)
            case "column":
                return self._column(spec, value)
        return self._of_text(spec, value)

    def _constant(self, spec: FieldSpec, value: Value) -> Rule:
        judged = self._judged(spec, value, value.constant)
        if not judged.faults:
            return lambda reading: judged.value

        def read(reading: RowReading) -> Any:
            _tell(reading, judged, "")
            return None

        return read

    def _judged(self, spec: FieldSpec, value: Value, written: Any) -> Judged:
        """What the mapping itself writes; faulty where reference data have changed since."""
        try:
            return Judged(self._finished(spec, value, written))
        except Unusable as fault:
            severity = _severity(value)
            told = ((fault, str(written), severity),) if severity is not None else ()
            return Judged(None, told)

    def _finished(self, spec: FieldSpec, value: Value, written: Any) -> Any:
        """What the mapping itself writes, as the field holds it. The empty text is nothing."""
        if written == "":
            return None
        if spec.kind in _MANY:
            convert = converter(spec, value, self.lookups, self.agencies)
            return [convert(each) for each in (written if isinstance(written, list) else [written])]
        if isinstance(written, bool):
            return written
        return converter(spec, value, self.lookups, self.agencies)(str(written))

    def _first_of(self, spec: FieldSpec, value: Value) -> Rule:
        rules = [self.rule(spec, option) for option in value.options if option is not None]

        def read(reading: RowReading) -> Any:
            for rule in rules:
                found = rule(reading)
                if found is not None:
                    return found
            return None

        return read

    def _range(self, spec: FieldSpec, value: Value) -> Rule:
        first, last = (
            self.rule(spec, option) if option else (lambda reading: None)
            for option in value.options
        )
        columns = ", ".join(
            column for option in value.options if option for column in option.sources
        )

        def read(reading: RowReading) -> UncertainDate | None:
            try:
                return span(first(reading), last(reading))
            except Unusable as fault:
                severity = _severity(value)
                if severity is not None:
                    reading.report(
                        fault.code, str(fault), fault.remedy, column=columns, severity=severity
                    )
                return None

        return read

    def _column(self, spec: FieldSpec, value: Value) -> Rule:
        """The commonest rule, kept short: a column, each of its texts judged once."""
        column, judge = value.sources[0], self._judge(spec, value)
        remembered: dict[str, Judged] = {}

        def read(reading: RowReading) -> Any:
            text = reading.cells.get(column)
            if text is None:
                return None
            judged = remembered.get(text)
            if judged is None:
                if len(remembered) >= MOST_REMEMBERED:
                    remembered.clear()
                judged = remembered[text] = judge(text)
            if judged.faults:
                _tell(reading, judged, column)
            return judged.value

        return read

    def _of_text(self, spec: FieldSpec, value: Value) -> Rule:
        judge, columns = self._judge(spec, value), ", ".join(value.sources)
        template, join = value.template, value.join

        def read(reading: RowReading) -> Any:
            if template is not None:
                text = template.fill(reading.cells)
            else:
                text = join.join(filter(None, map(reading.cells.get, value.sources)))
            if not text:
                return None
            judged = judge(text)
            if judged.faults:
                _tell(reading, judged, columns)
            return judged.value

        return read

    def _judge(self, spec: FieldSpec, value: Value) -> "Judge":
        convert = converter(spec, value, self.lookups, self.agencies)
        mapped = {
            _key(text, value.map_case): self._judged(spec, value, target)
            for text, target in (value.map or {}).items()
        }
        use = self._judged(spec, value, value.use).value if value.unmapped == "use" else None
        return Judge(spec, value, convert, mapped, use)


class Judge:
    """Says what a text of a cell is for a field."""

    def __init__(
        self,
        spec: FieldSpec,
        value: Value,
        convert: Convert,
        mapped: Mapping[str, Judged],
        use: Any,
    ) -> None:
        self._many = spec.kind in _MANY
        self._value = value
        self._convert = convert
        self._mapped = mapped
        self._use = use

    def __call__(self, text: str) -> Judged:
        if text in self._value.missing:
            return Judged(None)
        if self._many:
            return self._several(text)
        return self._one(text)

    def _several(self, text: str) -> Judged:
        whole = self._mapped.get(_key(text, self._value.map_case))
        if whole is not None:
            return whole
        judged = [self._one(part) for part in pieces_of(text, self._value.split)]
        found: list[Any] = []
        for each in judged:
            parts = each.value if isinstance(each.value, list) else [each.value]
            found += [part for part in parts if part is not None and part not in found]
        faults = tuple(fault for each in judged for fault in each.faults)
        return Judged(found or None, faults)

    def _one(self, text: str) -> Judged:
        key = _key(text, self._value.map_case)
        if key in self._mapped:
            return self._mapped[key]
        try:
            return Judged(self._convert(text))
        except Unusable as fault:
            severity = _severity(self._value)
            if severity is None:
                return Judged(None)
            return Judged(self._use, ((fault, text, severity),))


def _severity(value: Value) -> Severity | None:
    """What becomes of a row with a value that cannot be used; None: it is not even reported."""
    return {
        "leave": Severity.LEFT_OUT,
        "use": Severity.NOTED,
        "ignore": None,
    }.get(value.unmapped or "refuse", Severity.REFUSED)


def _tell(reading: RowReading, judged: Judged, column: str) -> None:
    for fault, text, severity in judged.faults:
        reading.report(
            fault.code, fault.reason, fault.remedy, column=column, value=text, severity=severity
        )


def _key(text: str, exact: bool) -> str:
    return text if exact else " ".join(text.casefold().split())


def pieces_of(text: str, signs: tuple[str, ...]) -> list[str]:
    """The parts of a text between any of these signs, without empty ones."""
    pieces = [text]
    for sign in signs:
        pieces = [part for piece in pieces for part in piece.split(sign)]
    return [piece.strip() for piece in pieces if piece.strip()]


def _parts(value: Value) -> Rule:
    """A date whose year, month and day stand in columns of their own."""
    year, month, day = value.sources

    def read(reading: RowReading) -> UncertainDate | None:
        cells = reading.cells
        text = canonical_text(cells.get(year, ""))
        if not text:
            return None
        for column in (month, day):
            if column not in cells:
                break
            text += f"-{canonical_text(cells[column]):0>2}"
        try:
            return read_date(_named_month(text), value.dates)
        except (Unusable, UncertainDateError) as fault:
            severity = _severity(value)
            if severity is not None:
                remedy = _("Check the columns of the year, the month and the day.")
                columns = ", ".join(filter(None, value.sources))
                reading.report(
                    "date-not-read",
                    str(fault),
                    remedy,
                    column=columns,
                    value=text,
                    severity=severity,
                )
            return None

    return read


def _named_month(text: str) -> str:
    """A month in words put where dates in words have it."""
    year, *rest = text.split("-")
    if rest and not rest[0].isdecimal():
        return " ".join((*reversed(rest), year))
    return text
