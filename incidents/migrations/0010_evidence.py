"""Files kept as evidence: what they carry, a log that links its lines, and their words."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reference.migrating import MigrationAtOnce

CUSTODY = """
CREATE FUNCTION incidents_custody_is_chained() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_file text;
BEGIN
    -- One at a time for each file, and numbered only then: no two lines follow the same one.
    SELECT sha256 INTO of_file FROM incidents_capture
        WHERE id = NEW.capture_id FOR NO KEY UPDATE;
    NEW.id := nextval(pg_get_serial_sequence('incidents_custodyentry', 'id'));
    SELECT hash INTO NEW.previous_hash FROM incidents_custodyentry
        WHERE capture_id = NEW.capture_id ORDER BY id DESC LIMIT 1;
    NEW.previous_hash := coalesce(NEW.previous_hash, '');
    -- By the clock of the moment: one that waited does not stand before the line it follows.
    NEW.at := clock_timestamp();
    -- One line each, and nothing that a spreadsheet takes for a formula.
    NEW.by_whom := regexp_replace(regexp_replace(NEW.by_whom, '[[:cntrl:]]', ' ', 'g'),
        '(^|;)[-=+@\uff1d\uff0b\uff0d\uff20; ]+', '\\1', 'g');
    NEW.reason := regexp_replace(regexp_replace(NEW.reason, '[[:cntrl:]]', ' ', 'g'),
        '(^|;)[-=+@\uff1d\uff0b\uff0d\uff20; ]+', '\\1', 'g');
    NEW.hash := encode(sha256(convert_to(concat_ws(E'\\n',
        of_file, NEW.act,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        NEW.by_whom, NEW.reason, NEW.previous_hash), 'UTF8')), 'hex');
    RETURN NEW;
END
$$;
CREATE TRIGGER custody_is_chained BEFORE INSERT ON incidents_custodyentry
    FOR EACH ROW EXECUTE FUNCTION incidents_custody_is_chained();
"""

NO_CUSTODY = """
DROP TRIGGER custody_is_chained ON incidents_custodyentry;
DROP FUNCTION incidents_custody_is_chained();
"""

# The name of a file may be emptied: that is how a file leaves that has to be removed. Its log was
# made with its hash, so the hash stays also then.
ORIGINAL = """
CREATE FUNCTION incidents_captured_file_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.storage_name <> ''
            OR EXISTS (SELECT 1 FROM incidents_custodyentry WHERE capture_id = OLD.id) THEN
        RAISE EXCEPTION 'A captured file never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER captured_file_never_changes BEFORE UPDATE ON incidents_capture
    FOR EACH ROW
    WHEN (OLD.sha256 <> NEW.sha256 OR OLD.storage_name <> '' AND (
        OLD.bytes IS DISTINCT FROM NEW.bytes OR NEW.storage_name NOT IN (OLD.storage_name, '')))
    EXECUTE FUNCTION incidents_captured_file_never_changes();
"""

NO_ORIGINAL = """
DROP TRIGGER captured_file_never_changes ON incidents_capture;
DROP FUNCTION incidents_captured_file_never_changes();
"""

TEXT = """
CREATE FUNCTION incidents_no_text_of_confidential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM incidents_capture c JOIN incidents_source s ON s.id = c.source_id
               WHERE c.id = NEW.capture_id AND s.confidential) THEN
        RAISE EXCEPTION 'Words of a confidential source are not kept in clear'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER no_text_of_confidential BEFORE INSERT OR UPDATE ON incidents_capturetext
    FOR EACH ROW EXECUTE FUNCTION incidents_no_text_of_confidential();
CREATE FUNCTION incidents_forget_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM incidents_capturetext t USING incidents_capture c
        WHERE c.id = t.capture_id AND c.source_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER forget_text AFTER UPDATE OF confidential ON incidents_source
    FOR EACH ROW WHEN (NEW.confidential AND NOT OLD.confidential)
    EXECUTE FUNCTION incidents_forget_text();
-- Its words are wanted again when a source is open again: the files wait to be looked into.
CREATE FUNCTION incidents_look_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE incidents_capture SET examined_at = NULL
        WHERE source_id = NEW.id AND storage_name <> '' AND copy_kind <> 'cleaned';
    RETURN NULL;
END
$$;
CREATE TRIGGER look_again AFTER UPDATE OF confidential ON incidents_source
    FOR EACH ROW WHEN (OLD.confidential AND NOT NEW.confidential)
    EXECUTE FUNCTION incidents_look_again();
