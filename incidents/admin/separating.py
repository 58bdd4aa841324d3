"""Taking the merger of two people back: why, what goes back, and a confirmation."""

from collections.abc import Iterator
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents import publishing
from incidents.accounts.watching import is_about
from incidents.admin.base import StaffModelAdmin, staff_member, visible_rows
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.labels import person_label
from incidents.combining import MOVED_WITH_PERSON, SHARED_WITH_PERSON, TIES_OF_PERSON
from incidents.models import Incident, Merger, Person
from incidents.publishing import PublicationRefused
from incidents.publishing.merging import permission_to_merge
from incidents.publishing.separating import added_since
from incidents.visibility import visible_to
from record.errors import WritingError


class SeparateForm(forms.Form):
    """Why the two are two after all."""

    text = forms.CharField(
        label=_("Why these are two people"),
        widget=AdminTextareaWidget(attrs={"dir": "auto", "rows": 2}),
    )


class SeparateView(View):
    """Undo one merger."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below the section of people."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("mergers/<int:pk>/undo/", view, name="incidents_person_separate")

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask why."""
        merger = self._merger(request, pk)
        return self._page(request, merger, self._form(merger))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Separate after a confirmation."""
        merger = self._merger(request, pk)
        form = self._form(merger, request.POST)
        if not form.is_valid():
            return self._page(request, merger, form)
        if not is_confirmed(request):
            return self._ask(request, merger)
        try:
            with transaction.atomic():
                done = publishing.separate(
                    merger, by=staff_member(request), note=form.cleaned_data["text"]
                )
        except PublicationRefused as refused:
            for obstacle in refused.obstacles:
                messages.error(request, obstacle.message)
            return HttpResponseRedirect(request.path)
        except WritingError as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.path)
        for sentence in _told(request, merger, done):
            messages.success(request, sentence)
        return HttpResponseRedirect(
            reverse("admin:incidents_person_change", args=[merger.loser_id])
        )

    def _merger(self, request: HttpRequest, pk: int) -> Merger:
        if not self.section.has_change_permission(request):
            raise PermissionDenied
        merger = (
            Merger.objects.standing()
            .filter(pk=pk)
            .select_related("loser", "survivor")
            .prefetch_related("loser__names", "survivor__names")
            .first()
        )
        if merger is None:
            raise Http404
        pair = {merger.loser_id, merger.survivor_id}
        is_about(request, Person, *sorted(pair))
        if visible_rows(request, Person).filter(pk__in=pair).count() != len(pair):
            raise Http404
        if not may_undo(request, merger):
            raise PermissionDenied
        return merger

    def _form(self, merger: Merger, data: Any = None) -> SeparateForm:
        form = SeparateForm(data)
        is_public = merger.loser.reference or merger.survivor.reference
        form.fields["text"].help_text = (
            gettext("A sentence; it is published, so it must name nobody who is protected.")
            if is_public
            else gettext("A sentence for colleagues. Nothing of this is public.")
        )
        return form

    def _ask(self, request: HttpRequest, merger: Merger) -> HttpResponseBase:
        question = Question(
            title=gettext("Take the merger back"),
            sentences=list(_sentences(request, merger)),
            button=gettext("Make them two people again"),
            back=reverse("admin:incidents_person_change", args=[merger.survivor_id]),
        )
        return ask(request, question, opts=self.section.opts, original=merger.survivor)

    def _page(self, request: HttpRequest, merger: Merger, form: SeparateForm) -> HttpResponseBase:
        context = {
            **self.section.admin_site.each_context(request),
            "title": gettext("Take the merger back"),
            "subtitle": str(merger.survivor),
            "opts": self.section.opts,
            "original": merger.survivor,
            "explanation": " ".join(_sentences(request, merger)),
            "form": form,
            "button": gettext("Go on"),
        }
        return TemplateResponse(request, "admin/incidents/record_form.html", context)


def may_undo(request: HttpRequest, merger: Merger) -> bool:
    """Whether the reader may take it back; read the two people with the merger."""
    return staff_member(request).has_perm(permission_to_merge(merger.loser, merger.survivor))


def mergers_of(request: HttpRequest, person: Person) -> dict[str, Any]:
    """For the page of a person: who was merged into the record, and where it went itself."""
    people = visible_rows(request, Person).values("pk")
    rows: list[Any] = list(
        Merger.objects.standing()
        .filter(Q(survivor=person) | Q(loser=person), loser__in=people, survivor__in=people)
        .select_related("loser", "survivor", "merged_by")
        .prefetch_related("survivor__names")
    )
    for merger in rows:
        merger.may_undo = may_undo(request, merger)
    return {
        "merged_from": [merger for merger in rows if merger.survivor_id == person.pk],
        "lives_on_in": next((merger for merger in rows if merger.loser_id == person.pk), None),
    }


def _sentences(request: HttpRequest, merger: Merger) -> Iterator[str]:
    yield gettext("Stays: %s.") % person_label(merger.survivor)
    yield gettext("Becomes a record of its own again: %s.") % (
        person_label(merger.loser) if merger.loser.names.exists() else f"#{merger.loser_id}"
    )
    moved = _moved(request, merger)
    yield ngettext(
        "%(number)d row that the merger moved goes back.",
        "%(number)d rows that the merger moved go back.",
        moved,
    ) % {"number": moved}
    yield gettext(
        "What was added since stays where it is: look through it afterwards. Nobody is shown more "
        "than now."
    )


def _moved(request: HttpRequest, merger: Merger) -> int:
    """How many of the rows that the merger moved the reader may know of."""
    relations = (*MOVED_WITH_PERSON, *TIES_OF_PERSON, *SHARED_WITH_PERSON)
    return sum(
        _visible(request, getattr(merger.survivor, name).filter(pk__in=merger.moved_of(name)))
        for name in relations
    )


def _visible(request: HttpRequest, rows: QuerySet[Any]) -> int:
    if any(field.name == "incident" for field in rows.model._meta.concrete_fields):
        known = visible_rows(request, Incident)
        rows = rows.filter(Q(incident=None) | Q(incident__in=known))
    return visible_to(staff_member(request), rows).count()


def _told(request: HttpRequest, merger: Merger, done: publishing.Separated) -> Iterator[str]:
    yield gettext("They are two people again.")
    stayed = sum(_visible(request, rows) for rows in added_since(merger))
    if stayed:
        yield ngettext(
            "%(number)d row was added after the merger and stays with the one that stayed: check "
            "whose it is.",
            "%(number)d rows were added after the merger and stay with the one that stayed: check "
            "whose they are.",
            stayed,
        ) % {"number": stayed}
    if done.restored:
        yield gettext("%s answers in public under its own address again.") % done.restored
