"""Who publishes the record, and what they say on its pages in their own words."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from reference.marked_text import check_marked_text

THE_ONLY: Final = 1
"""The key of the only row."""

MAX_BODIES: Final = 50
"""As many organisations may be named as having collected the data."""

MAX_LOGO_BYTES: Final = 30 * 1024

MAX_NAME_LENGTH: Final = 120
MAX_SHORT_NAME_LENGTH: Final = 40
MAX_ALTERNATIVE_LENGTH: Final = 160

_web_address = URLValidator(schemes=["https", "http"])
_phone_number = RegexValidator(
    r"^\+?[0-9 ()./-]{4,40}$", _("Digits, spaces and + ( ) . / - only, such as +92 81 000 0000.")
)


class Organisation(models.Model):
    """The organisation that publishes this record. One row; what is empty in it is taken from
    the settings of the installation."""

    id = models.SmallIntegerField(primary_key=True, default=THE_ONLY, editable=False)
    names = models.JSONField(
        _("name"),
        default=dict,
        blank=True,
        help_text=_("The full name in each language, by language code."),
    )
    short_names = models.JSONField(
        _("short name"),
        default=dict,
        blank=True,
        help_text=_("The name where there is little room, in each language, by language code."),
    )
    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_(
            "Where readers report errors and families ask for a withdrawal. It is shown to "
            "everybody: give an address of the organisation, not of a person."
        ),
    )
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        validators=[_phone_number],
        help_text=_("With the country, such as +92 81 000 0000. Shown to everybody."),
    )
    address = models.TextField(
        _("postal address"),
        max_length=400,
        blank=True,
        help_text=_(
            "As it should stand on an envelope. Shown to everybody: leave it empty if being found "
            "there could endanger somebody."
        ),
    )
    website = models.URLField(
        _("website"),
        blank=True,
        validators=[_web_address],
        help_text=_("The organisation's own site, if it has one."),
    )
    licence = models.CharField(
        _("licence of the data"),
        max_length=120,
        blank=True,
        help_text=_(
            "Under which terms others may use the record, such as CC BY 4.0. It stands on every "
            "page, answer, file and citation."
        ),
    )
    licence_address = models.URLField(
        _("address of the licence"),
        blank=True,
        validators=[_web_address],
        help_text=_("Where its text can be read. May stay empty for Creative Commons licences."),
    )
    collecting_bodies = models.JSONField(
        _("who collected the data"),
        default=dict,
        blank=True,
        help_text=_(
            "Every organisation whose collecting stands behind the record, one a line, in each "
            "language by language code. Every answer and file names them."
        ),
    )
    logo = models.BinaryField(_("logo"), null=True)
    logo_type = models.CharField(
        _("type of the logo"),
        max_length=10,
        blank=True,
        editable=False,
        choices=[("image/png", "PNG"), ("image/jpeg", "JPEG")],
    )
    logo_width = models.PositiveSmallIntegerField(_("width of the logo"), null=True, editable=False)
    logo_height = models.PositiveSmallIntegerField(
        _("height of the logo"), null=True, editable=False
    )
    logo_sha256 = models.CharField(_("hash of the logo"), max_length=64, blank=True, editable=False)
    logo_texts = models.JSONField(
        _("alternative text of the logo"),
        default=dict,
        blank=True,
        help_text=_("What the logo shows, for those who cannot see it, by language code."),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        constraints = (
            models.CheckConstraint(condition=Q(id=THE_ONLY), name="reference_organisation_only"),
            models.CheckConstraint(
                condition=Q(
                    logo__isnull=True,
                    logo_type="",
                    logo_sha256="",
                    logo_width__isnull=True,
                    logo_height__isnull=True,
                )
                | (
                    # Compared with NULL alone, a condition is neither true nor false, and passes.
                    Q(logo__isnull=False, logo_width__isnull=False, logo_height__isnull=False)
                    & Q(logo_width__gt=0, logo_height__gt=0)
                    & Q(logo_type__in=["image/png", "image/jpeg"])
                    & Q(logo_sha256__regex="^[0-9a-f]{64}$")
                ),
                name="reference_organisation_logo_whole",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(F("logo"), function="octet_length", output_field=models.IntegerField()),
                    MAX_LOGO_BYTES,
                ),
                name="reference_organisation_logo_small",
            ),
        )

    def __str__(self) -> str:
        return str(self.names.get("en") or settings.GAWAH_ORGANISATION)

    def clean(self) -> None:
        """Check the texts by language; raises ValidationError."""
        super().clean()
        for field, longest in (
            ("names", MAX_NAME_LENGTH),
            ("short_names", MAX_SHORT_NAME_LENGTH),
            ("logo_texts", MAX_ALTERNATIVE_LENGTH),
        ):
            _check_texts(field, getattr(self, field), longest)
        for field in ("names", "short_names"):
            texts = getattr(self, field)
            if texts and not texts.get("en"):
                message = _("Give the name in English as well: files and citations name it so.")
                raise ValidationError({field: ValidationError(message, code="en")})
        _check_bodies(self.collecting_bodies)
        if self.licence_address and not self.licence:
            message = _("Name the licence whose address this is.")
            raise ValidationError({"licence": message})


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _check_bodies(texts: Mapping[str, Any]) -> None:
    """Raise ValidationError unless the same number of bodies is named in each language, English
    among them."""
    field = "collecting_bodies"
    _check_texts(field, texts)
    named = {language: lines_of(text) for language, text in texts.items()}
    if named and "en" not in named:
        message = _("Give the names in English as well: files and citations name them so.")
        raise ValidationError({field: ValidationError(message, code="en")})
    faults: list[ValidationError] = []
    for language, names in named.items():
        if len(names) != len(named["en"]):
            same = _("Name the same organisations in each language, one a line.")
            faults.append(ValidationError(same, code=language))
        if len(names) > MAX_BODIES:
            lines = _("At most %(most)d lines.") % {"most": MAX_BODIES}
            faults.append(ValidationError(lines, code=language))
        if any(len(name) > MAX_NAME_LENGTH for name in names):
            long = _("At most %(most)d characters a line.") % {"most": MAX_NAME_LENGTH}
            faults.append(ValidationError(long, code=language))
    if faults:
        raise ValidationError({field: faults})


class PageText(models.Model):
    """What the organisation says on one page, in each language."""

    class Page(models.TextChoices):
        """The pages that may carry words of the organisation."""

        ABOUT = "about", _("Who we are")
        METHODOLOGY = "methodology", _("How this record is made")
        COVERAGE = "coverage", _("What this record covers")
        PRIVACY = "privacy", _("Privacy")
        CORRECTIONS = "corrections", _("Corrections and withdrawals")

    page = models.CharField(_("page"), max_length=20, choices=Page, unique=True)
    texts = models.JSONField(
        _("texts"),
        default=dict,
        blank=True,
        help_text=_("What is said, in each language, by language code."),
    )
    instead = models.BooleanField(
        _("in place of our general text"),
        default=False,
        help_text=_(
            "Leaves out what we say in general of how an organisation works, where the page has "
            "such a part. What describes this program itself always stays: how is counted, what "
            "a date means, what is kept of readers."
        ),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        ordering = ("page",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    page__in=["about", "methodology", "coverage", "privacy", "corrections"]
                ),
                name="reference_pagetext_page_known",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_page_display())

    def clean(self) -> None:
        """Check the texts by language and what is marked in them; raises ValidationError."""
        super().clean()
        _check_texts("texts", self.texts)
        faults: list[ValidationError] = []
        for language, text in self.texts.items():
            try:
                check_marked_text(text)
            except ValidationError as refused:
                faults += (ValidationError(said, code=language) for said in refused.messages)
        if faults:
            raise ValidationError({"texts": faults})


def _check_texts(field: str, texts: Mapping[str, Any], longest: int | None = None) -> None:
    """Raise ValidationError unless the value is an object of language code to text.

    What is wrong with one text has its language as the ``code`` of the error.
    """
    languages = {code for code, _name in settings.LANGUAGES}
    if not isinstance(texts, dict) or set(texts) - languages:
        raise ValidationError({field: _("Give an object of language code and text.")})
    faults: list[ValidationError] = []
    for language, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            faults.append(ValidationError(_("A text is empty."), code=language))
        elif longest is not None and len(text) > longest:
            message = _("At most %(most)d characters.") % {"most": longest}
            faults.append(ValidationError(message, code=language))
    if faults:
        raise ValidationError({field: faults})
