"""Tasks, and indexes for the other dates that somebody has to keep."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    dependencies = [
        ("incidents", "0006_accounts"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("reference", "0005_organisation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "call or visit"),
                            ("court", "go to court"),
                            ("consent", "ask for consent"),
                            ("appeal", "appeal to a body"),
                            ("check", "check a fact or a source"),
                            ("other", "something else"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        help_text="One line: “Call the lawyer about the next hearing”. Whoever may open the case reads it; write no telephone number and no address here.",
                        max_length=200,
                        verbose_name="what is to be done",
                    ),
                ),
                ("due", models.DateField(verbose_name="by when")),
                (
                    "done_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave this empty until it is done.",
                        null=True,
                        verbose_name="done on",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        help_text="“Nobody answered; try again on Friday”.",
                        max_length=300,
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave this empty if anybody may do it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by whom",
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="incidents.incident",
                        verbose_name="incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ("due", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TaskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "call or visit"),
                            ("court", "go to court"),
                            ("consent", "ask for consent"),
                            ("appeal", "appeal to a body"),
                            ("check", "check a fact or a source"),
                            ("other", "something else"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        help_text="One line: “Call the lawyer about the next hearing”. Whoever may open the case reads it; write no telephone number and no address here.",
                        max_length=200,
                        verbose_name="what is to be done",
                    ),
                ),
                ("due", models.DateField(verbose_name="by when")),
                (
                    "done_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave this empty until it is done.",
                        null=True,
                        verbose_name="done on",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        help_text="“Nobody answered; try again on Friday”.",
                        max_length=300,
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Leave this empty if anybody may do it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by whom",
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
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                        verbose_name="incident",
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
                        to="incidents.task",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done_on__isnull", True)), fields=["due"], name="task_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", ""), ("done_on__isnull", False), _connector="OR"),
                name="task_outcome_of_what_is_done",
                violation_error_message="Say also on which day it was done.",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("expires__isnull", False)),
                fields=["expires"],
                name="consent_expires",
            ),
        ),
        migrations.AddIndex(
            model_name="legalstep",
            index=models.Index(
                condition=models.Q(("next_date__isnull", False)),
                fields=["next_date"],
                name="legal_step_next",
            ),
        ),
    ]
