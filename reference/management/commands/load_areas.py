"""Load areas from tables: `load_areas` for the shipped ones, `load_areas FILE` for others."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reference.area_files import AreaFileError
from reference.area_loading import load_areas
from reference.models.area import Area, AreaName


class Command(BaseCommand):
    """Add and correct areas; never delete one."""

    help = (
        "Load areas from a CSV file or a folder of them; without one, from fixtures/areas. "
        "May be repeated: what is already there stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the optional path."""
        parser.add_argument("file", nargs="?", type=Path, help="CSV file or folder of CSV files")

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        """Load, and say how many areas were created, updated and left as they were."""
        try:
            report = load_areas(file)
        except AreaFileError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        except OSError as error:
            raise CommandError(f"Nothing was loaded: {error}") from error
        _refresh_statistics()
        if report.ignored_columns:
            self.stdout.write(f"Columns not used: {', '.join(report.ignored_columns)}")
        self.stdout.write(
            f"{len(report.created)} areas created, {len(report.updated)} updated, "
            f"{len(report.unchanged)} unchanged."
        )
        if report.moved:
            self.stdout.write(
                f"Areas that belong to others than before: {report.moved}. Run manage.py "
                "rebuild_keys, so that what happened in them is found there."
            )


def _refresh_statistics() -> None:
    """Let the planner see the new rows; without it the trigram index may stay unused."""
    if connection.in_atomic_block:  # VACUUM refuses to run inside a transaction
        return
    tables = ", ".join(
        connection.ops.quote_name(model._meta.db_table) for model in (Area, AreaName)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {tables}")
