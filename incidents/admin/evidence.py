"""Evidence of a case or a source: handed on as one file, and checked for being unchanged."""

from typing import Any, ClassVar, Self, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views import View

from incidents.accounts.watching import is_export
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.evidence.bundle import captures_of, chunks_of, sources_of, take_out
from incidents.evidence.jobs import ask_to_verify
from incidents.models import Incident, Source, StaffMember

EXPORT = "incidents.export_evidence"
EXPORT_CONFIDENTIAL = "incidents.export_confidential_evidence"
CHECK = "incidents.change_source"


class BundleForm(forms.Form):
    """Whether what was told in trust goes out too."""

    confidential = forms.BooleanField(required=False)

    def __init__(self, *args: Any, sources: int, **options: Any) -> None:
        super().__init__(*args, **options)
        box = self.fields["confidential"]
        box.label = ngettext(
            "Also what we hold of %(number)d confidential source",
            "Also what we hold of %(number)d confidential sources",
            sources,
        ) % {"number": sources}
        box.help_text = gettext(
            "What was told in trust leaves the office then. Tick it only if those who told it "
            "agreed that this recipient gets it."
        )


class RecordStep(View):
    """A page below the page of a case or a source that this person may know of."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    step: ClassVar[str] = ""
    permission: ClassVar[str] = ""
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the record."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        name = f"incidents_{section.opts.model_name}_{cls.step.replace('-', '_')}"
        return path(f"<int:pk>/{cls.step}/", view, name=name)

    def row(self, request: HttpRequest, pk: int) -> Any:
        """The record."""
        if not staff_member(request).has_perm(self.permission):
            raise PermissionDenied
        row = self.section.get_queryset(request).filter(pk=pk).first()
        if row is None:
            raise Http404
        return row

    def back(self, row: Any) -> str:
        """The page of the record."""
        return reverse(f"admin:incidents_{self.section.opts.model_name}_change", args=[row.pk])


class BundleView(RecordStep):
    """A ZIP with the files, what is known of them and their log."""

    step = "evidence"
    permission = EXPORT

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say what would go out."""
        row = self.row(request, pk)
        return self._page(request, row, self._form(request, row))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Send it."""
        row = self.row(request, pk)
        form = self._form(request, row, request.POST)
        wanted = form is not None and form.is_valid() and form.cleaned_data["confidential"]
        captures = captures_of(self._sources(request, row), confidential=bool(wanted))
        if not captures.exists():
            messages.warning(request, gettext("There is no file to hand on."))
            return HttpResponseRedirect(self.back(row))
        if wanted:
            is_export(request, "with confidential sources")
        evidence = take_out(_title(row), captures, by=staff_member(request))
        answer = StreamingHttpResponse(chunks_of(evidence), content_type="application/zip")
        name = f"evidence-{self.section.opts.model_name}-{row.pk}.zip"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def _sources(self, request: HttpRequest, row: Any) -> Any:
        if isinstance(row, Incident):
            return sources_of(row, staff_member(request))
        return Source.objects.filter(pk=row.pk)

    def _form(self, request: HttpRequest, row: Any, data: Any = None) -> BundleForm | None:
        """The box for confidential sources, for those who may tick it and where there are any."""
        user = cast("StaffMember", request.user)
        if not user.has_perm(EXPORT_CONFIDENTIAL):
            return None
        number = self._sources(request, row).filter(confidential=True).count()
        return BundleForm(data, sources=number) if number else None

    def _page(self, request: HttpRequest, row: Any, form: BundleForm | None) -> HttpResponseBase:
        captures = captures_of(self._sources(request, row), confidential=False)
        found = captures.order_by().aggregate(
            files=Count("pk", filter=~Q(storage_name="")),
            hashes=Count("pk", filter=Q(storage_name="")),
            size=Sum("bytes", filter=~Q(storage_name="")),
        )
        return TemplateResponse(
            request,
            "admin/incidents/evidence.html",
            {
                **self.section.admin_site.each_context(request),
                "title": gettext("Evidence as one file"),
                "opts": self.section.opts,
                "original": row,
                "sentences": _sentences(found),
                "form": form,
                "back": self.back(row),
            },
        )


class VerifyFilesView(RecordStep):
    """Have all files of a source hashed again."""

    step = "verify-files"
    permission = CHECK

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask whether it is meant."""
        row = self.row(request, pk)
        question = Question(
            title=gettext("Check that the files are unchanged"),
            sentences=[
                gettext(
                    "Each file of this source is read to its end and its SHA-256 compared with "
                    "that of the day on which it came. What is found is written into its log."
                )
            ],
            button=gettext("Check the files"),
            back=self.back(row),
        )
        return ask(request, question, opts=self.section.opts, original=row)

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Have it done after the confirmation."""
        row = self.row(request, pk)
        if not is_confirmed(request):
            return self.get(request, pk)
        job = ask_to_verify([row.pk], by=staff_member(request))
        return HttpResponseRedirect(reverse("admin:incidents_job_change", args=[job.pk]))


def _title(row: Any) -> str:
    """What the evidence is of, without a word of a case that is not public."""
    return f"{row._meta.model_name} {row.reference or row.pk}"


def _sentences(found: dict[str, Any]) -> list[str]:
    files = ngettext("%(number)d file, %(size)s.", "%(number)d files, %(size)s.", found["files"])
    sentences = [
        files % {"number": found["files"], "size": filesizeformat(found["size"] or 0)},
        gettext(
            "A ZIP with the files under their hashes, a list of what is known of each, the log of "
            "who had it, and a text in English and Urdu that says how all of it is checked with "
            "common tools. Staff stand in it under their pseudonyms."
        ),
        gettext("That you took it out is written into the log of each file."),
    ]
    if found["hashes"]:
        only = ngettext(
            "Of %(number)d more we hold only the hash.",
            "Of %(number)d more we hold only the hashes.",
            found["hashes"],
        )
        sentences.insert(1, only % {"number": found["hashes"]})
    return sentences
