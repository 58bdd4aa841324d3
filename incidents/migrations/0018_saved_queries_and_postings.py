"""Posts of people in organisations, and questions that staff save under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reference.fields
from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    dependencies = [
        ("incidents", "0017_public_files"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "post",
                    models.CharField(
                        help_text="As the source puts it: “Regional officer, Makran”.",
                        max_length=200,
                        verbose_name="post",
                    ),
                ),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        help_text="“Superintendent of Police”.",
                        max_length=120,
                        verbose_name="rank",
                    ),
                ),
                (
                    "commands",
                    models.BooleanField(
                        blank=True,
                        help_text="Whether whoever holds it gives orders to the unit. Empty: not known.",
                        null=True,
                        verbose_name="a command post",
                    ),
                ),
                (
                    "since",
                    reference.fields.UncertainDateField(
                        help_text="Empty: not known.", verbose_name="since"
                    ),
                ),
                ("since_earliest", reference.fields.EarliestField("since")),
                ("since_latest", reference.fields.LatestField("since")),
                (
                    "until",
                    reference.fields.UncertainDateField(
                        help_text="Empty: not known. Somebody who still held it on a day held it on that day or longer: 2024-05-01/..",
                        verbose_name="until",
                    ),
                ),
                ("until_earliest", reference.fields.EarliestField("until")),
                ("until_latest", reference.fields.LatestField("until")),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="The smallest unit that the source names.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="incidents.agency",
                        verbose_name="agency or unit",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postings",
                        to="incidents.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        help_text="What says so. Without a source a post cannot be entered.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="incidents.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "post in an organisation",
                "verbose_name_plural": "posts in organisations",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PostingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "post",
                    models.CharField(
                        help_text="As the source puts it: “Regional officer, Makran”.",
                        max_length=200,
                        verbose_name="post",
                    ),
                ),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        help_text="“Superintendent of Police”.",
                        max_length=120,
                        verbose_name="rank",
                    ),
                ),
                (
                    "commands",
                    models.BooleanField(
                        blank=True,
                        help_text="Whether whoever holds it gives orders to the unit. Empty: not known.",
                        null=True,
                        verbose_name="a command post",
                    ),
                ),
                (
                    "since",
                    reference.fields.UncertainDateField(
                        help_text="Empty: not known.", verbose_name="since"
                    ),
                ),
                ("since_earliest", reference.fields.EarliestField("since", db_index=False)),
                ("since_latest", reference.fields.LatestField("since", db_index=False)),
                (
                    "until",
                    reference.fields.UncertainDateField(
                        help_text="Empty: not known. Somebody who still held it on a day held it on that day or longer: 2024-05-01/..",
                        verbose_name="until",
                    ),
                ),
                ("until_earliest", reference.fields.EarliestField("until", db_index=False)),
                ("until_latest", reference.fields.LatestField("until", db_index=False)),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The smallest unit that the source names.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="agency or unit",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.posting",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="What says so. Without a source a post cannot be entered.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SavedQuery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="“Disappearances by district, this year”. Name no person and no case: whom you share it with reads it.",
                        max_length=80,
                        verbose_name="name",
                    ),
                ),
                (
                    "shared",
                    models.BooleanField(
                        default=False,
                        help_text="Everybody counts only what they may know of, so that figures can differ.",
                        verbose_name="shared with the office",
                    ),
                ),
                ("parameters", models.JSONField(default=dict, editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved question",
                "verbose_name_plural": "saved questions",
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SavedQueryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "name",
                    models.CharField(
                        help_text="“Disappearances by district, this year”. Name no person and no case: whom you share it with reads it.",
                        max_length=80,
                        verbose_name="name",
                    ),
                ),
                (
                    "shared",
                    models.BooleanField(
                        default=False,
                        help_text="Everybody counts only what they may know of, so that figures can differ.",
                        verbose_name="shared with the office",
                    ),
                ),
                ("parameters", models.JSONField(default=dict, editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.savedquery",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("since_earliest__lte", models.F("since_latest"))),
                name="incidents_posting_since_order",
                violation_error_message="The first possible day is after the last.",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_earliest__lte", models.F("until_latest"))),
                name="incidents_posting_until_order",
                violation_error_message="The first possible day is after the last.",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="posting_ends_after_it_starts",
                violation_error_message="The end lies before the start. Check both dates.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedquery",
            constraint=models.UniqueConstraint(
                fields=("owner", "name"),
                name="saved_query_name_once",
                violation_error_message="You have saved another question under this name.",
            ),
        ),
    ]
