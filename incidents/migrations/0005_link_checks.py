"""What came of asking the addresses of sources: a log that can only be added to."""

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION incidents_link_checks_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log of link checks is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER link_checks_are_append_only BEFORE UPDATE OR DELETE
    ON incidents_linkcheck FOR EACH STATEMENT
    EXECUTE FUNCTION incidents_link_checks_are_append_only();
CREATE TRIGGER link_checks_no_truncate BEFORE TRUNCATE
    ON incidents_linkcheck FOR EACH STATEMENT
    EXECUTE FUNCTION incidents_link_checks_are_append_only();
"""

ALLOW = """
DROP TRIGGER link_checks_no_truncate ON incidents_linkcheck;
DROP TRIGGER link_checks_are_append_only ON incidents_linkcheck;
DROP FUNCTION incidents_link_checks_are_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_pictures")]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_at", models.DateTimeField(verbose_name="checked")),
                ("address", models.CharField(max_length=1000, verbose_name="address")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("works", "works"),
                            ("moved", "leads to another address"),
                            ("gone", "page gone"),
                            ("refused", "refused to our program"),
                            ("server-error", "fault of the server"),
                            ("unreachable", "not reachable"),
                            ("not-checked", "could not be checked"),
                        ],
                        max_length=12,
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("name", "there is no server of this name"),
                            ("connection", "no connection to the server"),
                            ("time", "no answer in time"),
                            ("certificate", "no secure connection: the certificate is wrong"),
                            ("answer", "the answer makes no sense"),
                            ("redirects", "it leads on and on, or in a circle"),
                            ("address", "no address of the web"),
                            ("inside", "it leads into a private network, which is never asked"),
                            ("line", "nothing else answered either: perhaps it was our own line"),
                        ],
                        max_length=12,
                        verbose_name="why",
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(null=True, verbose_name="HTTP status")),
                ("final_address", models.TextField(blank=True, verbose_name="leads to")),
                ("milliseconds", models.PositiveIntegerField(verbose_name="milliseconds")),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link_checks",
                        to="incidents.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a link",
                "verbose_name_plural": "checks of links",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["source", "-id"], name="link_check_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "works",
                                    "moved",
                                    "gone",
                                    "refused",
                                    "server-error",
                                    "unreachable",
                                    "not-checked",
                                ],
                            )
                        ),
                        name="link_check_outcome_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
