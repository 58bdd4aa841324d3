"""Facts once more as narrow rows, which counts of hundreds of thousands go through."""

import django.contrib.postgres.fields
from django.db import migrations, models

from record.narrow_facts import rebuild_narrow
from reference.migrating import MigrationAtOnce

_SETS = ("areas", "statuses", "agencies", "attributions", "source_types")
_UNITS = [(0, "incident"), (1, "victim")]


def _make(apps, schema_editor):
    # This is the code of today. A later migration that adds a column has to take the filling over
    # from here. On a new database there is nothing to read.
    if apps.get_model("record", "Fact").objects.exists():
        rebuild_narrow()


class Migration(MigrationAtOnce):
    """Two tables of narrow rows, half a minute for the facts of a million incidents, and two of what
    the worker counts ahead."""

    dependencies = [("record", "0015_claimed_dates")]

    operations = [
        migrations.CreateModel(
            name="NumberedSet",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, unique=True
                    ),
                ),
            ],
            options={"verbose_name": "numbered set", "verbose_name_plural": "numbered sets"},
        ),
        migrations.CreateModel(
            name="NumberedFact",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("incident_id", models.IntegerField()),
                *(
                    (name, models.IntegerField(null=True))
                    for name in (
                        *("victim_id", "violation_id", "type_1_id", "type_2_id", "type_3_id"),
                        *("province_id", "division_id", "district_id"),
                    )
                ),
                ("start_earliest", models.DateField(null=True)),
                ("start_latest", models.DateField(null=True)),
                *(
                    (name, models.IntegerField(null=True))
                    for name in ("sex_id", "age_group_id", "grade_id")
                ),
                *((f"{name}_set", models.IntegerField()) for name in _SETS),
                ("contested", models.BooleanField()),
                ("month", models.IntegerField()),
            ],
            options={
                "verbose_name": "numbered fact",
                "verbose_name_plural": "numbered facts",
            },
        ),
        migrations.CreateModel(
            name="BlockVersion",
            fields=[
                ("unit", models.SmallIntegerField(choices=_UNITS)),
                ("block", models.IntegerField()),
                ("version", models.IntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "unit",
                        "block",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a block",
                "verbose_name_plural": "versions of blocks",
            },
        ),
        migrations.CreateModel(
            name="BlockCount",
            fields=[
                ("statement", models.CharField(max_length=32)),
                ("block", models.IntegerField()),
                ("unit", models.SmallIntegerField(choices=_UNITS)),
                ("version", models.IntegerField()),
                ("counts", models.TextField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "statement",
                        "block",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
            options={
                "verbose_name": "count of a block",
                "verbose_name_plural": "counts of blocks",
            },
        ),
        migrations.RunPython(_make, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="numberedfact",
            index=models.Index(fields=["incident_id"], name="numbered_fact_incident"),
        ),
        migrations.AddIndex(
            model_name="numberedfact",
            index=models.Index(fields=["victim_id"], name="numbered_fact_victim"),
        ),
    ]
