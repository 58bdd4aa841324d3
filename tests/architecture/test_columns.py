"""Columns are held to the documents that publishing builds: none is made up, none is left out."""

import json
from pathlib import Path

import pytest

from record.columns import COLUMNS, chosen_columns, column_names
from record.columns.column import ColumnType
from record.columns.places import AREA_LEVELS
from record.document_keys import DOCUMENT_KEYS
from record.document_shapes import DOCUMENTS
from record.kinds import Kind
from reference.models import Area
from reference.vocabularies import vocabularies
from tests.architecture.test_document_shapes import built_documents, documents_of_tests

pytestmark = pytest.mark.django_db

OF_V1 = Path(__file__).with_name("columns_of_v1.json")
"""The columns that programs of others rest on; what is in it is never moved, renamed or removed."""

HELD = {
    ColumnType.TEXT: str,
    ColumnType.CODE: str,
    ColumnType.LABEL: str,
    ColumnType.LIST: str,
    ColumnType.DATE: str,
    ColumnType.TIME: str,
    ColumnType.INTEGER: int,
    ColumnType.NUMBER: float,
    ColumnType.BOOLEAN: bool,
}


@pytest.mark.parametrize("kind", Kind)
def test_every_member_of_a_document_has_a_column(kind):
    built, declared = set(built_documents()[kind].content()), set(DOCUMENT_KEYS[kind])
    assert {column.member for column in COLUMNS[kind]} == declared
    assert set(DOCUMENTS[kind]["required"]) <= built <= declared


@pytest.mark.parametrize("documents", [built_documents, documents_of_tests])
@pytest.mark.parametrize("kind", Kind)
def test_a_column_holds_values_of_its_type(kind, documents):
    document = documents()[kind].content()
    wrong = {
        column.name: value
        for column in COLUMNS[kind]
        if (value := column.read(document)) is not None and type(value) is not HELD[column.type]
    }
    assert wrong == {}


@pytest.mark.parametrize("kind", Kind)
def test_an_older_document_without_a_member_leaves_its_columns_empty(kind):
    document = {"reference": f"{kind.prefix}-2026-0001"}
    values = {column.name: column.read(document) for column in COLUMNS[kind]}
    assert {name for name, value in values.items() if value} == {"reference"}


@pytest.mark.parametrize("kind", Kind)
def test_names_of_columns_are_unique_and_fit_for_programs(kind):
    names = [column.name for column in COLUMNS[kind]]
    assert len(names) == len(set(names))
    assert [name for name in names if not name.isidentifier() or name != name.lower()] == []


@pytest.mark.parametrize("kind", Kind)
def test_every_column_is_labelled_and_every_number_has_its_unit(kind):
    counted_in_itself = {"version"}
    for column in COLUMNS[kind]:
        assert str(column.label)
        if column.type in (ColumnType.INTEGER, ColumnType.NUMBER):
            assert bool(column.unit) != (column.name in counted_in_itself)


def test_the_vocabularies_of_codes_are_those_there_are():
    known = {term.code for term in vocabularies()}
    named = {column.vocabulary for columns in COLUMNS.values() for column in columns} - {""}
    assert named - known == set()


def test_a_code_never_stands_without_its_label():
    for columns in COLUMNS.values():
        names = {column.name for column in columns}
        alone = [
            column.name
            for column in columns
            if column.type is ColumnType.CODE
            and f"{column.name}_label" not in names
            and column.name.removesuffix("_code") not in names
        ]
        assert alone == []


def test_places_have_a_column_for_each_level_of_area():
    assert set(AREA_LEVELS) == set(Area.Level.values)


@pytest.mark.parametrize("kind", Kind)
def test_everything_that_fields_may_name_chooses_a_column(kind):
    for name in column_names(kind):
        assert chosen_columns(kind, [name])
    assert chosen_columns(kind, None) == COLUMNS[kind]


@pytest.mark.parametrize("kind", Kind)
def test_columns_of_v1_stand_where_they_stood_and_new_ones_come_behind_them(kind):
    recorded = json.loads(OF_V1.read_text())[kind.plural]
    assert [column.name for column in COLUMNS[kind]][: len(recorded)] == recorded
