"""``make bench``: measure, print, and write ``var/bench.json``."""

import argparse
from collections.abc import Callable

from bench import scratch
from bench.figures import Figures
from config.embedded.places import PROJECT

Part = Callable[[Figures, list[int]], None]


def main() -> None:
    """Measure the parts asked for; all of them unless some are named."""
    scratch.choose()
    chosen = _arguments()
    figures = Figures()
    with scratch.prepared_server():
        for name, part in _parts().items():
            if name in chosen.only:
                part(figures, chosen.rows)
        figures.write(PROJECT / "var" / "bench.json")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--only",
        type=lambda text: text.split(","),
        default=list(_parts()),
        help=f"parts to measure, with commas between: {', '.join(_parts())}",
    )
    parser.add_argument(
        "--rows",
        type=lambda text: [int(part) for part in text.split(",")],
        default=[10_000, 100_000],
        help="rows of the generated lists, with commas between (10000,100000)",
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.only) - set(_parts()):
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    return chosen


def _parts() -> dict[str, Part]:
    # Imported here: these need the settings that the scratch database has chosen.
    from bench import lists_in, names

    return {"names": names.run, "lists": lists_in.run}


if __name__ == "__main__":
    main()
