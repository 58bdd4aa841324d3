"""The tables of the public record: documents, revisions, and the keys that filters need."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    """Documents, revisions and keys."""

    initial = True

    dependencies = [
        ("reference", "0003_vocabularies"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncidentEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(default="live", max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("document", models.TextField(blank=True)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                ("first_published", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("withdrawal_reason", models.CharField(blank=True, max_length=40)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="record.incidententry",
                    ),
                ),
            ],
            options={
                "verbose_name": "published incident",
                "verbose_name_plural": "published incidents",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="incidententry_version_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_into__isnull", True),
                                ("state", "live"),
                                ("withdrawal_reason", ""),
                                models.Q(("document", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("merged_into__isnull", True),
                                ("state", "withdrawn"),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("state", "merged"),
                                ("withdrawal_reason", ""),
                                ("merged_into__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="incidententry_is_live_or_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VictimEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(default="live", max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("document", models.TextField(blank=True)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                ("first_published", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("withdrawal_reason", models.CharField(blank=True, max_length=40)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="record.victimentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "published victim",
                "verbose_name_plural": "published victims",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="victimentry_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_into__isnull", True),
                                ("state", "live"),
                                ("withdrawal_reason", ""),
                                models.Q(("document", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("merged_into__isnull", True),
                                ("state", "withdrawn"),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("state", "merged"),
                                ("withdrawal_reason", ""),
                                ("merged_into__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="victimentry_is_live_or_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ViolationEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(default="live", max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("document", models.TextField(blank=True)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                ("first_published", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("withdrawal_reason", models.CharField(blank=True, max_length=40)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="record.violationentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "published violation",
                "verbose_name_plural": "published violations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="violationentry_version_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_into__isnull", True),
                                ("state", "live"),
                                ("withdrawal_reason", ""),
                                models.Q(("document", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("merged_into__isnull", True),
                                ("state", "withdrawn"),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("state", "merged"),
                                ("withdrawal_reason", ""),
                                ("merged_into__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="violationentry_is_live_or_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(default="live", max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("document", models.TextField(blank=True)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                ("first_published", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("withdrawal_reason", models.CharField(blank=True, max_length=40)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="record.agencyentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "published agency",
                "verbose_name_plural": "published agencies",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="agencyentry_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_into__isnull", True),
                                ("state", "live"),
                                ("withdrawal_reason", ""),
                                models.Q(("document", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("merged_into__isnull", True),
                                ("state", "withdrawn"),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("state", "merged"),
                                ("withdrawal_reason", ""),
                                ("merged_into__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="agencyentry_is_live_or_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalActionEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(default="live", max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("document", models.TextField(blank=True)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                ("first_published", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("withdrawal_reason", models.CharField(blank=True, max_length=40)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="record.legalactionentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "published legal action",
                "verbose_name_plural": "published legal actions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="legalactionentry_version_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_into__isnull", True),
                                ("state", "live"),
                                ("withdrawal_reason", ""),
                                models.Q(("document", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("merged_into__isnull", True),
                                ("state", "withdrawn"),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("state", "merged"),
                                ("withdrawal_reason", ""),
                                ("merged_into__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="legalactionentry_is_live_or_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(default="live", max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("document", models.TextField(blank=True)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                ("first_published", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("withdrawal_reason", models.CharField(blank=True, max_length=40)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="record.sourceentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "published source",
                "verbose_name_plural": "published sources",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="sourceentry_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_into__isnull", True),
                                ("state", "live"),
                                ("withdrawal_reason", ""),
                                models.Q(("document", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("merged_into__isnull", True),
                                ("state", "withdrawn"),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("content_sha256", ""),
                                ("document", ""),
                                ("state", "merged"),
                                ("withdrawal_reason", ""),
                                ("merged_into__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sourceentry_is_live_or_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("reference", models.CharField(max_length=24)),
                ("version", models.PositiveIntegerField()),
                ("action", models.CharField(max_length=16)),
                ("document", models.TextField(null=True)),
                ("document_sha256", models.CharField(blank=True, max_length=64)),
                ("note", models.TextField(blank=True)),
                ("note_sha256", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("merged_into", models.CharField(blank=True, max_length=24)),
                ("published_at", models.DateTimeField()),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ("sequence",),
                "constraints": [
                    models.UniqueConstraint(fields=("reference", "version"), name="revision_once"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="revision_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "incident",
                                    "victim",
                                    "violation",
                                    "agency",
                                    "legal-action",
                                    "source",
                                ],
                            )
                        ),
                        name="revision_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action__in", ("created", "corrected")),
                                ("merged_into", ""),
                                ("reason", ""),
                                models.Q(("document_sha256", ""), _negated=True),
                            ),
                            models.Q(
                                ("action", "withdrawn"),
                                ("document", None),
                                ("document_sha256", ""),
                                ("merged_into", ""),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("action", "merged"),
                                ("document", None),
                                ("document_sha256", ""),
                                ("reason", ""),
                                models.Q(("merged_into", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="revision_action_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)), name="revision_sequence_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "reference counter",
                "verbose_name_plural": "reference counters",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "year"), name="reference_counter_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="record.incidententry",
                    ),
                ),
                (
                    "violation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fact",
                        to="record.violationentry",
                    ),
                ),
                (
                    "victim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="record.victimentry",
                    ),
                ),
                (
                    "incident_kind",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.term",
                    ),
                ),
                (
                    "type_1",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.term",
                    ),
                ),
                (
                    "type_2",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.term",
                    ),
                ),
                (
                    "type_3",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.term",
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("area_basis", models.CharField(blank=True, max_length=8)),
                (
                    "province",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.area",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.area",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.area",
                    ),
                ),
                ("start_earliest", models.DateField(null=True)),
                ("start_latest", models.DateField(null=True)),
                ("end_earliest", models.DateField(null=True)),
                ("end_latest", models.DateField(null=True)),
                ("open_ended", models.BooleanField(default=False)),
                (
                    "statuses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "sex",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.term",
                    ),
                ),
                (
                    "age_group",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.term",
                    ),
                ),
                (
                    "occupations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("named", models.BooleanField(null=True)),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "agency_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "attributions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.term",
                    ),
                ),
                ("contested", models.BooleanField(default=False)),
                (
                    "legal_actions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "legal_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "source_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("changed", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "fact",
                "verbose_name_plural": "facts",
                "indexes": [
                    models.Index(
                        models.F("type_1"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_1_all",
                    ),
                    models.Index(
                        models.F("type_1"),
                        models.F("province"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_1_province",
                    ),
                    models.Index(
                        models.F("type_1"),
                        models.F("district"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_1_district",
                    ),
                    models.Index(
                        models.F("type_2"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_2_all",
                    ),
                    models.Index(
                        models.F("type_2"),
                        models.F("province"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_2_province",
                    ),
                    models.Index(
                        models.F("type_2"),
                        models.F("district"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_2_district",
                    ),
                    models.Index(
                        models.F("type_3"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_3_all",
                    ),
                    models.Index(
                        models.F("type_3"),
                        models.F("province"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_3_province",
                    ),
                    models.Index(
                        models.F("type_3"),
                        models.F("district"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_type_3_district",
                    ),
                    models.Index(
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_any_all",
                    ),
                    models.Index(
                        models.F("province"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_any_province",
                    ),
                    models.Index(
                        models.F("district"),
                        models.OrderBy(
                            models.F("start_earliest"), descending=True, nulls_last=True
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        include=("start_latest", "incident"),
                        name="fact_any_district",
                    ),
                    models.Index(fields=["-changed", "-id"], name="fact_changed"),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["areas"], name="fact_areas"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["statuses"], name="fact_statuses"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["agencies"], name="fact_agencies"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["legal_actions"], name="fact_legal_actions"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["sources"], name="fact_sources"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("grade__isnull", False),
                                ("type_1__isnull", False),
                                ("violation__isnull", False),
                            ),
                            models.Q(
                                ("type_1__isnull", True),
                                ("victim__isnull", True),
                                ("violation__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="fact_violation_is_whole_or_absent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("violation__isnull", True)),
                        fields=("incident",),
                        name="fact_without_violation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start_earliest__lte", models.F("start_latest"))),
                        name="fact_start_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end_earliest__lte", models.F("end_latest"))),
                        name="fact_end_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("area_basis", ""),
                            models.Q(
                                ("area_basis__in", ["stated", "inferred"]), ("areas__len__gt", 0)
                            ),
                            _connector="OR",
                        ),
                        name="fact_basis_only_with_area",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentKey",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="record.incidententry",
                    ),
                ),
                ("earliest", models.DateField(null=True)),
                ("latest", models.DateField(null=True)),
                ("changed", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "incident key",
                "verbose_name_plural": "incident keys",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("earliest"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("entry"), descending=True),
                        name="incident_key_newest",
                    ),
                    models.Index(fields=["-changed"], name="incident_key_changed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="VictimKey",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="record.victimentry",
                    ),
                ),
                ("sort_name", models.CharField(blank=True, max_length=200)),
                ("people", models.PositiveIntegerField(null=True)),
                ("estimated", models.BooleanField(default=False)),
                ("earliest", models.DateField(null=True)),
                ("changed", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "victim key",
                "verbose_name_plural": "victim keys",
                "indexes": [
                    models.Index(fields=["sort_name", "entry"], name="victim_key_name"),
                    models.Index(
                        models.OrderBy(models.F("earliest"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("entry"), descending=True),
                        name="victim_key_newest",
                    ),
                    models.Index(fields=["-changed"], name="victim_key_changed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="VictimName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="record.victimentry",
                    ),
                ),
                ("folded", models.CharField(max_length=300)),
                ("skeleton", models.CharField(max_length=300)),
            ],
            options={
                "verbose_name": "victim name",
                "verbose_name_plural": "victim names",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False,
                        fields=["folded"],
                        name="victim_name_folded",
                        opclasses=("gin_trgm_ops",),
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False,
                        fields=["skeleton"],
                        name="victim_name_skeleton",
                        opclasses=("gin_trgm_ops",),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "folded"), name="victim_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyKey",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="record.agencyentry",
                    ),
                ),
                ("sort_name", models.CharField(blank=True, max_length=200)),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "parents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                (
                    "lineage",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("changed", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "agency key",
                "verbose_name_plural": "agency keys",
                "indexes": [models.Index(fields=["sort_name", "entry"], name="agency_key_name")],
            },
        ),
        migrations.CreateModel(
            name="LegalActionKey",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="record.legalactionentry",
                    ),
                ),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="record.agencyentry",
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("area_basis", models.CharField(blank=True, max_length=8)),
                ("earliest", models.DateField(null=True)),
                ("latest", models.DateField(null=True)),
                (
                    "stages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "outcomes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "compliances",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("changed", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "legal action key",
                "verbose_name_plural": "legal action keys",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("earliest"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("entry"), descending=True),
                        name="legal_action_key_newest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceKey",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="record.sourceentry",
                    ),
                ),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "language",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.term",
                    ),
                ),
                ("earliest", models.DateField(null=True)),
                ("latest", models.DateField(null=True)),
                ("changed", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "source key",
                "verbose_name_plural": "source keys",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("earliest"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("entry"), descending=True),
                        name="source_key_newest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentText",
            fields=[
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="record.incidententry",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of an incident",
                "verbose_name_plural": "texts of incidents",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["vector"], name="incidenttext_vector"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyText",
            fields=[
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="record.agencyentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of an agency",
                "verbose_name_plural": "texts of agencies",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["vector"], name="agencytext_vector"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalActionText",
            fields=[
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="record.legalactionentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a legal action",
                "verbose_name_plural": "texts of legal actions",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["vector"], name="legalactiontext_vector"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceText",
            fields=[
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="record.sourceentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a source",
                "verbose_name_plural": "texts of sources",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["vector"], name="sourcetext_vector"
                    )
                ],
            },
        ),
    ]
