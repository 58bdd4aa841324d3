from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0009_counts")]

    operations = [
        migrations.CreateModel(
            name="PublishedPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("content", models.BinaryField()),
            ],
            options={
                "verbose_name": "published picture",
                "verbose_name_plural": "published pictures",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="published_picture_hash_is_hex",
                    )
                ],
            },
        ),
    ]
