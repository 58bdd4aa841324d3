"""What the planner makes of the statements of a piece of work."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

WIDE = {"record_fact", "record_violationentry", "record_incidententry", "record_victimentry"}
KEYS = {"record_incidentkey", "record_victimkey"}


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def whole_reads(captured, tables=WIDE):
    """Those of the tables that some query read from end to end."""
    found = set()
    with connection.cursor() as cursor:
        for query in captured:
            statement = query["sql"]
            if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
                continue
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            (answer,) = cursor.fetchone()
            (top,) = json.loads(answer) if isinstance(answer, str) else answer
            found |= {
                node["Relation Name"]
                for node in nodes(top["Plan"])
                if node["Node Type"] == "Seq Scan"
            }
    return found & tables


def reads_of(work, tables=WIDE):
    """The whole reads of what a piece of work asks, which has to ask something."""
    with CaptureQueriesContext(connection) as captured:
        work()
    assert captured
    return whole_reads(captured, tables)
