"""``python -m bench.world --incidents 20000``: make a generated record, or find it made already.

Prints the folder of its server last. With ``GAWAH_STATE`` naming that folder every command of
Gawah, ``make run`` too, works on it.
"""

import argparse
import json
import shutil
import sys

from bench.world import home

SEED = 1


def main() -> None:
    """Make the world asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.world", description=__doc__)
    parser.add_argument("--incidents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    place = home.home_of(chosen.incidents, chosen.seed)
    if not (place / home.FINISHED).exists():
        home.remove_others(place)
        shutil.rmtree(place, ignore_errors=True)
        home.live_in(place)
        with home.server(place):
            home.prepare()
            from bench.world.loading import load

            loading = load(chosen.incidents, chosen.seed)
        (place / home.FINISHED).write_text(json.dumps(loading.seconds), "utf-8")
    sys.stdout.write(f"{place}\n")


if __name__ == "__main__":
    main()
