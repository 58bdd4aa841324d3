"""Filling a case file and opening every page of the staff, several times each."""

import statistics
import sys
import time
from typing import Any, Final

from bench import scratch
from bench.children import measure
from bench.figures import Figures

AIM_MS: Final = 300
"""Milliseconds in which nineteen of twenty answers of a page are there (issue 6)."""

_TIMES: Final = 20
_STAFF: Final = 12


def run(figures: Figures, sizes: list[int]) -> None:
    """Measure the pages for each number of cases; the largest is held to the aim."""
    for cases in sorted(sizes):
        scratch.fresh_copy()
        made = measure("bench.office.measuring:fill", cases=cases)
        figures.add(f"case file of {cases:,} cases made", made["seconds"], "s", cases=cases)
        for page in measure("bench.office.measuring:open_all", cases=cases)["pages"]:
            name = f"{page['name']} ({page['queries']} queries)"
            figures.add(f"{name}: p50", page["p50"], "ms", cases=cases)
            figures.judge(f"{name}: p95", page["p95"], AIM_MS, "ms", to=f"{AIM_MS} ms", at_most=1)


def fill(cases: int) -> dict[str, Any]:
    """Make the case file, as a superuser whose session sets no trigger off."""
    from bench.office.tables import fill_case_file
    from bench.staff import member
    from bench.world.indexes import connect
    from config.embedded.creation import SUPERUSER
    from incidents import roles
    from incidents.duplicates.keys import renew_keys

    begun = time.perf_counter()
    others = [member(f"bench-{number}", roles.DATA_ENTRY) for number in range(_STAFF)]
    readers = [_reader(group) for group in (roles.DATA_ENTRY, roles.REVIEWER, roles.PUBLISHER)]
    staff = [each.pk for each in (*others, *readers)]
    database = connect(SUPERUSER)
    with database, database.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        fill_case_file(cursor, cases, staff)
    renew_keys()
    database.autocommit = True
    with database.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    database.close()
    return {"seconds": time.perf_counter() - begun}


def open_all(cases: int, only: str = "") -> dict[str, Any]:
    """Every page, or those whose name begins like ``only``: milliseconds and queries."""
    from bench.office.pages import PAGES, Rows
    from bench.office.tables import Sizes
    from incidents.models import PersonName
    from reference.models import Area

    rows = Rows(
        Sizes(cases),
        list(Area.objects.at_level(Area.Level.DISTRICT).values_list("code", flat=True)),
        list(PersonName.objects.filter(given__contains=" ").values_list("given", flat=True)[:500]),
    )
    browsers: dict[str, Any] = {}
    found = []
    for page in PAGES:
        if page.name.startswith(only):
            browser = browsers.setdefault(page.group, None) or _browser(page.group)
            browsers[page.group] = browser
            found.append(_measured(browser, page, rows))
    return {"pages": found}


def _measured(browser: Any, page: Any, rows: Any) -> dict[str, Any]:
    from django.db import connection

    taken, queries = [], []
    for number in range(_TIMES + 1):
        path = f"/admin/{page.path.format(**rows.draw())}"
        counted = _Counted()
        begun = time.perf_counter()
        with connection.execute_wrapper(counted):
            answer = browser.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}.")
        if number:  # the first reads templates and plans
            taken.append((time.perf_counter() - begun) * 1000)
            queries.append(counted.number)
    slowest = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    figures = {"p50": statistics.median(taken), "p95": slowest, "queries": max(queries)}
    sys.stderr.write(f"{page.name}: {figures}\n")
    return {"name": page.name, **figures}


def _browser(group: str) -> Any:
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    # Names of files as they are: nobody has collected them here.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    browser = Client()
    browser.force_login(_reader(group))
    return browser


def _reader(group: str) -> Any:
    from bench.staff import member

    return member(f"bench-{group.lower().replace(' ', '-')}", group)


class _Counted:
    """Counts the statements that are sent."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.number += 1
        return execute(*arguments)
