"""What is measured on a world, and the aims of each figure."""

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.db import connection

from bench.figures import Figures
from bench.race import datasette, servers, statements
from bench.race.clients import over_http, over_psycopg2
from bench.race.idle import __file__ as idle_program
from bench.race.questions import PROVINCE, TYPE, Question, Values, most_violations, questions
from bench.race.rounds import Competitor, Result, note, race
from bench.race.servers import Server
from config.database import ROLES

BACKENDS: Final = 2
"""Connections of raw SQL at once: as many as the API has workers."""

RAW, OWN, API, PLAIN, TUNED = "raw SQL", "own SQL", "API", "plain DRF", "tuned DRF"
TABLE, BY_HAND = "Datasette tables", "Datasette SQL"


class Disagreement(Exception):
    """Two competitors give different answers: neither figure would mean anything."""


@dataclass(frozen=True, slots=True)
class World:
    """The competitors, running."""

    api: Server
    idle: Server
    plain: Server | None
    datasette: Server | None
    dsn: dict[str, Any]

    @classmethod
    def entered(cls, held: ExitStack, place: Path, *, whole: bool) -> Self:
        """Start them; ``whole`` for all, otherwise only ours."""
        settings = connection.settings_dict
        port = servers.free_port()
        command = [sys.executable, idle_program, str(port)]
        lite = None
        if whole:
            if (program := datasette.program()) is None:
                sys.stdout.write("Datasette is left out: it could not be installed.\n")
            else:
                datasette.fill(place / "world.db")
                lite = held.enter_context(datasette.serving(program, place / "world.db"))
        return cls(
            api=held.enter_context(servers.ours()),
            idle=held.enter_context(servers.running(command, port, "/", {})),
            plain=held.enter_context(servers.plain()) if whole else None,
            datasette=lite,
            dsn={"host": settings["HOST"], "user": ROLES["reader"], "dbname": settings["NAME"]},
        )


