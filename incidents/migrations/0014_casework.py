"""The identity number of a person; who is alleged to be responsible, and who says so, in Urdu alone.

Until now a text in Urdu stood in the column for English as well, since the row could not do without
it. Where both columns hold the same text in Arabic script, that for English becomes empty.

An approval belongs to what its case said when it was given. Cases with such a text say something
else afterwards: they have to be approved again before anything of them is published or corrected.
What is public stays as it is. Taken back, the migration fills the emptied columns again, as the
conditions of before need it, and with them the approvals hold again.
"""

from typing import Final

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Concat, Upper

from reference.migrating import MigrationAtOnce

_PAIRS: Final = (
    ("incidents_involvement", "description"),
    ("incidents_involvement", "alleged_by_text"),
    ("incidents_statusentry", "claimant_text"),
)


def _told_apart(table: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        UPDATE {table} SET {column} = ''
        WHERE {column} <> '' AND {column} = {column}_local AND {column} ~ '[\u0600-\u06ff]'
        """,  # noqa: S608 - names of our own tables
        f"""
        UPDATE {table} SET {column} = {column}_local
        WHERE {column} = '' AND {column}_local ~ '[\u0600-\u06ff]'
        """,  # noqa: S608 - the same
    )


_LINE = models.Value("\n")
_WORDS = GinIndex(
    OpClass(
        Upper(
            Concat(
                *("title", _LINE, "title_local", _LINE),
                *("place_text", _LINE, "place_text_local"),
                output_field=models.TextField(),
            )
        ),
        name="gin_trgm_ops",
    ),
    name="incident_words",
)


class Migration(MigrationAtOnce):
    """The number, the conditions of who is responsible, and the texts told apart."""

    dependencies = [("incidents", "0013_sealed_files")]

    operations = [
        *(
            migrations.AddField(
                model,
                "identity_number",
                models.CharField(
                    blank=True,
                    help_text=(
                        "As on the identity card or passport: “51101-0000000-0”. Never published; "
                        "it stands on a communication to WGEID and nowhere else."
                    ),
                    max_length=40,
                    verbose_name="identity number",
                ),
            )
            for model in ("person", "personevent")
        ),
        migrations.RemoveConstraint("involvement", "involvement_names_somebody"),
        migrations.RemoveConstraint("involvement", "involvement_names_its_alleger"),
        migrations.AddConstraint(
            "involvement",
            models.CheckConstraint(
                condition=models.Q(
                    ("agency__isnull", False),
                    ("person__isnull", False),
                    models.Q(("post", ""), _negated=True),
                    models.Q(("description", ""), _negated=True),
                    models.Q(("description_local", ""), _negated=True),
                    _connector="OR",
                ),
                name="involvement_names_somebody",
                violation_error_message=(
                    "Say who: an agency, a person, a post, or a description of those seen."
                ),
            ),
        ),
        migrations.AddConstraint(
            "involvement",
            models.CheckConstraint(
                condition=models.Q(
                    ("alleged_by_agency__isnull", False),
                    models.Q(("alleged_by_text", ""), _negated=True),
                    models.Q(("alleged_by_text_local", ""), _negated=True),
                    _connector="OR",
                ),
                name="involvement_names_its_alleger",
                violation_error_message="Say who alleges it: an agency, or somebody in words.",
            ),
        ),
        *(_told_apart(table, column) for table, column in _PAIRS),
        migrations.AddIndex("incident", _WORDS),
    ]
