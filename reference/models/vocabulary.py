"""Terms: the coded, hierarchical, translatable values of every vocabulary.

A code is permanent: it stands in published documents and in other people's programs. Labels and
definitions may be reworded and a term may move to another parent, but it is never deleted nor
given another meaning; a term that is out of use is hidden. Vocabularies have no table of their
own: the vocabulary ``vocabulary`` has one term for each of them, with its title and purpose.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import connection, models, transaction
from django.db.models import F, Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

VOCABULARY_INDEX = "vocabulary"
"""The vocabulary whose terms are the vocabularies."""

MAX_DEPTH = 3
"""Levels of a vocabulary. Three are what the lists in use need and a reader can take in."""

CODE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Lower-case words joined by hyphens: safe in an address, a file and a query string."""

ORDER_STEP = 10
"""Distance between the terms of a file, so that terms added by staff fit in between."""

_code_format = RegexValidator(
    CODE_PATTERN, _("Use lower-case letters a to z, digits and single hyphens.")
)

_REBUILD_PATHS = """
    WITH RECURSIVE tree (id, path) AS (
        SELECT id, ARRAY[id] FROM reference_term WHERE parent_id IS NULL
        UNION ALL
        SELECT child.id, tree.path || child.id
        FROM reference_term child JOIN tree ON child.parent_id = tree.id
    )
    UPDATE reference_term term SET path = tree.path
    FROM tree WHERE term.id = tree.id AND term.path <> tree.path
"""


class TermQuerySet(models.QuerySet["Term"]):
    """Reads of terms. Hidden terms are included unless ``offered`` is asked for."""

    def of(self, vocabulary: str) -> Self:
        """Terms of one vocabulary."""
        return self.filter(vocabulary=vocabulary)

    def offered(self) -> Self:
        """Terms that may still be chosen; a hidden one stays readable where it was used."""
        return self.filter(hidden=False)

    def within(self, *terms: "Term") -> Self:
        """The given terms and everything below them."""
        return self.filter(path__overlap=[term.pk for term in terms])

    def rebuild_paths(self) -> int:
        """Recompute every path that no longer follows from the parents; return how many.

        Always for the whole table, whatever the queryset is narrowed to. Raises IntegrityError
        when a term would come to stand deeper than ``MAX_DEPTH``.
        """
        with connection.cursor() as cursor:
            cursor.execute(_REBUILD_PATHS)
            return int(cursor.rowcount)


