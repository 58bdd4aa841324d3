"""Questions kept under a name: which there are, opening, renaming and deleting them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.models import SavedQuery, StaffMember

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[SavedQuery]
else:
    _ModelForm = forms.ModelForm

_ORDERS_SHARED = "incidents.review_incident"
"""Who may also rename and delete what others share, since people leave."""


class SaveForm(_ModelForm):
    """Name, and for whom."""

    class Meta:
        model = SavedQuery
        fields = ("name", "shared")
        widgets = {"name": forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})}

    def __init__(self, *arguments: Any, owner: StaffMember, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.instance.pk is None:
            self.instance.owner = owner

    def _get_validation_exclusions(self) -> set[str]:
        """A name is checked against the others of its owner."""
        return set(super()._get_validation_exclusions()) - {"owner"}  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class SavedLine:
    """One saved question: where it opens, and where it is renamed, if by this person."""

    saved: SavedQuery
    address: str
    changing: str
    own: bool
    current: bool


def lines_of(member: StaffMember, opened: str) -> list[SavedLine]:
    """What this person can open: one query."""
    return [
        SavedLine(
            each,
            page_of(each),
            _changing(each) if _may_change(member, each) else "",
            each.owner_id == member.pk,
            str(each.pk) == opened,
        )
        for each in SavedQuery.objects.readable_by(member).select_related("owner")
    ]


def page_of(saved: SavedQuery) -> str:
    """The page “Counts” with what was saved."""
    query = urlencode({**saved.parameters, "saved": saved.pk})
    return f"{reverse('admin:incidents_violation_counts')}?{query}"


class SavedQueryView(View):
    """The page of one saved question: its name, for whom it is, and deleting it."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls, section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the counts."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("counts/saved/<int:pk>/", view, name="incidents_savedquery_change")

    def dispatch(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        """Only for those who may see acts."""
        if not self.section.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *arguments, **options)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Name and reach."""
        saved = self._saved(request, pk)
        return self._page(request, saved, SaveForm(instance=saved, owner=staff_member(request)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Rename it, or delete it. Both can be taken back."""
        saved = self._saved(request, pk)
        if "delete" in request.POST:
            saved.delete()
            messages.success(request, _("The saved question is deleted."))
            return HttpResponseRedirect(reverse("admin:incidents_violation_counts"))
        form = SaveForm(request.POST, instance=saved, owner=staff_member(request))
        if not form.is_valid():
            return self._page(request, saved, form)
        if form.has_changed():
            form.save()
        messages.success(request, _("The question is saved."))
        return HttpResponseRedirect(page_of(saved))

    def _saved(self, request: HttpRequest, pk: int) -> SavedQuery:
        member = staff_member(request)
        found = SavedQuery.objects.readable_by(member).filter(pk=pk).first()
        if found is None:
            raise Http404
        if not _may_change(member, found):
            raise PermissionDenied
        return found

    def _page(self, request: HttpRequest, saved: SavedQuery, form: SaveForm) -> HttpResponse:
        context = {
            **self.section.admin_site.each_context(request),
            "title": _("Saved question"),
            "opts": self.section.opts,
            "form": form,
            "counts": page_of(saved),
        }
        return TemplateResponse(request, "admin/incidents/counts/saved.html", context)


def _may_change(member: StaffMember, saved: SavedQuery) -> bool:
    if saved.owner_id == member.pk:
        return True
    return bool(saved.shared and member.has_perm(_ORDERS_SHARED))


def _changing(saved: SavedQuery) -> str:
    return reverse("admin:incidents_savedquery_change", args=[saved.pk])
