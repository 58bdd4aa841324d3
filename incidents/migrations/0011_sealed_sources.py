"""Room for sealed texts, what was told in trust until now sealed, and the two doors to what the
application itself can only add to."""

from contextlib import contextmanager

from django.db import migrations, models

from incidents.models.sealed import (
    SEALED,
    SealedCharField,
    SealedTextField,
    SealedURLField,
    StoredCheck,
    sealed,
    unsealed,
)
from reference.migrating import MigrationAtOnce

FIELDS = (
    (
        "capture",
        "file_name",
        SealedCharField(blank=True, max_length=255, verbose_name="file name as received"),
    ),
    (
        "capture",
        "method",
        SealedCharField(
            blank=True,
            help_text="Tool and settings.",
            max_length=200,
            verbose_name="how it was captured",
        ),
    ),
    (
        "capture",
        "url",
        SealedURLField(blank=True, max_length=1000, verbose_name="address it came from"),
    ),
    (
        "citation",
        "locator",
        SealedCharField(
            blank=True,
            help_text="Page, paragraph, or minute: “p. 4”, “para. 7”, “12:30”.",
            max_length=120,
            verbose_name="where in the source",
        ),
    ),
    (
        "citation",
        "quotation",
        SealedTextField(
            blank=True,
            help_text="The words themselves, short. Published with the fact.",
            verbose_name="quotation",
        ),
    ),
    (
        "source",
        "archived_url",
        SealedURLField(blank=True, max_length=1000, verbose_name="address of an archived copy"),
    ),
    ("source", "author", SealedCharField(blank=True, max_length=200, verbose_name="author")),
    (
        "source",
        "internal_notes",
        SealedTextField(
            blank=True,
            help_text="For the office only: doubts, leads, reminders. This is never published.",
            verbose_name="internal notes",
        ),
    ),
    (
        "source",
        "public_note",
        SealedTextField(
            blank=True,
            help_text="What a reader should know of it.",
            verbose_name="note for the public",
        ),
    ),
    (
        "source",
        "publisher",
        SealedCharField(blank=True, max_length=200, verbose_name="publisher or issuing body"),
    ),
    (
        "source",
        "title",
        SealedCharField(
            help_text="As printed; for a statement or talk, what it is: “First statement”.",
            max_length=300,
            verbose_name="title",
        ),
    ),
    (
        "source",
        "title_local",
        SealedCharField(
            blank=True, max_length=300, verbose_name="title in Urdu or another language"
        ),
    ),
    (
        "source",
        "url",
        SealedURLField(blank=True, max_length=1000, verbose_name="address on the web"),
    ),
)
COLUMNS = {
    model: [name for of, name, _field in FIELDS if of == model]
    for model in ("source", "capture", "citation")
}
SOURCE_OF = {"source": "id", "capture": "source_id", "citation": "source_id"}
CONFIDENTIAL = "SELECT id FROM incidents_source WHERE confidential"


def _told_in_trust(model, event):
    """The condition under which an event of a history tells of a confidential source: also where
    its row came to hang on the source later."""
    if model == "source":
        return f"{event}.id IN ({CONFIDENTIAL})"
    now = f"SELECT id FROM incidents_{model} WHERE source_id IN ({CONFIDENTIAL})"  # noqa: S608
    return f"({event}.source_id IN ({CONFIDENTIAL}) OR {event}.id IN ({now}))"


WORDS = (
    *("title", "title_local", "publisher", "author", "url", "archived_url", "public_note"),
    "internal_notes",
)
LIES_SEALED = models.Q(
    *(models.Q(**{name: ""}) | models.Q(**{f"{name}__startswith": SEALED}) for name in WORDS)
)


def _assignments(model):
    return ", ".join(
        f"{name} = CASE WHEN event.{name} <> '' AND given.new ->> '{name}' LIKE '{SEALED}%'"
        f" AND (event.{name} LIKE '{SEALED}%' OR {_told_in_trust(model, 'event')})"
        f" THEN given.new ->> '{name}' ELSE event.{name} END"
        for name in COLUMNS[model]
    )


