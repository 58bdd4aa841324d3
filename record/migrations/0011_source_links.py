"""Whether the addresses of published sources still lead to them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0010_pictures")]

    operations = [
        migrations.CreateModel(
            name="SourceLink",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="link",
                        serialize=False,
                        to="record.sourceentry",
                    ),
                ),
                ("address_sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("answers", "the address answers"),
                            ("moved", "the address leads to another one"),
                            ("refuses", "the address refuses our program"),
                            ("gone", "the address no longer answers"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateField()),
                ("checked_on", models.DateField()),
            ],
            options={
                "verbose_name": "state of a source's address",
                "verbose_name_plural": "states of sources' addresses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["answers", "moved", "refuses", "gone"])),
                        name="source_link_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("since__lte", models.F("checked_on"))),
                        name="source_link_days_in_order",
                    ),
                ],
            },
        ),
    ]
