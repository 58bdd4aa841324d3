"""Counts of traits, months for a type within a district, and indexes that count victims."""

from django.db import migrations, models
from django.db.models import F, Q

from reference.migrating import MigrationAtOnce

_PLACES = {"all": (), "province": ("province",), "district": ("district",)}


def _walks():
    """The indexes that a list is walked by: prefix, place, name."""
    for prefix in (("type_1",), ("type_2",), ("type_3",), ()):
        for ending, place in _PLACES.items():
            yield prefix, place, f"fact_{prefix[0] if prefix else 'any'}_{ending}"


def _made_anew():
    """The same indexes, in which victims are counted too."""
    for _prefix, _place, name in _walks():
        yield migrations.RemoveIndex(model_name="fact", name=name)
    for prefix, place, name in _walks():
        yield migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                *prefix,
                *place,
                F("start_earliest").desc(nulls_last=True),
                F("id").desc(),
                include=("start_latest", "incident", "victim"),
                name=name,
            ),
        )


class Migration(MigrationAtOnce):
    """One table more. Migration 0012 counts everything anew."""

    dependencies = [("record", "0008_releases")]

    operations = [
        migrations.CreateModel(
            name="TraitTally",
            fields=[
                (
                    "trait",
                    models.SmallIntegerField(
                        choices=[
                            (1, "status of the victim"),
                            (2, "sex of the victim"),
                            (3, "age group of the victim"),
                            (4, "alleged responsible"),
                            (5, "how well established"),
                            (6, "what the accused side says"),
                            (7, "kind of source"),
                        ]
                    ),
                ),
                ("type", models.IntegerField()),
                ("province", models.IntegerField()),
                ("own", models.BooleanField()),
                ("value", models.IntegerField()),
                ("incidents", models.IntegerField()),
                ("victims", models.IntegerField()),
                ("violations", models.IntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "trait",
                        "type",
                        "province",
                        "own",
                        "value",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
            options={
                "verbose_name": "tally of a trait",
                "verbose_name_plural": "tallies of traits",
            },
        ),
        *_made_anew(),
        migrations.AddIndex(
            model_name="victimkey",
            index=models.Index(
                fields=["entry"],
                condition=Q(
                    ("people__isnull", True), ("people__lt", 1), ("people__gt", 1), _connector="OR"
                ),
                name="victim_key_groups",
            ),
        ),
    ]
