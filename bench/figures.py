"""Figures of a run: printed as they come, written whole to ``var/bench.json``."""

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.db import connection


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


class Figures:
    """The figures of one run, in the order in which they were measured."""

    def __init__(self) -> None:
        self.all: list[Figure] = []

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
            sizes=sizes,
        )
        self.all.append(figure)
        sys.stdout.write(_line(figure) + "\n")
        sys.stdout.flush()
        return figure

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
    return text.rstrip()


def _versions() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": server,
    }
