"""What some kinds of act have besides: columns of the violation to which they belong.

For the office alone: they stand in no public document, and on no paper that leaves it.
"""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reference.fields import TermField, TermsField


class EffectDetail(models.Model):
    """What the act did to the person, and which rules forbid it."""

    physical_effects = models.TextField(
        _("effects on the body"),
        blank=True,
        help_text=_("As somebody saw or certified them: “burns on both feet, walks with a stick”."),
    )
    psychological_effects = models.TextField(
        _("effects on the mind"),
        blank=True,
        help_text=_(
            "As the person or a physician describes them: “does not sleep, fears uniforms”."
        ),
    )
    instruments = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        verbose_name=_("laws and instruments breached"),
        help_text=_("One a line, with its article: “Constitution of Pakistan, article 10”."),
    )
    method_notes = models.JSONField(_("notes on methods"), default=dict, blank=True)
    """Code of a chosen method → what is to be said of it."""

    class Meta:
        abstract = True


class DetentionDetail(models.Model):
    """How a person was held, and what was done in court about it.

    A term “unknown” says that somebody asked and nobody knows; so do the ticks beside texts. An
    empty box says that nobody has looked yet.
    """

    detention_type = TermField(
        "detention-type", verbose_name=_("kind of detention"), null=True, blank=True
    )
    conditions = models.TextField(
        _("conditions of detention"),
        blank=True,
        help_text=_("Cell, food, light, illness, as told: “12 days blindfolded in a cellar”."),
    )
    conditions_unknown = models.BooleanField(
        _("the conditions are not known"),
        default=False,
        help_text=_("Tick this once somebody has asked and nobody could tell."),
    )
    counsel = TermField("counsel-access", verbose_name=_("counsel"), null=True, blank=True)
    court = TermField("court-type", verbose_name=_("kind of court"), null=True, blank=True)
    court_language = TermField(
        "language",
        verbose_name=_("language used in court"),
        null=True,
        blank=True,
        help_text=_(
            "The language in which the hearing was held, whether it was understood or not."
        ),
    )
    case_code = models.CharField(
        _("code of the case"),
        max_length=80,
        blank=True,
        help_text=_("As on the paper of the court: “Crl. Case 14/2023”."),
    )
    case_code_unknown = models.BooleanField(
        _("the code is not known"),
        default=False,
        help_text=_("Tick this once somebody has asked and nobody could tell."),
    )
    case_name = models.CharField(
        _("name of the case"),
        max_length=200,
        blank=True,
        help_text=_("As the court calls it: “The State versus …”. Never published."),
    )
    case_name_unknown = models.BooleanField(
        _("the name of the case is not known"),
        default=False,
        help_text=_("Tick this once somebody has asked and nobody could tell."),
    )
    judicial_district = TermField(
        "judicial-district", verbose_name=_("judicial district"), null=True, blank=True
    )

    class Meta:
        abstract = True


class TortureDetail(models.Model):
    """What was wanted by hurting somebody, and what was done about the hurt."""

    statement_signed = TermField(
        "statement-signed", verbose_name=_("statement signed"), null=True, blank=True
    )
    medical_attention = TermField(
        "medical-attention", verbose_name=_("medical attention"), null=True, blank=True
    )
    intents = TermsField("torture-intent", verbose_name=_("what was intended"), blank=True)

    class Meta:
        abstract = True


class PropertyDetail(models.Model):
    """What was taken or destroyed, what it was worth, and whether anybody made it good."""

    property_kind = TermField(
        "property-kind", verbose_name=_("what was taken or destroyed"), null=True, blank=True
    )
    property_value = models.DecimalField(
        _("value"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("As the owner or a surveyor puts it, without commas: 450000."),
    )
    property_currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as PKR or USD."))],
        help_text=_("Three capital letters: PKR."),
    )
    compensation = TermField("compensation", verbose_name=_("compensation"), null=True, blank=True)

    class Meta:
        abstract = True


class ViolationDetail(EffectDetail, DetentionDetail, TortureDetail, PropertyDetail):
    """All of them, in the order in which a clerk meets them."""

    class Meta:
        abstract = True


def detail_constraints() -> tuple[models.CheckConstraint, ...]:
    """What the database holds a violation to: nothing is known and unknown, and a sum has a
    currency."""
    return (
        *(
            models.CheckConstraint(
                condition=Q(**{name: ""}) | Q(**{f"{name}_unknown": False}),
                name=f"violation_{name}_known_or_not",
                violation_error_message=_("Write it, or tick that it is not known; not both."),
            )
            for name in ("conditions", "case_code", "case_name")
        ),
        models.CheckConstraint(
            condition=Q(property_value__isnull=True, property_currency="")
            | Q(property_value__gte=0) & ~Q(property_currency=""),
            name="violation_value_has_currency",
            violation_error_message=_("Give a value together with its currency."),
        ),
    )