def _branch(model):
    table = f"incidents_{model}event"
    return f"""
    IF which = '{table}' THEN
        UPDATE {table} AS event SET {_assignments(model)}
        FROM (
            SELECT (each ->> 'id')::bigint AS id, each -> 'values' AS new
            FROM jsonb_array_elements(wanted) AS each
        ) AS given
        WHERE event.pgh_id = given.id;
        GET DIAGNOSTICS done = ROW_COUNT;
    END IF;
    """  # noqa: S608 - names of our own tables


DOORS = f"""
CREATE FUNCTION incidents_seal_history(which text, wanted jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    done bigint := -1;
    ignored text;
BEGIN
    SELECT '{{' || string_agg(tgname, ',') || '}}' INTO ignored FROM pg_trigger
    WHERE tgrelid = to_regclass('public.' || quote_ident(which))
        AND tgname LIKE 'pgtrigger_append_only_%';
    PERFORM set_config('pgtrigger.ignore', coalesce(ignored, '{{}}'), true);
    {"".join(map(_branch, COLUMNS))}
    PERFORM set_config('pgtrigger.ignore', '{{}}', true);
    IF done < 0 THEN
        RAISE EXCEPTION 'No such history holds sealed texts'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN done;
END
$$;
COMMENT ON FUNCTION incidents_seal_history(text, jsonb) IS
    'Puts sealed texts into the history of confidential sources; it takes nothing else.';

CREATE OR REPLACE FUNCTION incidents_link_checks_are_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') AND current_setting('gawah.door', true) = 'forget' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The log of link checks is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE FUNCTION incidents_forget_addresses(sources bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    done bigint;
BEGIN
    PERFORM set_config('gawah.door', 'forget', true);
    UPDATE incidents_linkcheck SET address = '', final_address = ''
    WHERE source_id IN (SELECT id FROM incidents_source WHERE confidential AND id = ANY(sources))
        AND (address <> '' OR final_address <> '');
    GET DIAGNOSTICS done = ROW_COUNT;
    PERFORM set_config('gawah.door', '', true);
    RETURN done;
END
$$;
COMMENT ON FUNCTION incidents_forget_addresses(bigint[]) IS
    'Empties the addresses in the checks of links of confidential sources.';

REVOKE ALL ON FUNCTION incidents_seal_history(text, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION incidents_forget_addresses(bigint[]) FROM PUBLIC;
"""  # noqa: S608 - names of our own tables and columns

NO_DOORS = """
DROP FUNCTION incidents_seal_history(text, jsonb);
DROP FUNCTION incidents_forget_addresses(bigint[]);
"""


GUARD = f"""
CREATE FUNCTION incidents_words_lie_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    in_trust boolean;
    words text;
BEGIN
    -- Locked, so that the source does not become confidential meanwhile.
    SELECT confidential INTO in_trust FROM incidents_source WHERE id = NEW.source_id FOR SHARE;
    IF in_trust THEN
        FOR place IN 0 .. TG_NARGS - 1 LOOP
            words := to_jsonb(NEW) ->> TG_ARGV[place];
            IF words <> '' AND words NOT LIKE '{SEALED}%' THEN
                RAISE EXCEPTION 'What hangs on a confidential source lies sealed'
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    END IF;
    RETURN NEW;
END
$$;
"""  # noqa: S608 - a prefix of ours

GUARDS = "".join(
    f"""
CREATE TRIGGER {model}_words_lie_sealed
    BEFORE INSERT OR UPDATE OF source_id, {", ".join(COLUMNS[model])} ON incidents_{model}
    FOR EACH ROW EXECUTE FUNCTION incidents_words_lie_sealed({", ".join(COLUMNS[model])});
"""
    for model in ("capture", "citation")
)

NO_GUARD = """
DROP TRIGGER citation_words_lie_sealed ON incidents_citation;
DROP TRIGGER capture_words_lie_sealed ON incidents_capture;
DROP FUNCTION incidents_words_lie_sealed();
"""


