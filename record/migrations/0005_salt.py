"""Salt the hashes of documents and notes.

Without salt whoever has the hash of a withdrawn text could find out the name in it by trying names.
Revisions from before keep their hashes and have no salt.
"""

from django.db import migrations, models

ALLOW = """
CREATE OR REPLACE FUNCTION record_revision_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    emptied record_revision;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        emptied := OLD;
        emptied.document := NULL;
        emptied.note := '';
        {salt}
        IF {emptied_if} AND NEW IS NOT DISTINCT FROM emptied THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Revisions are append-only: % refused.', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0004_mentions")]

    operations = [
        migrations.AddField(
            "revision",
            "salt",
            models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.RunSQL(
            ALLOW.format(
                salt="emptied.salt := '';",
                # A merger has no document, and its note says who is who.
                emptied_if="(OLD.document IS NOT NULL OR OLD.action = 'merged')",
            ),
            ALLOW.format(salt="", emptied_if="OLD.document IS NOT NULL"),
        ),
    ]
