"""“Same again for other victims”: a list of names beside a violation that was entered already."""

from collections.abc import Sequence
from typing import Any, Final, Self

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from incidents.admin.base import staff_member
from incidents.admin.consents import held_while_entering, obey_entered
from incidents.admin.entry_rights import may_enter_victims
from incidents.admin.faults import faults_of
from incidents.admin.people_box import LinesField
from incidents.admin.people_forms import PersonForm
from incidents.admin.people_reading import (
    COUNT,
    PAGE,
    are_valid,
    carried,
    forms_of_lines,
    forms_of_post,
    look_for_known,
)
from incidents.entry import keeping
from incidents.entry.same_again import same_again, statuses_that_come_along
from incidents.models import Incident, Violation

AGAIN: Final = "same-again"
"""The form, where it is noted that a page was saved."""

BACK: Final = "_back"
SAVE: Final = "_save"


class NamesForm(forms.Form):
    """Who else it was done to."""

    people = LinesField(
        label=gettext_lazy("People, one a line"),
        widget=AdminTextareaWidget(attrs={"dir": "auto", "rows": 6}),
        help_text=gettext_lazy(
            "“Karim s/o Dad, 30, driver”; “کریم ولد داد، ۳۰”; both names with “ / ” between them; "
            "“about 20 unnamed people”."
        ),
    )


class SameAgainView(View):
    """Names first, then what would be entered, then all of it is saved."""

    section: Any = None  # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: Any) -> URLPattern:
        """The address below that of the incident."""
        view: Any = section.admin_site.admin_view(cls.as_view(section=section))
        found: URLPattern = path(
            "<int:pk>/same-again/<int:violation>/", view, name="incidents_incident_same_again"
        )
        return found

    def get(self, request: HttpRequest, pk: int, violation: int) -> HttpResponseBase:
        """Ask for the names."""
        return self._first(request, self._violation(request, pk, violation), NamesForm())

    def post(self, request: HttpRequest, pk: int, violation: int) -> HttpResponseBase:
        """Show what the lines were read as; save it once it was looked over."""
        act = self._violation(request, pk, violation)
        if SAVE in request.POST:
            return self._save_once(request, act)
        return self._read(request, act, save=False)

    @transaction.atomic
    def _save_once(self, request: HttpRequest, act: Violation) -> HttpResponseBase:
        """Save a page that was not saved yet, while nobody else enters victims of this case."""
        with held_while_entering(request):
            return self._save_alone(request, act)

    def _save_alone(self, request: HttpRequest, act: Violation) -> HttpResponseBase:
        Incident.objects.select_for_update(no_key=True, of=("self",)).get(pk=act.incident_id)
        if keeping.where_it_led(staff_member(request), keeping.key_of(request.POST)) is not None:
            messages.warning(request, _("This page was saved already. Nothing was entered again."))
            return HttpResponseRedirect(_page_of(act.incident))
        return self._read(request, act, save=True)

    def _read(self, request: HttpRequest, act: Violation, *, save: bool) -> HttpResponseBase:
        form = NamesForm(request.POST)
        if BACK in request.POST:
            return self._first(request, act, NamesForm(initial=request.POST.dict()))
        if not form.is_valid():
            return self._first(request, act, form)
        if request.POST.get(PAGE) == "2":
            people = forms_of_post(request.POST, (), with_acts=False)
        else:
            people = forms_of_lines(
                form.cleaned_data["people"], (), with_acts=False, looked_over=request.POST
            )
        if not people:
            form.add_error("people", _("No line tells of anybody."))
            return self._first(request, act, form)
        look_for_known(request, people, act.incident.date)
        if save and are_valid(people) and _is_new_to_it(act, people):
            return self._save(request, act, people)
        return self._second(request, act, form, people)

    def _save(
        self, request: HttpRequest, act: Violation, people: Sequence[PersonForm]
    ) -> HttpResponseBase:
        victims = [person.to_enter() for person in people if not person.is_left_out]
        user, key = staff_member(request), keeping.key_of(request.POST)
        made = same_again(act, victims, by=user)
        obey_entered(request, victims)
        self.section.note_change(request, act.incident, by_rows=True)
        keeping.saved(user, AGAIN, act.pk, key, led_to=act.incident_id)
        told = ngettext(
            "%(number)d violation was added.", "%(number)d violations were added.", len(made)
        )
        messages.success(request, told % {"number": len(made)})
        return HttpResponseRedirect(_page_of(act.incident))

    def _violation(self, request: HttpRequest, pk: int, violation: int) -> Violation:
        incident = self.section.get_queryset(request).filter(pk=pk).first()
        user = staff_member(request)
        if not (may_enter_victims(user) and self.section.has_change_permission(request, incident)):
            raise PermissionDenied
        if incident is None:
            raise Http404
        found = (
            Violation.objects.filter(incident=incident, pk=violation)
            .select_related("incident", "type", "person")
            .prefetch_related("person__names", "citations", "methods")
            .first()
        )
        if found is None:
            raise Http404
        return found

    def _first(self, request: HttpRequest, act: Violation, form: NamesForm) -> HttpResponseBase:
        context = {
            **self._context(request, act),
            "form": form,
            "carried": carried(request.POST),
            "faults": faults_of(form),
        }
        return TemplateResponse(request, "admin/incidents/incident/same_again.html", context)

    def _second(
        self, request: HttpRequest, act: Violation, form: NamesForm, people: Sequence[PersonForm]
    ) -> HttpResponseBase:
        context = {
            **self._context(request, act),
            "form": form,
            "typed": [("people", form.cleaned_data["people"])],
            "people": people,
            "statuses": statuses_that_come_along(act),
            "faults": faults_of(*people),
            "doubtful": sum(bool(person.doubts or person.must_choose) for person in people),
            "count_name": COUNT,
        }
        return TemplateResponse(request, "admin/incidents/incident/same_again_check.html", context)

    def _context(self, request: HttpRequest, act: Violation) -> dict[str, Any]:
        return {
            **self.section.admin_site.each_context(request),
            "title": _("Same again for other victims"),
            "opts": self.section.opts,
            "original": act.incident,
            "act": act,
            "page_key_name": keeping.KEY,
            "page_key": keeping.key_of(request.POST) or keeping.new_key(),
        }


def _is_new_to_it(act: Violation, people: Sequence[PersonForm]) -> bool:
    """Whether somebody is added, and nobody to whom this was done in this case already."""
    if all(person.is_left_out for person in people):
        people[0].add_error("leave_out", _("Somebody has to stay."))
        return False
    alike = Violation.objects.filter(incident=act.incident_id, type=act.type_id)
    victims = set(alike.values_list("person", flat=True))
    new = True
    for person in people:
        known = None if person.is_left_out else person.known_person
        if known is not None and known.pk in victims:
            person.add_error("same_as", _("This was entered for this person already."))
            new = False
    return new


def _page_of(incident: Incident) -> str:
    return reverse("admin:incidents_incident_change", args=[incident.pk])
