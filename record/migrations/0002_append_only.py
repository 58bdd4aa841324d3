"""Let the database itself hold that revisions are only ever added.

The one change allowed is the withdrawal's: document and note become empty, nothing else moves.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION record_revision_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    emptied record_revision;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        emptied := OLD;
        emptied.document := NULL;
        emptied.note := '';
        IF OLD.document IS NOT NULL AND NEW IS NOT DISTINCT FROM emptied THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Revisions are append-only: % refused.', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER revision_append_only BEFORE UPDATE OR DELETE ON record_revision
    FOR EACH ROW EXECUTE FUNCTION record_revision_append_only();

CREATE TRIGGER revision_no_truncate BEFORE TRUNCATE ON record_revision
    FOR EACH STATEMENT EXECUTE FUNCTION record_revision_append_only();
"""

DROP = """
DROP TRIGGER revision_no_truncate ON record_revision;
DROP TRIGGER revision_append_only ON record_revision;
DROP FUNCTION record_revision_append_only();
"""


class Migration(migrations.Migration):
    """The triggers, and their removal."""

    dependencies = [("record", "0001_record")]

    operations = [migrations.RunSQL(CREATE, DROP)]
