"""Counts kept ready while publishing. Migration 0012 makes them of the facts that are there."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from reference.migrating import MigrationAtOnce


def _number(model, *, null=True):
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=model,
    )


class Migration(MigrationAtOnce):
    """The two tables, and the tehsil of a fact."""

    dependencies = [("record", "0006_rows"), ("reference", "0003_vocabularies")]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="tehsil",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reference.area",
            ),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("type", models.IntegerField()),
                ("area", models.IntegerField()),
                ("own", models.BooleanField()),
                ("lacking", models.SmallIntegerField()),
                ("grain", models.SmallIntegerField()),
                ("first", models.IntegerField()),
                ("last", models.IntegerField()),
                ("incidents", models.IntegerField()),
                ("victims", models.IntegerField()),
                ("violations", models.IntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "type",
                        "area",
                        "own",
                        "lacking",
                        "grain",
                        "first",
                        "last",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
            options={"verbose_name": "tally", "verbose_name_plural": "tallies"},
        ),
        migrations.CreateModel(
            name="UnevenFact",
            fields=[
                (
                    "unit",
                    models.SmallIntegerField(choices=[(0, "incident"), (1, "victim")]),
                ),
                ("fact", models.BigIntegerField()),
                ("incident", _number("record.incidententry", null=False)),
                ("victim", _number("record.victimentry")),
                ("type_1", _number("reference.term")),
                ("type_2", _number("reference.term")),
                ("type_3", _number("reference.term")),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                ("province", _number("reference.area")),
                ("division", _number("reference.area")),
                ("district", _number("reference.area")),
                ("start_earliest", models.DateField(null=True)),
                ("start_latest", models.DateField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "unit",
                        "fact",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
            options={
                "verbose_name": "fact of uneven dates",
                "verbose_name_plural": "facts of uneven dates",
            },
        ),
        migrations.AddIndex(
            model_name="unevenfact",
            index=models.Index(fields=["unit", "start_earliest"], name="uneven_from"),
        ),
        migrations.AddIndex(
            model_name="unevenfact",
            index=models.Index(fields=["unit", "start_latest"], name="uneven_until"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(
                    ("start_earliest__isnull", True),
                    ("start_earliest__lt", models.F("start_latest")),
                    _connector="OR",
                ),
                fields=["start_latest"],
                name="fact_longer_until",
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE record_fact SET tehsil_id = area.id FROM reference_area AS area
            WHERE area.level = 'tehsil' AND area.id = ANY (record_fact.areas)
            """,
            migrations.RunSQL.noop,
        ),
    ]
