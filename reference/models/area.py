"""Areas: countries and what they are divided into, with their names in every spelling."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import connections, models, router, transaction
from django.db.models.functions import Replace, Upper
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reference.fields import EarliestField, LatestField, UncertainDateField
from reference.names import fold

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
MAX_CODE_LENGTH = 60
MAX_NAME_LENGTH = 120


JOINED_NAME = Replace(
    "folded", models.Value(" "), models.Value(""), output_field=models.TextField()
)
"""The search form of a name without its spaces; indexed."""


def fold_place(name: str) -> str:
    """The search form of a place name. Titles stay: Mir Ali is a town, not a man called Ali."""
    return fold(name, keep_honorifics=True)


class AreaQuerySet(models.QuerySet["Area"]):
    """Reads of areas in the words of the field."""

    def at_level(self, level: str) -> Self:
        """Areas of one level, such as all districts."""
        return self.filter(level=level)

    def within(self, area: "Area") -> Self:
        """The area itself and all below it."""
        return self.filter(path__contains=[area.pk])

    def existing_on(self, day: date) -> Self:
        """Areas that existed, possibly, on that day; undated ones are taken to exist."""
        begun = models.Q(valid_from=None) | models.Q(valid_from__lte=day)
        return self.filter(begun, models.Q(valid_to=None) | models.Q(valid_to__gte=day))

    def named(self, text: str) -> Self:
        """Areas with that name, in any known spelling and either script.

        Words may be joined or apart: Nasir Abad is Nasirabad, جعفر آباد is جعفرآباد.
        """
        folded = fold_place(text)
        if not folded:
            return self.none()
        names = AreaName.objects.alias(joined=JOINED_NAME).filter(joined=folded.replace(" ", ""))
        return self.filter(pk__in=names.values("area"))

    def similar_to(self, text: str) -> Self:
        """Areas whose name resembles `text`, nearest first, each with its `similarity` (0 to 1).

        Trigram similarity of the folded names, from PostgreSQL's threshold (0.3) upwards.
        """
        folded = fold_place(text)
        if not folded:
            return self.none()
        return (
            self.filter(names__folded__trigram_similar=folded)
            .annotate(similarity=models.Max(TrigramSimilarity("names__folded", folded)))
            .order_by("-similarity", "code")
        )

    def with_successors(self, area: "Area") -> Self:
        """The area, all that was later formed out of it, and all below them.

        Rolls a divided district up into its old extent. A unit formed out of several is counted
        whole. Areas that existed before and took over an abolished one are not part of it.
        """
        found = [area]
        for unit in found:
            found += [
                later
                for later in unit.successors.all()
                if later not in found and later.was_formed_after(unit)
            ]
        return self.filter(path__overlap=[unit.pk for unit in found])

    def rebuild_paths(self) -> int:
        """Write every area's path anew from its parents; returns how many were out of date."""
        table = connections[self.db].ops.quote_name(self.model._meta.db_table)
        with connections[self.db].cursor() as cursor:
            cursor.execute(_REBUILD_PATHS.format(table=table))
            return int(cursor.rowcount)


# The placeholder is our own table's quoted name, never anything typed.
_REBUILD_PATHS = """
    WITH RECURSIVE tree (id, path) AS (
        SELECT id, ARRAY[id] FROM {table} WHERE parent_id IS NULL
        UNION ALL
        SELECT child.id, tree.path || child.id
          FROM {table} AS child JOIN tree ON child.parent_id = tree.id
    )
    UPDATE {table} AS area SET path = tree.path
      FROM tree WHERE tree.id = area.id AND area.path IS DISTINCT FROM tree.path
"""


