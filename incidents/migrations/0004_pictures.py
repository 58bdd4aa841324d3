"""Photographs of people, whose originals the database itself keeps from changing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reference.migrating import MigrationAtOnce

REFUSE = """
CREATE FUNCTION incidents_original_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The original of a photograph never changes'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER original_never_changes BEFORE UPDATE ON incidents_picture
    FOR EACH ROW
    WHEN ((OLD.original, OLD.sha256, OLD.bytes) IS DISTINCT FROM
          (NEW.original, NEW.sha256, NEW.bytes))
    EXECUTE FUNCTION incidents_original_never_changes();
"""

ALLOW = """
DROP TRIGGER original_never_changes ON incidents_picture;
DROP FUNCTION incidents_original_never_changes();
"""


class Migration(MigrationAtOnce):
    dependencies = [
        ("incidents", "0003_lists_jobs_and_likeness"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Picture",
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
                    "original",
                    models.FileField(
                        editable=False,
                        max_length=255,
                        upload_to="pictures/",
                        verbose_name="original",
                    ),
                ),
                (
                    "file_name",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=255,
                        verbose_name="file name as received",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "bytes",
                    models.PositiveBigIntegerField(editable=False, verbose_name="size in bytes"),
                ),
                (
                    "media_type",
                    models.CharField(editable=False, max_length=40, verbose_name="media type"),
                ),
                (
                    "width",
                    models.PositiveIntegerField(editable=False, verbose_name="width in pixels"),
                ),
                (
                    "height",
                    models.PositiveIntegerField(editable=False, verbose_name="height in pixels"),
                ),
                ("copy", models.BinaryField(verbose_name="working copy")),
                ("copy_hash", models.CharField(editable=False, max_length=64)),
                ("copy_width", models.PositiveIntegerField(editable=False)),
                ("copy_height", models.PositiveIntegerField(editable=False)),
                (
                    "obtained",
                    models.CharField(
                        blank=True,
                        help_text="From whom, when, on what terms. Never published.",
                        max_length=300,
                        verbose_name="how it came to us",
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="Published beside the photograph: “Family archive”, “Dawn”. Name nobody who could be harmed by it.",
                        max_length=200,
                        verbose_name="credit",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="Published, for those who cannot see it: “A young man with a beard, in a dark waistcoat, looks into the camera.” Nothing that cannot be seen.",
                        max_length=300,
                        verbose_name="what is to be seen",
                    ),
                ),
                (
                    "description_local",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what is to be seen, in Urdu or another language",
                    ),
                ),
                (
                    "shown",
                    models.BooleanField(
                        default=False,
                        help_text="It appears only if the person appears by full name, “a photograph may be shown” is ticked above and a consent to “publish a picture” is in force. One a person.",
                        verbose_name="show this one to the public",
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
                        related_name="pictures",
                        to="incidents.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "photograph",
                "verbose_name_plural": "photographs",
                "ordering": ("pk",),
                "permissions": (
                    ("download_picture_original", "Can download the originals of photographs"),
                ),
            },
        ),
        migrations.CreateModel(
            name="PictureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "original",
                    models.FileField(
                        editable=False,
                        max_length=255,
                        upload_to="pictures/",
                        verbose_name="original",
                    ),
                ),
                (
                    "file_name",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=255,
                        verbose_name="file name as received",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "bytes",
                    models.PositiveBigIntegerField(editable=False, verbose_name="size in bytes"),
                ),
                (
                    "media_type",
                    models.CharField(editable=False, max_length=40, verbose_name="media type"),
                ),
                (
                    "width",
                    models.PositiveIntegerField(editable=False, verbose_name="width in pixels"),
                ),
                (
                    "height",
                    models.PositiveIntegerField(editable=False, verbose_name="height in pixels"),
                ),
                ("copy_hash", models.CharField(editable=False, max_length=64)),
                ("copy_width", models.PositiveIntegerField(editable=False)),
                ("copy_height", models.PositiveIntegerField(editable=False)),
                (
                    "obtained",
                    models.CharField(
                        blank=True,
                        help_text="From whom, when, on what terms. Never published.",
                        max_length=300,
                        verbose_name="how it came to us",
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="Published beside the photograph: “Family archive”, “Dawn”. Name nobody who could be harmed by it.",
                        max_length=200,
                        verbose_name="credit",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="Published, for those who cannot see it: “A young man with a beard, in a dark waistcoat, looks into the camera.” Nothing that cannot be seen.",
                        max_length=300,
                        verbose_name="what is to be seen",
                    ),
                ),
                (
                    "description_local",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what is to be seen, in Urdu or another language",
                    ),
                ),
                (
                    "shown",
                    models.BooleanField(
                        default=False,
                        help_text="It appears only if the person appears by full name, “a photograph may be shown” is ticked above and a consent to “publish a picture” is in force. One a person.",
                        verbose_name="show this one to the public",
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
                        to="incidents.picture",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.UniqueConstraint(
                condition=models.Q(("shown", True)),
                fields=("person",),
                name="picture_shown_once_a_person",
                violation_error_message="Only one photograph of a person can be shown.",
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("copy_hash__regex", "^[0-9a-f]{64}$"), ("sha256__regex", "^[0-9a-f]{64}$")
                ),
                name="picture_hashes_are_hex",
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
