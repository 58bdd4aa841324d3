"""The violation: one victim, one type, one incident. The unit of history."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.agency import Agency
from incidents.models.base import FactRow, Placed, Referenced
from incidents.models.details import ViolationDetail, detail_constraints
from incidents.models.incident import DateBasis, Incident
from incidents.models.person import Person
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    TermsField,
    UncertainDateField,
    date_order,
)
from reference.models import Area


class Contact(models.TextChoices):
    """Whether somebody who is held was let to have contact with others."""

    ALLOWED = "allowed", _("allowed")
    REFUSED = "refused", _("refused")
    UNKNOWN = "unknown", _("not known")


class EndMeaning(models.TextChoices):
    """What ended a continuing violation such as a disappearance."""

    ACKNOWLEDGED = "acknowledged", _("custody was acknowledged")
    RELEASED = "released", _("the person was released or returned")
    BODY_FOUND = "body-found", _("the body was found")
    ENDED = "ended", _("it ended in another way")


@pghistory.track()
class Violation(ViolationDetail, Placed, Referenced, FactRow):
    """Who did what to whom: one act against one person or group, in one incident.

    Place and start left empty are those of the incident. An empty end means “not known to have
    ended”: for a disappearance, that the fate of the person is not clarified.
    """

    incident = models.ForeignKey(
        Incident, models.CASCADE, related_name="violations", db_index=False
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="violations",
        db_index=False,  # nor the incident's: Meta indexes the two together
        verbose_name=_("victim"),
        help_text=_("Type a name in either script and any spelling, or add a new person."),
    )
    type = TermField(
        "violation-type",
        verbose_name=_("what was done"),
        help_text=_("Any level can be chosen: “taking of a person” while the kind is unclear."),
    )

    start = UncertainDateField(
        _("start"), help_text=_("Empty: the same as the date of the incident.")
    )
    start_earliest = EarliestField("start")
    start_latest = LatestField("start")
    start_basis = models.CharField(
        _("how the start is known"), max_length=8, choices=DateBasis.choices, blank=True
    )
    end = UncertainDateField(
        _("end"), help_text=_("Empty: it is not known to have ended, or it was over at once.")
    )
    end_earliest = EarliestField("end")
    end_latest = LatestField("end")
    end_meaning = models.CharField(
        _("what the end means"), max_length=12, choices=EndMeaning.choices, blank=True
    )

    place_type = TermField("place-type", verbose_name=_("kind of place"), null=True, blank=True)
    area_end = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area at the end"),
        help_text=_("Where the person was found, released or last held, if that is elsewhere."),
    )
    methods = TermsField("method", verbose_name=_("methods"), blank=True)
    stated_reason = models.CharField(
        _("reason given by those responsible"),
        max_length=300,
        blank=True,
        help_text=_("Their words, not ours: “possession of explosives, according to officials”."),
    )
    age_low = models.PositiveSmallIntegerField(_("age, at least"), null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(_("age, at most"), null=True, blank=True)
    age_group = TermField("age-group", verbose_name=_("age group"), default_code="unknown")
    civilian_status = TermField(
        "civilian-status",
        verbose_name=_("part in hostilities"),
        null=True,
        blank=True,
        help_text=_("Our assessment only. What officials call somebody is an account, below."),
    )
    outcome = models.CharField(
        _("outcome"), max_length=300, blank=True, help_text=_("What became of it, in a few words.")
    )
    grade = TermField(
        "grade",
        verbose_name=_("how well established"),
        null=True,
        blank=True,
        help_text=_("Empty: the same as the incident."),
    )

    class Meta(Placed.Meta):
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        ordering = ("pk",)
        indexes = (
            # Who is a victim of what is counted for lists of either, from these alone.
            models.Index(fields=("incident", "person"), name="violation_of_case"),
            models.Index(fields=("person", "incident"), name="violation_of_person"),
            models.Index(
                fields=("start_earliest",),
                condition=Q(start_earliest__isnull=False),
                name="violation_start",
            ),
        )
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            *Placed.Meta.constraints,
            date_order("start"),
            date_order("end"),
            models.CheckConstraint(
                condition=Q(start_earliest__isnull=True)
                | Q(end_latest__isnull=True)
                | Q(start_earliest__lte=F("end_latest")),
                name="violation_ends_after_it_starts",
                violation_error_message=_("The end lies before the start. Check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(age_low__isnull=True)
                | Q(age_high__isnull=True)
                | Q(age_low__lte=F("age_high")),
                name="violation_age_in_order",
                violation_error_message=_("“At least” cannot be more than “at most”."),
            ),
            models.CheckConstraint(
                condition=Q(end_meaning="") | ~Q(end=""),
                name="violation_end_meaning_needs_end",
                violation_error_message=_("Give the end as well, or leave its meaning empty."),
            ),
            *detail_constraints(),
        )

    def __str__(self) -> str:
        return f"{self.type}: {self.person}"

    @property
    def is_continuing(self) -> bool:
        """Whether the type goes on until somebody clarifies it, as a disappearance does."""
        return bool(self.type.attributes.get("continuing"))


@pghistory.track()
class DisappearanceElement(FactRow):
    """One of the three elements of an enforced disappearance (ICPPED, article 2)."""

    violation = models.ForeignKey(Violation, models.CASCADE, related_name="elements")
    element = TermField("disappearance-element", verbose_name=_("element"))
    finding = TermField("element-finding", verbose_name=_("finding"))
    note = models.CharField(
        _("on what it rests"), max_length=300, blank=True, help_text=_("Published.")
    )

    class Meta:
        verbose_name = _("element of the disappearance")
        verbose_name_plural = _("elements of the disappearance")
        constraints = (
            models.UniqueConstraint(
                fields=("violation", "element"),
                name="element_once",
                violation_error_message=_("Each element can be judged once for a violation."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.element}: {self.finding}"


def _contact(name: Any) -> "models.CharField[str, str]":
    return models.CharField(
        name,
        max_length=7,
        choices=Contact.choices,
        blank=True,
        help_text=_("At the time of these words. Empty: nobody has asked."),
    )


@pghistory.track()
class Attribution(FactRow):
    """What the side that is accused says of the act. Later versions replace earlier ones."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="attributions")
    violation = models.ForeignKey(
        Violation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attributions",
        verbose_name=_("violation"),
        help_text=_("Empty: it speaks of every violation of this incident."),
    )
    attribution = TermField("attribution", verbose_name=_("what they say"))
    speaker = models.ForeignKey(
        Agency, models.PROTECT, related_name="attributions", verbose_name=_("speaker")
    )
    date = UncertainDateField(_("said on"))
    date_earliest = EarliestField("date")
    date_latest = LatestField("date")
    words = models.TextField(_("in their words, summarised"), blank=True)
    words_local = models.TextField(_("the same in Urdu or another language"), blank=True)
    replaces = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces an earlier version"),
    )

    custody = TermField(
        "acknowledgement",
        verbose_name=_("what they say of the custody"),
        null=True,
        blank=True,
    )
    place_told = models.CharField(
        _("place of custody that they name"),
        max_length=200,
        blank=True,
        help_text=_("As they put it: “Central Jail Turbat”. Never published."),
    )
    contact_family = _contact(_("contact with relatives"))
    contact_counsel = _contact(_("contact with a lawyer"))
    contact_relief = _contact(_("visits by a relief body"))
    contact_rights = _contact(_("visits by a rights organisation"))

    class Meta:
        verbose_name = _("official response")
        verbose_name_plural = _("official responses")
        ordering = ("pk",)
        constraints = (
            date_order("date"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="attribution_not_replacing_itself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.speaker}: {self.attribution}"


@pghistory.track()
class Involvement(FactRow):
    """Who is alleged to be responsible, in what way, and who alleges it.

    At least one of agency, person, post or description; all of them are full answers.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="involvements")
    violation = models.ForeignKey(
        Violation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="involvements",
        verbose_name=_("violation"),
        help_text=_("Empty: it concerns every violation of this incident."),
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
        verbose_name=_("agency or group"),
        help_text=_("Only the one the source names. “Security forces (unspecified)” is an answer."),
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
        verbose_name=_("person"),
        help_text=_("Published only for public officials in function or when a court named them."),
    )
    post = models.CharField(
        _("post"), max_length=200, blank=True, help_text=_("“Regional officer”, without a name.")
    )
    description = models.CharField(
        _("description"), max_length=200, blank=True, help_text=_("“Armed men in plain clothes”.")
    )
    description_local = models.CharField(
        _("description in Urdu or another language"), max_length=200, blank=True
    )
    type = TermField(
        "agency-type",
        verbose_name=_("kind of perpetrator"),
        null=True,
        blank=True,
        help_text=_(
            "For a post or for people who were seen: “plain-clothes agents”. An agency has its own "
            "kind; leave this empty beside one."
        ),
    )
    degree = TermField("involvement-degree", verbose_name=_("part played"), default_code="unknown")
    status = TermField(
        "perpetrator-status", verbose_name=_("what happened to them since"), null=True, blank=True
    )
    basis = TermField(
        "involvement-basis", verbose_name=_("on what it rests"), null=True, blank=True
    )
    alleged_by_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("alleged by (agency)"),
    )
    alleged_by_text = models.CharField(
        _("alleged by (in words)"),
        max_length=200,
        blank=True,
        help_text=_("“family of the victim”, “author of the article”: no private names."),
    )
    alleged_by_text_local = models.CharField(
        _("alleged by, in Urdu or another language"), max_length=200, blank=True
    )

    class Meta:
        verbose_name = _("alleged responsibility")
        verbose_name_plural = _("alleged responsibility")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(agency__isnull=False)
                | Q(person__isnull=False)
                | ~Q(post="")
                | ~Q(description="")
                | ~Q(description_local=""),
                name="involvement_names_somebody",
                violation_error_message=_(
                    "Say who: an agency, a person, a post, or a description of those seen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(alleged_by_agency__isnull=False)
                | ~Q(alleged_by_text="")
                | ~Q(alleged_by_text_local=""),
                name="involvement_names_its_alleger",
                violation_error_message=_("Say who alleges it: an agency, or somebody in words."),
            ),
        )

    def __str__(self) -> str:
        who = self.agency or self.person or self.post or self.description
        return str(who or self.description_local)
