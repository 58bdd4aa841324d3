"""Finds the revisions that were emptied, which releases made before may still hold."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index that holds emptied revisions alone."""

    dependencies = [("record", "0007_tallies")]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                fields=("sequence",),
                condition=models.Q(action__in=("created", "corrected"), document__isnull=True),
                name="revision_emptied",
            ),
        ),
    ]
