"""Who collected the data: named by the organisation that publishes the record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column of a table of one row."""

    dependencies = [("reference", "0005_organisation")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="collecting_bodies",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Every organisation whose collecting stands behind the record, one a line, in each language by language code. Every answer and file names them.",
                verbose_name="who collected the data",
            ),
        ),
    ]
