"""What staff have typed into long forms and not saved yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    dependencies = [("incidents", "0007_tasks")]

    operations = [
        migrations.CreateModel(
            name="EntryDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=20)),
                ("row", models.PositiveBigIntegerField(default=0)),
                ("sealed", models.TextField()),
                ("kept_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="entrydraft",
            constraint=models.UniqueConstraint(
                fields=("owner", "form", "row"), name="entry_draft_once"
            ),
        ),
    ]
