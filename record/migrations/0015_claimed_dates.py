"""The dates that other claimants give, beside the facts."""

from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from record.chain import publishing_lock
from record.claimed_dates import rebuild_claimed_dates
from reference.migrating import MigrationAtOnce


def _make(apps, schema_editor):
    # This is the code of today. A later migration that changes what it reads or writes has to
    # take this over from here. On a new database there is nothing to read.
    if apps.get_model("record", "IncidentEntry").objects.exists():
        with publishing_lock():
            rebuild_claimed_dates()


class Migration(MigrationAtOnce):
    """A table, filled from the documents of incidents: each is searched for dates in accounts, and
    only those that hold one are read. Where most do, that takes a quarter of an hour or more for a
    million."""

    dependencies = [("record", "0014_waiting_words")]

    operations = [
        migrations.CreateModel(
            name="ClaimedDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claimed_earliest", models.DateField(null=True)),
                ("claimed_latest", models.DateField(null=True)),
                ("start_earliest", models.DateField(null=True)),
                ("start_latest", models.DateField(null=True)),
                ("end_earliest", models.DateField(null=True)),
                ("end_latest", models.DateField(null=True)),
                ("open_ended", models.BooleanField()),
                (
                    "fact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claimed_dates",
                        to="record.fact",
                    ),
                ),
            ],
            options={
                "verbose_name": "date of another claimant",
                "verbose_name_plural": "dates of other claimants",
                "indexes": [
                    models.Index(fields=["claimed_earliest"], name="claimed_date_from"),
                    models.Index(
                        fields=["claimed_latest"],
                        condition=Q(
                            ("claimed_earliest__isnull", True),
                            ("claimed_latest__isnull", True),
                            ("claimed_latest__gt", F("claimed_earliest") + timedelta(days=31)),
                            _connector="OR",
                        ),
                        name="claimed_date_long",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("fact", "claimed_earliest", "claimed_latest"),
                        name="claimed_date_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=Q(claimed_earliest__isnull=False)
                        | Q(claimed_latest__isnull=False),
                        name="claimed_date_is_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(claimed_earliest__lte=F("claimed_latest")),
                        name="claimed_date_in_order",
                    ),
                ],
            },
        ),
        migrations.RunPython(_make, migrations.RunPython.noop),
    ]
