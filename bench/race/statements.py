"""The limit: the statements that answer a question, over psycopg2, without a program around them.

``by_hand`` counts and fetches as one would in psql, on the tables and the best index. ``our_own``
are the statements that the record sends for the same question, taken down while it does.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import override_settings
from django.utils.http import urlencode

from bench.race.clients import Ask, Statements
from bench.race.questions import Values
from record.models import IncidentEntry
from record.questions import Question, ask
from reference.models import Area
from reference.vocabularies import term

_POSSIBLE = """
    (fact.start_earliest <= %(last)s
        OR fact.start_earliest IS NULL AND fact.start_latest IS NOT NULL)
    AND (fact.start_latest >= %(first)s
        OR fact.start_latest IS NULL AND fact.start_earliest IS NOT NULL)
"""


def by_hand(resource: str, values: Values) -> Statements:
    """Count, page and documents: three statements."""
    where, given = _conditions(values)
    if resource == "violations":
        return [
            (
                f"SELECT count(*) FROM record_fact AS fact WHERE type_1_id IS NOT NULL {where}",  # noqa: S608
                given,
            ),
            (
                f"""
                SELECT entry.document FROM (
                    SELECT violation_id, start_earliest, id FROM record_fact AS fact
                    WHERE type_1_id IS NOT NULL {where}
                    ORDER BY start_earliest DESC NULLS LAST, id DESC LIMIT 50
                ) AS page JOIN record_violationentry AS entry ON entry.id = page.violation_id
                ORDER BY start_earliest DESC NULLS LAST, page.id DESC
                """,  # noqa: S608
                given,
            ),
        ]
    text = ""
    if "q" in values:
        text = (
            "JOIN record_incidenttext AS words ON words.entry_id = key.entry_id"
            " AND words.vector @@ plainto_tsquery('english', %(q)s)"
        )
    chosen = f"SELECT incident_id FROM record_fact AS fact WHERE true {where}"  # noqa: S608
    rows = f"record_incidentkey AS key {text} WHERE key.entry_id IN ({chosen})"
    return [
        (f"SELECT count(*) FROM {rows}", given),  # noqa: S608
        (
            f"""
            SELECT entry.document FROM (
                SELECT key.entry_id, key.earliest FROM {rows}
                ORDER BY key.earliest DESC NULLS LAST, key.entry_id DESC LIMIT 50
            ) AS page JOIN record_incidententry AS entry ON entry.id = page.entry_id
            ORDER BY page.earliest DESC NULLS LAST, page.entry_id DESC
            """,  # noqa: S608
            given,
        ),
    ]


def _conditions(values: Values) -> tuple[str, dict[str, Any]]:
    where, given = "", dict(values)
    found: dict[str, Any] = {"q": given.get("q")}
    if code := values.get("type"):
        of = term("violation-type", code)
        where += f" AND fact.type_{len(of.path)}_id = %(type)s"
        found["type"] = of.pk
    for level in ("province", "district"):
        if code := values.get(level):
            where += f" AND fact.{level}_id = %({level})s"
            found[level] = Area.objects.get(code=code).pk
    if "date_from" in values:
        where += f" AND {_POSSIBLE}"
        found |= {"first": values["date_from"], "last": values["date_to"]}
    return where, found


def question(resource: str, values: Values, **reach: Any) -> Question:
    """The question as the API would read it. Raises ValueError where it is wrong."""
    found = ask(resource, QueryDict(urlencode(values)), **reach)
    if found.errors:
        raise ValueError(f"{resource} {values}: {found.errors}")
    return found


def by_the_record(path: str) -> Statements:
    """The statements with which our own answer to an address is made.

    Raises ValueError where the address is refused: a refusal takes fewer statements.
    """
    client = Client(headers={"host": "localhost"})

    def answer() -> None:
        answered = client.get(path)
        if answered.status_code != 200:
            raise ValueError(f"{path} is answered {answered.status_code}: {answered.content!r}")

    with override_settings(GAWAH_API_REQUESTS=0):  # as for the servers that are raced
        found = taken_down(answer)
    if not found:
        raise ValueError(f"{path} asks the database for nothing.")
    return found


def taken_down(answer: Callable[[], object]) -> Statements:
    """The statements that run while something is answered, done once before to fill caches."""
    answer()
    found: list[tuple[str, Any]] = []
    with _listening(found):
        answer()
    return found


@contextmanager
def _listening(found: list[tuple[str, Any]]) -> Iterator[None]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SELECT" in sql:  # not those that open and close a transaction
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def counted(statements: Statements) -> int:
    """The first number of the first row that the first statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(*statements[0])
        return int(cursor.fetchone()[0])


def cursor_behind(asked: Question, number: int) -> str:
    """The query string that reads on behind so many rows of a list."""
    return asked.cursor_link(asked.behind(number))


def some_references(count: int) -> list[str]:
    """References of incidents spread over all that there are."""
    last = IncidentEntry.objects.count()
    ids = [1 + number * (last - 1) // max(1, count - 1) for number in range(count)]
    found = IncidentEntry.objects.filter(pk__in=ids).values_list("reference", flat=True)
    return list(found)


def copying(dsn: dict[str, Any]) -> Callable[[], Ask]:
    """A reader that takes the finished lines of all violations, newest first, with COPY."""

    def reader() -> Ask:
        import psycopg2

        database = psycopg2.connect(**dsn)

        def ask(_number: int) -> None:
            with database.cursor() as cursor:
                cursor.copy_expert(
                    "COPY (SELECT row.line FROM record_fact AS fact"
                    " JOIN record_violationrow AS row ON row.entry_id = fact.violation_id"
                    " ORDER BY fact.start_earliest DESC NULLS LAST, fact.id DESC) TO STDOUT",
                    _Nowhere(),
                    size=1 << 18,
                )

        return ask

    return reader


class _Nowhere:
    """Takes what is written and keeps nothing."""

    def write(self, data: bytes) -> int:
        """Take it."""
        return len(data)