"""

NO_TEXT = """
DROP TRIGGER look_again ON incidents_source;
DROP FUNCTION incidents_look_again();
DROP TRIGGER forget_text ON incidents_source;
DROP FUNCTION incidents_forget_text();
DROP TRIGGER no_text_of_confidential ON incidents_capturetext;
DROP FUNCTION incidents_no_text_of_confidential();
"""


class Migration(MigrationAtOnce):
    dependencies = [("incidents", "0009_review_comments")]

    operations = [
        migrations.AlterModelOptions(
            name="incident",
            options={
                "ordering": ("-date_earliest", "-pk"),
                "permissions": (
                    ("review_incident", "Can verify, return and approve cases"),
                    ("publish_incident", "Can publish, correct and withdraw cases"),
                    ("view_all_restricted", "Can open every restricted case"),
                    ("export_papers", "Can make papers about victims that leave the office"),
                ),
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
            },
        ),
        migrations.AlterModelOptions(
            name="capture",
            options={
                "ordering": ("pk",),
                "permissions": (
                    ("export_evidence", "Can take evidence out of the office as a file"),
                    (
                        "export_confidential_evidence",
                        "Can take evidence of confidential sources out of the office",
                    ),
                ),
                "verbose_name": "captured file",
                "verbose_name_plural": "captured files",
            },
        ),
        migrations.AddField(
            model_name="capture",
            name="copy_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("redacted", "redacted"),
                    ("translated", "translated"),
                    ("cleaned", "without metadata, made by the program"),
                ],
                max_length=10,
                verbose_name="what was done to it",
            ),
        ),
        migrations.AddField(
            model_name="capture",
            name="dangers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("not-as-named", "it is not what its name says"),
                        ("script", "it holds a script"),
                        ("action", "it acts by itself when it is opened"),
                        ("macros", "it holds macros"),
                        ("files-inside", "it holds other files"),
                        ("from-outside", "it loads something from elsewhere when it is opened"),
                        ("locked", "it is locked with a password, so nobody could look into it"),
                        ("unreadable", "it is damaged, or built so that it could not be read"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="kept apart because",
            ),
        ),
        migrations.AddField(
            model_name="capture",
            name="examined_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="looked into"
            ),
        ),
        migrations.AddField(
            model_name="captureevent",
            name="copy_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("redacted", "redacted"),
                    ("translated", "translated"),
                    ("cleaned", "without metadata, made by the program"),
                ],
                max_length=10,
                verbose_name="what was done to it",
            ),
        ),
        migrations.AddField(
            model_name="captureevent",
            name="dangers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("not-as-named", "it is not what its name says"),
                        ("script", "it holds a script"),
                        ("action", "it acts by itself when it is opened"),
                        ("macros", "it holds macros"),
                        ("files-inside", "it holds other files"),
                        ("from-outside", "it loads something from elsewhere when it is opened"),
                        ("locked", "it is locked with a password, so nobody could look into it"),
                        ("unreadable", "it is damaged, or built so that it could not be read"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="kept apart because",
            ),
        ),
        migrations.AddField(
            model_name="captureevent",
            name="examined_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="looked into"
            ),
        ),
        migrations.AddField(
            model_name="custodyentry",
            name="by_whom",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="The pseudonym of that day: this is what leaves the office.",
                max_length=80,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="custodyentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("received", "received"),
                    ("opened", "opened"),
                    ("copied", "copied"),
                    ("derived", "working copy made"),
                    ("exported", "exported"),
                    ("verified", "hash checked"),
                    ("damaged", "file missing or changed"),
                ],
                max_length=10,
                verbose_name="what was done",
            ),
        ),
        migrations.AlterField(
            model_name="custodyentry",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.CreateModel(
            name="CaptureText",
            fields=[
                (
                    "capture",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="extracted",
                        serialize=False,
                        to="incidents.capture",
                    ),
                ),
                ("text", models.TextField()),
                ("is_cut", models.BooleanField(default=False)),
                ("read_at", models.DateTimeField(auto_now=True)),
                ("words", django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="capture_text_words"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="custodyentry",
            constraint=models.UniqueConstraint(
                fields=("capture", "previous_hash"), name="custody_line_follows_one"
            ),
        ),
        migrations.RunSQL(CUSTODY, NO_CUSTODY),
        migrations.RunSQL(ORIGINAL, NO_ORIGINAL),
        migrations.RunSQL(TEXT, NO_TEXT),
    ]
