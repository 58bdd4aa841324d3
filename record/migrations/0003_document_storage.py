"""Keep documents in their rows, compressed fast: an answer is then one look-up a document.

MAIN moves a document out of line only when the row would not fit a page otherwise. LZ4 costs a
third of the default compression to read; a server built without it keeps the default.
"""

from django.db import migrations

TABLES = [
    f"record_{name}"
    for name in (
        "incidententry",
        "victimentry",
        "violationentry",
        "agencyentry",
        "legalactionentry",
        "sourceentry",
        "revision",
    )
]

LZ4 = """
DO $$
BEGIN
    ALTER TABLE {table} ALTER COLUMN document SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END
$$;
"""


class Migration(migrations.Migration):
    """Storage of the document columns. The reverse brings the defaults back."""

    dependencies = [("record", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            [
                f"ALTER TABLE {table} ALTER COLUMN document SET STORAGE MAIN",
                LZ4.format(table=table),
            ],
            [
                f"ALTER TABLE {table} ALTER COLUMN document SET STORAGE EXTENDED",
                f"ALTER TABLE {table} ALTER COLUMN document SET COMPRESSION DEFAULT",
            ],
        )
        for table in TABLES
    ]
