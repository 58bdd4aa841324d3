"""A source says this, here: the link from a source to exactly one fact."""

from typing import Any, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.functions import Upper
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from incidents.models.account import Account
from incidents.models.base import CaseRow
from incidents.models.incident import Casualties, Incident
from incidents.models.intervention import Intervention
from incidents.models.legal import LegalAction, LegalStep
from incidents.models.person import Person
from incidents.models.sealed import HangsOnSource, SealedCharField, SealedTextField
from incidents.models.source import Source
from incidents.models.status import BodyEntry, StatusEntry
from incidents.models.violation import (
    Attribution,
    DisappearanceElement,
    Involvement,
    Violation,
)
from reference.fields import TermField

CITED_FACTS: dict[str, type[models.Model]] = {
    "incident": Incident,
    "person": Person,
    "violation": Violation,
    "element": DisappearanceElement,
    "attribution": Attribution,
    "involvement": Involvement,
    "status": StatusEntry,
    "body_entry": BodyEntry,
    "casualties": Casualties,
    "account": Account,
    "legal_action": LegalAction,
    "legal_step": LegalStep,
    "intervention": Intervention,
}
"""Column of a citation → the fact it can rest on."""


class Stance(models.TextChoices):
    """Whether the source says so or says otherwise."""

    SUPPORTS = "supports", _("supports it")
    DISPUTES = "disputes", _("disputes it")


class CitationQuerySet(models.QuerySet["Citation"]):
    """Reads of citations."""

    def of(self, fact: models.Model) -> Self:
        """What this fact rests on."""
        return self.filter(**{column_of(fact): fact})


def column_of(fact: models.Model) -> str:
    """The column in which a citation points to this fact. Raises LookupError for any other row."""
    for column, model in CITED_FACTS.items():
        if isinstance(fact, model):
            return column
    raise LookupError(f"{type(fact).__name__} is not a fact that can be cited")


def _fact(name: str, model: type[models.Model]) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        model,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        db_index=False,  # of thirteen columns one is filled: Meta indexes no other
        verbose_name=model._meta.verbose_name or name,
    )


@pghistory.track()
class Citation(HangsOnSource, CaseRow):
    """Source → exactly one fact, with the place in the source where it stands."""

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="citations", verbose_name=_("source")
    )
    stance = models.CharField(
        _("stance"), max_length=8, choices=Stance.choices, default=Stance.SUPPORTS
    )
    locator = SealedCharField(
        _("where in the source"),
        max_length=120,
        blank=True,
        help_text=_("Page, paragraph, or minute: “p. 4”, “para. 7”, “12:30”."),
    )
    quotation = SealedTextField(
        _("quotation"),
        blank=True,
        help_text=_("The words themselves, short. Published with the fact."),
    )
    reliability = TermField(
        "information-reliability",
        verbose_name=_("how reliable this piece of information is"),
        default_code="not-assessed",
    )
    connection = TermField(
        "source-connection",
        verbose_name=_("how the source knows"),
        null=True,
        blank=True,
    )

    incident = _fact("incident", Incident)
    person = _fact("person", Person)
    violation = _fact("violation", Violation)
    element = _fact("element", DisappearanceElement)
    attribution = _fact("attribution", Attribution)
    involvement = _fact("involvement", Involvement)
    status = _fact("status", StatusEntry)
    body_entry = _fact("body_entry", BodyEntry)
    casualties = _fact("casualties", Casualties)
    account = _fact("account", Account)
    legal_action = _fact("legal_action", LegalAction)
    legal_step = _fact("legal_step", LegalStep)
    intervention = _fact("intervention", Intervention)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Exact(
                    Func(
                        *(F(column) for column in CITED_FACTS),
                        function="num_nonnulls",
                        output_field=IntegerField(),
                    ),
                    1,
                ),
                name="citation_of_exactly_one_fact",
                violation_error_message=_("A citation belongs to exactly one fact."),
            ),
        )
        indexes = (
            GinIndex(OpClass(Upper("locator"), name="gin_trgm_ops"), name="citation_place_words"),
            *(
                models.Index(
                    fields=(column,),
                    condition=Q(**{f"{column}__isnull": False}),
                    name=f"citation_{column}",
                )
                for column in CITED_FACTS
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} ({self.locator})" if self.locator else str(self.source)

    @property
    def fact(self) -> models.Model:
        """The one fact that this citation supports or disputes."""
        column = next(name for name in CITED_FACTS if getattr(self, f"{name}_id") is not None)
        fact: models.Model = getattr(self, column)
        return fact
