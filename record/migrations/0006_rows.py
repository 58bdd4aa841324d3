"""Finished cells of every object, which the files of whole lists are copied from."""

import django.db.models.deletion
from django.db import migrations, models

from reference.migrating import MigrationAtOnce

KINDS = {
    "Incident": ("row of an incident", "rows of incidents"),
    "Victim": ("row of a victim", "rows of victims"),
    "Violation": ("row of a violation", "rows of violations"),
    "Agency": ("row of an agency", "rows of agencies"),
    "LegalAction": ("row of a legal action", "rows of legal actions"),
    "Source": ("row of a source", "rows of sources"),
}

LZ4 = """
DO $$
BEGIN
    ALTER TABLE {table} ALTER COLUMN {column} SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END
$$;
"""


def _table(kind, names):
    one, many = names
    return migrations.CreateModel(
        name=f"{kind}Row",
        fields=[
            ("made_of", models.CharField(max_length=16)),
            ("line", models.TextField()),
            ("feature", models.TextField(blank=True)),
            (
                "entry",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    primary_key=True,
                    related_name="row",
                    serialize=False,
                    to=f"record.{kind.lower()}entry",
                ),
            ),
        ],
        options={"verbose_name": one, "verbose_name_plural": many, "abstract": False},
    )


def _storage(table, column):
    """In the row and compressed fast, as documents are (0003)."""
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE MAIN",
            LZ4.format(table=table, column=column),
        ],
        migrations.RunSQL.noop,
    )


class Migration(MigrationAtOnce):
    """The tables; ``rebuild_keys`` fills them for what is published already. Until then files are
    made from documents."""

    dependencies = [("record", "0005_salt")]

    operations = [
        *(_table(kind, names) for kind, names in KINDS.items()),
        *(
            _storage(f"record_{kind.lower()}row", column)
            for kind in KINDS
            for column in ("line", "feature")
        ),
    ]
