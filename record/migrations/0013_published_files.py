"""The redacted files of sources, beside their documents."""

from django.db import migrations, models

from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    """A table that begins empty: a moment, whatever the size of the record."""

    dependencies = [("record", "0012_at_a_million")]

    operations = [
        migrations.CreateModel(
            name="PublishedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("media_type", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
            ],
            options={
                "verbose_name": "published file",
                "verbose_name_plural": "published files",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reference", "sha256"), name="published_file_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="published_file_hash_is_hex",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "media_type__in",
                                ("application/pdf", "image/jpeg", "image/png"),
                            )
                        ),
                        name="published_file_type_is_allowed",
                    ),
                ],
            },
        ),
    ]