def seal_what_stands(apps, schema_editor):
    """Seal what was told in trust before there was a key for it: rows, their history, and what
    else repeated it."""
    connection = schema_editor.connection
    with history_at_rest(connection):
        for model, names in COLUMNS.items():
            _seal(
                connection,
                f"incidents_{model}",
                "id",
                f"{SOURCE_OF[model]} IN ({CONFIDENTIAL})",
                names,
            )
            table = f"incidents_{model}event"
            _seal(connection, table, "pgh_id", _told_in_trust(model, table), names)
    _silence(connection)
    with connection.cursor() as cursor:
        # A table with checks that wait for the end of the transaction takes no constraint.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def open_what_lies_sealed(apps, schema_editor):
    """The way back: what lies sealed lies open again. Raises UnreadableSecretError where a key is
    missing; then nothing is changed. What was silenced stays so."""
    connection = schema_editor.connection
    with history_at_rest(connection):
        for model, names in COLUMNS.items():
            shut = " OR ".join(f"{name} LIKE '{SEALED}%%'" for name in names)
            _seal(connection, f"incidents_{model}", "id", f"({shut})", names, opened)
            _seal(connection, f"incidents_{model}event", "pgh_id", f"({shut})", names, opened)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def history_at_rest(connection):
    """Nothing is added to the history meanwhile, and it lets itself be written: what is written
    lies otherwise and says the same. The triggers of an older version would know less columns
    than their tables have by now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', '{' || coalesce(string_agg(tgname, ','), '')"
            " || '}', true) FROM pg_trigger WHERE tgname LIKE 'pgtrigger%%'"
            " AND tgrelid = ANY(%s::regclass[])",
            [[f"incidents_{model}{kind}" for model in COLUMNS for kind in ("", "event")]],
        )
        yield
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def _seal(connection, table, key, condition, names, change=None):
    """Write these columns anew where the condition holds."""
    change = change or _once
    assignments = ", ".join(f"{name} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {', '.join(names)} FROM {table} WHERE {condition}", [])  # noqa: S608
        for pk, *texts in cursor.fetchall():
            changed = list(map(change, texts))
            if changed != texts:
                cursor.execute(
                    f"UPDATE {table} SET {assignments} WHERE {key} = %s",  # noqa: S608
                    [*changed, pk],
                )


def _silence(connection):
    """Take the words out of notes of imports, and the addresses out of the log of link checks."""
    told = [f"model = 'source' AND object_id IN ({CONFIDENTIAL})"]
    told += [
        f"model = '{model}' AND (object_id IN (SELECT id FROM incidents_{model} WHERE source_id"  # noqa: S608
        f" IN ({CONFIDENTIAL})) OR object_id IN (SELECT id FROM incidents_{model}event"
        f" WHERE source_id IN ({CONFIDENTIAL})))"
        for model in ("capture", "citation")
    ]
    with connection.cursor() as cursor:
        for side in ("before", "after"):
            cursor.execute(
                f"UPDATE incidents_importchange SET {side} = '–'"  # noqa: S608
                f" WHERE {side} NOT IN ('', '–') AND ({' OR '.join(told)})"
            )
        cursor.execute(f"SELECT incidents_forget_addresses(ARRAY({CONFIDENTIAL}))")


def opened(text):
    return unsealed(text) if text.startswith(SEALED) else text


def _once(text):
    return text if text.startswith(SEALED) else sealed(text)


class Migration(MigrationAtOnce):
    dependencies = [("incidents", "0010_evidence")]

    operations = [
        *(
            migrations.AlterField(f"{model}{kind}", name, field)
            for model, name, field in FIELDS
            for kind in ("", "event")
        ),
        migrations.RunSQL(DOORS, NO_DOORS),
        migrations.RunPython(seal_what_stands, open_what_lies_sealed),
        migrations.RunSQL(GUARD + GUARDS, NO_GUARD),
        migrations.AddConstraint(
            "source",
            StoredCheck(
                condition=models.Q(confidential=False) | LIES_SEALED,
                name="source_confidential_is_sealed",
            ),
        ),
    ]
