"""``make bench``: measure, print, and write ``var/bench.json``.

Without --only the part "record" runs: a generated record of so many --incidents, on which our API
and pages are measured beside raw SQL, a plain API and Datasette. A million take about an
hour the first time, half of it for making the record, which is kept in var/bench; 20,000 take some
minutes and tell the program apart from its limits, though not how it grows. The parts "names",
"lists" and "staff" measure searching across scripts, bringing lists in, and the pages of the staff.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench import scratch
from bench.figures import Figure, Figures
from config.embedded.places import PROJECT

INCIDENTS = 1_000_000
_GROWTH = 10
"""A record of a tenth of the size is measured too, to see how answers grow."""

_SMALL = 50_000
"""Below so many incidents nobody asks how answers grow."""

_AIMS_OF_GROWTH = {"Q1": 3.0, "Q2": 1.5, "Q3": 4.0, "Q4": 3.0}
"""From a hundred thousand incidents to a million, by the first word of a question."""

Part = Callable[[Figures, list[int]], None]


def main() -> None:
    """Measure the parts asked for."""
    chosen = _arguments()
    figures = Figures()
    scratch.choose()
    if wanted := [part for name, part in _parts().items() if name in chosen.only]:
        with scratch.prepared_server():
            for part in wanted:
                part(figures, chosen.rows)
    if "record" in chosen.only:
        _record(figures, chosen.incidents, chosen.seed)
    figures.write(PROJECT / "var" / "bench.json")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    known = ["record", *_parts()]
    parser.add_argument(
        "--only",
        type=lambda text: text.split(","),
        default=["record"],
        help=f"parts to measure, with commas between: {', '.join(known)} (record)",
    )
    parser.add_argument(
        "--incidents",
        type=int,
        default=INCIDENTS,
        help=f"incidents of the generated record, a multiple of 100 ({INCIDENTS})",
    )
    parser.add_argument("--seed", type=int, default=1, help="of the generated record (1)")
    parser.add_argument(
        "--rows",
        type=lambda text: [int(part) for part in text.split(",")],
        default=[10_000, 100_000],
        help="rows of the generated lists, or cases of the generated case file (10000,100000)",
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.only) - set(known):
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    if chosen.incidents < 200 or chosen.incidents % 100:
        parser.error("--incidents must be a multiple of 100, and 200 at least.")
    return chosen


def _parts() -> dict[str, Part]:
    """The parts that use the scratch server, imported when its settings have been chosen."""

    def names(figures: Figures, rows: list[int]) -> None:
        from bench import names

        names.run(figures, rows)

    def lists(figures: Figures, rows: list[int]) -> None:
        from bench import lists_in

        lists_in.run(figures, rows)

    def staff(figures: Figures, rows: list[int]) -> None:
        from bench.office import measuring

        measuring.run(figures, rows)

    return {"names": names, "lists": lists, "staff": staff}


def _record(figures: Figures, incidents: int, seed: int) -> None:
    """Measure the generated record, and a smaller one where that tells how answers grow."""
    whole = _raced(incidents, seed)
    for figure in whole:
        figures.all.append(figure)
    if incidents < _SMALL:
        return
    smaller = {figure.name: figure for figure in _raced(incidents // _GROWTH, seed, "--only-ours")}
    for figure in whole:
        before = smaller.get(figure.name)
        if before is not None and figure.name.endswith("API, 1 client: p50"):
            aim = _AIMS_OF_GROWTH.get(figure.name.split()[0])
            figures.judge(
                f"growth, {figure.name}",
                figure.value,
                before.value,
                "ms",
                to=f"{incidents // _GROWTH:,} incidents",
                at_most=aim,
            )


def _raced(incidents: int, seed: int, *options: str) -> list[Figure]:
    """The figures of one record, measured by a process whose settings name its server."""
    out = PROJECT / "var" / "bench" / f"figures-{incidents}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    size = ["--incidents", str(incidents), "--seed", str(seed)]
    command = [sys.executable, "-m", "bench.race", *size, "--out", str(out), *options]
    if subprocess.run(command, cwd=PROJECT, check=False).returncode:  # noqa: S603 - our own
        raise SystemExit("The measurement did not end well; its message stands above.")
    return _read(out)


def _read(path: Path) -> list[Figure]:
    return [Figure(**each) for each in json.loads(path.read_text("utf-8"))]


if __name__ == "__main__":
    main()
