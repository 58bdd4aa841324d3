"""``python -m bench.race``: everything that is measured on a generated record.

Runs in a process of its own, whose settings name the server of that record.
"""

import argparse
import json
import shutil
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench.figures import Figures
from bench.world import home

SEED: Final = 1
_SMALL: Final = 50_000
"""Below so many incidents everything is asked for a shorter time."""


def main() -> None:
    """Measure the worlds asked for and write the figures to a file."""
    parser = argparse.ArgumentParser(prog="python -m bench.race", description=__doc__)
    parser.add_argument("--incidents", type=int, required=True)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--world", type=Path, help="a folder that python -m bench.world printed")
    parser.add_argument("--only-ours", action="store_true", help="only what growth is read from")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    figures = Figures(incidents=chosen.incidents)
    place = (chosen.world or home.home_of(chosen.incidents, chosen.seed)).resolve()
    home.live_in(place)
    if not (place / home.FINISHED).exists():
        home.remove_others(place)
        shutil.rmtree(place, ignore_errors=True)
    with home.server(place):
        loaded = _loaded(place, chosen.incidents, chosen.seed)
        _note_loading(figures, loaded, chosen.incidents)
        _measure(figures, place, chosen)
    chosen.out.write_text(json.dumps([asdict(figure) for figure in figures.all]), "utf-8")


def _loaded(place: Path, incidents: int, seed: int) -> Mapping[str, float]:
    finished = place / home.FINISHED
    if finished.exists():
        home.collect_static_files()
    else:
        home.prepare()
        from bench.world.loading import load

        finished.write_text(json.dumps(load(incidents, seed).seconds), "utf-8")
    found: dict[str, float] = json.loads(finished.read_text("utf-8"))
    return found


def _note_loading(figures: Figures, loaded: Mapping[str, float], incidents: int) -> None:
    for phase, seconds in loaded.items():
        figures.add(f"loading, {phase}", seconds, "s")
    figures.judge(
        "loading, whole",
        sum(loaded.values()),
        300 * incidents / 1_000_000,
        "s",
        to="5 minutes a million",
        at_most=1,
    )


def _measure(figures: Figures, place: Path, chosen: argparse.Namespace) -> None:
    from bench.race import measuring

    begun = time.perf_counter()
    with ExitStack() as held:
        world = measuring.World.entered(held, place, whole=not chosen.only_ours)
        seconds = 0.1 if chosen.incidents < _SMALL else 1.5
        run = measuring.Run(figures, world, seconds)
        run.lists()
        run.statistics()
        if not chosen.only_ours:
            run.everything_else()
    figures.add("measuring", time.perf_counter() - begun, "s")


if __name__ == "__main__":
    main()
