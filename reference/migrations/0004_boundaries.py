import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import reference.fields


class Migration(migrations.Migration):
    dependencies = [("reference", "0003_vocabularies")]

    operations = [
        migrations.CreateModel(
            name="Boundary",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="boundary",
                        serialize=False,
                        to="reference.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "outline",
                    models.TextField(
                        help_text="Simplified. The form is that of reference.outlines.",
                        verbose_name="outline",
                    ),
                ),
                ("west", models.FloatField(verbose_name="westernmost longitude")),
                ("south", models.FloatField(verbose_name="southernmost latitude")),
                ("east", models.FloatField(verbose_name="easternmost longitude")),
                ("north", models.FloatField(verbose_name="northernmost latitude")),
                (
                    "middle_latitude",
                    models.FloatField(
                        help_text="For what has to stand somewhere in an area that has no point of its own.",
                        verbose_name="latitude of a point inside",
                    ),
                ),
                (
                    "middle_longitude",
                    models.FloatField(verbose_name="longitude of a point inside"),
                ),
                (
                    "attribution",
                    models.TextField(
                        help_text="Who drew it. Always shown.", verbose_name="attribution"
                    ),
                ),
                ("licence", models.TextField(verbose_name="licence")),
                (
                    "dated",
                    reference.fields.UncertainDateField(verbose_name="date of the data set"),
                ),
                (
                    "tolerance",
                    models.FloatField(
                        help_text=(
                            "Side, in degrees, of the square as large as a corner that "
                            "simplifying may have cut off; not how far a line may have moved."
                        ),
                        verbose_name="tolerance",
                    ),
                ),
                (
                    "loaded_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="loaded"),
                ),
            ],
            options={
                "verbose_name": "boundary",
                "verbose_name_plural": "boundaries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("east__lte", 180),
                            ("north__lte", 90),
                            ("south__gte", -90),
                            ("south__lt", models.F("north")),
                            ("west__gte", -180),
                            ("west__lt", models.F("east")),
                        ),
                        name="reference_boundary_box",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outline", ""), _negated=True),
                            models.Q(("attribution", ""), _negated=True),
                            models.Q(("licence", ""), _negated=True),
                        ),
                        name="reference_boundary_credited",
                    ),
                ],
            },
        ),
    ]
