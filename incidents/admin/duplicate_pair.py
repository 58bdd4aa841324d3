"""Two people side by side: what agrees, what differs, what was received; and a decision."""

from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents.accounts.watching import is_about
from incidents.admin.base import StaffModelAdmin, staff_member, visible_rows
from incidents.admin.duplicates import pair_address
from incidents.admin.labels import joined, person_label
from incidents.admin.places import district_names
from incidents.admin.separating import may_undo
from incidents.duplicates.candidates import compare
from incidents.duplicates.comparing import Side, compare_fields
from incidents.duplicates.deciding import decide
from incidents.models import (
    Citation,
    Incident,
    Likeness,
    LikenessDecision,
    ListRow,
    Merger,
    Person,
    Source,
    StatusEntry,
    Violation,
)
from reference.date_text import render_date


class DecisionForm(forms.Form):
    """What was concluded, and why."""

    decision = forms.ChoiceField(choices=Likeness.choices)
    reason = forms.CharField(
        required=False,
        label=_("What decided it"),
        help_text=_("For colleagues who come back to this. Never published."),
        widget=AdminTextareaWidget(attrs={"dir": "auto", "rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What the case file and the lists tell of one of the two, as far as the reader may know."""

    person: Person
    label: str
    address: str
    acts: list[Any]
    statuses: list[Any]
    sources: list[str]
    rows: list[ListRow]


class PairView(View):
    """Compare two people and say whether they are one."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below the section of people."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("duplicates/<int:one>-<int:other>/", view, name="incidents_person_pair")

    def get(self, request: HttpRequest, one: int, other: int) -> HttpResponseBase:
        """The two people."""
        pair = visible_pair(self.section, request, one, other)
        if not self.section.has_view_permission(request):
            raise PermissionDenied
        decided = LikenessDecision.objects.select_related("decided_by").of(*pair)
        mergers = Merger.objects.standing().select_related("loser", "survivor")
        merger = mergers.filter(loser__in=pair).first()
        one_side, other_side = (_side(request, person) for person in pair)
        found = compare(*pair, reader=staff_member(request))
        context = {
            **self.section.admin_site.each_context(request),
            "title": gettext("One person or two?"),
            "opts": self.section.opts,
            "told": [_told(request, side) for side in (one_side, other_side)],
            "fields": compare_fields(one_side, other_side, found),
            "decided": decided,
            "merger": merger,
            "may_undo": merger is not None and may_undo(request, merger),
            "may_decide": merger is None and self.section.has_change_permission(request),
            "form": DecisionForm(initial={"reason": decided.reason if decided else ""}),
            "choices": Likeness,
        }
        return TemplateResponse(request, "admin/incidents/duplicates/pair.html", context)

    def post(self, request: HttpRequest, one: int, other: int) -> HttpResponseBase:
        """Remember the decision; “the same” goes on to the question who stays."""
        pair = visible_pair(self.section, request, one, other)
        if not self.section.has_change_permission(request):
            raise PermissionDenied
        form = DecisionForm(request.POST)
        if not form.is_valid():
            messages.error(request, gettext("Choose what you found."))
            return HttpResponseRedirect(pair_address(one, other))
        if Merger.objects.standing().filter(loser__in=pair).exists():
            messages.error(request, gettext("One of them was merged already."))
            return HttpResponseRedirect(pair_address(one, other))
        found = Likeness(form.cleaned_data["decision"])
        decide(*pair, found, by=staff_member(request), reason=form.cleaned_data["reason"])
        if found is Likeness.SAME:
            address = reverse("admin:incidents_person_pair_merge", args=sorted((one, other)))
            return HttpResponseRedirect(address)
        messages.success(request, gettext("Remembered: %s.") % found.label)
        return HttpResponseRedirect(reverse("admin:incidents_person_duplicates"))


def visible_pair(
    section: StaffModelAdmin, request: HttpRequest, one: int, other: int
) -> tuple[Person, Person]:
    """Two people of whom the reader may know both; else there is no such page."""
    is_about(request, Person, one, other)
    if not section.has_view_or_change_permission(request):
        raise PermissionDenied
    people = (
        visible_rows(request, Person)
        .select_related("sex", "occupation", "unit")
        .prefetch_related("names")
        .in_bulk({one, other})
    )
    if len(people) != 2:
        raise Http404
    return people[one], people[other]


def _side(request: HttpRequest, person: Person) -> Side:
    incidents = visible_rows(request, Incident)
    sources = visible_rows(request, Source)
    cited = Prefetch(
        "citations", Citation.objects.filter(source__in=sources).select_related("source")
    )
    acts = list(
        Violation.objects.filter(person=person, incident__in=incidents)
        .select_related("type", "incident")
        .prefetch_related(cited)
        .order_by("start_earliest", "pk")
    )
    areas = [act.area_id or act.incident.area_id for act in acts]
    return Side(person, acts, district_names(areas))


def _told(request: HttpRequest, side: Side) -> Told:
    person, incidents = side.person, visible_rows(request, Incident)
    acts: list[Any] = side.acts
    for act in acts:
        act.place_shown = joined(
            (
                act.place_text or act.incident.place_text,
                side.districts.get(act.area_id or act.incident.area_id or 0, ""),
            )
        )
        act.start_shown = render_date(act.incident.date if act.start.is_unknown else act.start)
        act.end_shown = "" if act.end.is_unknown else render_date(act.end)
    statuses: list[Any] = list(
        StatusEntry.objects.filter(person=person, incident__in=incidents)
        .in_order()
        .select_related("status", "claimant_agency")
    )
    for entry in statuses:
        entry.date_shown = render_date(entry.date)
    rows = ListRow.objects.filter(person=person).filter(
        Q(case__incident=None) | Q(case__incident__in=incidents)
    )
    return Told(
        person=person,
        label=person_label(person),
        address=reverse("admin:incidents_person_change", args=[person.pk]),
        acts=acts,
        statuses=statuses,
        sources=list(
            dict.fromkeys(str(cited.source) for act in acts for cited in act.citations.all())
        ),
        rows=list(rows.select_related("list")),
    )
