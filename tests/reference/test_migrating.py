"""Operations of migrations, taken together: the same tables as one after the other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from reference.migrating import MigrationAtOnce, Together, together

pytestmark = pytest.mark.django_db

KEY = ("id", models.BigAutoField(primary_key=True))
VALLEY = migrations.CreateModel("Valley", [KEY])
WELL = migrations.CreateModel(
    "Well", [KEY, ("valley", models.ForeignKey("atlas.Valley", models.PROTECT))]
)
DEPTH = migrations.AddField("well", "depth", models.IntegerField(default=7))
NAME = migrations.AddField("valley", "name", models.TextField(default=""))
DEEP = migrations.AddConstraint(
    "well", models.CheckConstraint(condition=models.Q(depth__gt=0), name="well_has_depth")
)
WIDER = migrations.AlterField("well", "depth", models.BigIntegerField(default=7))
LONGER = migrations.AlterField("valley", "name", models.CharField(max_length=9, default=""))
UNKNOWN = migrations.AlterField("well", "depth", models.BigIntegerField(null=True))
ALL = [VALLEY, WELL, DEPTH, NAME, DEEP, WIDER, LONGER]


def migration(operations):
    made = type("Migration", (MigrationAtOnce,), {"operations": operations})
    return made("0001_wells", "atlas")


def columns():
    """Every column of the tables with its type, and the constraints by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_name LIKE 'atlas_%' UNION ALL"
            " SELECT conrelid::regclass::text, conname, ''"
            " FROM pg_constraint WHERE conname LIKE 'well%'"
        )
        return sorted(cursor.fetchall())


def apply(operations, state):
    with connection.schema_editor() as editor:
        return migration(operations).apply(state, editor)


def test_neighbours_of_one_kind_are_taken_together():
    groups = [
        [type(part).__name__ for part in each.operations] if isinstance(each, Together) else each
        for each in together(ALL)
    ]
    assert groups == [
        ["CreateModel", "CreateModel"],
        ["AddField", "AddField"],
        DEEP,
        ["AlterField", "AlterField"],
    ]


def test_a_field_that_is_altered_twice_in_a_row_is_altered_step_by_step():
    assert together([WIDER, UNKNOWN]) == [WIDER, UNKNOWN]


def test_the_tables_are_those_that_single_operations_make():
    apply(ALL, ProjectState())
    at_once = columns()
    with connection.schema_editor() as editor:
        migration(ALL).unapply(ProjectState(), editor)
    assert columns() == []
    with connection.schema_editor() as editor:
        single = type("Migration", (migrations.Migration,), {"operations": ALL})
        single("0001_wells", "atlas").apply(ProjectState(), editor)
    assert columns() == at_once
    assert ("atlas_well", "depth", "bigint") in at_once


def test_the_state_afterwards_is_that_of_single_operations():
    at_once = apply(ALL, ProjectState())
    one_by_one = ProjectState()
    for each in ALL:
        each.state_forwards("atlas", one_by_one)
    assert at_once == one_by_one


def test_a_group_with_something_that_cannot_be_taken_back_cannot_be_taken_back():
    final = migrations.RunSQL("SELECT 1")
    assert Together([VALLEY, WELL]).reversible
    assert not Together([VALLEY, final]).reversible


def test_a_plan_names_each_of_them():
    assert Together([VALLEY, DEPTH]).describe() == "Create model Valley; Add field depth to well"
