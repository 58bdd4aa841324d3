"""Incidents: what happened, once, somewhere. The container of violations."""

from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat, Upper
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow, Claim, FactRow, ManagedRow, Placed, Referenced
from incidents.models.staff import StaffMember
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    TermsField,
    UncertainDateField,
    date_order,
)


class Stage(models.TextChoices):
    """Where a case stands in the office."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for review")
    RETURNED = "returned", _("returned for work")
    VERIFIED = "verified", _("verified")
    APPROVED = "approved", _("approved")


class Publication(models.TextChoices):
    """Whether the world can see the case."""

    UNPUBLISHED = "unpublished", _("not published")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged into another incident")


class DateBasis(models.TextChoices):
    """How a date came to be known."""

    STATED = "stated", _("stated by a source")
    DERIVED = "derived", _("counted from another statement")
    INFERRED = "inferred", _("inferred by us")


def _words() -> Concat:
    """What the list of cases is searched for, as one text with one index."""
    line = models.Value("\n")
    return Concat(
        "title",
        line,
        "title_local",
        line,
        "place_text",
        line,
        "place_text_local",
        output_field=models.TextField(),
    )


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Reads of the case file. None of these is for the public."""

    def visible_to(self, user: StaffMember) -> Self:
        """Every open case, and the restricted ones that the user is assigned to."""
        if user.has_perm("incidents.view_all_restricted"):
            return self
        return self.filter(Q(restricted=False) | Q(pk__in=user.assigned_incidents.values("pk")))

    def saying(self, text: str) -> Self:
        """Incidents with these words, as they stand, in their title or place, in any language."""
        return self.alias(words=_words()).filter(words__icontains=text)

    def published(self) -> Self:
        """Incidents that the world can see now."""
        return self.filter(publication=Publication.PUBLISHED)

    def awaiting_review(self) -> Self:
        """The review queue, longest waiting first."""
        return self.filter(stage__in=(Stage.SUBMITTED, Stage.VERIFIED)).order_by("changed_at")


