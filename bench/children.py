"""Measuring in a process of its own, so that its peak memory is that of the work alone."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from config.embedded.places import PROJECT

Result = dict[str, Any]


class MeasurementFailed(Exception):
    """A child ended with an error; what it wrote stands above."""


def measure(work: str, **arguments: Any) -> Result:
    """Run ``module:function`` in a fresh process; return what it returns, with its cost.

    Adds ``seconds``, ``cpu_seconds`` and ``peak_mb`` of that process unless it says otherwise.
    """
    done = subprocess.run(  # noqa: S603 - our own module, started by ourselves
        [sys.executable, "-m", "bench.children", work, json.dumps(arguments)],
        cwd=PROJECT,
        env=os.environ,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise MeasurementFailed(f"{work} ended with {done.returncode}")
    result: Result = json.loads(done.stdout.splitlines()[-1])
    return result


@contextmanager
def stopwatch() -> Iterator[Callable[[], Result]]:
    """Wall clock and processor time of a block, and the peak memory of the process so far."""
    wall, cpu = time.perf_counter(), time.process_time()

    def read() -> Result:
        return {
            "seconds": time.perf_counter() - wall,
            "cpu_seconds": time.process_time() - cpu,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }

    yield read


def main() -> None:
    """Do what the parent asked for and print the result as the last line."""
    work, arguments = sys.argv[1], json.loads(sys.argv[2])
    import django

    django.setup()
    module, function = work.split(":")
    result = getattr(import_module(module), function)(**arguments)
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
