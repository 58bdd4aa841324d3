"""Load the boundaries of areas from GeoJSON: `load_boundaries FILE`; `--remove` takes all away."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reference.boundary_files import BoundaryFileError
from reference.boundary_loading import (
    TOLERANCE,
    BoundaryReport,
    Credit,
    load_boundaries,
    remove_boundaries,
)
from reference.dates import UncertainDate, UncertainDateError
from reference.models import Area

LISTED = 20
"""Features, or areas, that are named one by one."""


class Command(BaseCommand):
    """Give areas a boundary to be drawn, or take it away again."""

    help = (
        "Load boundaries of areas from a GeoJSON file in degrees (WGS 84), simplified, with the "
        "name of who drew them. What the file has replaces what was there; other areas keep theirs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, whom to credit, and how to match."""
        parser.add_argument("file", nargs="?", type=Path, help="a FeatureCollection of areas")
        parser.add_argument("--remove", action="store_true", help="remove all boundaries instead")
        parser.add_argument("--attribution", default="", help="who drew them; shown by every map")
        parser.add_argument("--licence", default="", help="under which they may be shown")
        parser.add_argument("--date", default="", help="of the data set, as exact as it is known")
        parser.add_argument(
            "--code-property", default="", help="the property that holds our code, as adm2_pcode"
        )
        parser.add_argument(
            "--name-property", default="", help="or the one that holds a name, as adm2_name"
        )
        parser.add_argument(
            "--level",
            choices=Area.Level.values,
            default=Area.Level.DISTRICT.value,
            help="of areas that are matched by name",
        )
        parser.add_argument(
            "--tolerance",
            type=_tolerance,
            default=TOLERANCE,
            help=(
                "side, in degrees, of the square as large as a corner that may be cut off; "
                f"{TOLERANCE} unless given"
            ),
        )

    def handle(
        self, *args: Any, file: Path | None = None, remove: bool = False, **options: Any
    ) -> None:
        """Load or remove, and say what became of every feature."""
        if remove == bool(file):
            raise CommandError("Name a file to load, or --remove, and not both.")
        if file is None:
            self.stdout.write(f"{remove_boundaries()} boundaries removed.")
            return
        dated = _date(options["date"])
        credit = Credit(options["attribution"].strip(), options["licence"].strip(), dated)
        if not credit.attribution or not credit.licence:
            raise CommandError(
                "Nothing was loaded: --attribution and --licence say who drew the boundaries and "
                "that they may be shown."
            )
        matching = ("code_property", "name_property", "level", "tolerance")
        try:
            report = load_boundaries(file, credit, **{name: options[name] for name in matching})
        except BoundaryFileError as error:
            raise CommandError(f"Nothing was loaded: {error}") from error
        except OSError as error:
            raise CommandError(f"Nothing was loaded: {error}") from error
        for line in _lines(report):
            self.stdout.write(line)


def _lines(report: BoundaryReport) -> Iterator[str]:
    yield from _features("left out", report.faults)
    yield from _features("no such area", report.unmatched)
    yield from _codes("Too small to be drawn", report.too_small)
    yield from _codes("Districts that stay without a boundary", report.without)
    if not report.fit_together:
        yield (
            "The shapes overlap or do not share their corners, so that neighbours may drift apart "
            "where they were simplified. To mend the file: mapshaper -clean"
        )
    yield (
        f"{len(report.loaded)} boundaries loaded by {report.property_name}, "
        f"{report.characters // 1000} KB in all; {len(report.faults)} left out, "
        f"{len(report.unmatched)} without an area."
    )


def _features(what: str, found: Mapping[int, str]) -> Iterator[str]:
    for number, why in sorted(found.items())[:LISTED]:
        yield f"Feature {number}, {what}: {why}"
    if len(found) > LISTED:
        yield f"... and {len(found) - LISTED} more, {what}"


def _codes(what: str, codes: list[str]) -> Iterator[str]:
    if codes:
        more = f" and {len(codes) - LISTED} more" if len(codes) > LISTED else ""
        yield f"{what}: {', '.join(codes[:LISTED])}{more}."


def _date(text: str) -> UncertainDate:
    try:
        return UncertainDate.parse(text)
    except UncertainDateError as error:
        raise CommandError(
            f"Nothing was loaded: --date {text}: one such as 2022-11-23, 2022-11 or 2022 is wanted."
        ) from error


def _tolerance(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0.0005 <= value <= 1:
        raise ArgumentTypeError("a number of degrees from 0.0005 to 1 is wanted")
    return value
