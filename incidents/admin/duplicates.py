"""The list of pairs that may be one person, for somebody to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member, visible_rows
from incidents.admin.labels import person_label
from incidents.duplicates.evidence import agreements, disagreements
from incidents.duplicates.jobs import FIND_DUPLICATES
from incidents.jobs import ask_for
from incidents.models import (
    ImportBatch,
    Likeness,
    LikenessDecision,
    ListRow,
    Merger,
    Person,
    PossiblePair,
    SourceList,
    Strength,
)
from incidents.models.likeness import PairQuerySet

PER_PAGE = 50

UNDECIDED = "undecided"


class PairFilter(forms.Form):
    """Which pairs are shown."""

    strength = forms.TypedChoiceField(
        choices=[("", _("any")), *Strength.choices],
        coerce=int,
        empty_value=None,
        required=False,
        label=_("What speaks for it"),
    )
    decision = forms.ChoiceField(
        choices=[
            ("", _("any")),
            (UNDECIDED, _("nobody has decided")),
            (Likeness.UNSURE, _("not sure")),
            (Likeness.SAME, _("the same person, not merged yet")),
        ],
        required=False,
        label=_("Decided so far"),
    )
    list: "forms.ModelChoiceField[SourceList]" = forms.ModelChoiceField(
        SourceList.objects.all(), required=False, label=_("List"), empty_label=_("any")
    )
    batch: "forms.ModelChoiceField[ImportBatch]" = forms.ModelChoiceField(
        ImportBatch.objects.standing(), required=False, label=_("Import"), empty_label=_("any")
    )


@dataclass(frozen=True, slots=True)
class ShownPair:
    """One row of the list."""

    one: str
    other: str
    strength: str
    agrees: list[str]
    differs: list[str]
    decision: str
    address: str


class DuplicatesView(View):
    """Pairs, the strongest first; and the button that looks for more."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below the section of people."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("duplicates/", view, name="incidents_person_duplicates")

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """One page of pairs."""
        if not self.section.has_view_permission(request):
            raise PermissionDenied
        form = PairFilter(request.GET)
        chosen = form.cleaned_data if form.is_valid() else {}
        page = Paginator(_pairs(request, chosen), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.section.admin_site.each_context(request),
            "title": gettext("People who may have been entered twice"),
            "opts": self.section.opts,
            "form": form,
            "pairs": _shown(request, list(page.object_list)),
            "page": page,
            "query": _query(request.GET),
            "may_look": self.section.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/incidents/duplicates/list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look for pairs among everybody who is new or was changed, in the background."""
        if not self.section.has_change_permission(request):
            raise PermissionDenied
        ask_for(FIND_DUPLICATES, {}, by=staff_member(request))
        messages.success(
            request,
            gettext("The program is looking. Come back in a while: what it finds appears here."),
        )
        return HttpResponseRedirect(reverse("admin:incidents_person_duplicates"))


def visible_pairs(request: HttpRequest) -> PairQuerySet:
    """Open pairs of which the reader may know both people."""
    people = visible_rows(request, Person).values("pk")
    return PossiblePair.objects.open().filter(first__in=people, second__in=people)


def pair_address(one: int, other: int) -> str:
    """The page on which two people stand side by side."""
    return reverse("admin:incidents_person_pair", args=sorted((one, other)))


def _pairs(request: HttpRequest, chosen: dict[str, Any]) -> PairQuerySet:
    pairs = visible_pairs(request)
    if chosen.get("strength"):
        pairs = pairs.filter(strength=chosen["strength"])
    if source := chosen.get("list"):
        pairs = _touching(pairs, ListRow.objects.filter(list=source))
    if batch := chosen.get("batch"):
        pairs = _touching(pairs, ListRow.objects.filter(Q(batch=batch) | Q(last_batch=batch)))
    if decision := chosen.get("decision"):
        pairs = pairs.decided(None if decision == UNDECIDED else decision)
    return pairs


def _touching(pairs: PairQuerySet, rows: QuerySet[ListRow]) -> PairQuerySet:
    people = rows.exclude(person=None).values("person")
    return pairs.filter(Q(first__in=people) | Q(second__in=people))


def _shown(request: HttpRequest, pairs: list[PossiblePair]) -> list[ShownPair]:
    ids = {pk for pair in pairs for pk in (pair.first_id, pair.second_id)}
    people = Person.objects.prefetch_related("names").in_bulk(ids)
    decided = decisions_on(pairs)
    return [
        ShownPair(
            one=person_label(people[pair.first_id]),
            other=person_label(people[pair.second_id]),
            strength=pair.get_strength_display(),
            agrees=agreements(pair.agrees),
            differs=disagreements(pair.differs),
            decision=decided.get((pair.first_id, pair.second_id), ""),
            address=pair_address(pair.first_id, pair.second_id),
        )
        for pair in pairs
    ]


def decisions_on(pairs: Iterable[PossiblePair]) -> dict[tuple[int, int], str]:
    """(lower id, higher id) → what was decided, in words."""
    firsts = [pair.first_id for pair in pairs]
    rows = LikenessDecision.objects.filter(first__in=firsts)
    return {(row.first_id, row.second_id): row.get_decision_display() for row in rows}


class DecisionsView(View):
    """What was decided of people, the latest first, and mergers that can be taken back."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below the section of people."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("duplicates/decisions/", view, name="incidents_person_decisions")

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """One page of decisions of which the reader may know both people."""
        if not self.section.has_view_permission(request):
            raise PermissionDenied
        people = visible_rows(request, Person).values("pk")
        rows = (
            LikenessDecision.objects.filter(first__in=people, second__in=people)
            .select_related("decided_by")
            .prefetch_related("first__names", "second__names")
            .order_by("-decided_at", "-pk")
        )
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        decisions: list[Any] = list(page.object_list)
        mergers = _standing_mergers(decisions)
        for row in decisions:
            row.one, row.other = person_label(row.first), person_label(row.second)
            row.address = pair_address(row.first_id, row.second_id)
            row.merger = mergers.get(frozenset((row.first_id, row.second_id)))
        context = {
            **self.section.admin_site.each_context(request),
            "title": gettext("Decisions on people who may be one"),
            "opts": self.section.opts,
            "decisions": decisions,
            "page": page,
        }
        return TemplateResponse(request, "admin/incidents/duplicates/decisions.html", context)


def _standing_mergers(decisions: list[LikenessDecision]) -> dict[frozenset[int], int]:
    ids = {pk for row in decisions for pk in (row.first_id, row.second_id)}
    rows = Merger.objects.standing().filter(loser__in=ids, survivor__in=ids)
    return {
        frozenset((loser, survivor)): pk
        for pk, loser, survivor in rows.values_list("pk", "loser", "survivor")
    }


def _query(values: QueryDict) -> str:
    kept = values.copy()
    kept.pop("p", None)
    return f"{kept.urlencode()}&" if kept else ""