class Term(models.Model):
    """One value of a vocabulary: ``str(term)`` is its label in the reader's language."""

    vocabulary = models.CharField(
        _("vocabulary"),
        max_length=40,
        validators=[_code_format],
        help_text=_("The list to which the term belongs."),
    )
    code = models.CharField(
        _("code"),
        max_length=60,
        validators=[_code_format],
        help_text=_("Permanent once published: files, links and other programs rely on it."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text=_("The wider term. Searching for it also finds this one."),
    )
    order = models.PositiveIntegerField(
        _("order"),
        blank=True,
        help_text=_("Position in the list. If left empty, the term is put after its siblings."),
    )
    labels = models.JSONField(
        _("labels"),
        default=dict,
        help_text=_("The term in each language, by language code. English is required."),
    )
    definitions = models.JSONField(
        _("definitions"),
        default=dict,
        help_text=_("What the term means, in each language, by language code."),
    )
    huridocs = models.CharField(
        _("HURIDOCS code"),
        max_length=60,
        blank=True,
        help_text=_(
            "List and code, such as 4:030103. “near” marks a close term; brackets mark a code of "
            "another list that helps where no term fits."
        ),
    )
    attributes = models.JSONField(
        _("attributes"),
        default=dict,
        blank=True,
        help_text=_("Properties that the program reads, such as whether a type counts as a death."),
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("Where the definition comes from, or how to use the term."),
    )
    hidden = models.BooleanField(
        _("hidden"),
        default=False,
        help_text=_("No longer offered for choice. Records that use it stay as they are."),
    )
    edited = models.BooleanField(
        _("edited here"),
        default=False,
        editable=False,
        help_text=_("Loading the reference data again keeps the wording chosen here."),
    )
    path = ArrayField(
        models.BigIntegerField(),
        verbose_name=_("path"),
        default=list,
        editable=False,
        help_text=_("Identifiers of the terms from the top of the list down to this one."),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects: ClassVar[TermQuerySet] = TermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("vocabulary", "order", "code")
        constraints = (
            models.UniqueConstraint(
                fields=["vocabulary", "code"],
                name="reference_term_code_unique",
                violation_error_message=_("The vocabulary already has a term with this code."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE_PATTERN) & Q(vocabulary__regex=CODE_PATTERN),
                name="reference_term_code_format",
            ),
            models.CheckConstraint(
                condition=Q(labels__has_key="en") & ~Q(labels__en=""),
                name="reference_term_label_in_english",
                violation_error_message=_("A label in English is required."),
            ),
            models.CheckConstraint(
                condition=Q(path__len__lte=MAX_DEPTH), name="reference_term_depth"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="reference_term_not_its_own_parent",
            ),
        )
        indexes = (GinIndex(fields=["path"], name="reference_term_path"),)

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **options: Any) -> None:
        """Save a person's edit: it marks the term as edited and moves the subtree's paths.

        A new term without attributes starts with those of its parent, so that a kind of killing
        added by staff counts as a death. Raises ValidationError for another code, or for a
        parent in another vocabulary, below the term itself or too deep.
        """
        self._check_identity()
        self._check_parent()
        if self._state.adding and self.parent is not None and not self.attributes:
            self.attributes = dict(self.parent.attributes)
        if self.order is None:
            self.order = self._next_order()
        self.edited = True
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "edited", "updated_at"}
        with transaction.atomic():
            super().save(*args, **options)
            Term.objects.rebuild_paths()
            self.refresh_from_db(fields=["path"])

    @property
    def label(self) -> str:
        """The label in the active language, or in English."""
        return self.label_in(get_language() or "en")

    @property
    def definition(self) -> str:
        """The definition in the active language, or in English; may be empty."""
        return self.definition_in(get_language() or "en")

    def label_in(self, language: str) -> str:
        """The label in a language (``ur``, ``en-gb``), or in English."""
        return _in_language(self.labels, language)

    def definition_in(self, language: str) -> str:
        """The definition in a language, or in English; may be empty."""
        return _in_language(self.definitions, language)

    def clean(self) -> None:
        """Check what one row's constraints cannot see; raises ValidationError."""
        super().clean()
        self._check_identity()
        self._check_parent()
        for field in ("labels", "definitions"):
            _check_texts(field, getattr(self, field))
        if self.vocabulary != VOCABULARY_INDEX and not (
            Term.objects.of(VOCABULARY_INDEX).filter(code=self.vocabulary).exists()
        ):
            raise ValidationError({"vocabulary": _("There is no such vocabulary.")})

    def _check_identity(self) -> None:
        stored = self.pk and Term.objects.filter(pk=self.pk).values("vocabulary", "code").first()
        if stored and stored != {"vocabulary": self.vocabulary, "code": self.code}:
            raise ValidationError(
                _("Vocabulary and code are permanent: hide the term and add another one.")
            )

    def _check_parent(self) -> None:
        if self.parent is None:
            return
        if self.parent.vocabulary != self.vocabulary:
            raise ValidationError({"parent": _("The parent belongs to another vocabulary.")})
        if self.pk in self.parent.path:
            raise ValidationError({"parent": _("A term cannot stand below itself.")})
        if len(self.parent.path) + self._levels() > MAX_DEPTH:
            message = _("A vocabulary has at most %(levels)d levels.") % {"levels": MAX_DEPTH}
            raise ValidationError({"parent": message})

    def _levels(self) -> int:
        """Levels of the subtree under and including this term."""
        if not self.path:
            return 1
        below = Term.objects.within(self).aggregate(deepest=Max("path__len"))["deepest"]
        return (below or len(self.path)) - len(self.path) + 1

    def _next_order(self) -> int:
        """Just after the siblings and all below them: at the end of the parent's subtree."""
        if self.parent is not None:
            neighbours = Term.objects.within(self.parent)
            return int(neighbours.aggregate(last=Max("order"))["last"]) + 1
        last = Term.objects.of(self.vocabulary).aggregate(last=Max("order"))["last"]
        return int(last or 0) + ORDER_STEP


def _in_language(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get(language.split("-")[0]) or texts.get("en", "")


def _check_texts(field: str, texts: Any) -> None:
    """Raise ValidationError unless the value is an object of language code to text."""
    if not isinstance(texts, dict):
        raise ValidationError({field: _("Give an object of language code and text.")})
    languages = {code for code, _name in settings.LANGUAGES}
    if unknown := sorted(set(texts) - languages):
        message = _("Unknown language: %(languages)s.") % {"languages": ", ".join(unknown)}
        raise ValidationError({field: message})
    if not all(isinstance(text, str) and text.strip() for text in texts.values()):
        raise ValidationError({field: _("A text is empty.")})
    if field == "labels" and "en" not in texts:
        raise ValidationError({field: _("A label in English is required.")})
