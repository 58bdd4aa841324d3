"""People and groups. Nobody is “a victim” as a kind: roles come from links."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any, Final, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat, Upper
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow, ManagedRow, Referenced
from incidents.models.protection import DateProtection, NameProtection, PlaceProtection
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    UncertainDateField,
    date_order,
)
from reference.names import fold_and_skeleton, script_of


def _description() -> Concat:
    """How people are described, as one text with one index."""
    line = models.Value("\n")
    return Concat("description", line, "description_local", output_field=models.TextField())


class PersonQuerySet(models.QuerySet["Person"]):
    """Reads of people in the case file."""

    def named_like(self, text: str) -> Self:
        """People with a name that resembles ``text``, in either script and any spelling."""
        return self.filter(pk__in=PersonName.objects.owners_like(text))

    def described_as(self, text: str) -> Self:
        """People with these words, as they stand, in their description, in any language."""
        return self.alias(described=_description()).filter(described__icontains=text)

    def victims(self) -> Self:
        """People to whom at least one violation was done."""
        return self.filter(violations__isnull=False).distinct()


@pghistory.track()
class Person(Referenced, ManagedRow):
    """An individual, or a group of people who are not known one by one.

    Whether somebody is a victim, a complainant or an accused is told by the rows that point
    here; no column says so.
    """

    unit = TermField(
        "counting-unit",
        verbose_name=_("one person or a group"),
        default_code="individual",
        help_text=_("Unnamed people can stand as one group: “three others killed in the raid”."),
    )
    group_size = models.PositiveIntegerField(
        _("number of people"),
        null=True,
        blank=True,
        help_text=_("Only for a group, and only if somebody gives a number."),
    )
    size_estimated = models.BooleanField(_("the number is an estimate"), default=False)
    size_note = models.CharField(_("how the number is known"), max_length=200, blank=True)
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_(
            "How to speak of somebody without a name: “man killed in the same raid”. "
            "This is published in place of a name."
        ),
    )
    description_local = models.CharField(
        _("description in Urdu or another language"), max_length=200, blank=True
    )

    sex = TermField("sex", verbose_name=_("sex"), default_code="unknown")
    birth = UncertainDateField(
        _("born"), help_text=_("A year or a range is enough. Never published to the day.")
    )
    birth_earliest = EarliestField("birth")
    birth_latest = LatestField("birth")
    occupation = TermField("occupation", verbose_name=_("occupation"), null=True, blank=True)
    occupation_note = models.CharField(
        _("occupation in words"),
        max_length=200,
        blank=True,
        help_text=_("As the source puts it: “part-time in a tailor’s shop”."),
    )
    function = TermField(
        "victim-function",
        verbose_name=_("function at the time"),
        null=True,
        blank=True,
        help_text=_("Journalist, trade unionist, defender of rights, or none."),
    )
    identity_number = models.CharField(
        _("identity number"),
        max_length=40,
        blank=True,
        help_text=_(
            "As on the identity card or passport: “51101-0000000-0”. Never published; it stands on "
            "a communication to WGEID and nowhere else."
        ),
    )
    about = models.TextField(
        _("who this person is"),
        blank=True,
        help_text=_("Published. A sentence or two about the person, not about the crime."),
    )
    about_local = models.TextField(_("who this person is, in Urdu or another language"), blank=True)

    name_protection = models.CharField(
        _("how the name appears"),
        max_length=8,
        choices=NameProtection.choices,
        default=NameProtection.WITHHELD,
        help_text=_("Until somebody decides otherwise the name is withheld."),
    )
    place_protection = models.CharField(
        _("how exact the place appears"),
        max_length=8,
        choices=PlaceProtection.choices,
        default=PlaceProtection.DISTRICT,
    )
    date_protection = models.CharField(
        _("how exact dates appear"),
        max_length=8,
        choices=DateProtection.choices,
        default=DateProtection.DAY,
    )
    photo_allowed = models.BooleanField(_("a photograph may be shown"), default=False)
    publication_ground = TermField(
        "consent-ground",
        verbose_name=_("ground for publishing without consent"),
        null=True,
        blank=True,
        help_text=_("Only where nobody can be asked. It needs a written risk assessment."),
    )
    risk_assessment = models.TextField(
        _("risk assessment"),
        blank=True,
        help_text=_("Who could be harmed by publication, and why it is right all the same."),
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("pk",)
        indexes = (
            GinIndex(OpClass(Upper(_description()), name="gin_trgm_ops"), name="person_words"),
        )
        constraints = (
            date_order("birth"),
            models.CheckConstraint(
                condition=Q(publication_ground__isnull=True) | ~Q(risk_assessment=""),
                name="person_ground_has_risk_assessment",
                violation_error_message=_(
                    "A ground for publishing without consent needs a written risk assessment."
                ),
            ),
            models.CheckConstraint(
                condition=Q(group_size__isnull=True) | Q(group_size__gte=1),
                name="person_group_has_people",
            ),
        )

    def __str__(self) -> str:
        own = [name for name in self.names.all() if name.kind == PersonName.Kind.OWN]
        if own:
            return " · ".join(name.full() for name in own)
        return self.description or str(_("Unnamed person"))

    @property
    def is_individual(self) -> bool:
        """Whether this row stands for exactly one human being."""
        return self.unit.code == "individual"


class Victim(Person):
    """People to whom something was done: the same rows, as a section of their own."""

    class Meta:
        proxy = True
        verbose_name = _("victim")
        verbose_name_plural = _("victims")


_INDEXED: Final = 3
"""Letters that an index of trigrams needs to find a text within others."""


class PersonNameQuerySet(models.QuerySet["PersonName"]):
    """Reads of names."""

    def owners_like(self, text: str) -> models.QuerySet["PersonName", Any]:
        """Keys of the people with a name that resembles ``text``, in either script and any
        spelling."""
        folded, bones = fold_and_skeleton(text)
        if not folded:
            return self.none().values("person")
        ways = {folded: Q(folded__contains=folded)}
        if len(bones) > 1:  # a single consonant is in almost every name
            ways[bones] = Q(skeleton__contains=bones) | ways.get(bones, Q())
        # The index holds three letters at a time. What is shorter is looked for in all names, and
        # by itself: the likeness of each would else be worked out. Where it is not, likeness is
        # asked last, since it costs most.
        short = [way for text, way in ways.items() if len(text) < _INDEXED]
        long = [way for text, way in ways.items() if len(text) >= _INDEXED]
        found = reduce(or_, [*long, Q(folded__trigram_word_similar=folded)])
        owners = [self.filter(way).order_by().values("person") for way in (found, *short)]
        return owners[0].union(*owners[1:])


@pghistory.track(exclude=["folded", "skeleton"])
class PersonName(CaseRow):
    """One name in one script. Press texts print the father's name as if it were a surname."""

    class Kind(models.TextChoices):
        OWN = "own", _("own name")
        ALIAS = "alias", _("alias or nickname")
        AS_PRINTED = "as-printed", _("as printed by a source")
        DOCUMENT = "document", _("as in an identity document")
        TRANSLITERATION = "transliteration", _("transliteration")

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.OWN)
    honorific = models.CharField(
        _("honorific"), max_length=40, blank=True, help_text=_("Nawab, Mama, Dr …")
    )
    given = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("The person’s own name, without the father’s name and without honorifics."),
    )
    fathers_name = models.CharField(_("father’s name"), max_length=120, blank=True)
    tribe_or_place = models.CharField(_("tribe or place name"), max_length=120, blank=True)
    folded = models.CharField(max_length=300, editable=False)
    skeleton = models.CharField(max_length=300, editable=False)

    objects = PersonNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ("pk",)
        indexes = (
            GinIndex(fields=("folded",), opclasses=("gin_trgm_ops",), name="person_name_folded"),
            GinIndex(fields=("skeleton",), opclasses=("gin_trgm_ops",), name="person_name_bones"),
        )

    def __str__(self) -> str:
        return self.full()

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Keep the search forms in step with the name before they are checked."""
        self.fold()
        super().clean_fields(exclude=exclude)

    def save(self, **options: object) -> None:
        self.fold()
        super().save(**options)  # type: ignore[arg-type]

    def fold(self) -> None:
        """Set the forms that search compares: honorifics apart, father's name included."""
        self.folded, self.skeleton = self.search_forms(
            self.given, self.tribe_or_place, self.fathers_name
        )

    @staticmethod
    def search_forms(given: str, tribe_or_place: str, fathers_name: str) -> tuple[str, str]:
        """``folded`` and ``skeleton`` of a name of these parts."""
        words = " ".join(filter(None, (given, tribe_or_place, fathers_name)))
        folded, bones = fold_and_skeleton(words)
        return folded[:300], bones[:300]

    def full(self) -> str:
        """The name as one would print it, without the father's name."""
        return " ".join(filter(None, (self.honorific, self.given, self.tribe_or_place)))

    @property
    def script(self) -> str:
        """``latin``, ``arabic`` or ``other``."""
        return script_of(self.given)


