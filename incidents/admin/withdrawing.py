"""Taking a person, a legal action or a source out of the public record, and keeping it out."""

from typing import Any, Self

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents import publishing
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.obeyed import files_went
from incidents.models import Person
from incidents.readiness import PUBLISH
from record.errors import WritingError
from reference.vocabularies import label, terms


def _reasons() -> list[tuple[str, str]]:
    return [("", "---------"), *((term.code, term.label) for term in terms("withdrawal-reason"))]


class WithdrawForm(forms.Form):
    """Why something is withdrawn."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=_reasons,
        help_text=_("The class of reason is all that the public learns."),
    )
    text = forms.CharField(
        label=_("Note"),
        required=False,
        help_text=_("It is published, so it must name nobody."),
        widget=AdminTextareaWidget(attrs={"dir": "auto", "rows": 2}),
    )


class WithdrawView(View):
    """Withdraw one record: reason, confirmation, done."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the record."""
        name = f"{section.opts.app_label}_{section.opts.model_name}_withdraw"
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("<int:pk>/withdraw/", view, name=name)

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask for the reason."""
        row = self._row(request, pk)
        initial = {"reason": "consent-withdrawn"} if isinstance(row, Person) else {}
        return self._page(request, row, WithdrawForm(initial=initial))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Withdraw after a confirmation."""
        row = self._row(request, pk)
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self._page(request, row, form)
        if not is_confirmed(request):
            return self._ask(request, row, form)
        try:
            result = publishing.withdraw(
                row,
                by=staff_member(request),
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["text"].strip(),
            )
        except publishing.PublicationRefused as refused:
            for obstacle in refused.obstacles:
                messages.error(request, obstacle.message)
        except WritingError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _told(result))
            if result.files:
                messages.warning(request, files_went(result.files))
        return HttpResponseRedirect(self._change(row))

    def _row(self, request: HttpRequest, pk: int) -> Any:
        row = self.section.get_queryset(request).filter(pk=pk).first()
        if not staff_member(request).has_perm(PUBLISH):
            raise PermissionDenied
        if row is None:
            raise Http404
        return row

    def _ask(self, request: HttpRequest, row: Any, form: WithdrawForm) -> HttpResponseBase:
        question = Question(
            title=gettext("Withdraw: %s") % row,
            sentences=[
                gettext(
                    "It disappears at once from pages, the API, exports and every earlier "
                    "version. Other documents lose what they say of it; one whose words still "
                    "name the person is withdrawn whole."
                ),
                gettext("It will not appear in any later publication."),
                gettext("Reason: %s") % label("withdrawal-reason", form.cleaned_data["reason"]),
            ],
            button=gettext("Withdraw"),
            back=self._change(row),
        )
        return ask(request, question, opts=self.section.opts, original=row)

    def _page(self, request: HttpRequest, row: Any, form: WithdrawForm) -> HttpResponseBase:
        return TemplateResponse(
            request,
            "admin/incidents/record_form.html",
            {
                **self.section.admin_site.each_context(request),
                "title": gettext("Withdraw from the public"),
                "subtitle": str(row),
                "explanation": gettext(
                    "Use this when consent is taken back, when somebody is in danger, or when "
                    "something should never have been published. One person may do it alone."
                ),
                "form": form,
                "button": gettext("Go on"),
                "opts": self.section.opts,
                "original": row,
            },
        )

    def _change(self, row: Any) -> str:
        opts = self.section.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])


def _told(result: publishing.Withdrawn) -> str:
    if not (result.withdrawn or result.rewritten):
        return gettext("It was not public. From now on it stays out of every publication.")
    return gettext("Withdrawn: %(gone)s. Rewritten without it: %(kept)s.") % {
        "gone": ", ".join(result.withdrawn) or "–",
        "kept": ", ".join(result.rewritten) or "–",
    }
