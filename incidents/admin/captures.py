"""Files on the page of a source: taken in, said how they stand, and where they are opened."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import RowsFormSet, StaffInline
from incidents.admin.forms import SiblingsForm
from incidents.admin.labels import joined
from incidents.documents.source import can_be_public
from incidents.evidence.custody import Act
from incidents.evidence.kinds import TAKEN_IN_WORDS
from incidents.evidence.receiving import Examined, examine, fill_in, received
from incidents.evidence.sniffing import FileRefused
from incidents.evidence.uploads import most_megabytes, too_large_among
from incidents.evidence.verifying import last_look
from incidents.models import Capture, CopyKind, CustodyEntry, Danger

_SAID_BY_THE_FILE = ("sha256", "file_name", "media_type", "bytes", "derived_from", "copy_kind")
"""Boxes of a capture that nobody types in any more once its file is here."""


class CaptureForm(SiblingsForm):
    """A file. It is sent once; its hash, size and type are those of what came in.

    ``dropped`` are the boxes of files that were too large to arrive.
    """

    dropped: ClassVar[frozenset[str]] = frozenset()

    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=format_lazy(
            "{what} {taken}.",
            what=_(
                "It is kept as you send it and never changed; what could do harm is kept apart. "
                "The content decides what a file is, not its name. These are taken:"
            ),
            taken=TAKEN_IN_WORDS,
        ),
        widget=forms.FileInput(),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found: Examined | None = None
        self.fields["sha256"].required = False
        if not (self.instance.public or self._can_be_public()):
            # Nobody can decide it of a file that is not made yet, or that nobody may be shown.
            self.fields["public"].disabled = True
        if self.instance.is_held or getattr(self.instance, "has_log", False):
            # Also of a file that is gone: its log was made with this hash.
            for name in _SAID_BY_THE_FILE:
                self.fields[name].disabled = True
        if self.instance.is_held:
            box = self.fields["upload"]
            box.disabled, box.widget = True, forms.HiddenInput()
            return
        kind: Any = self.fields["copy_kind"]
        if not kind.disabled:
            kind.choices = [choice for choice in kind.choices if choice[0] != CopyKind.CLEANED]

    def has_changed(self) -> bool:
        """Also where a file was dropped for its size."""
        return super().has_changed() or self._was_dropped

    def _can_be_public(self) -> bool:
        made_from = self.instance.derived_from_id
        rows: Any = self.siblings.get("derived_from", ())
        return can_be_public(self.instance, next((r for r in rows if r.pk == made_from), None))

    @property
    def _was_dropped(self) -> bool:
        return self.add_prefix("upload") in self.dropped

    def clean_upload(self) -> Any:
        """The file, if it is of a type that is taken."""
        upload = self.cleaned_data.get("upload")
        if self.instance.is_held or not upload:
            return None
        try:
            self.found = examine(upload)
        except FileRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused
        return upload

    def clean(self) -> dict[str, Any] | None:
        """The hash of the row is that of its file, and no source has the same file twice."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.is_held:
            return cleaned
        if self._was_dropped:
            self.add_error("upload", _dropped())
        elif self.found is None:
            if not cleaned.get("sha256") and not self.has_error("upload"):
                self.add_error("upload", _no_file())
        elif cleaned.get("sha256") not in (None, "", self.found.sha256):
            self.add_error("upload", _other_hash(self.found.sha256))
        else:
            cleaned["sha256"] = self.found.sha256
            self._refuse_a_second_time(self.found.sha256)
        if bool(cleaned.get("derived_from")) != bool(cleaned.get("copy_kind")):
            self.add_error("copy_kind", _half_a_copy())
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Keep the file, then the row that names it."""
        if self.found is not None:
            fill_in(self.instance, self.cleaned_data["upload"], self.found)
        return super().save(commit)

    def save_parts(self) -> None:
        """Write into the log that the file came in."""
        super().save_parts()
        if self.found is not None:
            received(self.instance, by=self.user)

    def _refuse_a_second_time(self, sha256: str) -> None:
        same = Capture.objects.filter(source=self.instance.source_id, sha256=sha256)
        there = same.exclude(pk=self.instance.pk).first()
        if there is not None:
            self.add_error(
                "upload",
                gettext("This source has exactly this file already, entered on %(day)s.")
                % {"day": f"{there.entered_at:%Y-%m-%d}"},
            )


class CaptureFormSet(RowsFormSet):
    """All files of a source."""

    def clean(self) -> None:
        """Refuse the same file in two rows of one page."""
        # Before Django finds the same hash twice and says it in words of its own.
        sent = [form.found.sha256 for form in self.forms if getattr(form, "found", None)]
        if len(sent) != len(set(sent)):
            raise ValidationError(gettext("The same file was chosen twice. Leave one of them out."))
        super().clean()


class CaptureInline(StaffInline):
    """Files as they were received, by their hash."""

    asks_why = False
    model = Capture
    form = CaptureForm
    formset = CaptureFormSet
    sibling_fields = ("derived_from",)
    can_delete = False
    readonly_fields = ("standing",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "standing",
                    "upload",
                    ("derived_from", "copy_kind"),
                    "public",
                    "sha256",
                    ("file_name", "media_type", "bytes"),
                    "captured_at",
                    "method",
                    "url",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """The files with what was found when they were last hashed again."""
        log = CustodyEntry.objects.filter(capture=OuterRef("pk"))
        rows = super().get_queryset(request)
        return rows.annotate(last_look=last_look(), has_log=Exists(log))

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Let a copy be entered of any file of the source, from a list that is read once."""
        formset = super().get_formset(request, obj, **options)
        rows = [] if obj is None else list(obj.captures.all())
        formset.form.siblings = {"derived_from": rows}
        formset.form.dropped = too_large_among(request)
        return formset

    @admin.display(description=_("how it stands"))
    def standing(self, capture: Any) -> SafeString | str:
        """Whether we have it, whether it is unchanged, why it is kept apart, and its own page."""
        if capture.pk is None:
            return "–"
        if not capture.is_held:
            return gettext("Only the hash is kept here, not the file.")
        words = format_html('<span class="file-state">{}</span>', look_in_words(capture.last_look))
        if capture.last_look == Act.DAMAGED:
            words = format_html(
                '<strong class="file-damaged">{}</strong>', look_in_words(capture.last_look)
            )
        apart = format_html('<br><span class="file-apart">{}</span>', dangers_in_words(capture))
        return format_html(
            '{}{}<br><a href="{}">{}</a>',
            words,
            apart if capture.is_apart else "",
            file_address(capture),
            gettext("Open, download, log of custody"),
        )


