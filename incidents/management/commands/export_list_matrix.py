"""``manage.py export_list_matrix``: who is on which list, for multiple systems estimation."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from incidents.importing.list_matrix import (
    EmptyList,
    UnknownList,
    columns,
    lists_named,
    rows,
)
from incidents.importing.list_matrix_about import about, about_path
from incidents.models import SourceList
from record.files import harmless


class Command(BaseCommand):
    """Write the matrix of people and lists as CSV."""

    help = (
        "Write one row for each victim and one column for each list: 1 if the list documents the "
        "person, 0 if not, NA if it could not have, as it covers another time, place or kind of "
        "violation; then strata. People who were merged are one row. No name is written, but "
        "restricted cases are included: keep the file as safe as the case file itself. Beside it "
        "stands another file, in JSON, with the caveat, who collected each list, and what each "
        "list covers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--output", type=Path, help="file to write; default: standard output")
        parser.add_argument("--lists", default="", help="short names, separated by commas")
        parser.add_argument("--format", choices=("csv",), default="csv", help="default: csv")

    def handle(self, *args: Any, output: Path | None, lists: str, **options: Any) -> None:
        """Write the matrix. Raises CommandError for unknown lists and unwritable files."""
        codes = [code.strip() for code in lists.split(",") if code.strip()]
        try:
            chosen = lists_named(codes)
        except UnknownList as error:
            known = ", ".join(each.code for each in lists_named()) or "none"
            raise CommandError(f"No such list: {error}. The lists are: {known}.") from error
        except EmptyList as error:
            raise CommandError(
                f"Nothing is in the case file of: {error}. Bring the list in first."
            ) from error
        if not chosen:
            raise CommandError("No list was brought in yet. Bring one in with import_cases.")
        try:
            with self._opened(output) as file:
                written = _write(file, chosen)
            if output:
                # Behind the rows: where it stands, the matrix is whole.
                with self._opened(about_path(output)) as beside:
                    beside.write(about(chosen, people=written))
        except OSError as error:
            raise CommandError(f"The matrix cannot be written: {error.strerror}.") from error
        if output:
            self.stdout.write(f"{written} people and {len(chosen)} lists written to {output}.")

    @contextmanager
    def _opened(self, output: Path | None) -> Iterator[IO[str]]:
        """The file to write, or the standard output.

        A file is readable by its owner alone, and there only once it is whole.
        """
        if output is None:
            self.stdout.ending = ""
            yield self.stdout  # type: ignore[misc]
            return
        with NamedTemporaryFile(
            "w", dir=output.parent, newline="", encoding="utf-8", delete=False
        ) as file:
            part = Path(file.name)
            try:
                yield file
            except BaseException:
                part.unlink()
                raise
        part.replace(output)


def _write(file: IO[str], lists: list[SourceList]) -> int:
    writer = csv.writer(file)
    writer.writerow(map(harmless, columns(lists)))
    written = 0
    for row in rows(lists):
        writer.writerow(map(harmless, row))
        written += 1
    return written