class Area(models.Model):
    """A country, or a province, division, district, tehsil or town of one.

    Not every level need be there: a district may stand directly under its province. Areas that
    were abolished stay, with `valid_to`, since records refer to them.
    """

    class Level(models.TextChoices):
        """Kinds of area, from the widest to the narrowest."""

        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province")
        DIVISION = "division", _("division")
        DISTRICT = "district", _("district")
        TEHSIL = "tehsil", _("tehsil")
        TOWN = "town", _("town")

    code = models.CharField(
        _("code"),
        max_length=MAX_CODE_LENGTH,
        unique=True,
        validators=[RegexValidator(CODE_PATTERN)],
        help_text=_("P-code where one exists, else our own. Permanent."),
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    name = models.CharField(_("name"), max_length=MAX_NAME_LENGTH, help_text=_("In Latin script."))
    name_local = models.CharField(
        _("local name"),
        max_length=MAX_NAME_LENGTH,
        blank=True,
        help_text=_("In the script of the country."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Degrees north, WGS 84. Of the main town, where there is one."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Degrees east, WGS 84."),
    )
    established = UncertainDateField(
        _("established"), help_text=_("When it was formed, if it is known and recent.")
    )
    valid_from = EarliestField("established", verbose_name=_("first possible day"))
    abolished = UncertainDateField(
        _("abolished"), help_text=_("When it ceased to exist. Empty: it exists.")
    )
    valid_to = LatestField("abolished", verbose_name=_("last possible day"))
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="successors",
        verbose_name=_("formed out of"),
    )
    population = models.PositiveIntegerField(
        _("population"),
        null=True,
        blank=True,
        help_text=_("Persons, at the census that the note names."),
    )
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True, help_text=_("Of the point or the name."))
    path = ArrayField(
        models.BigIntegerField(),
        default=list,
        editable=False,
        help_text=_("Ids from the country down to the area itself."),
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ("name", "code")
        indexes = (
            GinIndex(fields=["path"], name="reference_area_path"),
            models.Index(Upper("code"), name="reference_area_code_upper"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__regex=CODE_PATTERN), name="reference_area_code"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    level__in=["country", "province", "division", "district", "tehsil", "town"]
                ),
                name="reference_area_level",
            ),
            models.CheckConstraint(
                condition=models.Q(level="country", parent=None)
                | (~models.Q(level="country") & models.Q(parent__isnull=False)),
                name="reference_area_parent",
                violation_error_message=_("A country has no parent; every other area has one."),
            ),
            models.CheckConstraint(
                # Both spelt out: a comparison with NULL alone would let half a point through.
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__isnull=False,
                    longitude__range=(-180, 180),
                ),
                name="reference_area_point",
                violation_error_message=_("A point needs a latitude and a longitude, in degrees."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__lte=models.F("valid_to")),
                name="reference_area_validity",
                violation_error_message=_("The area ends before it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} ({self.get_level_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and bring the path of all areas and the searchable names along.

        Raises ValueError when the code of a stored area changes, or its parent is not wider.
        """
        self._refuse_new_code()
        if self.parent and not self.parent.is_wider_than(self):
            raise ValueError(f"{self.parent.code} is not wider than {self.code}.")
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            super().save(*args, **kwargs)
            Area.objects.using(using).rebuild_paths()
            AreaName.objects.using(using).record({self: []})
        self.refresh_from_db(using=using, fields=["path"])

    @property
    def label(self) -> str:
        """The name in the active language."""
        return self.label_in(get_language() or "en")

    def label_in(self, language: str) -> str:
        """The local name for any language but English, where there is one."""
        return (not language.startswith("en") and self.name_local) or self.name

    def is_wider_than(self, other: "Area") -> bool:
        """Whether its level stands above the other's."""
        levels = self.Level.values
        return levels.index(self.level) < levels.index(other.level)

    def was_formed_after(self, other: "Area") -> bool:
        """Whether it was established at a known time, after the other one existed."""
        if self.valid_from is None:
            return False
        return other.valid_from is None or other.valid_from < self.valid_from

    def clean(self) -> None:
        """Refuse a parent that is not wider, and a name that cannot be searched."""
        super().clean()
        if self.parent and not self.parent.is_wider_than(self):
            raise ValidationError({"parent": _("The parent must be a wider area.")})
        if not fold_place(self.name):
            raise ValidationError({"name": _("A name needs letters.")})

    def _refuse_new_code(self) -> None:
        stored = Area.objects.filter(pk=self.pk).values_list("code", flat=True).first()
        if stored not in (None, self.code):
            raise ValueError(f"The code of an area is permanent: {stored}.")


class AreaNameQuerySet(models.QuerySet["AreaName"]):
    """Writes of area names."""

    def record(self, names: Mapping[Area, Iterable[tuple[str, str]]]) -> set[int]:
        """Add names (kind, name) to areas, and their current official names.

        Never removes one: an official name that has been replaced becomes a former name. Where
        two names fold alike, the more official kind stays. Returns the ids of changed areas.
        """
        wanted: dict[tuple[int, str], AreaName] = {}
        for area, given in names.items():
            for name in _ranked(area, given):
                wanted.setdefault((area.pk, name.folded), name)
        stored = {
            (name.area_id, name.folded): name
            for name in self.filter(area__in=[area.pk for area in names])
        }
        new = [name for key, name in wanted.items() if key not in stored]
        changed = [name for key, name in stored.items() if name.take_over(wanted.get(key))]
        self.bulk_create(new)
        self.bulk_update(changed, ["name", "kind"])
        return {name.area_id for name in new + changed}


def _ranked(area: Area, given: Iterable[tuple[str, str]]) -> "list[AreaName]":
    official = [(AreaName.Kind.OFFICIAL.value, name) for name in (area.name, area.name_local)]
    ranks = AreaName.Kind.values
    ordered = sorted([*official, *given], key=lambda kind_and_name: ranks.index(kind_and_name[0]))
    names = [
        AreaName(area=area, kind=kind, name=name, folded=fold_place(name)) for kind, name in ordered
    ]
    return [name for name in names if name.folded]


class AreaName(models.Model):
    """One name of an area. Search goes through these, never through `Area.name`."""

    class Kind(models.TextChoices):
        """Standing of a name, the most official first."""

        OFFICIAL = "official", _("official")
        FORMER = "former", _("former")
        ALIAS = "alias", _("other spelling or name")
        MISSPELLING = "misspelling", _("known misspelling")

    area = models.ForeignKey(
        Area, on_delete=models.CASCADE, related_name="names", verbose_name=_("area")
    )
    name = models.CharField(_("name"), max_length=MAX_NAME_LENGTH)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ALIAS)
    folded = models.TextField(_("search form"), editable=False)

    objects = AreaNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name of an area")
        verbose_name_plural = _("names of areas")
        ordering = ("area", "name")
        indexes = (
            GinIndex(
                OpClass("folded", name="gin_trgm_ops"),
                name="reference_areaname_trigram",
            ),
            models.Index(JOINED_NAME, name="reference_areaname_joined"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["area", "folded"],
                name="reference_areaname_once",
                violation_error_message=_("The area already has this name, or one folding to it."),
            ),
            models.CheckConstraint(
                condition=~models.Q(folded=""), name="reference_areaname_letters"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the search form of the name."""
        self.folded = fold_place(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a name without letters."""
        super().clean()
        self.folded = fold_place(self.name)
        if not self.folded:
            raise ValidationError({"name": _("A name needs letters.")})

    def take_over(self, wanted: "AreaName | None") -> bool:
        """Take the spelling and kind of `wanted`; True when that changed something.

        An official name that is wanted no more turns into a former one.
        """
        before = (self.name, self.kind)
        if wanted:
            self.name, self.kind = wanted.name, wanted.kind
        elif self.kind == self.Kind.OFFICIAL:
            self.kind = self.Kind.FORMER
        return before != (self.name, self.kind)
