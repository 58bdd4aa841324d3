"""Which redacted file is shown to everybody."""

from django.db import migrations, models

from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    """A column that says no for every file there is: nothing is rewritten."""

    dependencies = [("incidents", "0016_seal_files")]

    operations = [
        *(
            migrations.AddField(
                model,
                "public",
                models.BooleanField(
                    default=False,
                    help_text=(
                        "For the copy without metadata that the program made of a redaction. Open "
                        "that copy and look at every page first: what is still to be read in it, "
                        "everybody reads. It is published with the next approved publication of a "
                        "case that cites the source; unticked, it is taken down at once."
                    ),
                    verbose_name="shown to everybody",
                ),
            )
            for model in ("capture", "captureevent")
        ),
        migrations.AddConstraint(
            "capture",
            models.CheckConstraint(
                condition=models.Q(("public", False), ("copy_kind", "cleaned"), _connector="OR"),
                name="capture_public_is_a_clean_copy",
                violation_error_message=(
                    "Only the copy without metadata that the program made of a redaction can be "
                    "shown to everybody."
                ),
            ),
        ),
    ]
