"""What the criteria of casework ask for: details of acts, of the custody that officials admit, reasons
for a judgement, dates of relations, and who brought a legal action."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import reference.fields
from reference.migrating import MigrationAtOnce


class Migration(MigrationAtOnce):
    dependencies = [
        ("incidents", "0014_casework"),
    ]

    operations = [
        migrations.CreateModel(
            name="ViolationIntentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "db_table": "incidents_violation_intentsevent",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="attribution",
            name="contact_counsel",
            field=models.CharField(
                blank=True,
                choices=[("allowed", "allowed"), ("refused", "refused"), ("unknown", "not known")],
                help_text="At the time of these words. Empty: nobody has asked.",
                max_length=7,
                verbose_name="contact with a lawyer",
            ),
        ),
        migrations.AddField(
            model_name="attribution",
            name="contact_family",
            field=models.CharField(
                blank=True,
                choices=[("allowed", "allowed"), ("refused", "refused"), ("unknown", "not known")],
                help_text="At the time of these words. Empty: nobody has asked.",
                max_length=7,
                verbose_name="contact with relatives",
            ),
        ),
        migrations.AddField(
            model_name="attribution",
            name="contact_relief",
            field=models.CharField(
                blank=True,
                choices=[("allowed", "allowed"), ("refused", "refused"), ("unknown", "not known")],
                help_text="At the time of these words. Empty: nobody has asked.",
                max_length=7,
                verbose_name="visits by a relief body",
            ),
        ),
        migrations.AddField(
            model_name="attribution",
            name="contact_rights",
            field=models.CharField(
                blank=True,
                choices=[("allowed", "allowed"), ("refused", "refused"), ("unknown", "not known")],
                help_text="At the time of these words. Empty: nobody has asked.",
                max_length=7,
                verbose_name="visits by a rights organisation",
            ),
        ),
        migrations.AddField(
            model_name="attribution",
            name="custody",
            field=reference.fields.TermField(
                "acknowledgement",
                blank=True,
                null=True,
                verbose_name="what they say of the custody",
            ),
        ),
        migrations.AddField(
            model_name="attribution",
            name="place_told",
            field=models.CharField(
                blank=True,
                help_text="As they put it: “Central Jail Turbat”. Never published.",
                max_length=200,
                verbose_name="place of custody that they name",
            ),
        ),
        migrations.AddField(
            model_name="attributionevent",
            name="contact_counsel",
            field=models.CharField(
                blank=True,
                choices=[("allowed", "allowed"), ("refused", "refused"), ("unknown", "not known")],
                help_text="At the time of these words. Empty: nobody has asked.",
                max_length=7,
                verbose_name="contact with a lawyer",
            ),
        ),
        migrations.AddField(
            model_name="attributionevent",
            name="contact_family",
            field=models.CharField(
                blank=True,
                choices=[("allowed", "allowed"), ("refused", "refused"), ("unknown", "not known")],
                help_text="At the time of these words. Empty: nobody has asked.",
                max_length=7,
                verbose_name="contact with relatives",
            ),
        ),
        migrations.AddField(
            model_name="attributionevent",
            name="contact_relief",
            field=models.CharField(
                blank=True,
                choices=[("allowed", "allowed"), ("refused", "refused"), ("unknown", "not known")],
                help_text="At the time of these words. Empty: nobody has asked.",
                max_length=7,
                verbose_name="visits by a relief body",
            ),
        ),
        migrations.AddField(
            model_name="attributionevent",
            name="contact_rights",
            field=models.CharField(
                blank=True,
                choices=[("allowed", "allowed"), ("refused", "refused"), ("unknown", "not known")],
                help_text="At the time of these words. Empty: nobody has asked.",
                max_length=7,
                verbose_name="visits by a rights organisation",
            ),
        ),
        migrations.AddField(
            model_name="attributionevent",
            name="custody",
            field=reference.fields.TermField(
                "acknowledgement",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="what they say of the custody",
            ),
        ),
        migrations.AddField(
            model_name="attributionevent",
            name="place_told",
            field=models.CharField(
                blank=True,
                help_text="As they put it: “Central Jail Turbat”. Never published.",
                max_length=200,
                verbose_name="place of custody that they name",
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="violation_status_note",
            field=models.TextField(
                blank=True,
                help_text="Why it is judged so: “the court found the arrest unlawful on 9 December”. Whoever changes the status writes a new reason; the earlier one stays in the history. Never published.",
                verbose_name="reason for the violation status",
            ),
        ),
        migrations.AddField(
            model_name="incidentevent",
            name="violation_status_note",
            field=models.TextField(
                blank=True,
                help_text="Why it is judged so: “the court found the arrest unlawful on 9 December”. Whoever changes the status writes a new reason; the earlier one stays in the history. Never published.",
                verbose_name="reason for the violation status",
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="internal_notes",
            field=models.TextField(
                blank=True,
                help_text="For the office only: doubts, leads, reminders. This is never published.",
                verbose_name="internal notes",
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="monitoring",
            field=reference.fields.TermField(
                "monitoring",
                blank=True,
                help_text="Whether somebody still follows this.",
                null=True,
                verbose_name="monitoring",
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="project",
            field=models.CharField(
                blank=True,
                help_text="The office's own grouping, if any.",
                max_length=100,
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="received_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which this first reached the office, if it is known.",
                null=True,
                verbose_name="received on",
            ),
        ),
        migrations.AddField(
            model_name="interventionevent",
            name="internal_notes",
            field=models.TextField(
                blank=True,
                help_text="For the office only: doubts, leads, reminders. This is never published.",
                verbose_name="internal notes",
            ),
        ),
        migrations.AddField(
            model_name="interventionevent",
            name="monitoring",
            field=reference.fields.TermField(
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
        migrations.AddField(
            model_name="interventionevent",
            name="project",
            field=models.CharField(
                blank=True,
                help_text="The office's own grouping, if any.",
                max_length=100,
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="interventionevent",
            name="received_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which this first reached the office, if it is known.",
                null=True,
                verbose_name="received on",
            ),
        ),
        migrations.AddField(
            model_name="involvement",
            name="type",
            field=reference.fields.TermField(
                "agency-type",
                blank=True,
                help_text="For a post or for people who were seen: “plain-clothes agents”. An agency has its own kind; leave this empty beside one.",
                null=True,
                verbose_name="kind of perpetrator",
            ),
        ),
        migrations.AddField(
            model_name="involvementevent",
            name="type",
            field=reference.fields.TermField(
                "agency-type",
                blank=True,
                db_constraint=False,
                help_text="For a post or for people who were seen: “plain-clothes agents”. An agency has its own kind; leave this empty beside one.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="kind of perpetrator",
            ),
        ),
        migrations.AddField(
            model_name="legalaction",
            name="complainant",
            field=models.ForeignKey(
                blank=True,
                help_text="The person who brought it, if we know them. Never published. Type a name.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="legal_actions_brought",
                to="incidents.person",
                verbose_name="complainant",
            ),
        ),
        migrations.AddField(
            model_name="legalactionevent",
            name="complainant",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The person who brought it, if we know them. Never published. Type a name.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="incidents.person",
                verbose_name="complainant",
            ),
        ),
        migrations.AddField(
            model_name="personrelation",
            name="since",
            field=reference.fields.UncertainDateField(verbose_name="since"),
        ),
        migrations.AddField(
            model_name="personrelation",
            name="since_earliest",
            field=reference.fields.EarliestField("since"),
        ),
        migrations.AddField(
            model_name="personrelation",
            name="since_latest",
            field=reference.fields.LatestField("since"),
        ),
        migrations.AddField(
            model_name="personrelation",
            name="until",
            field=reference.fields.UncertainDateField(
                help_text="Empty: still so, or not known.", verbose_name="until"
            ),
        ),
        migrations.AddField(
            model_name="personrelation",
            name="until_earliest",
            field=reference.fields.EarliestField("until"),
        ),
        migrations.AddField(
            model_name="personrelation",
            name="until_latest",
            field=reference.fields.LatestField("until"),
        ),
        migrations.AddField(
            model_name="personrelationevent",
            name="since",
            field=reference.fields.UncertainDateField(verbose_name="since"),
        ),
        migrations.AddField(
            model_name="personrelationevent",
            name="since_earliest",
            field=reference.fields.EarliestField("since", db_index=False),
        ),
        migrations.AddField(
            model_name="personrelationevent",
            name="since_latest",
            field=reference.fields.LatestField("since", db_index=False),
        ),
        migrations.AddField(
            model_name="personrelationevent",
            name="until",
            field=reference.fields.UncertainDateField(
                help_text="Empty: still so, or not known.", verbose_name="until"
            ),
        ),
        migrations.AddField(
            model_name="personrelationevent",
            name="until_earliest",
            field=reference.fields.EarliestField("until", db_index=False),
        ),
        migrations.AddField(
            model_name="personrelationevent",
            name="until_latest",
            field=reference.fields.LatestField("until", db_index=False),
        ),
        migrations.AddField(
            model_name="violation",
            name="case_code",
            field=models.CharField(
                blank=True,
                help_text="As on the paper of the court: “Crl. Case 14/2023”.",
                max_length=80,
                verbose_name="code of the case",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="case_code_unknown",
            field=models.BooleanField(
                default=False,
                help_text="Tick this once somebody has asked and nobody could tell.",
                verbose_name="the code is not known",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="case_name",
            field=models.CharField(
                blank=True,
                help_text="As the court calls it: “The State versus …”. Never published.",
                max_length=200,
                verbose_name="name of the case",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="case_name_unknown",
            field=models.BooleanField(
                default=False,
                help_text="Tick this once somebody has asked and nobody could tell.",
                verbose_name="the name of the case is not known",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="compensation",
            field=reference.fields.TermField(
                "compensation", blank=True, null=True, verbose_name="compensation"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="conditions",
            field=models.TextField(
                blank=True,
                help_text="Cell, food, light, illness, as told: “12 days blindfolded in a cellar”.",
                verbose_name="conditions of detention",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="conditions_unknown",
            field=models.BooleanField(
                default=False,
                help_text="Tick this once somebody has asked and nobody could tell.",
                verbose_name="the conditions are not known",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="counsel",
            field=reference.fields.TermField(
                "counsel-access", blank=True, null=True, verbose_name="counsel"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="court",
            field=reference.fields.TermField(
                "court-type", blank=True, null=True, verbose_name="kind of court"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="court_language",
            field=reference.fields.TermField(
                "language",
                blank=True,
                help_text="The language in which the hearing was held, whether it was understood or not.",
                null=True,
                verbose_name="language used in court",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="detention_type",
            field=reference.fields.TermField(
                "detention-type", blank=True, null=True, verbose_name="kind of detention"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="instruments",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200),
                blank=True,
                default=list,
                help_text="One a line, with its article: “Constitution of Pakistan, article 10”.",
                size=None,
                verbose_name="laws and instruments breached",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="intents",
            field=reference.fields.TermsField(
                "torture-intent", blank=True, verbose_name="what was intended"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="judicial_district",
            field=reference.fields.TermField(
                "judicial-district", blank=True, null=True, verbose_name="judicial district"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="medical_attention",
            field=reference.fields.TermField(
                "medical-attention", blank=True, null=True, verbose_name="medical attention"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="method_notes",
            field=models.JSONField(blank=True, default=dict, verbose_name="notes on methods"),
        ),
        migrations.AddField(
            model_name="violation",
            name="physical_effects",
            field=models.TextField(
                blank=True,
                help_text="As somebody saw or certified them: “burns on both feet, walks with a stick”.",
                verbose_name="effects on the body",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="property_currency",
            field=models.CharField(
                blank=True,
                help_text="Three capital letters: PKR.",
                max_length=3,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z]{3}$", "Three capital letters, such as PKR or USD."
                    )
                ],
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="property_kind",
            field=reference.fields.TermField(
                "property-kind", blank=True, null=True, verbose_name="what was taken or destroyed"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="property_value",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="As the owner or a surveyor puts it, without commas: 450000.",
                max_digits=14,
                null=True,
                verbose_name="value",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="psychological_effects",
            field=models.TextField(
                blank=True,
                help_text="As the person or a physician describes them: “does not sleep, fears uniforms”.",
                verbose_name="effects on the mind",
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="statement_signed",
            field=reference.fields.TermField(
                "statement-signed", blank=True, null=True, verbose_name="statement signed"
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="case_code",
            field=models.CharField(
                blank=True,
                help_text="As on the paper of the court: “Crl. Case 14/2023”.",
                max_length=80,
                verbose_name="code of the case",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="case_code_unknown",
            field=models.BooleanField(
                default=False,
                help_text="Tick this once somebody has asked and nobody could tell.",
                verbose_name="the code is not known",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="case_name",
            field=models.CharField(
                blank=True,
                help_text="As the court calls it: “The State versus …”. Never published.",
                max_length=200,
                verbose_name="name of the case",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="case_name_unknown",
            field=models.BooleanField(
                default=False,
                help_text="Tick this once somebody has asked and nobody could tell.",
                verbose_name="the name of the case is not known",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="compensation",
            field=reference.fields.TermField(
                "compensation",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="compensation",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="conditions",
            field=models.TextField(
                blank=True,
                help_text="Cell, food, light, illness, as told: “12 days blindfolded in a cellar”.",
                verbose_name="conditions of detention",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="conditions_unknown",
            field=models.BooleanField(
                default=False,
                help_text="Tick this once somebody has asked and nobody could tell.",
                verbose_name="the conditions are not known",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="counsel",
            field=reference.fields.TermField(
                "counsel-access",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="counsel",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="court",
            field=reference.fields.TermField(
                "court-type",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="kind of court",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="court_language",
            field=reference.fields.TermField(
                "language",
                blank=True,
                db_constraint=False,
                help_text="The language in which the hearing was held, whether it was understood or not.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="language used in court",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="detention_type",
            field=reference.fields.TermField(
                "detention-type",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="kind of detention",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="instruments",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200),
                blank=True,
                default=list,
                help_text="One a line, with its article: “Constitution of Pakistan, article 10”.",
                size=None,
                verbose_name="laws and instruments breached",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="judicial_district",
            field=reference.fields.TermField(
                "judicial-district",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="judicial district",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="medical_attention",
            field=reference.fields.TermField(
                "medical-attention",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="medical attention",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="method_notes",
            field=models.JSONField(blank=True, default=dict, verbose_name="notes on methods"),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="physical_effects",
            field=models.TextField(
                blank=True,
                help_text="As somebody saw or certified them: “burns on both feet, walks with a stick”.",
                verbose_name="effects on the body",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="property_currency",
            field=models.CharField(
                blank=True,
                help_text="Three capital letters: PKR.",
                max_length=3,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z]{3}$", "Three capital letters, such as PKR or USD."
                    )
                ],
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="property_kind",
            field=reference.fields.TermField(
                "property-kind",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="what was taken or destroyed",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="property_value",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="As the owner or a surveyor puts it, without commas: 450000.",
                max_digits=14,
                null=True,
                verbose_name="value",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="psychological_effects",
            field=models.TextField(
                blank=True,
                help_text="As the person or a physician describes them: “does not sleep, fears uniforms”.",
                verbose_name="effects on the mind",
            ),
        ),
        migrations.AddField(
            model_name="violationevent",
            name="statement_signed",
            field=reference.fields.TermField(
                "statement-signed",
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_query_name="+",
                verbose_name="statement signed",
            ),
        ),
        migrations.AddField(
            model_name="violationintentevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="violationintentevent",
            name="term",
            field=models.ForeignKey(
                db_constraint=False,
                db_tablespace="",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="reference.term",
            ),
        ),
        migrations.AddField(
            model_name="violationintentevent",
            name="violation",
            field=models.ForeignKey(
                db_constraint=False,
                db_tablespace="",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="incidents.violation",
            ),
        ),
        migrations.AddConstraint(
            model_name="personrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("since_earliest__lte", models.F("since_latest"))),
                name="incidents_personrelation_since_order",
                violation_error_message="The first possible day is after the last.",
            ),
        ),
        migrations.AddConstraint(
            model_name="personrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_earliest__lte", models.F("until_latest"))),
                name="incidents_personrelation_until_order",
                violation_error_message="The first possible day is after the last.",
            ),
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("conditions", ""), ("conditions_unknown", False), _connector="OR"
                ),
                name="violation_conditions_known_or_not",
                violation_error_message="Write it, or tick that it is not known; not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("case_code", ""), ("case_code_unknown", False), _connector="OR"
                ),
                name="violation_case_code_known_or_not",
                violation_error_message="Write it, or tick that it is not known; not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("case_name", ""), ("case_name_unknown", False), _connector="OR"
                ),
                name="violation_case_name_known_or_not",
                violation_error_message="Write it, or tick that it is not known; not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("property_currency", ""), ("property_value__isnull", True)),
                    models.Q(
                        ("property_value__gte", 0),
                        models.Q(("property_currency", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="violation_value_has_currency",
                violation_error_message="Give a value together with its currency.",
            ),
        ),
        migrations.CreateModel(
            name="ViolationIntent",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incidents.violation_intents",),
        ),
    ]
