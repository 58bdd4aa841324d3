"""Sessions of staff, failed attempts, spent codes, locked accounts, and the access log."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Upper

from reference.migrating import MigrationAtOnce

REFUSE = """
CREATE FUNCTION incidents_access_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The access log is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER access_is_append_only BEFORE UPDATE OR DELETE
    ON incidents_accessevent FOR EACH STATEMENT
    EXECUTE FUNCTION incidents_access_is_append_only();
CREATE TRIGGER access_no_truncate BEFORE TRUNCATE
    ON incidents_accessevent FOR EACH STATEMENT
    EXECUTE FUNCTION incidents_access_is_append_only();
"""

ALLOW = """
DROP TRIGGER access_no_truncate ON incidents_accessevent;
DROP TRIGGER access_is_append_only ON incidents_accessevent;
DROP FUNCTION incidents_access_is_append_only();
"""


class Migration(MigrationAtOnce):
    dependencies = [("incidents", "0005_link_checks")]

    operations = [
        migrations.CreateModel(
            name="LoginTries",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tries", models.PositiveIntegerField()),
                ("last_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="SpentCode",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name="staffmember",
            name="frozen_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Nobody gets into a locked account before an administrator unlocks it.",
                null=True,
                verbose_name="locked",
            ),
        ),
        migrations.AddField(
            model_name="staffmemberevent",
            name="frozen_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Nobody gets into a locked account before an administrator unlocks it.",
                null=True,
                verbose_name="locked",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.UniqueConstraint(
                Upper("username"),
                name="staff_name_once",
                violation_error_message=(
                    "There is an account of this user name already, perhaps with other capitals."
                ),
            ),
        ),
        migrations.CreateModel(
            name="StaffSession",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("begun_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("device", models.CharField(blank=True, max_length=60)),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "db_table": "incidents_staffsession",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AccessEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="when")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("logged_in", "logged in"),
                            ("password_refused", "wrong password"),
                            ("code_refused", "wrong second factor"),
                            ("code_replayed", "code used a second time"),
                            ("slowed", "told to wait after failed attempts"),
                            ("locked_out", "tried to log in to a locked account"),
                            ("logged_out", "logged out"),
                            ("session_ended", "session ended from elsewhere"),
                            ("session_too_old", "session ended after its longest time"),
                            ("ended_session_used", "cookie of an ended session used"),
                            ("password_changed", "password changed"),
                            ("password_given", "one-time password given"),
                            ("factor_added", "second factor added"),
                            ("factor_removed", "second factor removed"),
                            ("codes_made", "recovery codes made"),
                            ("opened", "opened a restricted case"),
                            ("searched", "searched a list"),
                            ("exported", "downloaded a file"),
                            ("denied", "was denied"),
                            ("frozen", "account locked"),
                            ("unfrozen", "account unlocked"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=60, verbose_name="section")),
                ("key", models.CharField(blank=True, max_length=40, verbose_name="number")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "session",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        help_text="Entries with the same sign are of one session.",
                        max_length=16,
                        verbose_name="session",
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="whose account",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        help_text="Empty where nobody had logged in and no account of that name exists.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "access",
                "verbose_name_plural": "access log",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["member", "-id"], name="access_by_member"),
                    models.Index(fields=["act", "-id"], name="access_by_act"),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
