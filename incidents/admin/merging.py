"""Two records that turn out to be one: who stays, why, and a confirmation."""

from typing import Any, Self

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents import combining, publishing, reviewing
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.choices import FoundSelect
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.identity_numbers import on_identity_numbers
from incidents.models import Incident, IncidentLink, Merger, PersonRelation, Stage
from incidents.publishing.merging import CHANGE_PERSON, permission_to_merge
from incidents.readiness import PUBLISH
from record.errors import WritingError

_OTHER_OF = {
    "incident": IncidentLink._meta.get_field("to_incident"),
    "person": PersonRelation._meta.get_field("other"),
}
"""A field through which one row finds another of its kind, for the autocomplete."""


class MergeForm(forms.Form):
    """Which record stays, and why the two are one."""

    survivor: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        models.QuerySet(Incident),
        label=_("The one that stays"),
        help_text=_("The address of the other one will lead here for ever."),
    )
    text = forms.CharField(
        label=_("Why these are one"),
        help_text=_("A sentence; it is published, so it must name nobody who is protected."),
        widget=AdminTextareaWidget(attrs={"dir": "auto", "rows": 2}),
    )

    def __init__(
        self, loser: models.Model, offered: models.QuerySet[Any], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["survivor"]
        field.queryset = offered.exclude(pk=loser.pk)
        if not isinstance(loser, Incident):
            field.queryset = field.queryset.exclude(pk__in=Merger.objects.losers())
        kind = "incident" if isinstance(loser, Incident) else "person"
        field.widget = FoundSelect(_OTHER_OF[kind], admin.site, choices=field.choices)
        field.widget.label, field.widget.is_required = str(field.label), True


class MergeView(View):
    """Merge one record into another of its kind."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the record that goes."""
        name = f"{section.opts.app_label}_{section.opts.model_name}_merge"
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("<int:pk>/merge/", view, name=name)

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask which record stays."""
        loser = self._row(request, pk)
        return self._page(request, loser, self._form(request, loser))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Merge after a confirmation."""
        loser = self._row(request, pk)
        form = self._form(request, loser, request.POST)
        if not form.is_valid():
            return self._page(request, loser, form)
        survivor = form.cleaned_data["survivor"]
        needed = permission_to_merge(loser, survivor)
        if not staff_member(request).has_perm(needed):
            raise PermissionDenied
        if not is_confirmed(request):
            return self._ask(request, loser, survivor)
        try:
            with transaction.atomic():
                told = self._merge(request, loser, survivor, form.cleaned_data["text"])
        except publishing.PublicationRefused as refused:
            for obstacle in refused.obstacles:
                messages.error(request, obstacle.message)
        except (
            combining.CombiningRefused,
            reviewing.ReviewRefused,
            WritingError,
        ) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, told)
            return HttpResponseRedirect(self._change(survivor))
        return HttpResponseRedirect(request.path)

    def _merge(self, request: HttpRequest, loser: Any, survivor: Any, note: str) -> str:
        user = staff_member(request)
        if isinstance(loser, Incident) and _holds_rows(loser):
            combining.combine(loser, survivor, by=user)
            if survivor.stage not in (Stage.DRAFT, Stage.RETURNED):
                reviewing.reopen(survivor, by=user)
            return gettext(
                "Everything was moved to the case that stays, which is a draft now. Have it "
                "approved; then merge the other one into it here, so that its address leads there."
            )
        publishing.merge(loser, survivor, by=user, note=note)
        if isinstance(loser, Incident):
            return gettext("Merged. The other address leads here from now on.")
        return gettext("Merged. This can be taken back on this page.")

    def _row(self, request: HttpRequest, pk: int) -> Any:
        row = self.section.get_queryset(request).filter(pk=pk).first()
        needed = CHANGE_PERSON if self.section.model is not Incident else PUBLISH
        if not staff_member(request).has_perm(needed):
            raise PermissionDenied
        if row is None:
            raise Http404
        return row

    def _form(self, request: HttpRequest, loser: Any, data: Any = None) -> MergeForm:
        return MergeForm(loser, self.section.get_queryset(request), data)

    def _ask(self, request: HttpRequest, loser: Any, survivor: Any) -> HttpResponseBase:
        question = Question(
            title=gettext("Merge: %s") % loser,
            sentences=[
                gettext("This one goes: %s") % loser,
                gettext("This one stays: %s") % survivor,
                gettext(
                    "Everything recorded of the one that goes is moved to the one that stays. "
                    "This cannot be undone by the program."
                )
                if isinstance(loser, Incident)
                else gettext(
                    "Everything recorded of the one that goes is moved to the one that stays. "
                    "It can be taken back on the page of the one that stays."
                ),
                *on_identity_numbers(loser, survivor),
            ],
            button=gettext("Merge"),
            back=self._change(loser),
        )
        return ask(request, question, opts=self.section.opts, original=loser)

    def _page(self, request: HttpRequest, loser: Any, form: MergeForm) -> HttpResponseBase:
        return TemplateResponse(
            request,
            "admin/incidents/record_form.html",
            {
                **self.section.admin_site.each_context(request),
                "title": gettext("Merge into another record"),
                "subtitle": str(loser),
                "explanation": gettext(
                    "Namesakes are not the same person: compare the father’s name, the age and "
                    "the district first."
                )
                if not isinstance(loser, Incident)
                else gettext(
                    "The rows of this case are moved to the one that stays. When that one has "
                    "been approved, come back here once more to lead this address there."
                ),
                "form": form,
                "media": form.media,
                "button": gettext("Go on"),
                "opts": self.section.opts,
                "original": loser,
            },
        )

    def _change(self, row: Any) -> str:
        opts = self.section.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])


def _holds_rows(incident: Incident) -> bool:
    """Whether something of the case would be left behind by a merge of references alone."""
    return any(
        getattr(incident, name).exists()
        for name in combining.MOVED_WITH_INCIDENT + combining.SHARED_WITH_INCIDENT
    )
