"""New case from a source: typed once, looked over, and saved whole as a draft.

The first page takes what an article or a testimony says; the second shows what would be entered,
with everything doubtful open to correction; then all of it is written in one transaction. What
was typed travels with the form from page to page: nothing is lost, and nothing is stored before.
"""

from collections.abc import Sequence
from typing import Any, Final, Self

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member, visible_rows
from incidents.admin.consents import held_while_entering, obey_entered
from incidents.admin.entry_rights import may_enter
from incidents.admin.faults import faults_of
from incidents.admin.keeping import GO_ON, KEEP, THROW_AWAY, keeping_context, kept_for_later
from incidents.admin.new_case_dates import HeardDate, understood
from incidents.admin.new_case_forms import NewCaseForm
from incidents.admin.new_case_known import SEEN, KnownCase, cases_resting_on, is_news, seen
from incidents.admin.new_case_shown import (
    MENDED_HERE,
    WHICH_AREA,
    boxes,
    hidden,
    parts,
    statuses_that_follow,
    told,
)
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
from incidents.entry.entering import enter, one_case_at_a_time
from incidents.models import Source

BACK: Final = "_back"
SAVE: Final = "_save"


class NewCaseView(View):
    """The two pages."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address below the list of incidents."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("new/", view, name="incidents_incident_new")

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        """Only for those who may write everything that a case consists of."""
        if not may_enter(staff_member(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **options)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """An empty page; ``?source=`` chooses a source that is entered already."""
        chosen = request.GET.get("source", "")
        return self._first(request, self._form(request, initial={"source": chosen}))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Read, show, save; keep for later, go on with what was kept, or throw it away."""
        user = staff_member(request)
        if KEEP in request.POST:
            kept = kept_for_later(request, keeping.NEW_CASE, 0)
            return kept or self._shown(request, request.POST)
        if THROW_AWAY in request.POST:
            keeping.drop(user, keeping.NEW_CASE, 0)
            messages.success(request, _("What was kept is thrown away."))
            return HttpResponseRedirect(self._own_address())
        if GO_ON in request.POST:
            return self._go_on(request)
        if BACK in request.POST:
            return self._first(request, self._filled(request, request.POST))
        if SAVE in request.POST:
            return self._save_once(request)
        return self._read(request, request.POST, save=False)

    def _go_on(self, request: HttpRequest) -> HttpResponseBase:
        """Show the page as it was left."""
        kept = keeping.kept_form(staff_member(request), keeping.NEW_CASE, 0)
        if kept is None:
            messages.error(request, _("Nothing is kept any more."))
            return HttpResponseRedirect(self._own_address())
        # What was sent says nothing but that: the page is what was kept, with its own key.
        request.POST = kept.as_posted()  # type: ignore[assignment]
        return self._shown(request, request.POST)

    def _shown(self, request: HttpRequest, posted: QueryDict) -> HttpResponseBase:
        """The page as it was left, and nothing of it saved."""
        if _is_second(posted):
            return self._read(request, posted, save=False)
        return self._first(request, self._filled(request, posted))

    @transaction.atomic
    def _save_once(self, request: HttpRequest) -> HttpResponseBase:
        """Save a page that was not saved yet, while nobody else saves one: whoever and whatever is
        known by then is known to this page."""
        with held_while_entering(request):
            return self._save_alone(request)

    def _save_alone(self, request: HttpRequest) -> HttpResponseBase:
        user = staff_member(request)
        one_case_at_a_time()
        keeping.one_at_a_time(user)
        entered = keeping.where_it_led(user, keeping.key_of(request.POST))
        if entered is None:
            return self._read(request, request.POST, save=True)
        messages.warning(
            request, _("This page was saved already, as this case. Nothing was entered again.")
        )
        return HttpResponseRedirect(_page_of(entered))

    def _read(self, request: HttpRequest, posted: QueryDict, *, save: bool) -> HttpResponseBase:
        data, heard = understood(posted, self._chosen(request, posted))
        form = self._form(request, data)
        mended_next = MENDED_HERE if _is_second(posted) else {WHICH_AREA}
        if form.errors.keys() - mended_next:
            return self._first(request, form, heard)
        people = _people(form, data)
        if not people:
            form.add_error("people", _("No line tells of anybody."))
            return self._first(request, form, heard)
        look_for_known(request, people, form.happened)
        if save and is_news(cases_resting_on(request, form.entered_source), posted):
            messages.warning(
                request, _("Somebody has entered a case from this source meanwhile. See below.")
            )
            save = False
        if save and are_valid(people) and form.is_valid() and _can_be_saved(form, people, heard):
            return self._save(request, form, people)
        if not form.cleaned_data.get("title") and not _is_second(posted):
            data["title"] = form.proposed_title()
            form = self._form(request, data)
            form.is_valid()
        return self._second(request, form, people, data, heard)

    def _save(
        self, request: HttpRequest, form: NewCaseForm, people: Sequence[PersonForm]
    ) -> HttpResponseBase:
        user = staff_member(request)
        victims = [person.to_enter() for person in people if not person.is_left_out]
        incident = enter(form.case(victims), by=user)
        key = keeping.key_of(request.POST)
        keeping.saved(user, keeping.NEW_CASE, 0, key, led_to=incident.pk)
        obey_entered(request, victims)
        sentence = ngettext(
            "The case is entered as a draft with %(number)d victim. "
            "Every fact rests on the source.",
            "The case is entered as a draft with %(number)d victims. "
            "Every fact rests on the source.",
            len(victims),
        )
        messages.success(request, sentence % {"number": len(victims)})
        return HttpResponseRedirect(_page_of(incident.pk))

    # ---------------------------------------------------------------------------- the pages

    def _form(
        self,
        request: HttpRequest,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> NewCaseForm:
        return NewCaseForm(data, initial=initial, sources=visible_rows(request, Source))

    def _filled(self, request: HttpRequest, data: QueryDict) -> NewCaseForm:
        """A form that shows what was typed and finds no fault with it yet."""
        initial: dict[str, Any] = {
            name: data.getlist(name) if name == "acts" else data.get(name, "")
            for name in NewCaseForm.base_fields
        }
        return self._form(request, initial=initial)

    def _chosen(self, request: HttpRequest, posted: QueryDict) -> Source | None:
        """The source that is entered already and was chosen, if this person may cite it."""
        text = posted.get("source", "")
        if not (text.isascii() and text.isdigit()):
            return None
        found: Source | None = visible_rows(request, Source).filter(pk=text).first()
        return found

    def _first(
        self, request: HttpRequest, form: NewCaseForm, heard: Sequence[HeardDate] = ()
    ) -> HttpResponseBase:
        context = {
            **self._context(request),
            "form": form,
            "heard": heard,
            "faults": faults_of(form),
            "known_cases": self._known(request, form),
            "carried": carried(request.POST),
            "parts": parts(form),
            "page": "1",
        }
        return TemplateResponse(request, "admin/incidents/incident/new_case.html", context)

    def _second(
        self,
        request: HttpRequest,
        form: NewCaseForm,
        people: Sequence[PersonForm],
        data: QueryDict,
        heard: Sequence[HeardDate],
    ) -> HttpResponseBase:
        known = self._known(request, form)
        context = {
            **self._context(request),
            "form": form,
            "heard": heard,
            "known_cases": known,
            "seen_name": SEEN,
            "seen": seen(known),
            "boxes": boxes(form),
            "told": told(form),
            "follows": statuses_that_follow(form, people),
            "people": people,
            "faults": faults_of(form, *people),
            "doubtful": sum(bool(person.doubts or person.must_choose) for person in people),
            "typed": hidden(form, data),
            "count_name": COUNT,
            "page": "2",
        }
        return TemplateResponse(request, "admin/incidents/incident/new_case_check.html", context)

    def _known(self, request: HttpRequest, form: NewCaseForm) -> list[KnownCase]:
        """The cases that rest on the source already; none before anything was sent."""
        return cases_resting_on(request, form.entered_source) if form.is_bound else []

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **self.section.admin_site.each_context(request),
            **keeping_context(
                request,
                keeping.NEW_CASE,
                0,
                address=reverse("admin:incidents_incident_new_keep"),
                form_id="newcase_form",
            ),
            "title": _("New case from a source"),
            "opts": self.section.opts,
        }

    def _own_address(self) -> str:
        return reverse("admin:incidents_incident_new")


def _people(form: NewCaseForm, data: QueryDict) -> list[PersonForm]:
    """Everybody: as looked over on the second page, or as the lines of the first tell."""
    acts = form.cleaned_data["acts"]
    people = forms_of_post(data, acts) if _is_second(data) else []
    return people or forms_of_lines(form.cleaned_data["people"], acts, looked_over=data)


def _page_of(incident: int) -> str:
    return reverse("admin:incidents_incident_change", args=[incident])


def _is_second(posted: QueryDict) -> bool:
    return posted.get(PAGE) == "2"


def _can_be_saved(
    form: NewCaseForm, people: Sequence[PersonForm], heard: Sequence[HeardDate]
) -> bool:
    """Nothing is saved that was not looked at, and no case without a title."""
    if not form.cleaned_data.get("title"):
        form.add_error("title", _("Give the case a title."))
        return False
    if all(person.is_left_out for person in people):
        people[0].add_error("leave_out", _("Somebody has to stay."))
        return False
    return not heard
