"""Who publishes the record, and what they say on its pages."""

import django.core.validators
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reference", "0004_boundaries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.SmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "names",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="The full name in each language, by language code.",
                        verbose_name="name",
                    ),
                ),
                (
                    "short_names",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="The name where there is little room, in each language, by language code.",
                        verbose_name="short name",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="Where readers report errors and families ask for a withdrawal. It is shown to everybody: give an address of the organisation, not of a person.",
                        max_length=254,
                        verbose_name="e-mail address",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="With the country, such as +92 81 000 0000. Shown to everybody.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9 ()./-]{4,40}$",
                                "Digits, spaces and + ( ) . / - only, such as +92 81 000 0000.",
                            )
                        ],
                        verbose_name="telephone",
                    ),
                ),
                (
                    "address",
                    models.TextField(
                        blank=True,
                        help_text="As it should stand on an envelope. Shown to everybody: leave it empty if being found there could endanger somebody.",
                        max_length=400,
                        verbose_name="postal address",
                    ),
                ),
                (
                    "website",
                    models.URLField(
                        blank=True,
                        help_text="The organisation's own site, if it has one.",
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="website",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        help_text="Under which terms others may use the record, such as CC BY 4.0. It stands on every page, answer, file and citation.",
                        max_length=120,
                        verbose_name="licence of the data",
                    ),
                ),
                (
                    "licence_address",
                    models.URLField(
                        blank=True,
                        help_text="Where its text can be read. May stay empty for Creative Commons licences.",
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address of the licence",
                    ),
                ),
                ("logo", models.BinaryField(null=True, verbose_name="logo")),
                (
                    "logo_type",
                    models.CharField(
                        blank=True,
                        choices=[("image/png", "PNG"), ("image/jpeg", "JPEG")],
                        editable=False,
                        max_length=10,
                        verbose_name="type of the logo",
                    ),
                ),
                (
                    "logo_width",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="width of the logo"
                    ),
                ),
                (
                    "logo_height",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="height of the logo"
                    ),
                ),
                (
                    "logo_sha256",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="hash of the logo"
                    ),
                ),
                (
                    "logo_texts",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What the logo shows, for those who cannot see it, by language code.",
                        verbose_name="alternative text of the logo",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="reference_organisation_only"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("logo__isnull", True),
                                ("logo_height__isnull", True),
                                ("logo_sha256", ""),
                                ("logo_type", ""),
                                ("logo_width__isnull", True),
                            ),
                            models.Q(
                                ("logo__isnull", False),
                                ("logo_height__isnull", False),
                                ("logo_width__isnull", False),
                                ("logo_height__gt", 0),
                                ("logo_width__gt", 0),
                                ("logo_type__in", ["image/png", "image/jpeg"]),
                                ("logo_sha256__regex", "^[0-9a-f]{64}$"),
                            ),
                            _connector="OR",
                        ),
                        name="reference_organisation_logo_whole",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            models.Func(
                                models.F("logo"),
                                function="octet_length",
                                output_field=models.IntegerField(),
                            ),
                            30720,
                        ),
                        name="reference_organisation_logo_small",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PageText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("about", "Who we are"),
                            ("methodology", "How this record is made"),
                            ("coverage", "What this record covers"),
                            ("privacy", "Privacy"),
                            ("corrections", "Corrections and withdrawals"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="page",
                    ),
                ),
                (
                    "texts",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What is said, in each language, by language code.",
                        verbose_name="texts",
                    ),
                ),
                (
                    "instead",
                    models.BooleanField(
                        default=False,
                        help_text="Leaves out what we say in general of how an organisation works, where the page has such a part. What describes this program itself always stays: how is counted, what a date means, what is kept of readers.",
                        verbose_name="in place of our general text",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "text of a page",
                "verbose_name_plural": "texts of pages",
                "ordering": ("page",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "page__in",
                                ["about", "methodology", "coverage", "privacy", "corrections"],
                            )
                        ),
                        name="reference_pagetext_page_known",
                    )
                ],
            },
        ),
    ]
