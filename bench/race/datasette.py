"""Datasette over the same cases in SQLite, with indexes and full text, in its own environment.

Asked twice: through its table API, which gives flat rows, and with SQL written by hand over stored
documents, which is the best that can be had from it.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from bench.race.questions import TOP, Values
from bench.race.servers import Server, free_port, running
from bench.world.home import HOMES
from bench.world.indexes import connect
from config.embedded.places import PROJECT
from reference.models import Area, Term

REQUIREMENTS: Final = PROJECT / "bench" / "requirements-datasette.txt"
_AT_ONCE: Final = 5_000

_TABLES: Final = """
    CREATE TABLE violations (id INTEGER PRIMARY KEY, reference TEXT, incident_id INTEGER,
        type_1 TEXT, type_2 TEXT, type_3 TEXT, province TEXT, district TEXT,
        start_earliest TEXT, start_latest TEXT);
    CREATE TABLE violation_documents (id INTEGER PRIMARY KEY, document TEXT);
    CREATE TABLE incidents (id INTEGER PRIMARY KEY, reference TEXT, title TEXT, earliest TEXT);
    CREATE TABLE incident_documents (id INTEGER PRIMARY KEY, document TEXT);
    CREATE VIRTUAL TABLE incident_words USING fts5(account, content='', tokenize='porter');
"""
_INDEXES: Final = """
    CREATE INDEX of_district ON violations (type_2, district, start_earliest, start_latest);
    CREATE INDEX of_province ON violations (type_1, province, start_earliest, start_latest);
    CREATE INDEX of_incident ON violations (incident_id, type_2);
    CREATE INDEX newest ON incidents (earliest);
    ANALYZE;
"""


def program() -> Path | None:
    """Datasette in its own environment, installed if need be; None where it cannot be."""
    environment = HOMES / "datasette-venv"
    found = environment / "bin" / "datasette"
    if found.exists():
        return found
    commands = (
        [sys.executable, "-m", "venv", str(environment)],
        [str(environment / "bin" / "pip"), "install", "--quiet", "-r", str(REQUIREMENTS)],
    )
    for command in commands:
        if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own command
            return None
    return found


def fill(path: Path) -> None:
    """Write the SQLite database, unless it is there."""
    if path.exists():
        return
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft)) as lite:
        lite.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        terms = dict(Term.objects.filter(vocabulary="violation-type").values_list("pk", "code"))
        areas = dict(Area.objects.values_list("pk", "code"))
        for statement, insert, change in _copies(terms, areas):
            _copy(lite, statement, insert, change)
        lite.executescript(_INDEXES)
        lite.commit()
    draft.rename(path)


def _copies(terms: dict[int, str], areas: dict[int, str]) -> Iterator[tuple[str, str, Any]]:
    yield (
        "SELECT violation_id, reference, incident_id, type_1_id, type_2_id, type_3_id,"
        " province_id, district_id, start_earliest::text, start_latest::text"
        " FROM record_fact JOIN record_violationentry AS entry ON entry.id = violation_id",
        "INSERT INTO violations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        lambda row: (
            *row[:3],
            *(terms.get(each) for each in row[3:6]),
            *(areas.get(each) for each in row[6:8]),
            *row[8:],
        ),
    )
    for kind in ("violation", "incident"):
        yield (
            f"SELECT id, document FROM record_{kind}entry",  # noqa: S608
            f"INSERT INTO {kind}_documents VALUES (?, ?)",  # noqa: S608
            tuple,
        )
    yield (
        "SELECT id, reference, title, earliest::text FROM plain_incident",
        "INSERT INTO incidents VALUES (?, ?, ?, ?)",
        tuple,
    )
    yield (
        "SELECT id, account FROM plain_incident",
        "INSERT INTO incident_words (rowid, account) VALUES (?, ?)",
        tuple,
    )


def _copy(lite: sqlite3.Connection, statement: str, insert: str, change: Any) -> None:
    with closing(connect()) as database, database.cursor("copying") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(statement)
        while rows := cursor.fetchmany(_AT_ONCE):
            lite.executemany(insert, map(change, rows))


@contextmanager
def serving(found: Path, database: Path) -> Iterator[Server]:
    """Datasette over the database, without its limits on time and rows."""
    port = free_port()
    settings = {"sql_time_limit_ms": 120_000, "max_returned_rows": 1_000, "num_sql_threads": 4}
    options = [part for name, value in settings.items() for part in ("--setting", name, str(value))]
    command = [str(found), "serve", "-i", str(database), "--port", str(port), *options]
    with running(command, port, "/-/versions.json", {}, silent=True) as server:
        yield server


def table_path(resource: str, values: Values) -> str:
    """The table API's answer: flat rows and their count."""
    if resource == "violations":
        where = [_violation_conditions(values)[0]]
        given = {f"_{name}": value for name, value in _violation_conditions(values)[1].items()}
        condition = where[0]
        for name, value in given.items():
            condition = condition.replace(f":{name[1:]}", f"'{value}'")
        parameters = {"_where": condition, "_sort_desc": "start_earliest"}
    else:
        return ""
    return f"/world/violations.json?{urlencode({**parameters, '_size': 50, '_shape': 'objects'})}"


def sql_path(resource: str, values: Values) -> str:
    """Count and fifty stored documents with SQL written by hand."""
    condition, given = _violation_conditions(values)
    if resource == "violations":
        of, documents, newest = (
            f"violations WHERE {condition}",
            "violation_documents",
            "start_earliest",
        )
    else:
        words = "AND id IN (SELECT rowid FROM incident_words WHERE incident_words MATCH :q)"
        sought = words if "q" in values else ""
        acts = f"SELECT incident_id FROM violations WHERE {condition}"  # noqa: S608
        of = f"incidents WHERE id IN ({acts}) {sought}"
        documents, newest = "incident_documents", "earliest"
        given |= {"q": values["q"]} if "q" in values else {}
    sql = f"""
        SELECT (SELECT count(*) FROM {of}) AS n, document FROM (
            SELECT id AS page_id, {newest} AS newest FROM {of} ORDER BY {newest} DESC, id DESC
            LIMIT 50
        ) JOIN {documents} ON {documents}.id = page_id ORDER BY newest DESC, page_id DESC
    """  # noqa: S608
    return f"/world.json?{urlencode({'sql': ' '.join(sql.split()), **given, '_shape': 'objects'})}"


def _violation_conditions(values: Values) -> tuple[str, dict[str, str]]:
    parts, given = ["1"], {}
    if "type" in values:
        parts.append("type_1 = :type" if values["type"] == TOP else "type_2 = :type")
        given["type"] = values["type"]
    for level in ("province", "district"):
        if level in values:
            parts.append(f"{level} = :{level}")
            given[level] = values[level]
    if "date_from" in values:
        parts += [
            "(start_earliest <= :last OR start_earliest IS NULL AND start_latest IS NOT NULL)",
            "(start_latest >= :first OR start_latest IS NULL AND start_earliest IS NOT NULL)",
        ]
        given |= {"first": values["date_from"], "last": values["date_to"]}
    return " AND ".join(parts), given
