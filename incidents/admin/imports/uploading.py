"""The first step: which file, and of which list."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin, staff_member, stamp
from incidents.admin.imports import keeping
from incidents.admin.imports.access import IMPORT
from incidents.admin.imports.pages import address_of
from incidents.importing.running import receive
from incidents.importing.tables import FileRefused, TableOptions, open_table, sheets
from incidents.importing.tables.limits import MAX_FILE_BYTES
from incidents.models import ImportBatch, SourceList, StaffMember
from incidents.sealing.lists import seal_file_if_told_in_trust

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".json")
"""What the browser offers for choice. What a file really is, its content tells."""

ENCODINGS = (
    ("", _("found from the file itself")),
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("cp1252", _("Windows, Western European (1252)")),
    ("cp1256", _("Windows, Arabic and Urdu (1256)")),
    ("latin-1", "ISO 8859-1"),
)

_MEGABYTE = 1024**2
_LONGEST_CODE = 40


class UploadForm(forms.Form):
    """The file, and the list that it is part of."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"required": _("Choose a file.")},
    )
    list = forms.ModelChoiceField(
        SourceList.objects.all(),
        required=False,
        label=_("List"),
        empty_label=_("a new list"),
        help_text=_(
            "A corrected or longer file of a list that was brought in before belongs to that "
            "list: rows that are there already are then updated, not entered twice."
        ),
    )
    new_list = forms.CharField(
        required=False,
        max_length=200,
        label=_("Name of the new list"),
        help_text=_("Who collected it, and of what. Leave it empty if you chose a list above."),
        widget=forms.TextInput(attrs={"dir": "auto", "class": "vTextField"}),
    )

    header_row = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1000,
        initial=1,
        label=_("Row with the names of the columns"),
        help_text=_("1 unless a title or a note stands above them."),
    )
    encoding = forms.ChoiceField(
        required=False,
        choices=ENCODINGS,
        label=_("Encoding of a CSV file"),
        help_text=_("Choose one only if letters come out wrong or the file is refused for it."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = gettext(
            "A table as CSV, Excel (.xlsx) or JSON, with the names of the columns in the first "
            "row; at most %(size)d MB. It is kept as you send it and nobody outside can open it."
        ) % {"size": MAX_FILE_BYTES // _MEGABYTE}

    def clean_file(self) -> Any:
        """Refuse what is too large before anything is done with it."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                gettext("The file has %(has)d MB; at most %(most)d MB can be brought in at once.")
                % {"has": upload.size // _MEGABYTE, "most": MAX_FILE_BYTES // _MEGABYTE},
                code="too-large",
            )
        return upload

    def clean(self) -> dict[str, Any]:
        """Either a list that there is, or the name of a new one."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen, name = cleaned.get("list"), (cleaned.get("new_list") or "").strip()
        if chosen and name:
            self.add_error("new_list", _("Choose a list above or name a new one, not both."))
        elif not chosen and not name and "list" not in self.errors:
            self.add_error("new_list", _("Name the list, or choose one above."))
        return cleaned


def upload_page(section: StaffModelAdmin, request: HttpRequest) -> HttpResponse:
    """Take a file in. A file that cannot be read is refused beside its box, with the reason."""
    user = staff_member(request)
    if not user.has_perm(IMPORT):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent)
    if form.is_valid():
        try:
            with transaction.atomic():
                batch = _take_in(form, user)
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            _tell(request, batch)
            return HttpResponseRedirect(address_of(batch, "columns"))
    return TemplateResponse(
        request,
        "admin/incidents/importbatch/upload.html",
        {
            **section.admin_site.each_context(request),
            "title": gettext("Bring in a list"),
            "opts": section.opts,
            "form": form,
        },
    )


def _take_in(form: UploadForm, user: StaffMember) -> ImportBatch:
    upload, typed = form.cleaned_data["file"], form.cleaned_data
    options = TableOptions(encoding=typed["encoding"], header_row=typed["header_row"] or 1)
    options = replace(options, sheet=_sheet_to_begin_with(upload, options))
    batch = receive(upload, file_name=upload.name, by=user, options=options)
    batch.list = typed["list"] or _new_list(typed["new_list"], user)
    batch.changed_by = user
    keeping.first_choices(batch, options)
    seal_file_if_told_in_trust(batch)
    return batch


def _sheet_to_begin_with(upload: Any, options: TableOptions) -> str:
    """The first of several sheets that is a table: before it often stands one with remarks.

    The next page offers the others. Empty where there is one. Raises FileRefused.
    """
    with NamedTemporaryFile() as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        upload.seek(0)
        path, name = Path(copy.name), upload.name or ""
        found = sheets(path, name=name)
        if len(found) < 2:
            return ""
        for sheet in found:
            with suppress(FileRefused):
                open_table(path, name=name, options=replace(options, sheet=sheet))
                return sheet
    return found[0]


def _new_list(name: str, user: StaffMember) -> SourceList:
    """A list of this name. Its short name is made from the letters of Latin script in it."""
    made = SourceList(name=name.strip(), code=_free_code(name))
    stamp(made, user)
    made.save()
    return made


def _free_code(name: str) -> str:
    base = slugify(name)[: _LONGEST_CODE - 5].strip("-") or "list"
    taken = set(SourceList.objects.filter(code__startswith=base).values_list("code", flat=True))
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def _tell(request: HttpRequest, batch: ImportBatch) -> None:
    alike = ImportBatch.objects.standing().filter(sha256=batch.sha256, list=batch.list)
    same = alike.exclude(pk=batch.pk).first()
    if same is not None:
        messages.warning(
            request,
            gettext(
                "Exactly this file of this list was brought in before, received on %(day)s. "
                "Bringing it in again changes nothing."
            )
            % {"day": f"{same.entered_at:%Y-%m-%d}"},
        )
