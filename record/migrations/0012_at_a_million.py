"""What lists of a million ask for: which objects reach back before their date, and counts that know
where the facts of an object differ."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q

from record.tallies.making import rebuild_tallies
from reference.migrating import MigrationAtOnce

_KEYS = {"incidentkey": "incident", "victimkey": "victim"}

REACHING_BACK = [
    f"""
    UPDATE record_{model} AS key SET reaches_back = true
    WHERE earliest IS NOT NULL AND EXISTS (
        SELECT FROM record_fact AS fact WHERE fact.{unit}_id = key.entry_id AND (
            fact.start_earliest < key.earliest
            OR fact.start_earliest IS NULL AND fact.start_latest IS NOT NULL
        )
    )
    """  # noqa: S608 - our own names
    for model, unit in _KEYS.items()
]


def _make(apps, schema_editor):
    # This is the code of today, which reads every column that is counted by. A later migration
    # that adds one has to take the counting over from here, as this one did from 0009.
    # On a new database there is nothing to count, whatever later versions count by.
    if apps.get_model("record", "Fact").objects.exists():
        rebuild_tallies()


class Migration(MigrationAtOnce):
    """Four columns with what they hold, and everything counted anew by the new rules."""

    dependencies = [("record", "0011_source_links"), ("reference", "0005_organisation")]

    operations = [
        migrations.AlterModelOptions(
            name="unevenfact",
            options={
                "verbose_name": "fact of an uneven object",
                "verbose_name_plural": "facts of uneven objects",
            },
        ),
        migrations.AddField(
            model_name="unevenfact",
            name="dates_differ",
            field=models.BooleanField(default=True),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="unevenfact",
            name="places_differ",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="unevenfact",
            index=models.Index(
                fields=["unit", "start_latest"],
                condition=Q(
                    ("start_earliest__isnull", True),
                    ("start_latest__isnull", True),
                    ("start_latest__gt", F("start_earliest") + timedelta(days=31)),
                    _connector="OR",
                ),
                name="uneven_long",
            ),
        ),
        migrations.AddIndex(
            model_name="unevenfact",
            index=models.Index(
                fields=["unit"], condition=Q(("places_differ", True)), name="uneven_places"
            ),
        ),
        *(
            migrations.AddField(
                model_name=model,
                name="reaches_back",
                field=models.BooleanField(default=False),
            )
            for model in _KEYS
        ),
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in REACHING_BACK),
        *(
            migrations.AddIndex(
                model_name=model,
                index=models.Index(
                    F("earliest").desc(nulls_last=True),
                    F("entry").desc(),
                    condition=Q(reaches_back=True),
                    name=f"{unit}_key_back",
                ),
            )
            for model, unit in _KEYS.items()
        ),
        migrations.AlterField(
            model_name="traittally",
            name="trait",
            field=models.SmallIntegerField(
                choices=[
                    (1, "status of the victim"),
                    (2, "sex of the victim"),
                    (3, "age group of the victim"),
                    (4, "alleged responsible"),
                    (5, "how well established"),
                    (6, "what the accused side says"),
                    (7, "kind of source"),
                    (8, "whether accounts disagree"),
                ]
            ),
        ),
        migrations.RunPython(_make, migrations.RunPython.noop),
    ]
