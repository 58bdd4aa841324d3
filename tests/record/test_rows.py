"""Stored rows say what the columns give of the document, and files of them say the same."""

import csv
import io
import json
import random

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from record import copying
from record.columns import COLUMNS, chosen_columns
from record.files import FILE_FORMATS, Sheet
from record.kinds import Kind
from record.models import AgencyEntry, IncidentEntry
from record.questions import ask
from record.rows import MAPPED, ROW_OF, cell, made_of, published_point, row_of
from record.walking import Text
from record.writing import merge_entry, withdraw_entry
from tests.api.case import publish_case
from tests.record.factories import LATER, agency, hostile_incidents, publish, rewrite

pytestmark = pytest.mark.django_db

HOSTILE = (
    "\\.",
    "\\N",
    "a\n\\.\nb",
    "line\r\nline",
    "\r",
    '""',
    '"',
    ",",
    " leading and trailing ",
    "\u200fآ\u202e",
    "\x1c\x85\u2028",
    "=1;=2",
    "-",
    "y" * 200_000 + '",\n',
)


def question(kind, query=""):
    return ask(kind.plural, QueryDict(query))


def written(kind, format_, names=None, query=""):
    """A file as one text."""
    sheet = Sheet(kind, chosen_columns(kind, names), {"count": 0})
    form = FILE_FORMATS[format_]
    return b"".join(form.write(sheet, question(kind, query).everything(form.text))).decode()


def table(text):
    limit = csv.field_size_limit(10_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    finally:
        csv.field_size_limit(limit)


def documents(kind, query=""):
    """The objects of a list in the order in which cursors walk them."""
    found, cursor = [], "first"
    while cursor:
        asked = ask(kind.plural, QueryDict(f"{query}&cursor={cursor}&page_size=3"), cursors=True)
        texts, following, _before = asked.stretch()
        found += map(json.loads, texts)
        cursor = asked.cursor_link(following).rpartition("cursor=")[2] if following else None
    return found


def shown(value):
    value = cell(value)
    return "" if value is None else str(value)


def expected(kind, document, columns):
    return [shown(column.read(document)) for column in columns]


@pytest.fixture
def record(db):
    publish_case()
    publish_case()
    hostile_incidents(10)
    for text in HOSTILE:
        publish(agency(text, note=text, other_names=[text, "other"]))


QUERIES = ("", "ordering=changed", "ordering=-changed")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("kind", Kind)
def test_every_cell_of_a_file_is_what_its_column_gives_of_the_document(record, kind, query):
    head, *rows = table(written(kind, "csv-plain", query=query))
    assert head == [column.name for column in COLUMNS[kind]]
    assert rows == [expected(kind, each, COLUMNS[kind]) for each in documents(kind, query)]
    assert len(rows) == question(kind, query).count() > 0


@pytest.mark.parametrize("kind", Kind)
def test_chosen_columns_come_in_any_order_with_their_own_cells(record, kind):
    chance = random.Random(kind.value)  # noqa: S311 - the same choice in every run
    names = [column.name for column in COLUMNS[kind]]
    for number in (1, 2, 7, len(names)):
        wanted = chance.sample(names, number)
        head, *rows = table(written(kind, "csv-plain", wanted))
        columns = chosen_columns(kind, wanted)
        assert head == [column.name for column in columns]
        assert rows == [expected(kind, each, columns) for each in documents(kind)]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("kind", sorted(MAPPED))
def test_every_property_of_a_map_is_what_its_column_gives_of_the_document(record, kind, query):
    found = json.loads(written(kind, "geojson", query=query))["features"]
    names = [column.name for column in COLUMNS[kind]]
    assert [each["properties"] for each in found] == [
        {
            **{column.name: column.read(document) for column in COLUMNS[kind]},
            **marked(published_point(kind, document)),
        }
        for document in documents(kind, query)
    ]
    assert {tuple(each["properties"]) for each in found} == {(*names, "precision", "coarsened")}


def marked(point):
    of = point and point["of"]
    return {"precision": of, "coarsened": point and of != "place"}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("kind", Kind)
def test_lines_of_documents_are_the_documents(record, kind, query):
    lines = written(kind, "ndjson", query=query).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == documents(kind, query)


@given(texts=st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8"))))
def test_any_texts_come_back_from_a_line(texts):
    content = {"reference": "AGY-2026-0001", "name": "x", "other_names": texts, "note": "y"}
    columns = COLUMNS[Kind.AGENCY]
    (read,) = table(row_of(Kind.AGENCY, content).line)
    assert read == expected(Kind.AGENCY, content, columns)


# --- where rows are missing, of other columns, or gone ------------------------------------------


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("format_", ["csv-plain", "geojson"])
def test_rows_that_are_missing_or_of_other_columns_are_made_from_documents(record, kind, format_):
    if format_ == "geojson" and kind not in MAPPED:
        return
    before = written(kind, format_)
    rows = ROW_OF[kind].objects
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[::2])).delete()
    rows.update(made_of="others", line="spoilt", feature="spoilt")
    assert written(kind, format_) == before


def test_a_map_is_json_where_a_batch_holds_nothing_to_write(record, monkeypatch):
    monkeypatch.setattr(copying, "_BYTES", 1)
    number = len(json.loads(written(Kind.INCIDENT, "geojson"))["features"])
    for gone in (IncidentEntry.objects.first(), IncidentEntry.objects.last()):
        ROW_OF[Kind.INCIDENT].objects.filter(pk=gone.pk).update(feature="")
    assert all(question(Kind.INCIDENT).everything(Text.FEATURE))
    left = json.loads(written(Kind.INCIDENT, "geojson"))["features"]
    assert len(left) == number - 2 > 1


def test_a_correction_is_in_the_file(record):
    entry = AgencyEntry.objects.first()
    rewrite(entry, seat="Somewhere else")
    assert "Somewhere else" in written(Kind.AGENCY, "csv-plain", ["seat"])
    assert ROW_OF[Kind.AGENCY].objects.filter(made_of=made_of(Kind.AGENCY)).count() == (
        AgencyEntry.objects.live().count()
    )


def test_nothing_stays_of_what_was_withdrawn_or_merged():
    withdrawn, merged, kept = publish(agency("Withdrawn"), agency("Merged"), agency("Kept"))
    withdraw_entry(withdrawn, reason="error", at=LATER)
    merge_entry(merged, kept, at=LATER)
    assert [row.entry.reference for row in ROW_OF[Kind.AGENCY].objects.all()] == [kept.reference]
    assert table(written(Kind.AGENCY, "csv-plain", ["name"]))[1:] == [["Kept"]]


@pytest.mark.parametrize("text", [text for text in Text if text is not Text.DOCUMENT])
def test_a_table_and_a_map_are_read_from_what_is_stored(record, text):
    ROW_OF[Kind.VICTIM].objects.update(**{text.value: "as stored"})
    batches = list(question(Kind.VICTIM).everything(text))
    assert {each for batch in batches for each in batch} == {b"as stored"}


def test_the_name_of_columns_changes_with_them(monkeypatch):
    before = made_of(Kind.AGENCY)
    monkeypatch.setitem(COLUMNS, Kind.AGENCY, COLUMNS[Kind.AGENCY][:-1])
    made_of.cache_clear()
    after = made_of(Kind.AGENCY)
    monkeypatch.undo()
    made_of.cache_clear()
    assert after != before == made_of(Kind.AGENCY)
