"""Pages of the comments on a case: putting one on it, answering, settling."""

from collections.abc import Iterator
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.changes import visible_case
from incidents.admin.remarks import NAMES
from incidents.models import Incident, ReviewComment, StaffMember
from incidents.review_comments import (
    COMMENT,
    CommentRefused,
    Place,
    answer,
    comment,
    fields_of,
    name_of_row,
    row_at,
    rows_of,
    settle,
)

_Choices = list[tuple[str, Any]]


class CommentForm(forms.Form):
    """What is to be looked at, and where."""

    about = forms.ChoiceField(label=gettext_lazy("On what"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("For colleagues who may open this case. It is never published."),
        widget=AdminTextareaWidget(attrs={"dir": "auto", "rows": 4}),
    )

    def __init__(self, choices: _Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].choices = choices  # type: ignore[attr-defined]
        self.fields["about"].help_text = gettext(
            "For one box of a row, follow “Comment” at that row on the page of the case."
        )


class CommentView(View):
    """Put a comment on a case, or on what ``?on=`` names: a row of it, or a field."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the case."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("<int:pk>/comments/add/", view, name="incidents_incident_comment")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask what is to be looked at."""
        incident, choices = self._asked(request, pk)
        on = request.GET.get("on", "")
        return self._page(request, incident, CommentForm(choices, initial={"about": on}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Keep the comment."""
        incident, choices = self._asked(request, pk)
        form = CommentForm(choices, request.POST)
        if form.is_valid():
            try:
                place = Place.parse(form.cleaned_data["about"])
                comment(incident, place, form.cleaned_data["text"], by=staff_member(request))
            except CommentRefused as refused:
                form.add_error("about", str(refused))
            else:
                messages.success(request, gettext("The comment was added."))
                return HttpResponseRedirect(comments_address(incident))
        return self._page(request, incident, form)

    def _asked(self, request: HttpRequest, pk: int) -> tuple[Incident, _Choices]:
        incident = visible_case(self.section, request, pk)
        user = staff_member(request)
        if not user.has_perm(COMMENT):
            raise PermissionDenied
        try:
            place = Place.parse(request.GET.get("on", ""))
            row = row_at(place, incident, seen_by=user)
        except CommentRefused as refused:
            raise Http404 from refused
        if row is None or isinstance(row, Incident):
            return incident, list(_of_case(incident, user))
        return incident, _of_row(row)

    def _page(self, request: HttpRequest, incident: Incident, form: CommentForm) -> HttpResponse:
        context = {
            **self.section.admin_site.each_context(request),
            "title": gettext("Comment"),
            "subtitle": str(incident),
            "explanation": gettext(
                "A comment stands in nobody’s way. Open ones are named before the case is approved."
            ),
            "form": form,
            "button": gettext("Add the comment"),
            "opts": self.section.opts,
            "original": incident,
        }
        return TemplateResponse(request, "admin/incidents/record_form.html", context)


class CommentStepView(View):
    """Answer a comment, or settle it."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address below that of the case."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        address = "<int:pk>/comments/<int:comment>/"
        return path(address, view, name="incidents_incident_comment_step")

    def post(self, request: HttpRequest, pk: int, **ids: int) -> HttpResponseBase:
        """Take what was typed as the answer; settle the comment if that was asked."""
        incident, user = visible_case(self.section, request, pk), staff_member(request)
        found = incident.review_comments.filter(pk=ids["comment"]).first()
        if found is None:
            raise Http404
        words, settled = request.POST.get("answer", "").replace("\0", ""), "settle" in request.POST
        try:
            if words.strip() or not settled:
                answer(found, words, by=user, seen=request.POST.get("seen", ""))
            if settled:
                settle(found, by=user)
        except CommentRefused as refused:
            told = gettext("%(why)s You had written: “%(words)s”") if words.strip() else "%(why)s"
            messages.error(request, told % {"why": refused, "words": words.strip()})
        else:
            done = gettext("The comment is settled.") if settled else gettext("Answered.")
            messages.success(request, done)
        return HttpResponseRedirect(comments_address(incident))


def comments_of(incident: Incident) -> QuerySet[ReviewComment]:
    """All comments on a case with the names of those who wrote, the open ones first."""
    return incident.review_comments.select_related(*NAMES).order_by("-settled_at", "pk")


def comments_address(incident: Incident) -> str:
    """Where the comments on a case are listed."""
    page = reverse("admin:incidents_incident_publication", args=[incident.pk])
    return f"{page}#comments"


def _of_case(incident: Incident, user: StaffMember) -> Iterator[tuple[str, Any]]:
    yield "", gettext("the whole case")
    kind = str(capfirst(str(Incident._meta.verbose_name)))
    yield kind, [(str(Place.of(incident, name)), label) for name, label in fields_of(Incident)]
    for plural, rows in rows_of(incident, seen_by=user):
        yield plural, [(str(Place.of(row)), name_of_row(row) or plural) for row in rows]


def _of_row(row: Model) -> _Choices:
    whole = (str(Place.of(row)), gettext("the whole row: %s") % (name_of_row(row) or row))
    return [
        whole,
        *((str(Place.of(row, name)), label) for name, label in fields_of(type(row))),
    ]
