"""Terms of the vocabularies."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reference", "0002_areas"),
    ]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "vocabulary",
                    models.CharField(
                        help_text="The list to which the term belongs.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*$",
                                "Use lower-case letters a to z, digits and single hyphens.",
                            )
                        ],
                        verbose_name="vocabulary",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Permanent once published: files, links and other programs rely on it.",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*$",
                                "Use lower-case letters a to z, digits and single hyphens.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "order",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Position in the list. If left empty, the term is put after its siblings.",
                        verbose_name="order",
                    ),
                ),
                (
                    "labels",
                    models.JSONField(
                        default=dict,
                        help_text="The term in each language, by language code. English is required.",
                        verbose_name="labels",
                    ),
                ),
                (
                    "definitions",
                    models.JSONField(
                        default=dict,
                        help_text="What the term means, in each language, by language code.",
                        verbose_name="definitions",
                    ),
                ),
                (
                    "huridocs",
                    models.CharField(
                        blank=True,
                        help_text="List and code, such as 4:030103. “near” marks a close term; brackets mark a code of another list that helps where no term fits.",
                        max_length=60,
                        verbose_name="HURIDOCS code",
                    ),
                ),
                (
                    "attributes",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Properties that the program reads, such as whether a type counts as a death.",
                        verbose_name="attributes",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Where the definition comes from, or how to use the term.",
                        verbose_name="note",
                    ),
                ),
                (
                    "hidden",
                    models.BooleanField(
                        default=False,
                        help_text="No longer offered for choice. Records that use it stay as they are.",
                        verbose_name="hidden",
                    ),
                ),
                (
                    "edited",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Loading the reference data again keeps the wording chosen here.",
                        verbose_name="edited here",
                    ),
                ),
                (
                    "path",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        editable=False,
                        help_text="Identifiers of the terms from the top of the list down to this one.",
                        size=None,
                        verbose_name="path",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The wider term. Searching for it also finds this one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="reference.term",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ("vocabulary", "order", "code"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["path"], name="reference_term_path"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vocabulary", "code"),
                        name="reference_term_code_unique",
                        violation_error_message="The vocabulary already has a term with this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^[a-z0-9]+(-[a-z0-9]+)*$"),
                            ("vocabulary__regex", "^[a-z0-9]+(-[a-z0-9]+)*$"),
                        ),
                        name="reference_term_code_format",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("labels__has_key", "en"), models.Q(("labels__en", ""), _negated=True)
                        ),
                        name="reference_term_label_in_english",
                        violation_error_message="A label in English is required.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("path__len__lte", 3)), name="reference_term_depth"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="reference_term_not_its_own_parent",
                    ),
                ],
            },
        ),
    ]
