"""Tokens that raise the limit: what the public side reads, apart from what only staff know."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import api.models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_request_counts")]

    operations = [
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "requests_per_hour",
                    models.PositiveIntegerField(
                        help_text=(
                            "How often it may ask in an hour, from all addresses together. Without"
                            " a token an address may ask 3,600 times, unless this installation"
                            " says otherwise."
                        ),
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1_000_000),
                        ],
                        verbose_name="requests per hour",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        default=api.models.a_year_from_now,
                        help_text=(
                            "The last day on which it is accepted, by UTC. A year at most is usual."
                        ),
                        verbose_name="valid until",
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="revoked"),
                ),
            ],
            options={
                "verbose_name": "token as the API knows it",
                "verbose_name_plural": "tokens as the API knows them",
            },
        ),
        migrations.CreateModel(
            name="IssuedToken",
            fields=[
                (
                    "token",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="issued",
                        serialize=False,
                        to="api.accesstoken",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text=("What the office calls it, such as “Newsroom, monthly report”."),
                        max_length=100,
                        unique=True,
                        verbose_name="name",
                    ),
                ),
                (
                    "holder",
                    models.TextField(
                        help_text=(
                            "Who uses it, for what, and how to reach them if it has to be"
                            " exchanged. Only administrators see this; the public side cannot."
                        ),
                        verbose_name="for whom",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "made_by",
                    models.CharField(editable=False, max_length=150, verbose_name="made by"),
                ),
                (
                    "revoked_by",
                    models.CharField(
                        blank=True, editable=False, max_length=150, verbose_name="revoked by"
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "ordering": ("-made_at", "-pk"),
            },
            bases=("api.accesstoken",),
        ),
    ]
