"""Indexes for what lists and the first page of the staff ask of every case."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    dependencies = [
        ("incidents", "0019_interchange"),
        ("reference", "0005_organisation"),
    ]

    operations = [
        migrations.AlterField(
            model_name="violation",
            name="incident",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="violations",
                to="incidents.incident",
            ),
        ),
        migrations.AlterField(
            model_name="violation",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                help_text="Type a name in either script and any spelling, or add a new person.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="violations",
                to="incidents.person",
                verbose_name="victim",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("locator"), name="gin_trgm_ops"
                ),
                name="citation_place_words",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("withdrawn_on__isnull", False)),
                fields=["withdrawn_on"],
                name="consent_withdrawn",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["date_earliest"], name="incident_date"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                fields=["restricted", "area", "date_earliest", "id"], name="incident_seen"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper(
                        django.db.models.functions.text.Concat(
                            "description",
                            models.Value("\n"),
                            "description_local",
                            output_field=models.TextField(),
                        )
                    ),
                    name="gin_trgm_ops",
                ),
                name="person_words",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("reason"), name="gin_trgm_ops"
                ),
                name="review_reason_words",
            ),
        ),
        migrations.AddIndex(
            model_name="statusentry",
            index=models.Index(fields=["status", "person"], name="status_of_person"),
        ),
        migrations.AddIndex(
            model_name="violation",
            index=models.Index(fields=["incident", "person"], name="violation_of_case"),
        ),
        migrations.AddIndex(
            model_name="violation",
            index=models.Index(fields=["person", "incident"], name="violation_of_person"),
        ),
        migrations.AddIndex(
            model_name="violation",
            index=models.Index(
                condition=models.Q(("start_earliest__isnull", False)),
                fields=["start_earliest"],
                name="violation_start",
            ),
        ),
    ]
