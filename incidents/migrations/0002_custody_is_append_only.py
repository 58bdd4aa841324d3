"""The custody log of captured files can only be added to, whoever asks."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION incidents_custody_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The custody log is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER custody_is_append_only BEFORE UPDATE OR DELETE
    ON incidents_custodyentry FOR EACH STATEMENT
    EXECUTE FUNCTION incidents_custody_is_append_only();
CREATE TRIGGER custody_no_truncate BEFORE TRUNCATE
    ON incidents_custodyentry FOR EACH STATEMENT
    EXECUTE FUNCTION incidents_custody_is_append_only();
"""

ALLOW = """
DROP TRIGGER custody_no_truncate ON incidents_custodyentry;
DROP TRIGGER custody_is_append_only ON incidents_custodyentry;
DROP FUNCTION incidents_custody_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_case_file")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
