"""Posts of people in agencies: rows of a person and of an agency, and who held one on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from incidents.admin.base import StaffInline, StaffModelAdmin, visible_rows
from incidents.models import Agency, AgencyParent, Posting
from reference.date_text import explain, render_date
from reference.dates import UncertainDateError
from reference.typed_dates import read_typed

PER_PAGE: Final = 50

_DETAILS: Final = (("post", "rank"), "commands", ("since", "until"), "source")


class PostingOfPersonInline(StaffInline):
    """Which posts somebody held. Never published."""

    asks_why = False
    model = Posting
    verbose_name_plural = gettext_lazy("Posts in organisations – never published")
    classes = ("collapse",)
    autocomplete_fields = ("agency", "source")
    select_related = ("agency", "source", "person")
    prefetch_related = ("person__names",)
    fieldsets = ((None, {"fields": ("agency", *_DETAILS)}),)


class PostingOfAgencyInline(StaffInline):
    """Who held posts in an agency. Never published."""

    asks_why = False
    model = Posting
    verbose_name_plural = gettext_lazy("Posts and who held them – never published")
    classes = ("collapse",)
    autocomplete_fields = ("person", "source")
    select_related = ("agency", "source", "person")
    prefetch_related = ("person__names",)
    fieldsets = ((None, {"fields": ("person", *_DETAILS)}),)


class HeldOnForm(forms.Form):
    """Which unit, and on which day."""

    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"), label=gettext_lazy("Agency or unit")
    )
    on = forms.CharField(
        label=gettext_lazy("On the day"),
        max_length=40,
        help_text=gettext_lazy("One day: 2023-11-23."),
        widget=forms.TextInput(attrs={"size": 14, "autocomplete": "off", "dir": "auto"}),
    )
    below = forms.BooleanField(
        label=gettext_lazy("and in units that possibly stood under it on that day"), required=False
    )
    every = forms.BooleanField(
        label=gettext_lazy("every post, also those that do not command"), required=False
    )

    def clean_on(self) -> date:
        """The day; a month or a year is none. Raises ValidationError."""
        try:
            typed = read_typed(self.cleaned_data["on"])
        except UncertainDateError as error:
            raise ValidationError(explain(error), code=error.code) from None
        if typed.earliest is None or typed.earliest != typed.latest:
            raise ValidationError(_("Give one day, such as 2023-11-23."), code="no-day")
        return typed.earliest


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post as the page shows it."""

    posting: Posting
    certain: bool
    since: str
    until: str


class PostsOnDayView(View):
    """Who held a command post in a unit on a day, certainly or possibly, and who says so."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head"]

    @classmethod
    def address(cls, section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the agencies."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("posts/", view, name="incidents_agency_posts")

    def dispatch(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        """Only for those who may see posts."""
        if not request.user.has_perm("incidents.view_posting"):
            raise PermissionDenied
        return super().dispatch(request, *arguments, **options)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, and what it asks for."""
        asked = "on" in request.GET
        form = HeldOnForm(request.GET if asked else None, initial=_initial(request))
        page = lines = unsure = None
        if asked and form.is_valid():
            page = Paginator(_held(form, request), PER_PAGE).get_page(request.GET.get("p"))
            lines, unsure = _parted(page)
        kept = request.GET.copy()
        kept.pop("p", None)
        context = {
            **self.section.admin_site.each_context(request),
            "title": _("Who held a post on a day"),
            "opts": self.section.opts,
            "form": form,
            "page": page,
            "query": f"{kept.urlencode()}&",
            "parts": [
                (_("Command posts"), lines),
                (_("Posts of which nobody has said whether they command"), unsure),
            ]
            if form.is_bound and not form.cleaned_data.get("every")
            else [(_("Posts"), [*(lines or ()), *(unsure or ())])],
        }
        return TemplateResponse(request, "admin/incidents/agency/posts.html", context)


def units_below(unit: Agency, day: date) -> set[int]:
    """The unit and all that possibly stood under it on a day, at any remove. One query."""
    under: dict[int, set[int]] = {}
    for row in AgencyParent.objects.all():
        if _can_cover(row, day):
            under.setdefault(row.parent_id, set()).add(row.agency_id)
    found, waiting = {unit.pk}, [unit.pk]
    while waiting:
        new = under.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _can_cover(row: AgencyParent, day: date) -> bool:
    begun = row.since_earliest is None or row.since_earliest <= day
    return begun and (row.until_latest is None or row.until_latest >= day)


def _held(form: HeldOnForm, request: HttpRequest) -> QuerySet[Any]:
    data = form.cleaned_data
    unit, day = data["agency"], data["on"]
    units = units_below(unit, day) if data["below"] else {unit.pk}
    held = visible_rows(request, Posting).filter(agency__in=units).held_on(day)  # type: ignore[attr-defined]
    if not data["every"]:
        held = held.exclude(commands=False)
    rows: QuerySet[Any] = held.select_related("agency", "source", "person")
    return rows.prefetch_related("person__names").order_by(
        F("commands").desc(nulls_last=True), "-certain", "agency__name", "pk"
    )


def _parted(page: Page[Any]) -> tuple[list[PostLine], list[PostLine]]:
    """The posts that command, and those of which it is not known."""
    return (
        list(_lines(each for each in page if each.commands is not None)),
        list(_lines(each for each in page if each.commands is None)),
    )


def _lines(postings: Iterable[Any]) -> Iterable[PostLine]:
    for each in postings:
        yield PostLine(each, each.certain, render_date(each.since), render_date(each.until))


def _initial(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("agency", "")
    return {"agency": asked} if asked.isdecimal() and len(asked) < 19 else {}
