"""The case file as it first stood: staff, cases, and the history of every row."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import reference.fields
from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("reference", "0003_vocabularies"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "pseudonym",
                    models.CharField(
                        blank=True,
                        help_text="Shown instead of your name wherever a document could leave the office.",
                        max_length=60,
                        verbose_name="pseudonym",
                    ),
                ),
                (
                    "must_change_password",
                    models.BooleanField(
                        default=False,
                        help_text="Nothing else opens until this person has chosen a password of their own.",
                        verbose_name="must choose a new password",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "staff member",
                "verbose_name_plural": "staff members",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_local",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="name in Urdu or another language"
                    ),
                ),
                (
                    "abbreviation",
                    models.CharField(blank=True, max_length=30, verbose_name="abbreviation"),
                ),
                (
                    "other_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="One name a line: former names, other spellings.",
                        size=None,
                        verbose_name="other names",
                    ),
                ),
                (
                    "is_state",
                    models.BooleanField(
                        blank=True,
                        help_text="Leave “unknown” where it is not known or only claimed.",
                        null=True,
                        verbose_name="belongs to the State",
                    ),
                ),
                ("seat", models.CharField(blank=True, max_length=120, verbose_name="seat")),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Published. What it is, in a few words.",
                        verbose_name="about this agency",
                    ),
                ),
                (
                    "note_local",
                    models.TextField(
                        blank=True, verbose_name="about this agency, in Urdu or another language"
                    ),
                ),
                ("folded", models.TextField(editable=False)),
                (
                    "reference",
                    models.CharField(
                        editable=False,
                        max_length=24,
                        null=True,
                        unique=True,
                        verbose_name="public reference",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.area",
                        verbose_name="area of operation",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        verbose_name="monitoring",
                    ),
                ),
                ("type", reference.fields.TermField("agency-type", verbose_name="type")),
            ],
            options={
                "verbose_name": "agency",
                "verbose_name_plural": "agencies",
                "ordering": ("name",),
                "constraints": [models.UniqueConstraint(fields=("name",), name="agency_name_once")],
            },
        ),
        migrations.CreateModel(
            name="AgencyParent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("since", reference.fields.UncertainDateField(verbose_name="since")),
                ("since_earliest", reference.fields.EarliestField("since")),
                ("since_latest", reference.fields.LatestField("since")),
                (
                    "until",
                    reference.fields.UncertainDateField(
                        help_text="Empty: still so, or not known.", verbose_name="until"
                    ),
                ),
                ("until_earliest", reference.fields.EarliestField("until")),
                ("until_latest", reference.fields.LatestField("until")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parents",
                        to="incidents.agency",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="incidents.agency",
                        verbose_name="belongs to",
                    ),
                ),
            ],
            options={
                "verbose_name": "parent of the agency",
                "verbose_name_plural": "parents of the agency",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("since_earliest__lte", models.F("since_latest"))),
                        name="incidents_agencyparent_since_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_earliest__lte", models.F("until_latest"))),
                        name="incidents_agencyparent_until_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agency", models.F("parent")), _negated=True),
                        name="agency_not_its_own_parent",
                        violation_error_message="An agency cannot be its own parent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                (
                    "group_size",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Only for a group, and only if somebody gives a number.",
                        null=True,
                        verbose_name="number of people",
                    ),
                ),
                (
                    "size_estimated",
                    models.BooleanField(default=False, verbose_name="the number is an estimate"),
                ),
                (
                    "size_note",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how the number is known"
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="How to speak of somebody without a name: “man killed in the same raid”. This is published in place of a name.",
                        max_length=200,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="description in Urdu or another language",
                    ),
                ),
                (
                    "birth",
                    reference.fields.UncertainDateField(
                        help_text="A year or a range is enough. Never published to the day.",
                        verbose_name="born",
                    ),
                ),
                ("birth_earliest", reference.fields.EarliestField("birth")),
                ("birth_latest", reference.fields.LatestField("birth")),
                (
                    "occupation_note",
                    models.CharField(
                        blank=True,
                        help_text="As the source puts it: “part-time in a tailor’s shop”.",
                        max_length=200,
                        verbose_name="occupation in words",
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True,
                        help_text="Published. A sentence or two about the person, not about the crime.",
                        verbose_name="who this person is",
                    ),
                ),
                (
                    "about_local",
                    models.TextField(
                        blank=True, verbose_name="who this person is, in Urdu or another language"
                    ),
                ),
                (
                    "name_protection",
                    models.CharField(
                        choices=[
                            ("hidden", "not at all: the person does not appear"),
                            ("withheld", "“name withheld”"),
                            ("initials", "initials"),
                            ("full", "full name"),
                        ],
                        default="withheld",
                        help_text="Until somebody decides otherwise the name is withheld.",
                        max_length=8,
                        verbose_name="how the name appears",
                    ),
                ),
                (
                    "place_protection",
                    models.CharField(
                        choices=[
                            ("province", "province"),
                            ("district", "district"),
                            ("town", "town"),
                            ("exact", "the exact place"),
                        ],
                        default="district",
                        max_length=8,
                        verbose_name="how exact the place appears",
                    ),
                ),
                (
                    "date_protection",
                    models.CharField(
                        choices=[("year", "year"), ("month", "month"), ("day", "day")],
                        default="day",
                        max_length=8,
                        verbose_name="how exact dates appear",
                    ),
                ),
                (
                    "photo_allowed",
                    models.BooleanField(default=False, verbose_name="a photograph may be shown"),
                ),
                (
                    "risk_assessment",
                    models.TextField(
                        blank=True,
                        help_text="Who could be harmed by publication, and why it is right all the same.",
                        verbose_name="risk assessment",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False,
                        max_length=24,
                        null=True,
                        unique=True,
                        verbose_name="public reference",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "function",
                    reference.fields.TermField(
                        "victim-function",
                        blank=True,
                        help_text="Journalist, trade unionist, defender of rights, or none.",
                        null=True,
                        verbose_name="function at the time",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        verbose_name="monitoring",
                    ),
                ),
                (
                    "occupation",
                    reference.fields.TermField(
                        "occupation", blank=True, null=True, verbose_name="occupation"
                    ),
                ),
                (
                    "publication_ground",
                    reference.fields.TermField(
                        "consent-ground",
                        blank=True,
                        help_text="Only where nobody can be asked. It needs a written risk assessment.",
                        null=True,
                        verbose_name="ground for publishing without consent",
                    ),
                ),
                ("sex", reference.fields.TermField("sex", verbose_name="sex")),
                (
                    "unit",
                    reference.fields.TermField(
                        "counting-unit",
                        help_text="Unnamed people can stand as one group: “three others killed in the raid”.",
                        verbose_name="one person or a group",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("birth_earliest__lte", models.F("birth_latest"))),
                        name="incidents_person_birth_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("publication_ground__isnull", True),
                            models.Q(("risk_assessment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="person_ground_has_risk_assessment",
                        violation_error_message="A ground for publishing without consent needs a written risk assessment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("group_size__isnull", True), ("group_size__gte", 1), _connector="OR"
                        ),
                        name="person_group_has_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="As printed; for a statement or talk, what it is: “First statement”.",
                        max_length=300,
                        verbose_name="title",
                    ),
                ),
                (
                    "title_local",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="title in Urdu or another language"
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="publisher or issuing body"
                    ),
                ),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="author")),
                (
                    "published",
                    reference.fields.UncertainDateField(verbose_name="published or said on"),
                ),
                ("published_earliest", reference.fields.EarliestField("published")),
                ("published_latest", reference.fields.LatestField("published")),
                ("accessed", models.DateField(blank=True, null=True, verbose_name="read on")),
                (
                    "url",
                    models.URLField(blank=True, max_length=1000, verbose_name="address on the web"),
                ),
                (
                    "archived_url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="address of an archived copy"
                    ),
                ),
                (
                    "public_note",
                    models.TextField(
                        blank=True,
                        help_text="What a reader should know of it.",
                        verbose_name="note for the public",
                    ),
                ),
                (
                    "confidential",
                    models.BooleanField(
                        default=False,
                        help_text="Never published. Tick it for everything that was told to us in trust.",
                        verbose_name="confidential",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False,
                        max_length=24,
                        null=True,
                        unique=True,
                        verbose_name="public reference",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "independence",
                    reference.fields.TermField(
                        "source-independence",
                        help_text="One agency text in ten papers is one source. A reprint names its origin.",
                        verbose_name="independence",
                    ),
                ),
                (
                    "informant",
                    models.ForeignKey(
                        blank=True,
                        help_text="Never published.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="incidents.person",
                        verbose_name="who told us",
                    ),
                ),
                (
                    "language",
                    reference.fields.TermField(
                        "language", blank=True, null=True, verbose_name="language"
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        verbose_name="monitoring",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        help_text="The source that this one reprints, or through which alone we know it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derived",
                        to="incidents.source",
                        verbose_name="rests on, or known only through",
                    ),
                ),
                (
                    "perspective",
                    reference.fields.TermField(
                        "source-perspective",
                        blank=True,
                        help_text="A partisan source is recorded as such, not dropped.",
                        null=True,
                        verbose_name="perspective",
                    ),
                ),
                (
                    "reliability",
                    reference.fields.TermField(
                        "source-reliability", verbose_name="how reliable this source is in general"
                    ),
                ),
                (
                    "scale",
                    reference.fields.TermField(
                        "source-scale", blank=True, null=True, verbose_name="reach"
                    ),
                ),
                ("type", reference.fields.TermField("source-type", verbose_name="type")),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ("-published_earliest", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_earliest__lte", models.F("published_latest"))
                        ),
                        name="incidents_source_published_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__isnull", True),
                            models.Q(("origin", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="source_not_its_own_origin",
                        violation_error_message="A source cannot rest on itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("informant__isnull", True), ("confidential", True), _connector="OR"
                        ),
                        name="source_with_informant_is_confidential",
                        violation_error_message="A source that names who told us must be marked confidential.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "sha256",
                    models.CharField(
                        help_text="64 hexadecimal digits.", max_length=64, verbose_name="SHA-256"
                    ),
                ),
                (
                    "bytes",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="size in bytes"
                    ),
                ),
                (
                    "media_type",
                    models.CharField(blank=True, max_length=100, verbose_name="media type"),
                ),
                (
                    "file_name",
                    models.CharField(
                        blank=True, max_length=255, verbose_name="file name as received"
                    ),
                ),
                ("storage_name", models.CharField(blank=True, editable=False, max_length=255)),
                (
                    "captured_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="captured"),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        help_text="Tool and settings.",
                        max_length=200,
                        verbose_name="how it was captured",
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="address it came from"
                    ),
                ),
                (
                    "captured_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="captured by",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "derived_from",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a redaction or translation: the original it was made from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derivatives",
                        to="incidents.capture",
                        verbose_name="working copy of",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captures",
                        to="incidents.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "captured file",
                "verbose_name_plural": "captured files",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="capture_sha256_is_hex",
                        violation_error_message="A SHA-256 is 64 hexadecimal digits in lower case.",
                    ),
                    models.UniqueConstraint(
                        fields=("source", "sha256"), name="capture_once_a_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                (
                    "area_basis",
                    models.CharField(
                        blank=True,
                        choices=[("stated", "stated by a source"), ("inferred", "inferred by us")],
                        help_text="Stated: a source names the district. Inferred: we conclude it, as Kech from Turbat. Left empty beside a town or tehsil, this becomes “inferred”.",
                        max_length=8,
                        verbose_name="how the district is known",
                    ),
                ),
                (
                    "place_text",
                    models.CharField(
                        blank=True,
                        help_text="As the source puts it: “near the bus terminal on Pasni Road”.",
                        max_length=300,
                        verbose_name="place in words",
                    ),
                ),
                (
                    "place_text_local",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="place in words, in Urdu or another language",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="Only if known. It is published no finer than the protection rule allows.",
                        max_digits=8,
                        null=True,
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="One calm line that says what happened, where and when. Name nobody whose name must be protected: the title is published.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "title_local",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="title in Urdu or another language"
                    ),
                ),
                (
                    "date",
                    reference.fields.UncertainDateField(
                        help_text="When it happened, as exactly as it is known and no more.",
                        verbose_name="date",
                    ),
                ),
                ("date_earliest", reference.fields.EarliestField("date")),
                ("date_latest", reference.fields.LatestField("date")),
                (
                    "date_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stated", "stated by a source"),
                            ("derived", "counted from another statement"),
                            ("inferred", "inferred by us"),
                        ],
                        max_length=8,
                        verbose_name="how the date is known",
                    ),
                ),
                (
                    "end",
                    reference.fields.UncertainDateField(
                        help_text="Only for something that lasted, such as a sit-in. Empty: not known.",
                        verbose_name="end",
                    ),
                ),
                ("end_earliest", reference.fields.EarliestField("end")),
                ("end_latest", reference.fields.LatestField("end")),
                (
                    "time_of_day",
                    models.CharField(
                        blank=True,
                        help_text="As told: “at night”, “about 3”.",
                        max_length=60,
                        verbose_name="time of day",
                    ),
                ),
                (
                    "public_account",
                    models.TextField(
                        blank=True,
                        help_text="What happened, in your own words, for the public. Attribute every contested statement: “according to the family…”. Internal remarks go below.",
                        verbose_name="public account",
                    ),
                ),
                (
                    "public_account_local",
                    models.TextField(
                        blank=True, verbose_name="public account in Urdu or another language"
                    ),
                ),
                (
                    "grade_reason",
                    models.TextField(
                        blank=True,
                        help_text="Published beside the grade: which sources agree, which do not.",
                        verbose_name="reason for the grade",
                    ),
                ),
                (
                    "restricted",
                    models.BooleanField(
                        default=False,
                        help_text="Only the people assigned below can open a restricted case.",
                        verbose_name="restricted",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waiting for review"),
                            ("returned", "returned for work"),
                            ("verified", "verified"),
                            ("approved", "approved"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                (
                    "publication",
                    models.CharField(
                        choices=[
                            ("unpublished", "not published"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                            ("merged", "merged into another incident"),
                        ],
                        default="unpublished",
                        editable=False,
                        max_length=12,
                        verbose_name="publication",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False,
                        max_length=24,
                        null=True,
                        unique=True,
                        verbose_name="public reference",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="published"),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        help_text="The smallest area that is known: a town, a tehsil, a district or only the province. Type a few letters in either script. Choosing a town finds its district.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "assigned",
                    models.ManyToManyField(
                        blank=True,
                        related_name="assigned_incidents",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "grade",
                    reference.fields.TermField(
                        "grade",
                        help_text="Our own judgement of the case as a whole. It needs a reason.",
                        verbose_name="how well established",
                    ),
                ),
                (
                    "kind",
                    reference.fields.TermField(
                        "incident-kind",
                        help_text="What sort of event this is. Patterns and background are “context”.",
                        verbose_name="kind",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        verbose_name="monitoring",
                    ),
                ),
                (
                    "place_precision",
                    reference.fields.TermField(
                        "place-precision",
                        blank=True,
                        null=True,
                        verbose_name="how exact the place is",
                    ),
                ),
                (
                    "violation_status",
                    reference.fields.TermField(
                        "violation-status",
                        blank=True,
                        help_text="Whether the event was a violation of a duty of the State or of a group.",
                        null=True,
                        verbose_name="violation status",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ("-date_earliest", "-pk"),
                "permissions": (
                    ("review_incident", "Can verify, return and approve cases"),
                    ("publish_incident", "Can publish, correct and withdraw cases"),
                    ("view_all_restricted", "Can open every restricted case"),
                ),
                "abstract": False,
                "indexes": [
                    models.Index(fields=["stage", "changed_at"], name="incident_queue"),
                    models.Index(fields=["area", "date_earliest"], name="incident_area_date"),
                    models.Index(
                        condition=models.Q(("restricted", True)),
                        fields=["restricted"],
                        name="incident_restricted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area__isnull", True), ("area_basis", "")),
                            models.Q(
                                ("area__isnull", False), models.Q(("area_basis", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="incident_area_has_basis",
                        violation_error_message="Say how the district is known: stated by a source, or inferred by us.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="incident_point_is_whole",
                        violation_error_message="Give both latitude (-90 to 90) and longitude (-180 to 180), or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_earliest__lte", models.F("date_latest"))),
                        name="incidents_incident_date_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end_earliest__lte", models.F("end_latest"))),
                        name="incidents_incident_end_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("publication", "unpublished"),
                            ("reference__isnull", False),
                            _connector="OR",
                        ),
                        name="incident_published_has_reference",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Casualties",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "claimant_text",
                    models.CharField(
                        blank=True,
                        help_text="Anybody else, without a private name: “family of the victim”, “author of the article”.",
                        max_length=200,
                        verbose_name="claimed by (in words)",
                    ),
                ),
                (
                    "claimant_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="claimed by, in Urdu or another language",
                    ),
                ),
                (
                    "harm",
                    models.CharField(
                        choices=[("killed", "killed"), ("injured", "injured"), ("taken", "taken")],
                        max_length=8,
                        verbose_name="what happened to them",
                    ),
                ),
                (
                    "low",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="at least"),
                ),
                (
                    "best",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The number this source gives, or our best judgement. It need not be a sum.",
                        null=True,
                        verbose_name="most likely",
                    ),
                ),
                (
                    "high",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="at most"),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "claimant_agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="The agency, court, group or body that says so.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.agency",
                        verbose_name="claimed by (agency)",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="casualties",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "number of people harmed",
                "verbose_name_plural": "numbers of people harmed",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("low__isnull", True),
                                ("best__isnull", True),
                                ("low__lte", models.F("best")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("best__isnull", True),
                                ("high__isnull", True),
                                ("best__lte", models.F("high")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("low__isnull", True),
                                ("high__isnull", True),
                                ("low__lte", models.F("high")),
                                _connector="OR",
                            ),
                        ),
                        name="casualties_in_order",
                        violation_error_message="The numbers must rise: at least, most likely, at most.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("low__isnull", False),
                            ("best__isnull", False),
                            ("high__isnull", False),
                            _connector="OR",
                        ),
                        name="casualties_say_something",
                        violation_error_message="Give at least one number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "giver_name",
                    models.CharField(
                        blank=True,
                        help_text="Never published.",
                        max_length=200,
                        verbose_name="name of who answered",
                    ),
                ),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="date")),
                ("expires", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="taken back on"),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="Never published.", verbose_name="note"),
                ),
                ("answer", reference.fields.TermField("consent-answer", verbose_name="answer")),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "giver",
                    reference.fields.TermField(
                        "consent-giver", blank=True, null=True, verbose_name="who answered"
                    ),
                ),
                (
                    "language",
                    reference.fields.TermField(
                        "language", blank=True, null=True, verbose_name="language it was asked in"
                    ),
                ),
                (
                    "method",
                    reference.fields.TermField(
                        "consent-method", blank=True, null=True, verbose_name="how"
                    ),
                ),
                ("use", reference.fields.TermField("consent-use", verbose_name="for what use")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="incidents.person",
                        verbose_name="for whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_on__isnull", True),
                            ("withdrawn_on__isnull", True),
                            ("given_on__lte", models.F("withdrawn_on")),
                            _connector="OR",
                        ),
                        name="consent_withdrawn_after_given",
                        violation_error_message="It cannot be taken back before it was given.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "text",
                    models.TextField(
                        help_text="Only what the office needs in order to reach the person safely.",
                        verbose_name="address, telephone or other contact",
                    ),
                ),
                ("since", reference.fields.UncertainDateField(verbose_name="since")),
                ("since_earliest", reference.fields.EarliestField("since")),
                ("since_latest", reference.fields.LatestField("since")),
                ("until", reference.fields.UncertainDateField(verbose_name="until")),
                ("until_earliest", reference.fields.EarliestField("until")),
                ("until_latest", reference.fields.LatestField("until")),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="incidents.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("since_earliest__lte", models.F("since_latest"))),
                        name="incidents_contact_since_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_earliest__lte", models.F("until_latest"))),
                        name="incidents_contact_until_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustodyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("opened", "opened"),
                            ("copied", "copied"),
                            ("derived", "working copy made"),
                            ("exported", "exported"),
                            ("verified", "hash checked"),
                        ],
                        max_length=10,
                        verbose_name="what was done",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("previous_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("hash", models.CharField(editable=False, max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custody",
                        to="incidents.capture",
                    ),
                ),
            ],
            options={
                "verbose_name": "custody entry",
                "verbose_name_plural": "custody log",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Violation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "area_basis",
                    models.CharField(
                        blank=True,
                        choices=[("stated", "stated by a source"), ("inferred", "inferred by us")],
                        help_text="Stated: a source names the district. Inferred: we conclude it, as Kech from Turbat. Left empty beside a town or tehsil, this becomes “inferred”.",
                        max_length=8,
                        verbose_name="how the district is known",
                    ),
                ),
                (
                    "place_text",
                    models.CharField(
                        blank=True,
                        help_text="As the source puts it: “near the bus terminal on Pasni Road”.",
                        max_length=300,
                        verbose_name="place in words",
                    ),
                ),
                (
                    "place_text_local",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="place in words, in Urdu or another language",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="Only if known. It is published no finer than the protection rule allows.",
                        max_digits=8,
                        null=True,
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                (
                    "start",
                    reference.fields.UncertainDateField(
                        help_text="Empty: the same as the date of the incident.",
                        verbose_name="start",
                    ),
                ),
                ("start_earliest", reference.fields.EarliestField("start")),
                ("start_latest", reference.fields.LatestField("start")),
                (
                    "start_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stated", "stated by a source"),
                            ("derived", "counted from another statement"),
                            ("inferred", "inferred by us"),
                        ],
                        max_length=8,
                        verbose_name="how the start is known",
                    ),
                ),
                (
                    "end",
                    reference.fields.UncertainDateField(
                        help_text="Empty: it is not known to have ended, or it was over at once.",
                        verbose_name="end",
                    ),
                ),
                ("end_earliest", reference.fields.EarliestField("end")),
                ("end_latest", reference.fields.LatestField("end")),
                (
                    "end_meaning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("acknowledged", "custody was acknowledged"),
                            ("released", "the person was released or returned"),
                            ("body-found", "the body was found"),
                            ("ended", "it ended in another way"),
                        ],
                        max_length=12,
                        verbose_name="what the end means",
                    ),
                ),
                (
                    "stated_reason",
                    models.CharField(
                        blank=True,
                        help_text="Their words, not ours: “possession of explosives, according to officials”.",
                        max_length=300,
                        verbose_name="reason given by those responsible",
                    ),
                ),
                (
                    "age_low",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="age, at least"
                    ),
                ),
                (
                    "age_high",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="age, at most"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        help_text="What became of it, in a few words.",
                        max_length=300,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False,
                        max_length=24,
                        null=True,
                        unique=True,
                        verbose_name="public reference",
                    ),
                ),
                ("age_group", reference.fields.TermField("age-group", verbose_name="age group")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        help_text="The smallest area that is known: a town, a tehsil, a district or only the province. Type a few letters in either script. Choosing a town finds its district.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "area_end",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where the person was found, released or last held, if that is elsewhere.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.area",
                        verbose_name="area at the end",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "civilian_status",
                    reference.fields.TermField(
                        "civilian-status",
                        blank=True,
                        help_text="Our assessment only. What officials call somebody is an account, below.",
                        null=True,
                        verbose_name="part in hostilities",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "grade",
                    reference.fields.TermField(
                        "grade",
                        blank=True,
                        help_text="Empty: the same as the incident.",
                        null=True,
                        verbose_name="how well established",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="violations",
                        to="incidents.incident",
                    ),
                ),
                (
                    "methods",
                    reference.fields.TermsField("method", blank=True, verbose_name="methods"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="Type a name in either script and any spelling, or add a new person.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="violations",
                        to="incidents.person",
                        verbose_name="victim",
                    ),
                ),
                (
                    "place_precision",
                    reference.fields.TermField(
                        "place-precision",
                        blank=True,
                        null=True,
                        verbose_name="how exact the place is",
                    ),
                ),
                (
                    "place_type",
                    reference.fields.TermField(
                        "place-type", blank=True, null=True, verbose_name="kind of place"
                    ),
                ),
                (
                    "type",
                    reference.fields.TermField(
                        "violation-type",
                        help_text="Any level can be chosen: “taking of a person” while the kind is unclear.",
                        verbose_name="what was done",
                    ),
                ),
            ],
            options={
                "verbose_name": "violation",
                "verbose_name_plural": "violations",
                "ordering": ("pk",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area__isnull", True), ("area_basis", "")),
                            models.Q(
                                ("area__isnull", False), models.Q(("area_basis", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="violation_area_has_basis",
                        violation_error_message="Say how the district is known: stated by a source, or inferred by us.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="violation_point_is_whole",
                        violation_error_message="Give both latitude (-90 to 90) and longitude (-180 to 180), or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start_earliest__lte", models.F("start_latest"))),
                        name="incidents_violation_start_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end_earliest__lte", models.F("end_latest"))),
                        name="incidents_violation_end_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_earliest__isnull", True),
                            ("end_latest__isnull", True),
                            ("start_earliest__lte", models.F("end_latest")),
                            _connector="OR",
                        ),
                        name="violation_ends_after_it_starts",
                        violation_error_message="The end lies before the start. Check both dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_low__isnull", True),
                            ("age_high__isnull", True),
                            ("age_low__lte", models.F("age_high")),
                            _connector="OR",
                        ),
                        name="violation_age_in_order",
                        violation_error_message="“At least” cannot be more than “at most”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_meaning", ""),
                            models.Q(("end", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="violation_end_meaning_needs_end",
                        violation_error_message="Give the end as well, or leave its meaning empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisappearanceElement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Published.",
                        max_length=300,
                        verbose_name="on what it rests",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "element",
                    reference.fields.TermField("disappearance-element", verbose_name="element"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("finding", reference.fields.TermField("element-finding", verbose_name="finding")),
                (
                    "violation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elements",
                        to="incidents.violation",
                    ),
                ),
            ],
            options={
                "verbose_name": "element of the disappearance",
                "verbose_name_plural": "elements of the disappearance",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("violation", "element"),
                        name="element_once",
                        violation_error_message="Each element can be judged once for a violation.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BodyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "claimant_text",
                    models.CharField(
                        blank=True,
                        help_text="Anybody else, without a private name: “family of the victim”, “author of the article”.",
                        max_length=200,
                        verbose_name="claimed by (in words)",
                    ),
                ),
                (
                    "claimant_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="claimed by, in Urdu or another language",
                    ),
                ),
                ("date", reference.fields.UncertainDateField(verbose_name="date")),
                ("date_earliest", reference.fields.EarliestField("date")),
                ("date_latest", reference.fields.LatestField("date")),
                (
                    "place_text",
                    models.CharField(blank=True, max_length=200, verbose_name="place in words"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Published.", max_length=300, verbose_name="note"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "claimant_agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="The agency, court, group or body that says so.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.agency",
                        verbose_name="claimed by (agency)",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("event", reference.fields.TermField("body-event", verbose_name="what happened")),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="body_entries",
                        to="incidents.incident",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body_entries",
                        to="incidents.person",
                        verbose_name="victim",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of the body",
                "verbose_name_plural": "events of the body",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("date_earliest__lte", models.F("date_latest"))),
                        name="incidents_bodyentry_date_order",
                        violation_error_message="The first possible day is after the last.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                ("date", reference.fields.UncertainDateField(verbose_name="said on")),
                ("date_earliest", reference.fields.EarliestField("date")),
                ("date_latest", reference.fields.LatestField("date")),
                ("words", models.TextField(blank=True, verbose_name="in their words, summarised")),
                (
                    "words_local",
                    models.TextField(
                        blank=True, verbose_name="the same in Urdu or another language"
                    ),
                ),
                (
                    "attribution",
                    reference.fields.TermField("attribution", verbose_name="what they say"),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="incidents.attribution",
                        verbose_name="replaces an earlier version",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attributions",
                        to="incidents.agency",
                        verbose_name="speaker",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attributions",
                        to="incidents.incident",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: it speaks of every violation of this incident.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attributions",
                        to="incidents.violation",
                        verbose_name="violation",
                    ),
                ),
            ],
            options={
                "verbose_name": "official response",
                "verbose_name_plural": "official responses",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("date_earliest__lte", models.F("date_latest"))),
                        name="incidents_attribution_date_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="attribution_not_replacing_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "claimant_text",
                    models.CharField(
                        blank=True,
                        help_text="Anybody else, without a private name: “family of the victim”, “author of the article”.",
                        max_length=200,
                        verbose_name="claimed by (in words)",
                    ),
                ),
                (
                    "claimant_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="claimed by, in Urdu or another language",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        help_text="Published. In few plain words.", verbose_name="what they say"
                    ),
                ),
                (
                    "answer_local",
                    models.TextField(
                        blank=True, verbose_name="the same in Urdu or another language"
                    ),
                ),
                (
                    "answer_date",
                    reference.fields.UncertainDateField(
                        help_text="For questions that ask when.", verbose_name="the date they give"
                    ),
                ),
                ("answer_date_earliest", reference.fields.EarliestField("answer_date")),
                ("answer_date_latest", reference.fields.LatestField("answer_date")),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("asserts", "says so"),
                            ("denies", "denies it"),
                            ("disputes", "gives another version"),
                        ],
                        default="asserts",
                        max_length=8,
                        verbose_name="stance",
                    ),
                ),
                ("said", reference.fields.UncertainDateField(verbose_name="said on")),
                ("said_earliest", reference.fields.EarliestField("said")),
                ("said_latest", reference.fields.LatestField("said")),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "question",
                    reference.fields.TermField(
                        "account-question",
                        help_text="The same question for every side, so that the answers can be compared.",
                        verbose_name="question",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where the same side has changed its version. The earlier one stays visible.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="incidents.account",
                        verbose_name="replaces an earlier account",
                    ),
                ),
                (
                    "claimant_agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="The agency, court, group or body that says so.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.agency",
                        verbose_name="claimed by (agency)",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="incidents.incident",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: it speaks of the incident as a whole.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="incidents.violation",
                        verbose_name="violation",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_date_earliest__lte", models.F("answer_date_latest"))
                        ),
                        name="incidents_account_answer_date_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("said_earliest__lte", models.F("said_latest"))),
                        name="incidents_account_said_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="account_not_replacing_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("claimant_agency__isnull", False),
                            models.Q(("claimant_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="account_names_its_claimant",
                        violation_error_message="Say who says so: an agency, or somebody in words.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "from_incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_out",
                        to="incidents.incident",
                        verbose_name="incident",
                    ),
                ),
                ("kind", reference.fields.TermField("incident-link", verbose_name="link")),
                (
                    "to_incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_in",
                        to="incidents.incident",
                        verbose_name="other incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to another incident",
                "verbose_name_plural": "links to other incidents",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("from_incident", "kind", "to_incident"), name="incident_link_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_incident", models.F("to_incident")), _negated=True
                        ),
                        name="incident_link_not_itself",
                        violation_error_message="An incident cannot be linked to itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intervention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "by_text",
                    models.CharField(
                        blank=True,
                        help_text="In words, without private names.",
                        max_length=200,
                        verbose_name="by whom",
                    ),
                ),
                (
                    "by_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="by whom, in Urdu or another language",
                    ),
                ),
                ("date", reference.fields.UncertainDateField(verbose_name="date")),
                ("date_earliest", reference.fields.EarliestField("date")),
                ("date_latest", reference.fields.LatestField("date")),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="Published.", verbose_name="what was said"
                    ),
                ),
                (
                    "text_local",
                    models.TextField(
                        blank=True, verbose_name="the same in Urdu or another language"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "impact",
                    reference.fields.TermField(
                        "intervention-impact", blank=True, null=True, verbose_name="effect"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interventions",
                        to="incidents.incident",
                    ),
                ),
                (
                    "priority",
                    reference.fields.TermField(
                        "intervention-priority", blank=True, null=True, verbose_name="urgency"
                    ),
                ),
                (
                    "status",
                    reference.fields.TermField(
                        "intervention-status", blank=True, null=True, verbose_name="standing"
                    ),
                ),
                (
                    "types",
                    reference.fields.TermsField(
                        "intervention-type", verbose_name="what was asked or given"
                    ),
                ),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True,
                        related_name="interventions",
                        to="incidents.person",
                        verbose_name="for whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "intervention",
                "verbose_name_plural": "interventions",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("date_earliest__lte", models.F("date_latest"))),
                        name="incidents_intervention_date_order",
                        violation_error_message="The first possible day is after the last.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InterventionAddressee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                ("responded", reference.fields.UncertainDateField(verbose_name="answered on")),
                ("responded_earliest", reference.fields.EarliestField("responded")),
                ("responded_latest", reference.fields.LatestField("responded")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interventions",
                        to="incidents.agency",
                        verbose_name="to",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addressees",
                        to="incidents.intervention",
                    ),
                ),
                (
                    "response",
                    reference.fields.TermField(
                        "intervention-response", blank=True, null=True, verbose_name="response"
                    ),
                ),
            ],
            options={
                "verbose_name": "addressee",
                "verbose_name_plural": "addressees",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("responded_earliest__lte", models.F("responded_latest"))
                        ),
                        name="incidents_interventionaddressee_responded_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.UniqueConstraint(
                        fields=("intervention", "agency"), name="intervention_addressee_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="What is asked or ordered, of whom: published, so without private names.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "title_local",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="title in Urdu or another language"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        help_text="As on the paper. Empty: not known.",
                        max_length=80,
                        verbose_name="number",
                    ),
                ),
                ("filed", reference.fields.UncertainDateField(verbose_name="filed or ordered on")),
                ("filed_earliest", reference.fields.EarliestField("filed")),
                ("filed_latest", reference.fields.LatestField("filed")),
                ("decided", reference.fields.UncertainDateField(verbose_name="decided on")),
                ("decided_earliest", reference.fields.EarliestField("decided")),
                ("decided_latest", reference.fields.LatestField("decided")),
                (
                    "filed_by",
                    models.CharField(
                        blank=True,
                        help_text="In words, without private names: “father of the victim”, “the province”.",
                        max_length=200,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "accused_text",
                    models.CharField(
                        blank=True,
                        help_text="By post or description unless a court named them.",
                        max_length=300,
                        verbose_name="accused or respondents",
                    ),
                ),
                (
                    "accused_low",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="accused, at least"
                    ),
                ),
                (
                    "accused_high",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="accused, at most"
                    ),
                ),
                (
                    "offences",
                    models.CharField(
                        blank=True,
                        help_text="“PPC 302, ATA 7”",
                        max_length=300,
                        verbose_name="offences or sections",
                    ),
                ),
                (
                    "subject",
                    models.TextField(
                        blank=True, help_text="Published.", verbose_name="what it is about"
                    ),
                ),
                (
                    "subject_local",
                    models.TextField(
                        blank=True, verbose_name="what it is about, in Urdu or another language"
                    ),
                ),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False,
                        max_length=24,
                        null=True,
                        unique=True,
                        verbose_name="public reference",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "compliance",
                    reference.fields.TermField(
                        "legal-compliance",
                        blank=True,
                        help_text="Whether the authorities did what was ordered.",
                        null=True,
                        verbose_name="compliance",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.area",
                        verbose_name="district of the forum",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_actions",
                        to="incidents.agency",
                        verbose_name="court, police or body",
                    ),
                ),
                (
                    "incidents",
                    models.ManyToManyField(
                        related_name="legal_actions",
                        to="incidents.incident",
                        verbose_name="incidents",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        verbose_name="monitoring",
                    ),
                ),
                ("outcome", reference.fields.TermField("legal-outcome", verbose_name="outcome")),
                (
                    "stage",
                    reference.fields.TermField(
                        "legal-stage", blank=True, null=True, verbose_name="stage"
                    ),
                ),
                ("type", reference.fields.TermField("legal-action-type", verbose_name="type")),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True,
                        related_name="legal_actions",
                        to="incidents.person",
                        verbose_name="victims concerned",
                    ),
                ),
            ],
            options={
                "verbose_name": "legal action",
                "verbose_name_plural": "legal actions",
                "ordering": ("filed_earliest", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("filed_earliest__lte", models.F("filed_latest"))),
                        name="incidents_legalaction_filed_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_earliest__lte", models.F("decided_latest"))),
                        name="incidents_legalaction_decided_order",
                        violation_error_message="The first possible day is after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accused_low__isnull", True),
                            ("accused_high__isnull", True),
                            ("accused_low__lte", models.F("accused_high")),
                            _connector="OR",
                        ),
                        name="legal_action_accused_in_order",
                        violation_error_message="“At least” cannot be more than “at most”.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("implements", "implements"),
                            ("challenges", "challenges"),
                            ("follows", "follows"),
                            ("joined-with", "joined with"),
                            ("transferred-to", "transferred to"),
                        ],
                        max_length=16,
                        verbose_name="how",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="incidents.legalaction",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_to",
                        to="incidents.legalaction",
                        verbose_name="other legal action",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation to another legal action",
                "verbose_name_plural": "relations to other legal actions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "kind", "other"), name="legal_relation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action", models.F("other")), _negated=True),
                        name="legal_relation_not_itself",
                        violation_error_message="A legal action cannot refer to itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                ("date", reference.fields.UncertainDateField(verbose_name="date")),
                ("date_earliest", reference.fields.EarliestField("date")),
                ("date_latest", reference.fields.LatestField("date")),
                (
                    "what",
                    models.CharField(
                        help_text="“Hearing”, “order to register the FIR”.",
                        max_length=200,
                        verbose_name="step",
                    ),
                ),
                (
                    "what_local",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="step in Urdu or another language"
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=300, verbose_name="result")),
                (
                    "result_local",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="result in Urdu or another language",
                    ),
                ),
                (
                    "next_date",
                    models.DateField(
                        blank=True,
                        help_text="The date set for the next hearing.",
                        null=True,
                        verbose_name="next date",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="incidents.legalaction",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "compliance",
                    reference.fields.TermField(
                        "legal-compliance", blank=True, null=True, verbose_name="compliance"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": (models.OrderBy(models.F("date_earliest"), nulls_last=True), "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("date_earliest__lte", models.F("date_latest"))),
                        name="incidents_legalstep_date_order",
                        violation_error_message="The first possible day is after the last.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        blank=True,
                        help_text="“Regional officer”, without a name.",
                        max_length=200,
                        verbose_name="post",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="“Armed men in plain clothes”.",
                        max_length=200,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="description in Urdu or another language",
                    ),
                ),
                (
                    "alleged_by_text",
                    models.CharField(
                        blank=True,
                        help_text="“family of the victim”, “author of the article”: no private names.",
                        max_length=200,
                        verbose_name="alleged by (in words)",
                    ),
                ),
                (
                    "alleged_by_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="alleged by, in Urdu or another language",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only the one the source names. “Security forces (unspecified)” is an answer.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="incidents.agency",
                        verbose_name="agency or group",
                    ),
                ),
                (
                    "alleged_by_agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.agency",
                        verbose_name="alleged by (agency)",
                    ),
                ),
                (
                    "basis",
                    reference.fields.TermField(
                        "involvement-basis", blank=True, null=True, verbose_name="on what it rests"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "degree",
                    reference.fields.TermField("involvement-degree", verbose_name="part played"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="involvements",
                        to="incidents.incident",
                    ),
                ),
                (
                    "status",
                    reference.fields.TermField(
                        "perpetrator-status",
                        blank=True,
                        null=True,
                        verbose_name="what happened to them since",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        help_text="Published only for public officials in function or when a court named them.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="incidents.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: it concerns every violation of this incident.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="involvements",
                        to="incidents.violation",
                        verbose_name="violation",
                    ),
                ),
            ],
            options={
                "verbose_name": "alleged responsibility",
                "verbose_name_plural": "alleged responsibility",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agency__isnull", False),
                            ("person__isnull", False),
                            models.Q(("post", ""), _negated=True),
                            models.Q(("description", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="involvement_names_somebody",
                        violation_error_message="Say who: an agency, a person, a post, or a description of those seen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alleged_by_agency__isnull", False),
                            models.Q(("alleged_by_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="involvement_names_its_alleger",
                        violation_error_message="Say who alleges it: an agency, or somebody in words.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Victim",
            fields=[],
            options={
                "verbose_name": "victim",
                "verbose_name_plural": "victims",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.person",),
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "own name"),
                            ("alias", "alias or nickname"),
                            ("as-printed", "as printed by a source"),
                            ("document", "as in an identity document"),
                            ("transliteration", "transliteration"),
                        ],
                        default="own",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "honorific",
                    models.CharField(
                        blank=True,
                        help_text="Nawab, Mama, Dr …",
                        max_length=40,
                        verbose_name="honorific",
                    ),
                ),
                (
                    "given",
                    models.CharField(
                        help_text="The person’s own name, without the father’s name and without honorifics.",
                        max_length=120,
                        verbose_name="name",
                    ),
                ),
                (
                    "fathers_name",
                    models.CharField(blank=True, max_length=120, verbose_name="father’s name"),
                ),
                (
                    "tribe_or_place",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="tribe or place name"
                    ),
                ),
                ("folded", models.CharField(editable=False, max_length=300)),
                ("skeleton", models.CharField(editable=False, max_length=300)),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="incidents.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "name",
                "verbose_name_plural": "names",
                "ordering": ("pk",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["folded"], name="person_name_folded", opclasses=("gin_trgm_ops",)
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["skeleton"], name="person_name_bones", opclasses=("gin_trgm_ops",)
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "kind",
                    reference.fields.TermField(
                        "person-relation",
                        help_text="What the other person is to this one: parent, spouse, lawyer …",
                        verbose_name="is",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_to",
                        to="incidents.person",
                        verbose_name="other person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="incidents.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation to another person",
                "verbose_name_plural": "relations to other people",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind", "other"), name="relation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True),
                        name="relation_not_to_oneself",
                        violation_error_message="Nobody is related to themselves.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Protest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "organisers",
                    models.CharField(
                        blank=True,
                        help_text="In words, without private names: “relatives of the victim”.",
                        max_length=200,
                        verbose_name="called by",
                    ),
                ),
                (
                    "crowd_low",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people, at least"
                    ),
                ),
                (
                    "crowd_high",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people, at most"
                    ),
                ),
                (
                    "crowd_text",
                    models.CharField(
                        blank=True,
                        help_text="“thousands”",
                        max_length=120,
                        verbose_name="people, as the source puts it",
                    ),
                ),
                (
                    "demands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        help_text="One demand a line.",
                        size=None,
                        verbose_name="demands",
                    ),
                ),
                (
                    "demands_local",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="demands in Urdu or another language",
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        blank=True,
                        help_text="For a march: from, through, to.",
                        max_length=300,
                        verbose_name="route",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="protest",
                        to="incidents.incident",
                    ),
                ),
                (
                    "kinds",
                    reference.fields.TermsField(
                        "protest-kind", blank=True, verbose_name="kinds of protest"
                    ),
                ),
                (
                    "state_responses",
                    reference.fields.TermsField(
                        "state-response", blank=True, verbose_name="what the authorities did"
                    ),
                ),
            ],
            options={
                "verbose_name": "protest details",
                "verbose_name_plural": "protest details",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("crowd_low__isnull", True),
                            ("crowd_high__isnull", True),
                            ("crowd_low__lte", models.F("crowd_high")),
                            _connector="OR",
                        ),
                        name="protest_crowd_in_order",
                        violation_error_message="“At least” cannot be more than “at most”.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("submitted", "submitted for review"),
                            ("returned", "returned for work"),
                            ("verified", "verified"),
                            ("approved", "approved for publication"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                ("grade", reference.fields.TermField("grade", null=True, verbose_name="grade")),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="incidents.incident",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ("submitted", "returned")),
                            models.Q(
                                ("author__isnull", False),
                                models.Q(("author", models.F("reviewer")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_by_a_second_person",
                        violation_error_message="Somebody else has to verify or approve this case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "approved"), _negated=True),
                            models.Q(("fingerprint", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_approval_binds_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_return_says_why",
                        violation_error_message="Say what has to be done before the case comes back.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "claimant_text",
                    models.CharField(
                        blank=True,
                        help_text="Anybody else, without a private name: “family of the victim”, “author of the article”.",
                        max_length=200,
                        verbose_name="claimed by (in words)",
                    ),
                ),
                (
                    "claimant_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="claimed by, in Urdu or another language",
                    ),
                ),
                (
                    "date",
                    reference.fields.UncertainDateField(
                        help_text="The day on which this became so.", verbose_name="from"
                    ),
                ),
                ("date_earliest", reference.fields.EarliestField("date")),
                ("date_latest", reference.fields.LatestField("date")),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Published.", max_length=300, verbose_name="note"
                    ),
                ),
                (
                    "note_local",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note in Urdu or another language"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "claimant_agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="The agency, court, group or body that says so.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.agency",
                        verbose_name="claimed by (agency)",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statuses",
                        to="incidents.incident",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statuses",
                        to="incidents.person",
                        verbose_name="victim",
                    ),
                ),
                ("status", reference.fields.TermField("victim-status", verbose_name="status")),
            ],
            options={
                "verbose_name": "status of a victim",
                "verbose_name_plural": "statuses of victims",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("date_earliest__lte", models.F("date_latest"))),
                        name="incidents_statusentry_date_order",
                        violation_error_message="The first possible day is after the last.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "supports it"), ("disputes", "disputes it")],
                        default="supports",
                        max_length=8,
                        verbose_name="stance",
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        help_text="Page, paragraph, or minute: “p. 4”, “para. 7”, “12:30”.",
                        max_length=120,
                        verbose_name="where in the source",
                    ),
                ),
                (
                    "quotation",
                    models.TextField(
                        blank=True,
                        help_text="The words themselves, short. Published with the fact.",
                        verbose_name="quotation",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "attribution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.attribution",
                        verbose_name="official response",
                    ),
                ),
                (
                    "body_entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.bodyentry",
                        verbose_name="event of the body",
                    ),
                ),
                (
                    "casualties",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.casualties",
                        verbose_name="number of people harmed",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "connection",
                    reference.fields.TermField(
                        "source-connection",
                        blank=True,
                        null=True,
                        verbose_name="how the source knows",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "reliability",
                    reference.fields.TermField(
                        "information-reliability",
                        verbose_name="how reliable this piece of information is",
                    ),
                ),
                (
                    "element",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.disappearanceelement",
                        verbose_name="element of the disappearance",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.incident",
                        verbose_name="incident",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.intervention",
                        verbose_name="intervention",
                    ),
                ),
                (
                    "involvement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.involvement",
                        verbose_name="alleged responsibility",
                    ),
                ),
                (
                    "legal_action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.legalaction",
                        verbose_name="legal action",
                    ),
                ),
                (
                    "legal_step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.legalstep",
                        verbose_name="step",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="incidents.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "status",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.statusentry",
                        verbose_name="status of a victim",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="incidents.violation",
                        verbose_name="violation",
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func(
                                models.F("incident"),
                                models.F("person"),
                                models.F("violation"),
                                models.F("element"),
                                models.F("attribution"),
                                models.F("involvement"),
                                models.F("status"),
                                models.F("body_entry"),
                                models.F("casualties"),
                                models.F("account"),
                                models.F("legal_action"),
                                models.F("legal_step"),
                                models.F("intervention"),
                                function="num_nonnulls",
                                output_field=models.IntegerField(),
                            ),
                            1,
                        ),
                        name="citation_of_exactly_one_fact",
                        violation_error_message="A citation belongs to exactly one fact.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_local",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="name in Urdu or another language"
                    ),
                ),
                (
                    "abbreviation",
                    models.CharField(blank=True, max_length=30, verbose_name="abbreviation"),
                ),
                (
                    "other_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="One name a line: former names, other spellings.",
                        size=None,
                        verbose_name="other names",
                    ),
                ),
                (
                    "is_state",
                    models.BooleanField(
                        blank=True,
                        help_text="Leave “unknown” where it is not known or only claimed.",
                        null=True,
                        verbose_name="belongs to the State",
                    ),
                ),
                ("seat", models.CharField(blank=True, max_length=120, verbose_name="seat")),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Published. What it is, in a few words.",
                        verbose_name="about this agency",
                    ),
                ),
                (
                    "note_local",
                    models.TextField(
                        blank=True, verbose_name="about this agency, in Urdu or another language"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False, max_length=24, null=True, verbose_name="public reference"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.area",
                        verbose_name="area of operation",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        db_constraint=False,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="monitoring",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.agency",
                    ),
                ),
                (
                    "type",
                    reference.fields.TermField(
                        "agency-type",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="type",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgencyParentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("since", reference.fields.UncertainDateField(verbose_name="since")),
                ("since_earliest", reference.fields.EarliestField("since", db_index=False)),
                ("since_latest", reference.fields.LatestField("since", db_index=False)),
                (
                    "until",
                    reference.fields.UncertainDateField(
                        help_text="Empty: still so, or not known.", verbose_name="until"
                    ),
                ),
                ("until_earliest", reference.fields.EarliestField("until", db_index=False)),
                ("until_latest", reference.fields.LatestField("until", db_index=False)),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="belongs to",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.agencyparent",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CasualtiesEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "claimant_text",
                    models.CharField(
                        blank=True,
                        help_text="Anybody else, without a private name: “family of the victim”, “author of the article”.",
                        max_length=200,
                        verbose_name="claimed by (in words)",
                    ),
                ),
                (
                    "claimant_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="claimed by, in Urdu or another language",
                    ),
                ),
                (
                    "harm",
                    models.CharField(
                        choices=[("killed", "killed"), ("injured", "injured"), ("taken", "taken")],
                        max_length=8,
                        verbose_name="what happened to them",
                    ),
                ),
                (
                    "low",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="at least"),
                ),
                (
                    "best",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The number this source gives, or our best judgement. It need not be a sum.",
                        null=True,
                        verbose_name="most likely",
                    ),
                ),
                (
                    "high",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="at most"),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "claimant_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency, court, group or body that says so.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="claimed by (agency)",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.casualties",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IncidentAssignmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "staffmember",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IncidentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                (
                    "area_basis",
                    models.CharField(
                        blank=True,
                        choices=[("stated", "stated by a source"), ("inferred", "inferred by us")],
                        help_text="Stated: a source names the district. Inferred: we conclude it, as Kech from Turbat. Left empty beside a town or tehsil, this becomes “inferred”.",
                        max_length=8,
                        verbose_name="how the district is known",
                    ),
                ),
                (
                    "place_text",
                    models.CharField(
                        blank=True,
                        help_text="As the source puts it: “near the bus terminal on Pasni Road”.",
                        max_length=300,
                        verbose_name="place in words",
                    ),
                ),
                (
                    "place_text_local",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="place in words, in Urdu or another language",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="Only if known. It is published no finer than the protection rule allows.",
                        max_digits=8,
                        null=True,
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="One calm line that says what happened, where and when. Name nobody whose name must be protected: the title is published.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "title_local",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="title in Urdu or another language"
                    ),
                ),
                (
                    "date",
                    reference.fields.UncertainDateField(
                        help_text="When it happened, as exactly as it is known and no more.",
                        verbose_name="date",
                    ),
                ),
                ("date_earliest", reference.fields.EarliestField("date", db_index=False)),
                ("date_latest", reference.fields.LatestField("date", db_index=False)),
                (
                    "date_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stated", "stated by a source"),
                            ("derived", "counted from another statement"),
                            ("inferred", "inferred by us"),
                        ],
                        max_length=8,
                        verbose_name="how the date is known",
                    ),
                ),
                (
                    "end",
                    reference.fields.UncertainDateField(
                        help_text="Only for something that lasted, such as a sit-in. Empty: not known.",
                        verbose_name="end",
                    ),
                ),
                ("end_earliest", reference.fields.EarliestField("end", db_index=False)),
                ("end_latest", reference.fields.LatestField("end", db_index=False)),
                (
                    "time_of_day",
                    models.CharField(
                        blank=True,
                        help_text="As told: “at night”, “about 3”.",
                        max_length=60,
                        verbose_name="time of day",
                    ),
                ),
                (
                    "public_account",
                    models.TextField(
                        blank=True,
                        help_text="What happened, in your own words, for the public. Attribute every contested statement: “according to the family…”. Internal remarks go below.",
                        verbose_name="public account",
                    ),
                ),
                (
                    "public_account_local",
                    models.TextField(
                        blank=True, verbose_name="public account in Urdu or another language"
                    ),
                ),
                (
                    "grade_reason",
                    models.TextField(
                        blank=True,
                        help_text="Published beside the grade: which sources agree, which do not.",
                        verbose_name="reason for the grade",
                    ),
                ),
                (
                    "restricted",
                    models.BooleanField(
                        default=False,
                        help_text="Only the people assigned below can open a restricted case.",
                        verbose_name="restricted",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waiting for review"),
                            ("returned", "returned for work"),
                            ("verified", "verified"),
                            ("approved", "approved"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                (
                    "publication",
                    models.CharField(
                        choices=[
                            ("unpublished", "not published"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                            ("merged", "merged into another incident"),
                        ],
                        default="unpublished",
                        editable=False,
                        max_length=12,
                        verbose_name="publication",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False, max_length=24, null=True, verbose_name="public reference"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="published"),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The smallest area that is known: a town, a tehsil, a district or only the province. Type a few letters in either script. Choosing a town finds its district.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "grade",
                    reference.fields.TermField(
                        "grade",
                        db_constraint=False,
                        help_text="Our own judgement of the case as a whole. It needs a reason.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="how well established",
                    ),
                ),
                (
                    "kind",
                    reference.fields.TermField(
                        "incident-kind",
                        db_constraint=False,
                        help_text="What sort of event this is. Patterns and background are “context”.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="kind",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        db_constraint=False,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="monitoring",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.incident",
                    ),
                ),
                (
                    "place_precision",
                    reference.fields.TermField(
                        "place-precision",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="how exact the place is",
                    ),
                ),
                (
                    "violation_status",
                    reference.fields.TermField(
                        "violation-status",
                        blank=True,
                        db_constraint=False,
                        help_text="Whether the event was a violation of a duty of the State or of a group.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="violation status",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IncidentLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "from_incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                        verbose_name="incident",
                    ),
                ),
                (
                    "kind",
                    reference.fields.TermField(
                        "incident-link",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="link",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.incidentlink",
                    ),
                ),
                (
                    "to_incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                        verbose_name="other incident",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InterventionAddresseeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                ("responded", reference.fields.UncertainDateField(verbose_name="answered on")),
                ("responded_earliest", reference.fields.EarliestField("responded", db_index=False)),
                ("responded_latest", reference.fields.LatestField("responded", db_index=False)),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="to",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.intervention",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.interventionaddressee",
                    ),
                ),
                (
                    "response",
                    reference.fields.TermField(
                        "intervention-response",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="response",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InterventionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "by_text",
                    models.CharField(
                        blank=True,
                        help_text="In words, without private names.",
                        max_length=200,
                        verbose_name="by whom",
                    ),
                ),
                (
                    "by_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="by whom, in Urdu or another language",
                    ),
                ),
                ("date", reference.fields.UncertainDateField(verbose_name="date")),
                ("date_earliest", reference.fields.EarliestField("date", db_index=False)),
                ("date_latest", reference.fields.LatestField("date", db_index=False)),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="Published.", verbose_name="what was said"
                    ),
                ),
                (
                    "text_local",
                    models.TextField(
                        blank=True, verbose_name="the same in Urdu or another language"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "impact",
                    reference.fields.TermField(
                        "intervention-impact",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="effect",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.intervention",
                    ),
                ),
                (
                    "priority",
                    reference.fields.TermField(
                        "intervention-priority",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="urgency",
                    ),
                ),
                (
                    "status",
                    reference.fields.TermField(
                        "intervention-status",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="standing",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InterventionKindEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "intervention",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.intervention",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.term",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalActionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="What is asked or ordered, of whom: published, so without private names.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "title_local",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="title in Urdu or another language"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        help_text="As on the paper. Empty: not known.",
                        max_length=80,
                        verbose_name="number",
                    ),
                ),
                ("filed", reference.fields.UncertainDateField(verbose_name="filed or ordered on")),
                ("filed_earliest", reference.fields.EarliestField("filed", db_index=False)),
                ("filed_latest", reference.fields.LatestField("filed", db_index=False)),
                ("decided", reference.fields.UncertainDateField(verbose_name="decided on")),
                ("decided_earliest", reference.fields.EarliestField("decided", db_index=False)),
                ("decided_latest", reference.fields.LatestField("decided", db_index=False)),
                (
                    "filed_by",
                    models.CharField(
                        blank=True,
                        help_text="In words, without private names: “father of the victim”, “the province”.",
                        max_length=200,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "accused_text",
                    models.CharField(
                        blank=True,
                        help_text="By post or description unless a court named them.",
                        max_length=300,
                        verbose_name="accused or respondents",
                    ),
                ),
                (
                    "accused_low",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="accused, at least"
                    ),
                ),
                (
                    "accused_high",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="accused, at most"
                    ),
                ),
                (
                    "offences",
                    models.CharField(
                        blank=True,
                        help_text="“PPC 302, ATA 7”",
                        max_length=300,
                        verbose_name="offences or sections",
                    ),
                ),
                (
                    "subject",
                    models.TextField(
                        blank=True, help_text="Published.", verbose_name="what it is about"
                    ),
                ),
                (
                    "subject_local",
                    models.TextField(
                        blank=True, verbose_name="what it is about, in Urdu or another language"
                    ),
                ),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False, max_length=24, null=True, verbose_name="public reference"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "compliance",
                    reference.fields.TermField(
                        "legal-compliance",
                        blank=True,
                        db_constraint=False,
                        help_text="Whether the authorities did what was ordered.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="compliance",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.area",
                        verbose_name="district of the forum",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="court, police or body",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        db_constraint=False,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="monitoring",
                    ),
                ),
                (
                    "outcome",
                    reference.fields.TermField(
                        "legal-outcome",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="outcome",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.legalaction",
                    ),
                ),
                (
                    "stage",
                    reference.fields.TermField(
                        "legal-stage",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="stage",
                    ),
                ),
                (
                    "type",
                    reference.fields.TermField(
                        "legal-action-type",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="type",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalActionIncidentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "legalaction",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.legalaction",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalRelationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("implements", "implements"),
                            ("challenges", "challenges"),
                            ("follows", "follows"),
                            ("joined-with", "joined with"),
                            ("transferred-to", "transferred to"),
                        ],
                        max_length=16,
                        verbose_name="how",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.legalaction",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.legalaction",
                        verbose_name="other legal action",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.legalrelation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                ("date", reference.fields.UncertainDateField(verbose_name="date")),
                ("date_earliest", reference.fields.EarliestField("date", db_index=False)),
                ("date_latest", reference.fields.LatestField("date", db_index=False)),
                (
                    "what",
                    models.CharField(
                        help_text="“Hearing”, “order to register the FIR”.",
                        max_length=200,
                        verbose_name="step",
                    ),
                ),
                (
                    "what_local",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="step in Urdu or another language"
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=300, verbose_name="result")),
                (
                    "result_local",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="result in Urdu or another language",
                    ),
                ),
                (
                    "next_date",
                    models.DateField(
                        blank=True,
                        help_text="The date set for the next hearing.",
                        null=True,
                        verbose_name="next date",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.legalaction",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "compliance",
                    reference.fields.TermField(
                        "legal-compliance",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="compliance",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.legalstep",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalActionPersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "legalaction",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.legalaction",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InterventionPersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "intervention",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.intervention",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "text",
                    models.TextField(
                        help_text="Only what the office needs in order to reach the person safely.",
                        verbose_name="address, telephone or other contact",
                    ),
                ),
                ("since", reference.fields.UncertainDateField(verbose_name="since")),
                ("since_earliest", reference.fields.EarliestField("since", db_index=False)),
                ("since_latest", reference.fields.LatestField("since", db_index=False)),
                ("until", reference.fields.UncertainDateField(verbose_name="until")),
                ("until_earliest", reference.fields.EarliestField("until", db_index=False)),
                ("until_latest", reference.fields.LatestField("until", db_index=False)),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.contact",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "giver_name",
                    models.CharField(
                        blank=True,
                        help_text="Never published.",
                        max_length=200,
                        verbose_name="name of who answered",
                    ),
                ),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="date")),
                ("expires", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="taken back on"),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="Never published.", verbose_name="note"),
                ),
                (
                    "answer",
                    reference.fields.TermField(
                        "consent-answer",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="answer",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "giver",
                    reference.fields.TermField(
                        "consent-giver",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="who answered",
                    ),
                ),
                (
                    "language",
                    reference.fields.TermField(
                        "language",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="language it was asked in",
                    ),
                ),
                (
                    "method",
                    reference.fields.TermField(
                        "consent-method",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="how",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.consent",
                    ),
                ),
                (
                    "use",
                    reference.fields.TermField(
                        "consent-use",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="for what use",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="for whom",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BodyEntryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "claimant_text",
                    models.CharField(
                        blank=True,
                        help_text="Anybody else, without a private name: “family of the victim”, “author of the article”.",
                        max_length=200,
                        verbose_name="claimed by (in words)",
                    ),
                ),
                (
                    "claimant_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="claimed by, in Urdu or another language",
                    ),
                ),
                ("date", reference.fields.UncertainDateField(verbose_name="date")),
                ("date_earliest", reference.fields.EarliestField("date", db_index=False)),
                ("date_latest", reference.fields.LatestField("date", db_index=False)),
                (
                    "place_text",
                    models.CharField(blank=True, max_length=200, verbose_name="place in words"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Published.", max_length=300, verbose_name="note"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "claimant_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency, court, group or body that says so.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="claimed by (agency)",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "event",
                    reference.fields.TermField(
                        "body-event",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="what happened",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.bodyentry",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="victim",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                (
                    "group_size",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Only for a group, and only if somebody gives a number.",
                        null=True,
                        verbose_name="number of people",
                    ),
                ),
                (
                    "size_estimated",
                    models.BooleanField(default=False, verbose_name="the number is an estimate"),
                ),
                (
                    "size_note",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how the number is known"
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="How to speak of somebody without a name: “man killed in the same raid”. This is published in place of a name.",
                        max_length=200,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="description in Urdu or another language",
                    ),
                ),
                (
                    "birth",
                    reference.fields.UncertainDateField(
                        help_text="A year or a range is enough. Never published to the day.",
                        verbose_name="born",
                    ),
                ),
                ("birth_earliest", reference.fields.EarliestField("birth", db_index=False)),
                ("birth_latest", reference.fields.LatestField("birth", db_index=False)),
                (
                    "occupation_note",
                    models.CharField(
                        blank=True,
                        help_text="As the source puts it: “part-time in a tailor’s shop”.",
                        max_length=200,
                        verbose_name="occupation in words",
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True,
                        help_text="Published. A sentence or two about the person, not about the crime.",
                        verbose_name="who this person is",
                    ),
                ),
                (
                    "about_local",
                    models.TextField(
                        blank=True, verbose_name="who this person is, in Urdu or another language"
                    ),
                ),
                (
                    "name_protection",
                    models.CharField(
                        choices=[
                            ("hidden", "not at all: the person does not appear"),
                            ("withheld", "“name withheld”"),
                            ("initials", "initials"),
                            ("full", "full name"),
                        ],
                        default="withheld",
                        help_text="Until somebody decides otherwise the name is withheld.",
                        max_length=8,
                        verbose_name="how the name appears",
                    ),
                ),
                (
                    "place_protection",
                    models.CharField(
                        choices=[
                            ("province", "province"),
                            ("district", "district"),
                            ("town", "town"),
                            ("exact", "the exact place"),
                        ],
                        default="district",
                        max_length=8,
                        verbose_name="how exact the place appears",
                    ),
                ),
                (
                    "date_protection",
                    models.CharField(
                        choices=[("year", "year"), ("month", "month"), ("day", "day")],
                        default="day",
                        max_length=8,
                        verbose_name="how exact dates appear",
                    ),
                ),
                (
                    "photo_allowed",
                    models.BooleanField(default=False, verbose_name="a photograph may be shown"),
                ),
                (
                    "risk_assessment",
                    models.TextField(
                        blank=True,
                        help_text="Who could be harmed by publication, and why it is right all the same.",
                        verbose_name="risk assessment",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False, max_length=24, null=True, verbose_name="public reference"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "function",
                    reference.fields.TermField(
                        "victim-function",
                        blank=True,
                        db_constraint=False,
                        help_text="Journalist, trade unionist, defender of rights, or none.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="function at the time",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        db_constraint=False,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="monitoring",
                    ),
                ),
                (
                    "occupation",
                    reference.fields.TermField(
                        "occupation",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="occupation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.person",
                    ),
                ),
                (
                    "publication_ground",
                    reference.fields.TermField(
                        "consent-ground",
                        blank=True,
                        db_constraint=False,
                        help_text="Only where nobody can be asked. It needs a written risk assessment.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="ground for publishing without consent",
                    ),
                ),
                (
                    "sex",
                    reference.fields.TermField(
                        "sex",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="sex",
                    ),
                ),
                (
                    "unit",
                    reference.fields.TermField(
                        "counting-unit",
                        db_constraint=False,
                        help_text="Unnamed people can stand as one group: “three others killed in the raid”.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="one person or a group",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PersonNameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "own name"),
                            ("alias", "alias or nickname"),
                            ("as-printed", "as printed by a source"),
                            ("document", "as in an identity document"),
                            ("transliteration", "transliteration"),
                        ],
                        default="own",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "honorific",
                    models.CharField(
                        blank=True,
                        help_text="Nawab, Mama, Dr …",
                        max_length=40,
                        verbose_name="honorific",
                    ),
                ),
                (
                    "given",
                    models.CharField(
                        help_text="The person’s own name, without the father’s name and without honorifics.",
                        max_length=120,
                        verbose_name="name",
                    ),
                ),
                (
                    "fathers_name",
                    models.CharField(blank=True, max_length=120, verbose_name="father’s name"),
                ),
                (
                    "tribe_or_place",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="tribe or place name"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.personname",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PersonRelationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "kind",
                    reference.fields.TermField(
                        "person-relation",
                        db_constraint=False,
                        help_text="What the other person is to this one: parent, spouse, lawyer …",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="is",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="other person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.personrelation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProtestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "organisers",
                    models.CharField(
                        blank=True,
                        help_text="In words, without private names: “relatives of the victim”.",
                        max_length=200,
                        verbose_name="called by",
                    ),
                ),
                (
                    "crowd_low",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people, at least"
                    ),
                ),
                (
                    "crowd_high",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people, at most"
                    ),
                ),
                (
                    "crowd_text",
                    models.CharField(
                        blank=True,
                        help_text="“thousands”",
                        max_length=120,
                        verbose_name="people, as the source puts it",
                    ),
                ),
                (
                    "demands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        help_text="One demand a line.",
                        size=None,
                        verbose_name="demands",
                    ),
                ),
                (
                    "demands_local",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="demands in Urdu or another language",
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        blank=True,
                        help_text="For a march: from, through, to.",
                        max_length=300,
                        verbose_name="route",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.protest",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProtestKindEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "protest",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.protest",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.term",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProtestResponseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "protest",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.protest",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.term",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReviewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("submitted", "submitted for review"),
                            ("returned", "returned for work"),
                            ("verified", "verified"),
                            ("approved", "approved for publication"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "grade",
                    reference.fields.TermField(
                        "grade",
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="grade",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.review",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaptureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "sha256",
                    models.CharField(
                        help_text="64 hexadecimal digits.", max_length=64, verbose_name="SHA-256"
                    ),
                ),
                (
                    "bytes",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="size in bytes"
                    ),
                ),
                (
                    "media_type",
                    models.CharField(blank=True, max_length=100, verbose_name="media type"),
                ),
                (
                    "file_name",
                    models.CharField(
                        blank=True, max_length=255, verbose_name="file name as received"
                    ),
                ),
                ("storage_name", models.CharField(blank=True, editable=False, max_length=255)),
                (
                    "captured_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="captured"),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        help_text="Tool and settings.",
                        max_length=200,
                        verbose_name="how it was captured",
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="address it came from"
                    ),
                ),
                (
                    "captured_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="captured by",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "derived_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="For a redaction or translation: the original it was made from.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.capture",
                        verbose_name="working copy of",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.capture",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this first reached the office, if it is known.",
                        null=True,
                        verbose_name="received on",
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        help_text="The office's own grouping, if any.",
                        max_length=100,
                        verbose_name="project",
                    ),
                ),
                (
                    "internal_notes",
                    models.TextField(
                        blank=True,
                        help_text="For the office only: doubts, leads, reminders. This is never published.",
                        verbose_name="internal notes",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="As printed; for a statement or talk, what it is: “First statement”.",
                        max_length=300,
                        verbose_name="title",
                    ),
                ),
                (
                    "title_local",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="title in Urdu or another language"
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="publisher or issuing body"
                    ),
                ),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="author")),
                (
                    "published",
                    reference.fields.UncertainDateField(verbose_name="published or said on"),
                ),
                ("published_earliest", reference.fields.EarliestField("published", db_index=False)),
                ("published_latest", reference.fields.LatestField("published", db_index=False)),
                ("accessed", models.DateField(blank=True, null=True, verbose_name="read on")),
                (
                    "url",
                    models.URLField(blank=True, max_length=1000, verbose_name="address on the web"),
                ),
                (
                    "archived_url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="address of an archived copy"
                    ),
                ),
                (
                    "public_note",
                    models.TextField(
                        blank=True,
                        help_text="What a reader should know of it.",
                        verbose_name="note for the public",
                    ),
                ),
                (
                    "confidential",
                    models.BooleanField(
                        default=False,
                        help_text="Never published. Tick it for everything that was told to us in trust.",
                        verbose_name="confidential",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False, max_length=24, null=True, verbose_name="public reference"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "independence",
                    reference.fields.TermField(
                        "source-independence",
                        db_constraint=False,
                        help_text="One agency text in ten papers is one source. A reprint names its origin.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="independence",
                    ),
                ),
                (
                    "informant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Never published.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="who told us",
                    ),
                ),
                (
                    "language",
                    reference.fields.TermField(
                        "language",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="language",
                    ),
                ),
                (
                    "monitoring",
                    reference.fields.TermField(
                        "monitoring",
                        blank=True,
                        db_constraint=False,
                        help_text="Whether somebody still follows this.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="monitoring",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The source that this one reprints, or through which alone we know it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.source",
                        verbose_name="rests on, or known only through",
                    ),
                ),
                (
                    "perspective",
                    reference.fields.TermField(
                        "source-perspective",
                        blank=True,
                        db_constraint=False,
                        help_text="A partisan source is recorded as such, not dropped.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="perspective",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.source",
                    ),
                ),
                (
                    "reliability",
                    reference.fields.TermField(
                        "source-reliability",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="how reliable this source is in general",
                    ),
                ),
                (
                    "scale",
                    reference.fields.TermField(
                        "source-scale",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="reach",
                    ),
                ),
                (
                    "type",
                    reference.fields.TermField(
                        "source-type",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="type",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "pseudonym",
                    models.CharField(
                        blank=True,
                        help_text="Shown instead of your name wherever a document could leave the office.",
                        max_length=60,
                        verbose_name="pseudonym",
                    ),
                ),
                (
                    "must_change_password",
                    models.BooleanField(
                        default=False,
                        help_text="Nothing else opens until this person has chosen a password of their own.",
                        verbose_name="must choose a new password",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatusEntryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "claimant_text",
                    models.CharField(
                        blank=True,
                        help_text="Anybody else, without a private name: “family of the victim”, “author of the article”.",
                        max_length=200,
                        verbose_name="claimed by (in words)",
                    ),
                ),
                (
                    "claimant_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="claimed by, in Urdu or another language",
                    ),
                ),
                (
                    "date",
                    reference.fields.UncertainDateField(
                        help_text="The day on which this became so.", verbose_name="from"
                    ),
                ),
                ("date_earliest", reference.fields.EarliestField("date", db_index=False)),
                ("date_latest", reference.fields.LatestField("date", db_index=False)),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Published.", max_length=300, verbose_name="note"
                    ),
                ),
                (
                    "note_local",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note in Urdu or another language"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "claimant_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency, court, group or body that says so.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="claimed by (agency)",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="victim",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.statusentry",
                    ),
                ),
                (
                    "status",
                    reference.fields.TermField(
                        "victim-status",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="status",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InvolvementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        blank=True,
                        help_text="“Regional officer”, without a name.",
                        max_length=200,
                        verbose_name="post",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="“Armed men in plain clothes”.",
                        max_length=200,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="description in Urdu or another language",
                    ),
                ),
                (
                    "alleged_by_text",
                    models.CharField(
                        blank=True,
                        help_text="“family of the victim”, “author of the article”: no private names.",
                        max_length=200,
                        verbose_name="alleged by (in words)",
                    ),
                ),
                (
                    "alleged_by_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="alleged by, in Urdu or another language",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Only the one the source names. “Security forces (unspecified)” is an answer.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="agency or group",
                    ),
                ),
                (
                    "alleged_by_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="alleged by (agency)",
                    ),
                ),
                (
                    "basis",
                    reference.fields.TermField(
                        "involvement-basis",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="on what it rests",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "degree",
                    reference.fields.TermField(
                        "involvement-degree",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="part played",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.involvement",
                    ),
                ),
                (
                    "status",
                    reference.fields.TermField(
                        "perpetrator-status",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="what happened to them since",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Published only for public officials in function or when a court named them.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: it concerns every violation of this incident.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.violation",
                        verbose_name="violation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DisappearanceElementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Published.",
                        max_length=300,
                        verbose_name="on what it rests",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "element",
                    reference.fields.TermField(
                        "disappearance-element",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="element",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "finding",
                    reference.fields.TermField(
                        "element-finding",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="finding",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.disappearanceelement",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.violation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CitationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "supports it"), ("disputes", "disputes it")],
                        default="supports",
                        max_length=8,
                        verbose_name="stance",
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        help_text="Page, paragraph, or minute: “p. 4”, “para. 7”, “12:30”.",
                        max_length=120,
                        verbose_name="where in the source",
                    ),
                ),
                (
                    "quotation",
                    models.TextField(
                        blank=True,
                        help_text="The words themselves, short. Published with the fact.",
                        verbose_name="quotation",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "attribution",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.attribution",
                        verbose_name="official response",
                    ),
                ),
                (
                    "body_entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.bodyentry",
                        verbose_name="event of the body",
                    ),
                ),
                (
                    "casualties",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.casualties",
                        verbose_name="number of people harmed",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "connection",
                    reference.fields.TermField(
                        "source-connection",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="how the source knows",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.citation",
                    ),
                ),
                (
                    "reliability",
                    reference.fields.TermField(
                        "information-reliability",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="how reliable this piece of information is",
                    ),
                ),
                (
                    "element",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.disappearanceelement",
                        verbose_name="element of the disappearance",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                        verbose_name="incident",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.intervention",
                        verbose_name="intervention",
                    ),
                ),
                (
                    "involvement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.involvement",
                        verbose_name="alleged responsibility",
                    ),
                ),
                (
                    "legal_action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.legalaction",
                        verbose_name="legal action",
                    ),
                ),
                (
                    "legal_step",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.legalstep",
                        verbose_name="step",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "status",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.statusentry",
                        verbose_name="status of a victim",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.violation",
                        verbose_name="violation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AttributionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                ("date", reference.fields.UncertainDateField(verbose_name="said on")),
                ("date_earliest", reference.fields.EarliestField("date", db_index=False)),
                ("date_latest", reference.fields.LatestField("date", db_index=False)),
                ("words", models.TextField(blank=True, verbose_name="in their words, summarised")),
                (
                    "words_local",
                    models.TextField(
                        blank=True, verbose_name="the same in Urdu or another language"
                    ),
                ),
                (
                    "attribution",
                    reference.fields.TermField(
                        "attribution",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="what they say",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.attribution",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.attribution",
                        verbose_name="replaces an earlier version",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="speaker",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: it speaks of every violation of this incident.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.violation",
                        verbose_name="violation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "claimant_text",
                    models.CharField(
                        blank=True,
                        help_text="Anybody else, without a private name: “family of the victim”, “author of the article”.",
                        max_length=200,
                        verbose_name="claimed by (in words)",
                    ),
                ),
                (
                    "claimant_text_local",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="claimed by, in Urdu or another language",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        help_text="Published. In few plain words.", verbose_name="what they say"
                    ),
                ),
                (
                    "answer_local",
                    models.TextField(
                        blank=True, verbose_name="the same in Urdu or another language"
                    ),
                ),
                (
                    "answer_date",
                    reference.fields.UncertainDateField(
                        help_text="For questions that ask when.", verbose_name="the date they give"
                    ),
                ),
                (
                    "answer_date_earliest",
                    reference.fields.EarliestField("answer_date", db_index=False),
                ),
                ("answer_date_latest", reference.fields.LatestField("answer_date", db_index=False)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("asserts", "says so"),
                            ("denies", "denies it"),
                            ("disputes", "gives another version"),
                        ],
                        default="asserts",
                        max_length=8,
                        verbose_name="stance",
                    ),
                ),
                ("said", reference.fields.UncertainDateField(verbose_name="said on")),
                ("said_earliest", reference.fields.EarliestField("said", db_index=False)),
                ("said_latest", reference.fields.LatestField("said", db_index=False)),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.account",
                    ),
                ),
                (
                    "question",
                    reference.fields.TermField(
                        "account-question",
                        db_constraint=False,
                        help_text="The same question for every side, so that the answers can be compared.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="question",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Where the same side has changed its version. The earlier one stays visible.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.account",
                        verbose_name="replaces an earlier account",
                    ),
                ),
                (
                    "claimant_agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The agency, court, group or body that says so.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.agency",
                        verbose_name="claimed by (agency)",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: it speaks of the incident as a whole.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.violation",
                        verbose_name="violation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ViolationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "internal",
                    models.BooleanField(
                        default=False,
                        help_text="Tick this for something you need to keep but that must never be published.",
                        verbose_name="keep internal",
                    ),
                ),
                (
                    "area_basis",
                    models.CharField(
                        blank=True,
                        choices=[("stated", "stated by a source"), ("inferred", "inferred by us")],
                        help_text="Stated: a source names the district. Inferred: we conclude it, as Kech from Turbat. Left empty beside a town or tehsil, this becomes “inferred”.",
                        max_length=8,
                        verbose_name="how the district is known",
                    ),
                ),
                (
                    "place_text",
                    models.CharField(
                        blank=True,
                        help_text="As the source puts it: “near the bus terminal on Pasni Road”.",
                        max_length=300,
                        verbose_name="place in words",
                    ),
                ),
                (
                    "place_text_local",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="place in words, in Urdu or another language",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="Only if known. It is published no finer than the protection rule allows.",
                        max_digits=8,
                        null=True,
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                (
                    "start",
                    reference.fields.UncertainDateField(
                        help_text="Empty: the same as the date of the incident.",
                        verbose_name="start",
                    ),
                ),
                ("start_earliest", reference.fields.EarliestField("start", db_index=False)),
                ("start_latest", reference.fields.LatestField("start", db_index=False)),
                (
                    "start_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stated", "stated by a source"),
                            ("derived", "counted from another statement"),
                            ("inferred", "inferred by us"),
                        ],
                        max_length=8,
                        verbose_name="how the start is known",
                    ),
                ),
                (
                    "end",
                    reference.fields.UncertainDateField(
                        help_text="Empty: it is not known to have ended, or it was over at once.",
                        verbose_name="end",
                    ),
                ),
                ("end_earliest", reference.fields.EarliestField("end", db_index=False)),
                ("end_latest", reference.fields.LatestField("end", db_index=False)),
                (
                    "end_meaning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("acknowledged", "custody was acknowledged"),
                            ("released", "the person was released or returned"),
                            ("body-found", "the body was found"),
                            ("ended", "it ended in another way"),
                        ],
                        max_length=12,
                        verbose_name="what the end means",
                    ),
                ),
                (
                    "stated_reason",
                    models.CharField(
                        blank=True,
                        help_text="Their words, not ours: “possession of explosives, according to officials”.",
                        max_length=300,
                        verbose_name="reason given by those responsible",
                    ),
                ),
                (
                    "age_low",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="age, at least"
                    ),
                ),
                (
                    "age_high",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="age, at most"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        help_text="What became of it, in a few words.",
                        max_length=300,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False, max_length=24, null=True, verbose_name="public reference"
                    ),
                ),
                (
                    "age_group",
                    reference.fields.TermField(
                        "age-group",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="age group",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The smallest area that is known: a town, a tehsil, a district or only the province. Type a few letters in either script. Choosing a town finds its district.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "area_end",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Where the person was found, released or last held, if that is elsewhere.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.area",
                        verbose_name="area at the end",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "civilian_status",
                    reference.fields.TermField(
                        "civilian-status",
                        blank=True,
                        db_constraint=False,
                        help_text="Our assessment only. What officials call somebody is an account, below.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="part in hostilities",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "grade",
                    reference.fields.TermField(
                        "grade",
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: the same as the incident.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="how well established",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Type a name in either script and any spelling, or add a new person.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.person",
                        verbose_name="victim",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incidents.violation",
                    ),
                ),
                (
                    "place_precision",
                    reference.fields.TermField(
                        "place-precision",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="how exact the place is",
                    ),
                ),
                (
                    "place_type",
                    reference.fields.TermField(
                        "place-type",
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="kind of place",
                    ),
                ),
                (
                    "type",
                    reference.fields.TermField(
                        "violation-type",
                        db_constraint=False,
                        help_text="Any level can be chosen: “taking of a person” while the kind is unclear.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_query_name="+",
                        verbose_name="what was done",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ViolationMethodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reference.term",
                    ),
                ),
                (
                    "violation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.violation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IncidentAssignment",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.incident_assigned",),
        ),
        migrations.CreateModel(
            name="InterventionKind",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.intervention_types",),
        ),
        migrations.CreateModel(
            name="InterventionPerson",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.intervention_people",),
        ),
        migrations.CreateModel(
            name="LegalActionIncident",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.legalaction_incidents",),
        ),
        migrations.CreateModel(
            name="LegalActionPerson",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.legalaction_people",),
        ),
        migrations.CreateModel(
            name="ProtestKind",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.protest_kinds",),
        ),
        migrations.CreateModel(
            name="ProtestResponse",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.protest_state_responses",),
        ),
        migrations.CreateModel(
            name="ViolationMethod",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.violation_methods",),
        ),
        migrations.AddField(
            model_name="incident",
            name="links",
            field=models.ManyToManyField(
                related_name="linked_from",
                through="incidents.IncidentLink",
                to="incidents.incident",
            ),
        ),
    ]
