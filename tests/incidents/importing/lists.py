"""A small list and its mapping for tests of imports: rows are people, two of one incident."""

import csv
import io

from django.core.files.base import ContentFile

from incidents.importing import running

COLUMNS = ("id", "case", "first", "last", "father", "date", "kind", "perp", "page", "note")

MAPPING = """
[list]
code = "valley"
name = "Killed and disappeared in the valley"

[rows]
are = "victim"
key = ["id"]
incident = ["case"]

[source]
title = "Report on the valley"
type = "rights-report"
publisher = "Committee of the valley"

[citation]
locator = "p. {page}"

[incident]
title = "Attack {case}"
kind = { value = "violation-event" }
date = { column = "date", differ = "span" }

[[victim]]
[[victim.name]]
given = "first"
tribe_or_place = "last"
fathers_name = "father"
[[victim.violation]]
type = { column = "kind", map = { Killed = "extrajudicial-killing", Taken = "arbitrary-arrest" } }
start = "date"
methods = { value = "shooting" }
[[victim.violation.involvement]]
agency = { column = "perp", create = { type = "army" } }
alleged_by_text = { value = "Committee of the valley" }
[[victim.status]]
status = { value = "unknown" }
date = "date"
claimant_text = { value = "Committee of the valley" }
"""

ROWS = (
    ("1", "A", "Balach", "Marri", "Nasir", "2023-10-29", "Taken", "Army", "4", "seen at a gate"),
    ("2", "A", "Karim", "Marri", "", "2023-10-29", "Killed", "Army", "4", ""),
    ("3", "B", "Zahid", "Bugti", "Ali", "2021", "Killed", "Police", "7", "=SUM(A1)"),
)


def table(rows=ROWS, columns=COLUMNS):
    """The rows as the bytes of a CSV file."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue().encode()


def changed(number, **values):
    """The usual rows, one of them (counted from 0) with other values."""
    rows = [list(row) for row in ROWS]
    for column, value in values.items():
        rows[number][COLUMNS.index(column)] = value
    return rows


def received(by, rows=ROWS, *, mapping=MAPPING, good_rows_only=False, columns=COLUMNS):
    """A batch that waits to be brought in."""
    batch = running.receive(ContentFile(table(rows, columns)), file_name="valley.csv", by=by)
    batch.mapping, batch.good_rows_only = mapping, good_rows_only
    batch.save()
    return batch


def brought_in(by, rows=ROWS, **options):
    """A batch that was brought in, with its figures."""
    batch = received(by, rows, **options)
    return batch, running.run(batch, by=by)