@pghistory.track()
class Incident(Placed, Referenced, ManagedRow):
    """Something that happened: an abduction, a killing, a protest, a raid.

    ``stage`` and ``publication`` are written by ``incidents.reviewing`` and
    ``incidents.publishing`` alone.
    """

    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_(
            "One calm line that says what happened, where and when. Name nobody whose name "
            "must be protected: the title is published."
        ),
    )
    title_local = models.CharField(
        _("title in Urdu or another language"), max_length=200, blank=True
    )
    kind = TermField(
        "incident-kind",
        verbose_name=_("kind"),
        help_text=_("What sort of event this is. Patterns and background are “context”."),
    )

    date = UncertainDateField(
        _("date"), help_text=_("When it happened, as exactly as it is known and no more.")
    )
    date_earliest = EarliestField("date")
    date_latest = LatestField("date")
    date_basis = models.CharField(
        _("how the date is known"), max_length=8, choices=DateBasis.choices, blank=True
    )
    end = UncertainDateField(
        _("end"),
        help_text=_("Only for something that lasted, such as a sit-in. Empty: not known."),
    )
    end_earliest = EarliestField("end")
    end_latest = LatestField("end")
    time_of_day = models.CharField(
        _("time of day"), max_length=60, blank=True, help_text=_("As told: “at night”, “about 3”.")
    )

    public_account = models.TextField(
        _("public account"),
        blank=True,
        help_text=_(
            "What happened, in your own words, for the public. Attribute every contested "
            "statement: “according to the family…”. Internal remarks go below."
        ),
    )
    public_account_local = models.TextField(
        _("public account in Urdu or another language"), blank=True
    )

    grade = TermField(
        "grade",
        verbose_name=_("how well established"),
        default_code="not-assessed",
        help_text=_("Our own judgement of the case as a whole. It needs a reason."),
    )
    grade_reason = models.TextField(
        _("reason for the grade"),
        blank=True,
        help_text=_("Published beside the grade: which sources agree, which do not."),
    )
    violation_status = TermField(
        "violation-status",
        verbose_name=_("violation status"),
        null=True,
        blank=True,
        help_text=_("Whether the event was a violation of a duty of the State or of a group."),
    )
    violation_status_note = models.TextField(
        _("reason for the violation status"),
        blank=True,
        help_text=_(
            "Why it is judged so: “the court found the arrest unlawful on 9 December”. Whoever "
            "changes the status writes a new reason; the earlier one stays in the history. Never "
            "published."
        ),
    )

    links = models.ManyToManyField(
        "self", through="IncidentLink", symmetrical=False, related_name="linked_from"
    )

    restricted = models.BooleanField(
        _("restricted"),
        default=False,
        help_text=_("Only the people assigned below can open a restricted case."),
    )
    assigned = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="assigned_incidents",
        verbose_name=_("assigned to"),
    )

    stage = models.CharField(
        _("stage"), max_length=12, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    publication = models.CharField(
        _("publication"),
        max_length=12,
        choices=Publication.choices,
        default=Publication.UNPUBLISHED,
        editable=False,
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta(Placed.Meta):
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ("-date_earliest", "-pk")
        permissions = (
            ("review_incident", _("Can verify, return and approve cases")),
            ("publish_incident", _("Can publish, correct and withdraw cases")),
            ("view_all_restricted", _("Can open every restricted case")),
            ("export_papers", _("Can make papers about victims that leave the office")),
        )
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            *Placed.Meta.constraints,
            date_order("date"),
            date_order("end"),
            models.CheckConstraint(
                condition=Q(publication="unpublished") | Q(reference__isnull=False),
                name="incident_published_has_reference",
            ),
        )
        indexes = (
            models.Index(fields=("stage", "changed_at"), name="incident_queue"),
            models.Index(fields=("area", "date_earliest"), name="incident_area_date"),
            models.Index(fields=("date_earliest",), name="incident_date"),
            # Lists ask this of every case; the rows themselves are long.
            models.Index(
                fields=("restricted", "area", "date_earliest", "id"), name="incident_seen"
            ),
            GinIndex(OpClass(Upper(_words()), name="gin_trgm_ops"), name="incident_words"),
            models.Index(
                fields=("restricted",), condition=Q(restricted=True), name="incident_restricted"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse another judgement without a reason of its own (``judgement_needs_a_reason``)."""
        super().clean()
        if self.pk is None:
            return
        stood = Incident.objects.filter(pk=self.pk).values_list(
            "violation_status", "violation_status_note"
        )
        for status, note in stood:
            if judgement_needs_a_reason(
                (status, note), (self.violation_status_id, self.violation_status_note)
            ):
                raise ValidationError(
                    {
                        "violation_status_note": _(
                            "Say why the violation status is another one now, in words that were "
                            "not there before."
                        )
                    },
                    code="reason-missing",
                )


def judgement_needs_a_reason(before: tuple[int | None, str], now: tuple[int | None, str]) -> bool:
    """Whether a violation status that stood was changed and nobody said why.

    Each is the key of the status, None for none, and its note.
    """
    (status, note), (new_status, new_note) = before, now
    changed = status is not None and new_status != status
    return changed and (not new_note.strip() or new_note == note)


@pghistory.track()
class IncidentLink(CaseRow):
    """A typed link between two incidents; its inverse is shown on the other one."""

    from_incident = models.ForeignKey(
        Incident, models.CASCADE, related_name="links_out", verbose_name=_("incident")
    )
    kind = TermField("incident-link", verbose_name=_("link"))
    to_incident = models.ForeignKey(
        Incident, models.CASCADE, related_name="links_in", verbose_name=_("other incident")
    )

    class Meta:
        verbose_name = _("link to another incident")
        verbose_name_plural = _("links to other incidents")
        constraints = (
            models.UniqueConstraint(
                fields=("from_incident", "kind", "to_incident"), name="incident_link_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_incident=F("to_incident")),
                name="incident_link_not_itself",
                violation_error_message=_("An incident cannot be linked to itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_incident} – {self.kind} – {self.to_incident}"


@pghistory.track()
class Casualties(Claim, FactRow):
    """How many people were killed, injured or taken, where not all of them are named."""

    class Harm(models.TextChoices):
        KILLED = "killed", _("killed")
        INJURED = "injured", _("injured")
        TAKEN = "taken", _("taken")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="casualties")
    harm = models.CharField(_("what happened to them"), max_length=8, choices=Harm.choices)
    low = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    best = models.PositiveIntegerField(
        _("most likely"),
        null=True,
        blank=True,
        help_text=_("The number this source gives, or our best judgement. It need not be a sum."),
    )
    high = models.PositiveIntegerField(_("at most"), null=True, blank=True)

    class Meta:
        verbose_name = _("number of people harmed")
        verbose_name_plural = _("numbers of people harmed")
        constraints = (
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(best__isnull=True) | Q(low__lte=F("best")))
                & (Q(best__isnull=True) | Q(high__isnull=True) | Q(best__lte=F("high")))
                & (Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high"))),
                name="casualties_in_order",
                violation_error_message=_("The numbers must rise: at least, most likely, at most."),
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False),
                name="casualties_say_something",
                violation_error_message=_("Give at least one number."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_harm_display()}: {self.low}–{self.best}–{self.high}"


@pghistory.track()
class Protest(CaseRow):
    """What an incident of the kind protest has besides."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="protest")
    kinds = TermsField("protest-kind", verbose_name=_("kinds of protest"), blank=True)
    organisers = models.CharField(
        _("called by"),
        max_length=200,
        blank=True,
        help_text=_("In words, without private names: “relatives of the victim”."),
    )
    crowd_low = models.PositiveIntegerField(_("people, at least"), null=True, blank=True)
    crowd_high = models.PositiveIntegerField(_("people, at most"), null=True, blank=True)
    crowd_text = models.CharField(
        _("people, as the source puts it"), max_length=120, blank=True, help_text=_("“thousands”")
    )
    demands = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name=_("demands"),
        help_text=_("One demand a line."),
    )
    demands_local = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name=_("demands in Urdu or another language"),
    )
    route = models.CharField(
        _("route"), max_length=300, blank=True, help_text=_("For a march: from, through, to.")
    )
    state_responses = TermsField(
        "state-response", verbose_name=_("what the authorities did"), blank=True
    )

    class Meta:
        verbose_name = _("protest details")
        verbose_name_plural = _("protest details")
        constraints = (
            models.CheckConstraint(
                condition=Q(crowd_low__isnull=True)
                | Q(crowd_high__isnull=True)
                | Q(crowd_low__lte=F("crowd_high")),
                name="protest_crowd_in_order",
                violation_error_message=_("“At least” cannot be more than “at most”."),
            ),
        )

    def __str__(self) -> str:
        return str(self.incident)