@pghistory.track()
class PersonRelation(CaseRow):
    """How two people are connected. The inverse is derived; private relations are never shown."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="relations")
    kind = TermField(
        "person-relation",
        verbose_name=_("is"),
        help_text=_("What the other person is to this one: parent, spouse, lawyer …"),
    )
    other = models.ForeignKey(
        Person, models.CASCADE, related_name="relations_to", verbose_name=_("other person")
    )
    since = UncertainDateField(_("since"))
    since_earliest = EarliestField("since")
    since_latest = LatestField("since")
    until = UncertainDateField(_("until"), help_text=_("Empty: still so, or not known."))
    until_earliest = EarliestField("until")
    until_latest = LatestField("until")

    class Meta:
        verbose_name = _("relation to another person")
        verbose_name_plural = _("relations to other people")
        constraints = (
            date_order("since"),
            date_order("until"),
            models.UniqueConstraint(fields=("person", "kind", "other"), name="relation_once"),
            models.CheckConstraint(
                condition=~Q(person=F("other")),
                name="relation_not_to_oneself",
                violation_error_message=_("Nobody is related to themselves."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} – {self.kind} – {self.other}"


@pghistory.track()
class Contact(CaseRow):
    """Where somebody can be reached. Never published, in no form."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    text = models.TextField(
        _("address, telephone or other contact"),
        help_text=_("Only what the office needs in order to reach the person safely."),
    )
    since = UncertainDateField(_("since"))
    since_earliest = EarliestField("since")
    since_latest = LatestField("since")
    until = UncertainDateField(_("until"))
    until_earliest = EarliestField("until")
    until_latest = LatestField("until")

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = (date_order("since"), date_order("until"))

    def __str__(self) -> str:
        return str(self.person)
