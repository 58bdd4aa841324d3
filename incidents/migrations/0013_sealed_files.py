"""Who told us sealed in the database, and cells of lists. The files follow in ``seal_files``."""

import json
from contextlib import contextmanager

import django.db.models.deletion
from django.db import migrations, models

import incidents.models.sealed_json
import incidents.models.sealed_key
from incidents.models.sealed import SEALED, SealedTextField, StoredCheck, sealed, unsealed
from incidents.models.sealed_json import sealed_cells
from reference.migrating import MigrationAtOnce

TABLES = ("source", "sourceevent", "merger", "mergerevent", "listrow", "listrowevent")

WORDS = (
    *("title", "title_local", "publisher", "author", "url", "archived_url", "public_note"),
    *("internal_notes", "informant_id"),
)
COLUMNS = {
    "source": WORDS,
    "capture": ("file_name", "method", "url"),
    "citation": ("locator", "quotation"),
    "merger": ("told",),
}
CONFIDENTIAL = "SELECT id FROM incidents_source WHERE confidential"
LISTS = f"SELECT id FROM incidents_sourcelist WHERE source_id IN ({CONFIDENTIAL})"  # noqa: S608


def _told_in_trust(model):
    """The condition under which an event of a history tells of a confidential source: also where
    its row came to hang on the source later."""
    if model == "merger":
        return "true"
    if model == "source":
        return f"event.id IN ({CONFIDENTIAL})"
    now = f"SELECT id FROM incidents_{model} WHERE source_id IN ({CONFIDENTIAL})"  # noqa: S608
    return f"(event.source_id IN ({CONFIDENTIAL}) OR event.id IN ({now}))"


def _branch(model, columns):
    table = f"incidents_{model}event"
    assignments = ", ".join(
        f"{name} = CASE WHEN event.{name} <> '' AND given.new ->> '{name}' LIKE '{SEALED}%'"
        f" AND (event.{name} LIKE '{SEALED}%' OR {_told_in_trust(model)})"
        f" THEN given.new ->> '{name}' ELSE event.{name} END"
        for name in columns
    )
    return f"""
    IF which = '{table}' THEN
        UPDATE {table} AS event SET {assignments}
        FROM (
            SELECT (each ->> 'id')::bigint AS id, each -> 'values' AS new
            FROM jsonb_array_elements(wanted) AS each
        ) AS given
        WHERE event.pgh_id = given.id;
        GET DIAGNOSTICS done = ROW_COUNT;
    END IF;
    """  # noqa: S608 - names of our own tables


CELLS = f"""
    IF which = 'incidents_listrowevent' THEN
        UPDATE incidents_listrowevent AS event SET received = given.new -> 'received'
        FROM (
            SELECT (each ->> 'id')::bigint AS id, each -> 'values' AS new
            FROM jsonb_array_elements(wanted) AS each
        ) AS given
        WHERE event.pgh_id = given.id AND event.received <> '{{}}'
            AND given.new #>> '{{received,""}}' LIKE '{SEALED}%'
            AND (event.received ->> '' LIKE '{SEALED}%' OR event.list_id IN ({LISTS}));
        GET DIAGNOSTICS done = ROW_COUNT;
    END IF;
"""  # noqa: S608 - names of our own tables
"""The cells of lists, which lie sealed in one."""


def _door(columns, cells):
    """The door of 0011, which knows these columns: the rights to it stay as they are."""
    branches = "".join(_branch(model, names) for model, names in columns.items()) + cells
    return f"""
CREATE OR REPLACE FUNCTION incidents_seal_history(which text, wanted jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    done bigint := -1;
    ignored text;
BEGIN
    SELECT '{{' || string_agg(tgname, ',') || '}}' INTO ignored FROM pg_trigger
    WHERE tgrelid = to_regclass('public.' || quote_ident(which))
        AND tgname LIKE 'pgtrigger_append_only_%';
    PERFORM set_config('pgtrigger.ignore', coalesce(ignored, '{{}}'), true);
    {branches}
    PERFORM set_config('pgtrigger.ignore', '{{}}', true);
    IF done < 0 THEN
        RAISE EXCEPTION 'No such history holds sealed texts'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN done;
END
$$;
"""  # noqa: S608 - names of our own tables and columns


BEFORE = {
    "source": WORDS[:-1],
    **{model: COLUMNS[model] for model in ("capture", "citation")},
}