class Run:
    """One run over a world."""

    def __init__(self, figures: Figures, world: World, seconds: float) -> None:
        self.figures = figures
        self.world = world
        self.seconds = seconds
        self.results: dict[str, Mapping[str, Result]] = {}

    # --- lists --------------------------------------------------------------------------------

    def lists(self) -> None:
        """Every list question to everybody there is, and the aims that rest on it."""
        for question in questions(most_violations()):
            competitors = self._competitors(question)
            found = race(competitors, self.seconds)
            note(self.figures, question.name, found)
            self.results[question.name] = found
            self._judge_list(question.name, found)

    def _competitors(self, question: Question) -> list[Competitor]:
        found = [
            Competitor(
                RAW,
                over_psycopg2(
                    self.world.dsn,
                    [statements.by_hand(question.resource, each) for each in question.variants],
                ),
                BACKENDS,
            ),
            Competitor(
                OWN,
                over_psycopg2(
                    self.world.dsn,
                    [
                        statements.by_the_record(_address(question.resource, each))
                        for each in question.variants
                    ],
                ),
                BACKENDS,
            ),
        ]
        for name, server, path in self._http(question.resource):
            paths = [path(each) for each in question.variants]
            if all(paths):
                self._compare(question, name, server, paths)
                found.append(Competitor(name, over_http(server.port, paths)))
        return found

    def _http(self, resource: str) -> list[tuple[str, Server, Callable[[Values], str]]]:
        world = self.world
        found: list[tuple[str, Server, Callable[[Values], str]]] = [
            (API, world.api, lambda values: _address(resource, values))
        ]
        if world.plain is not None:
            found += [
                (PLAIN, world.plain, lambda values: f"/{resource}/?{urlencode(values)}"),
                (TUNED, world.plain, lambda values: f"/tuned/{resource}/?{urlencode(values)}"),
            ]
        if world.datasette is not None:
            found += [
                (TABLE, world.datasette, lambda values: datasette.table_path(resource, values)),
                (BY_HAND, world.datasette, lambda values: datasette.sql_path(resource, values)),
            ]
        return found

    def _compare(self, question: Question, name: str, server: Server, paths: list[str]) -> None:
        """Refuse to measure a competitor that counts something else than raw SQL does."""
        for values, path in zip(question.variants, paths, strict=True):
            expected = statements.counted(statements.by_hand(question.resource, values))
            found = count_in(json.loads(server.get(path)))
            if found != expected:
                raise Disagreement(f"{question.name}, {name}: {found}, not {expected} ({values})")

    def _judge_list(self, name: str, found: Mapping[str, Result]) -> None:
        api = found[API]
        if name.startswith("Q1"):
            # The limit is the faster: at a million the plan of what one writes by hand may flip.
            limit = min((RAW, OWN), key=lambda sql: found[sql].p50)
            self._against(name, "p50 at 1 client", api.p50, found[limit].p50, limit, at_most=2)
            self._against(name, "rate", api.rate, found[limit].rate, limit, at_least=0.6)
            aims = {TUNED: 20.0, BY_HAND: 2.5, TABLE: 5.0}
        elif name.startswith("Q2"):
            self._against(name, "rate", api.rate, found[RAW].rate, RAW, at_least=3.5)
            aims = {TUNED: 60.0, BY_HAND: 5.0, TABLE: 5.0}
        else:
            self._against(name, "p50 at 1 client", api.p50, found[OWN].p50, OWN, at_most=1.3)
            least = {"common": 1.2, "mid": 2.0, "rare": 3.0}[name.split()[1]]
            aims = {BY_HAND: least}
        for other, aim in aims.items():
            if other in found:
                self._against(name, "rate", api.rate, found[other].rate, other, at_least=aim)

    def _against(
        self,
        question: str,
        what: str,
        value: float,
        base: float,
        to: str,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        self.figures.judge(
            f"{question}: {what}, API",
            value,
            base,
            "ms" if what.startswith("p50") else "a second",
            to=to,
            at_most=at_most,
            at_least=at_least,
        )

    # --- the rest -----------------------------------------------------------------------------

    def everything_else(self) -> None:
        """Floors, far pages, files, single objects, pages for people, publishing."""
        self._floors()
        self._far_pages()
        self._export()
        self._details()
        self._pages()
        self._publishing()

    def _race(self, name: str, competitors: list[Competitor]) -> Mapping[str, Result]:
        found = race(competitors, self.seconds)
        note(self.figures, name, found)
        self.results[name] = found
        return found

    def _get(self, name: str, server: Server, *paths: str) -> Competitor:
        return Competitor(name, over_http(server.port, paths))

    def _floors(self) -> None:
        competitors = [
            self._get("readers alone", self.world.idle, "/"),
            self._get("Django view", self.world.api, "/healthz"),
            self._get(API, self.world.api, "/api/v1/limits/"),
        ]
        if self.world.datasette is not None:
            competitors.append(self._get("Datasette", self.world.datasette, "/-/versions.json"))
        self._race("empty answer", competitors)

    def statistics(self) -> None:
        """Counts in buckets by one dimension and by two."""
        one: tuple[str, Values, list[str]] = ("by year", {"type": TYPE}, ["year"])
        cube: tuple[str, Values, list[str]] = (
            "by district and month",
            {"type": TYPE, "province": PROVINCE},
            ["district", "month"],
        )
        for title, values, group_by in (one, cube):
            name = f"Q4 statistics {title}"
            path = f"/api/v1/statistics/?{urlencode({**values, 'group_by': ','.join(group_by)})}"
            self._compare_statistics(values, path)
            own = statements.by_the_record(path)
            competitors = [
                Competitor(OWN, over_psycopg2(self.world.dsn, [own]), BACKENDS),
                self._get(API, self.world.api, path),
            ]
            if self.world.plain is not None and len(group_by) == 2:
                plain = f"/statistics/?{urlencode(values)}"
                competitors.append(self._get(PLAIN, self.world.plain, plain))
            found = self._race(name, competitors)
            self._against(name, "p50 at 1 client", found[API].p50, found[OWN].p50, OWN, at_most=2)

    def _compare_statistics(self, values: Values, path: str) -> None:
        expected = statements.counted(statements.by_hand("violations", values))
        found = json.loads(self.world.api.get(path))
        total = sum(bucket["count"] for bucket in found["buckets"])
        if not found["count"] == total == expected:
            raise Disagreement(f"{path}: {found['count']} and {total}, not {expected}")

    def _far_pages(self) -> None:
        values: Values = {"type": TYPE}
        asked = statements.question("violations", values, cursors=True)
        number = min(1000, asked.count() // 50 - 1)
        cursor = statements.cursor_behind(asked, number * 50)
        address = "/api/v1/violations/"
        name = "Q5 a thousandth page"
        competitors = [
            self._get("first page", self.world.api, f"{address}?{urlencode(values)}&cursor=first"),
            self._get("by cursor", self.world.api, f"{address}?{cursor}"),
            self._get(
                "by number, the last allowed",
                self.world.api,
                f"{address}?{urlencode(values)}&page={min(number, 200)}",
            ),
        ]
        if self.world.plain is not None:
            far = f"/tuned/violations/?{urlencode(values)}&page={number}"
            competitors.append(self._get(TUNED, self.world.plain, far))
        found = self._race(name, competitors)
        self._against(
            name, "p50 by cursor", found["by cursor"].p50, found["first page"].p50, "first page",
            at_most=1.1,
        )  # fmt: skip

    def _export(self) -> None:
        path = "/api/v1/violations/?format=csv-plain"
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM record_violationrow")
            rows = int(cursor.fetchone()[0])
        before = self.world.api.memory()
        lines = self.world.api.get(path).count(b"\r\n") - 1
        if lines != rows:
            raise Disagreement(f"{path}: {lines} rows, not {rows}")
        copy = Competitor("COPY", statements.copying(self.world.dsn), 1)
        found = race(
            [copy, Competitor(API, over_http(self.world.api.port, [path]), 1)], 0, many=False
        )
        for name, result in found.items():
            speed = rows / (result.p50 / 1000)
            self.figures.add(f"Q6 whole CSV, {name}", speed, "rows a second")
        speeds = {name: rows / (result.p50 / 1000) for name, result in found.items()}
        self.figures.judge(
            "Q6 whole CSV: rows a second, API", speeds[API], speeds["COPY"], "rows a second",
            to="COPY", at_least=0.9,
        )  # fmt: skip
        grown = self.world.api.memory() - before
        self.figures.add("Q6 memory of the largest worker grew by", grown, "MB")

    def _details(self) -> None:
        references = statements.some_references(16)
        found = self._race(
            "one incident",
            [
                self._get(API, self.world.api, *(f"/api/v1/incidents/{r}/" for r in references)),
                self._get("page", self.world.api, *(f"/incidents/{r}/" for r in references)),
            ],
        )
        self.figures.judge(
            "incident page: p50 at 1 client", found["page"].p50, 10, "ms", to="10 ms", at_most=1,
        )  # fmt: skip

    def _pages(self) -> None:
        (narrow, *_rest) = questions(most_violations())
        queries = [urlencode(each) for each in narrow.variants]
        for title, api, page in (
            ("search page", "/api/v1/violations/?{}", "/violations/?{}"),
            ("search page of incidents", "/api/v1/incidents/?{}", "/incidents/?{}"),
        ):
            found = self._race(
                title,
                [
                    self._get(API, self.world.api, *(api.format(each) for each in queries)),
                    self._get("page", self.world.api, *(page.format(each) for each in queries)),
                ],
            )
            self._against(
                title, "p50 of the page", found["page"].p50, found[API].p50, API, at_most=2
            )

    def _publishing(self) -> None:
        from bench.race.publishing import publish_one, write_one

        aims = {"database p50": 3, "p95": 10}
        for name, value in write_one(40).items():
            what = f"write one incident: {name}"
            if name in aims:
                aim = aims[name]
                self.figures.judge(what, value, aim, "ms", to=f"{aim} ms", at_most=1)
            else:
                self.figures.add(what, value, "ms")
        for name, value in publish_one(20).items():
            self.figures.add(f"publish one case: {name}", value, "ms")


def _address(resource: str, values: Values) -> str:
    return f"/api/v1/{resource}/?{urlencode(values)}"


def count_in(answer: Any) -> int:
    """The count that an answer gives, in whatever form the competitor gives it."""
    if "count" in answer:
        return int(answer["count"])
    if "filtered_table_rows_count" in answer:
        return int(answer["filtered_table_rows_count"])
    rows = answer["rows"]
    return int(rows[0]["n"]) if rows else 0
