"""What a run did, in figures, and everything that was wrong, as a table for a spreadsheet."""

import csv
import json
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from itertools import islice
from typing import IO, Any, Final, Self

from django.utils.translation import gettext as _

from incidents.importing.problems import Problem
from incidents.models import ImportBatch, ImportProblem, Severity
from record.files import harmless

_IN_MEMORY: Final = 1 << 20
_AT_ONCE: Final = 1_000


@dataclass(slots=True, kw_only=True)
class Figures:
    """Counts of a run. What is not counted is 0, never left out."""

    rows: int = 0
    rows_new: int = 0
    rows_changed: int = 0
    rows_unchanged: int = 0
    rows_refused: int = 0
    rows_gone: int = 0
    """Rows that an earlier file of the list had and this one has not. They stay."""
    cases: int = 0
    cases_new: int = 0
    cases_changed: int = 0
    cases_refused: int = 0
    people: int = 0
    violations: int = 0
    problems: int = 0
    changes: int = 0
    changes_kept_back: int = 0
    """Values that the file changed but that somebody had worked on: theirs stands."""
    refused: bool = False
    """Whether nothing was brought in because of a fault."""

    def to_json(self) -> dict[str, int]:
        """Return the counts by name, for ``ImportBatch.figures``."""
        return asdict(self)

    @classmethod
    def from_json(cls, figures: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote; names that are not known are passed over."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in figures.items() if name in names})

    def lines(self) -> list[tuple[str, int]]:
        """Name of each count → count, in words, without those that are 0; rows always."""
        names = {
            "rows": _("Rows of the file"),
            "rows_new": _("New rows"),
            "rows_changed": _("Corrected rows"),
            "rows_unchanged": _("Rows that are as they were"),
            "rows_refused": _("Rows of refused cases"),
            "rows_gone": _("Rows that the file no longer has"),
            "cases_new": _("New cases"),
            "cases_changed": _("Corrected cases"),
            "cases_refused": _("Refused cases"),
            "people": _("People"),
            "violations": _("Violations"),
            "problems": _("Problems"),
            "changes": _("Changed values"),
            "changes_kept_back": _("Changes not made, as somebody had worked there"),
        }
        counts = self.to_json()
        return [
            (str(words), counts[name])
            for name, words in names.items()
            if counts[name] or name == "rows"
        ]


class ProblemLog:
    """Every problem of a run. Held on disk beyond a megabyte: a whole file can be wrong."""

    def __init__(self) -> None:
        self._file: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - lives with the log
            _IN_MEMORY, "w+", encoding="utf-8", newline="\n"
        )
        weakref.finalize(self, self._file.close)
        self.count = 0

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep these problems too."""
        self._file.seek(0, 2)
        for problem in problems:
            self._file.write(json.dumps(asdict(problem)) + "\n")
            self.count += 1

    def __iter__(self) -> Iterator[Problem]:
        """The problems in the order in which they were found."""
        self._file.seek(0)
        for line in self._file:
            values = json.loads(line)
            yield Problem(**{**values, "severity": Severity(values["severity"])})

    def keep(self, batch: ImportBatch) -> None:
        """Put the problems with their batch, in place of those of an earlier run."""
        batch.problems.all().delete()
        kept = (_kept(batch, problem) for problem in self)
        while some := list(islice(kept, _AT_ONCE)):
            ImportProblem.objects.bulk_create(some)


def consequence(severity: str, *, happened: bool = True) -> str:
    """What became of the row, or of a run of which nothing stayed: what would have."""
    if happened:
        return str(Severity(severity).label)
    return {
        Severity.REFUSED: _("the case would not be brought in"),
        Severity.LEFT_OUT: _("it would be brought in without this value"),
        Severity.NOTED: _("it would be brought in as it stands"),
    }[Severity(severity)]


def write_report(
    problems: Iterable[Problem | ImportProblem], stream: IO[str], *, happened: bool = True
) -> None:
    """Write the problems as CSV for a spreadsheet. ``stream`` takes text, with newline="".

    ``happened``: whether the run stayed. One that was refused or tried out only speaks of what
    would have been.

    It begins with a byte order mark, without which Excel takes Urdu for something else, and no
    cell can be taken for a formula.
    """
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(
        [
            _("Row"),
            _("Key"),
            _("Column"),
            _("Value"),
            _("What is wrong"),
            _("How to mend it"),
            _("Consequence"),
        ]
    )
    for problem in problems:
        row = (
            "" if problem.row is None else str(problem.row),
            problem.key,
            problem.column,
            problem.value,
            problem.reason,
            problem.remedy,
            consequence(problem.severity, happened=happened),
        )
        writer.writerow([harmless(cell) for cell in row])


def _kept(batch: ImportBatch, problem: Problem) -> ImportProblem:
    return ImportProblem(
        batch=batch,
        row=problem.row,
        key=problem.key[:300],
        column=problem.column,
        value=problem.value,
        code=problem.code,
        reason=problem.reason,
        remedy=problem.remedy,
        severity=problem.severity,
    )
