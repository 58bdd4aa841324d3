"""What each published text names, written down beside it instead of searched for in all texts."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table, filled from the texts that were published before there was one."""

    dependencies = [("record", "0003_document_storage")]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "references",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
            ],
            options={"verbose_name": "mention", "verbose_name_plural": "mentions"},
        ),
        migrations.RunSQL(
            """
            INSERT INTO record_mention (sequence, "references")
            SELECT sequence, ARRAY(
                SELECT DISTINCT found[1] COLLATE "C" FROM regexp_matches(
                    document, '((?:INC|VIC|VIO|AGY|LEG|SRC)-[0-9]{4}-[0-9]{4,})', 'g'
                ) AS found
                WHERE found[1] <> reference ORDER BY 1
            )
            FROM record_revision WHERE document IS NOT NULL
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="mention",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["references"], name="mention_references"
            ),
        ),
    ]