@contextmanager
def history_at_rest(connection):
    """Nothing is added to these histories meanwhile, and they let themselves be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', '{' || coalesce(string_agg(tgname, ','), '')"
            " || '}', true) FROM pg_trigger WHERE tgname LIKE 'pgtrigger%%'"
            " AND tgrelid = ANY(%s::regclass[])",
            [[f"incidents_{table}" for table in TABLES]],
        )
        yield cursor
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
        # A table with checks that wait for the end of the transaction takes no constraint.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def seal_who_told(apps, schema_editor):
    """Seal whom sources name as having told them, rows and history, and what mergers moved."""
    with history_at_rest(schema_editor.connection) as cursor:
        for table, key in (("source", "id"), ("sourceevent", "pgh_id")):
            _rewrite(cursor, table, key, "informant_id", _once)
        for table, key in (("merger", "id"), ("mergerevent", "pgh_id")):
            cursor.execute(
                f"SELECT {key}, moved -> 'sources' FROM incidents_{table} WHERE moved ? 'sources'"  # noqa: S608
            )
            for pk, ids in cursor.fetchall():
                text = ids if isinstance(ids, str) else json.dumps(ids)
                cursor.execute(
                    f"UPDATE incidents_{table} SET moved = moved - 'sources', told = %s"  # noqa: S608
                    f" WHERE {key} = %s",
                    [sealed(text), pk],
                )


def open_who_told(apps, schema_editor):
    """The way back. Raises UnreadableSecretError where a key is missing; nothing is changed then."""
    with history_at_rest(schema_editor.connection) as cursor:
        for table, key in (("source", "id"), ("sourceevent", "pgh_id")):
            _rewrite(cursor, table, key, "informant_id", unsealed)
        for table, key in (("merger", "id"), ("mergerevent", "pgh_id")):
            cursor.execute(f"SELECT {key}, told FROM incidents_{table} WHERE told <> ''")  # noqa: S608
            for pk, told in cursor.fetchall():
                cursor.execute(
                    f"UPDATE incidents_{table} SET told = '',"  # noqa: S608
                    f" moved = jsonb_set(moved, '{{sources}}', %s::jsonb) WHERE {key} = %s",
                    [unsealed(told), pk],
                )


def _rewrite(cursor, table, key, column, change):
    cursor.execute(f"SELECT {key}, {column} FROM incidents_{table} WHERE {column} IS NOT NULL")  # noqa: S608
    for pk, text in cursor.fetchall():
        cursor.execute(
            f"UPDATE incidents_{table} SET {column} = %s WHERE {key} = %s",  # noqa: S608
            [change(text), pk],
        )


def _once(text):
    return text if text.startswith(SEALED) else sealed(text)


def seal_cells(apps, schema_editor):
    """Seal the cells of lists that were told in trust, rows and history."""
    _rewrite_cells(schema_editor.connection, f"list_id IN ({LISTS})", sealed_cells)


def open_cells(apps, schema_editor):
    """The way back. Raises UnreadableSecretError where a key is missing; nothing is changed then."""
    _rewrite_cells(
        schema_editor.connection,
        f"received ->> '' LIKE '{SEALED}%'",
        lambda cells: json.loads(unsealed(cells[""])),
    )


def _rewrite_cells(connection, condition, change):
    with history_at_rest(connection) as cursor:
        for table, key in (("listrow", "id"), ("listrowevent", "pgh_id")):
            cursor.execute(
                f"SELECT {key}, received::text FROM incidents_{table}"  # noqa: S608
                f" WHERE received <> '{{}}' AND {condition}"
            )
            for pk, text in cursor.fetchall():
                cells = json.loads(text)
                if change is sealed_cells and str(cells.get("", "")).startswith(SEALED):
                    continue
                cursor.execute(
                    f"UPDATE incidents_{table} SET received = %s::jsonb WHERE {key} = %s",  # noqa: S608
                    [json.dumps(change(cells)), pk],
                )


class Migration(MigrationAtOnce):
    """Who told us, and cells of lists, sealed."""

    dependencies = [("incidents", "0012_expunging")]

    operations = [
        migrations.AddField(
            "merger", "told", SealedTextField(blank=True, default="", editable=False), False
        ),
        migrations.AddField(
            "mergerevent", "told", SealedTextField(blank=True, default="", editable=False), False
        ),
        migrations.AlterField(
            "source",
            "informant",
            incidents.models.sealed_key.SealedForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                help_text="Never published.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sources",
                to="incidents.person",
                verbose_name="who told us",
            ),
        ),
        migrations.AlterField(
            "sourceevent",
            "informant",
            incidents.models.sealed_key.SealedForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                help_text="Never published.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="incidents.person",
                verbose_name="who told us",
            ),
        ),
        *(
            migrations.AlterField(
                model,
                "received",
                incidents.models.sealed_json.SealedJSONField(verbose_name="as received"),
            )
            for model in ("listrow", "listrowevent")
        ),
        migrations.RunSQL(_door(COLUMNS, CELLS), _door(BEFORE, "")),
        migrations.RunPython(seal_who_told, open_who_told),
        migrations.RunPython(seal_cells, open_cells),
        migrations.AddConstraint(
            "source",
            StoredCheck(
                condition=models.Q(informant__isnull=True) | models.Q(informant__startswith=SEALED),
                name="source_informant_is_sealed",
            ),
        ),
    ]
