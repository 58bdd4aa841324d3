"""What this installation is called, and which rows came from another one."""

from django.db import migrations, models

from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    dependencies = [("incidents", "0018_saved_queries_and_postings")]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.SmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True, verbose_name="code")),
            ],
            options={
                "verbose_name": "installation",
                "verbose_name_plural": "installations",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "identifier",
                    models.CharField(max_length=60, unique=True, verbose_name="identifier"),
                ),
                ("kind", models.CharField(max_length=24, verbose_name="kind")),
                ("row", models.BigIntegerField(verbose_name="number")),
                (
                    "brought",
                    models.BooleanField(
                        default=True,
                        help_text="Not for a row that was here before and was taken for the same.",
                        verbose_name="brought in",
                    ),
                ),
                ("entered_at", models.DateTimeField(null=True, verbose_name="entered there")),
                (
                    "entered_by",
                    models.CharField(blank=True, max_length=80, verbose_name="entered there by"),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=24, verbose_name="public reference there"
                    ),
                ),
                ("arrived_at", models.DateTimeField(auto_now_add=True, verbose_name="arrived")),
            ],
            options={
                "verbose_name": "arrival",
                "verbose_name_plural": "arrivals",
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="installation",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="installation_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.UniqueConstraint(
                condition=models.Q(("brought", True)),
                fields=("kind", "row"),
                name="arrival_once_a_row",
            ),
        ),
    ]