def file_address(capture: Capture, what: str = "") -> str:
    """The page of a file; ``what`` is download, text or nothing."""
    name = f"incidents_source_file{'_' if what else ''}{what}"
    return reverse(f"admin:{name}", args=[capture.source_id, capture.pk])


def look_in_words(found: str | None) -> str:
    """What was found when the file was last hashed again."""
    if found == Act.DAMAGED:
        return gettext("MISSING OR CHANGED: take it from a backup")
    return gettext("kept, hash checked") if found == Act.VERIFIED else gettext("kept")


def dangers_in_words(capture: Capture) -> str:
    """Why a file is in quarantine; empty for one that is not."""
    if not capture.is_apart:
        return ""
    reasons = joined(str(Danger(code).label) for code in capture.dangers)
    return gettext("Kept apart: %(reasons)s.") % {"reasons": reasons}


def _dropped() -> str:
    return gettext(
        "The file is larger than %(most)d MB, so nothing of it was kept. Save it smaller or in "
        "parts, and send those; of several large files send one at a time."
    ) % {"most": most_megabytes()}


def _no_file() -> str:
    return gettext(
        "Choose the file. Only if it is kept elsewhere and cannot be sent: type its SHA-256."
    )


def _other_hash(found: str) -> str:
    return gettext(
        "The file that you sent has another SHA-256 than the one typed below: %(found)s. It is not "
        "the same file; look which one is meant."
    ) % {"found": found}


def _half_a_copy() -> str:
    return gettext(
        "For a working copy choose both: the file that it was made of, and what was done to it. "
        "For a file as it was received leave both empty."
    )
