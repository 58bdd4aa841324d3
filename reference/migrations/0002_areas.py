"""Areas, and their names in every spelling."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import reference.fields


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_trigram_search")]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="P-code where one exists, else our own. Permanent.",
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Za-z0-9][A-Za-z0-9._-]*$")
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("country", "country"),
                            ("province", "province"),
                            ("division", "division"),
                            ("district", "district"),
                            ("tehsil", "tehsil"),
                            ("town", "town"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="In Latin script.", max_length=120, verbose_name="name"
                    ),
                ),
                (
                    "name_local",
                    models.CharField(
                        blank=True,
                        help_text="In the script of the country.",
                        max_length=120,
                        verbose_name="local name",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="Degrees north, WGS 84. Of the main town, where there is one.",
                        max_digits=8,
                        null=True,
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="Degrees east, WGS 84.",
                        max_digits=8,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                (
                    "established",
                    reference.fields.UncertainDateField(
                        help_text="When it was formed, if it is known and recent.",
                        verbose_name="established",
                    ),
                ),
                (
                    "valid_from",
                    reference.fields.EarliestField(
                        "established", verbose_name="first possible day"
                    ),
                ),
                (
                    "abolished",
                    reference.fields.UncertainDateField(
                        help_text="When it ceased to exist. Empty: it exists.",
                        verbose_name="abolished",
                    ),
                ),
                (
                    "valid_to",
                    reference.fields.LatestField("abolished", verbose_name="last possible day"),
                ),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Persons, at the census that the note names.",
                        null=True,
                        verbose_name="population",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "source",
                    models.TextField(
                        blank=True, help_text="Of the point or the name.", verbose_name="source"
                    ),
                ),
                (
                    "path",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        editable=False,
                        help_text="Ids from the country down to the area itself.",
                        size=None,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="reference.area",
                        verbose_name="part of",
                    ),
                ),
                (
                    "predecessors",
                    models.ManyToManyField(
                        blank=True,
                        related_name="successors",
                        to="reference.area",
                        verbose_name="formed out of",
                    ),
                ),
            ],
            options={
                "verbose_name": "area",
                "verbose_name_plural": "areas",
                "ordering": ("name", "code"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["path"], name="reference_area_path"
                    ),
                    models.Index(
                        django.db.models.functions.text.Upper("code"),
                        name="reference_area_code_upper",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9._-]*$")),
                        name="reference_area_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "level__in",
                                ["country", "province", "division", "district", "tehsil", "town"],
                            )
                        ),
                        name="reference_area_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "country"), ("parent", None)),
                            models.Q(
                                models.Q(("level", "country"), _negated=True),
                                ("parent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reference_area_parent",
                        violation_error_message="A country has no parent; every other area has one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="reference_area_point",
                        violation_error_message="A point needs a latitude and a longitude, in degrees.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="reference_area_validity",
                        violation_error_message="The area ends before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("former", "former"),
                            ("alias", "other spelling or name"),
                            ("misspelling", "known misspelling"),
                        ],
                        default="alias",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("folded", models.TextField(editable=False, verbose_name="search form")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="reference.area",
                        verbose_name="area",
                    ),
                ),
            ],
            options={
                "verbose_name": "name of an area",
                "verbose_name_plural": "names of areas",
                "ordering": ("area", "name"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("folded", name="gin_trgm_ops"),
                        name="reference_areaname_trigram",
                    ),
                    models.Index(
                        django.db.models.functions.text.Replace(
                            "folded",
                            models.Value(" "),
                            models.Value(""),
                            output_field=models.TextField(),
                        ),
                        name="reference_areaname_joined",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "folded"),
                        name="reference_areaname_once",
                        violation_error_message="The area already has this name, or one folding to it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("folded", ""), _negated=True),
                        name="reference_areaname_letters",
                    ),
                ],
            },
        ),
    ]
