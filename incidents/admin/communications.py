"""The pages from which papers leave the office: what each form lacks, and what makes it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, Self

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from incidents.accounts.watching import is_export
from incidents.admin.base import StaffModelAdmin, staff_member, visible_rows
from incidents.admin.communication_checks import lacking_of, offers_of
from incidents.admin.communication_pictures import Photographs, chosen_picture
from incidents.admin.labels import incident_label
from incidents.communications.as_docx import as_docx
from incidents.communications.as_pdf import as_pdf
from incidents.communications.clock import Clock
from incidents.communications.filling import fill
from incidents.communications.forms import Form
from incidents.communications.gaps import Gap, Where
from incidents.communications.gate import Refused
from incidents.communications.paper import Paper, steadied
from incidents.communications.rows import CHECKED
from incidents.communications.subject import Subject, read_subjects, subject_of
from incidents.communications.typed import as_text
from incidents.models import Incident, Person, Violation
from reference.date_text import render_date
from reference.dates import UncertainDate
from reference.publisher import publisher

PRINT: Final = "incidents.export_papers"
"""Who may make a paper: reviewers and publishers. Each print is in the access log. Whoever enters
cases sees what is still missing."""

PICTURE: Final = "photograph"
"""Name of the box in which a photograph is chosen for a communication; empty: none stands on it."""

_MEDIA_TYPES: Final[dict[str, tuple[str, Callable[[Paper], bytes]]]] = {
    "pdf": ("application/pdf", as_pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        as_docx,
    ),
}


class CommunicationsView(View):
    """The victims of an incident, each with a page of their own."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the case."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("<int:pk>/communications/", view, name="incidents_incident_communications")

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Lead to the only victim, or let choose."""
        incident = _incident(self.section, request, pk)
        known = visible_rows(request, Person)
        acts = Violation.objects.filter(incident=incident, internal=False, person__in=known)
        people = Person.objects.filter(pk__in=acts.values("person")).prefetch_related("names")
        links = [(str(person), _address(incident.pk, person.pk)) for person in people]
        return _choice(self.section, request, incident, links)


class VictimCommunicationsView(View):
    """The incidents of a victim, for whoever comes from the page of the person."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the person."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("<int:pk>/communications/", view, name="incidents_person_communications")

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Lead to the only incident, or let choose."""
        person = visible_rows(request, Person).filter(pk=pk).first()
        if not self.section.has_view_or_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        acts = Violation.objects.filter(person=person, internal=False)
        cases = visible_rows(request, Incident).filter(pk__in=acts.values("incident"))
        links = [(incident_label(case, ""), _address(case.pk, pk)) for case in cases]
        return _choice(self.section, request, person, links)


class PapersView(View):
    """What can be made of one victim in one incident, what is missing, and the making."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the case."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        name = "incidents_incident_papers"
        return path("<int:pk>/communications/<int:person>/", view, name=name)

    def get(self, request: HttpRequest, pk: int, person: int) -> HttpResponse:
        """Each form with its elements."""
        return self._page(request, _subject(self.section, request, pk, person))

    def post(self, request: HttpRequest, pk: int, person: int) -> HttpResponseBase:
        """Make a paper. What nobody consented to, or lacks something, is refused (409)."""
        subject = _subject(self.section, request, pk, person)
        _require_printing(request)
        form = Form.of(request.POST.get("form", ""))
        kind, _dash, language = request.POST.get("as", "").partition("-")
        languages = dict(settings.LANGUAGES)
        offered = form is not None and (form.is_sheet or subject.disappearance is not None)
        if form is None or not offered or kind not in _MEDIA_TYPES or language not in languages:
            messages.error(request, _("Choose what is to be made, and as what."))
            return HttpResponseRedirect(_address(pk, person))
        no_steps = as_text(request.POST.get("no_steps", ""))[:500]
        picture = chosen_picture(form, subject.person, request.POST.get(PICTURE, ""))
        try:
            paper = fill(
                form,
                subject,
                language=language,
                today=timezone.localdate(),
                reader=staff_member(request),
                no_steps=no_steps,
                picture=picture,
            )
        except Refused as refused:
            return self._page(request, subject, refused=refused, no_steps=no_steps)
        media_type, write = _MEDIA_TYPES[kind]
        what = f"{form.code} {kind} {language}, person {person}"
        is_export(request, what if picture is None else f"{what}, photograph {picture.pk}")
        name = f"{paper.file_name}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(write(paper), content_type=media_type, headers=headers)

    def _page(
        self,
        request: HttpRequest,
        subject: Subject,
        *,
        refused: Refused | None = None,
        no_steps: str = "",
    ) -> HttpResponse:
        user = staff_member(request)
        lacking = partial(lacking_of, subject, user)
        context = {
            **self.section.admin_site.each_context(request),
            "title": _("Communications"),
            "subtitle": str(subject.person),
            "opts": self.section.opts,
            "original": subject.incident,
            "person": subject.person,
            "clock": Clock.of(subject, timezone.localdate()),
            "offers": offers_of(subject, user, no_steps),
            "refused": [lacking(gap) for gap in refused.gaps] if refused else [],
            "no_steps_at_fault": refused is not None and any(map(_is_typed_here, refused.gaps)),
            "unchecked": subject.incident.stage not in CHECKED,
            "may_print": user.has_perm(PRINT),
            "no_steps": no_steps,
            "picture_name": PICTURE,
            "photographs": Photographs.of(subject.person),
            "picture_chosen": request.POST.get(PICTURE, ""),
            "ways": [
                (f"{kind}-{code}", kind.upper(), name, code)
                for code, name in settings.LANGUAGES
                for kind in _MEDIA_TYPES
            ],
        }
        template = "admin/incidents/communications/papers.html"
        return TemplateResponse(request, template, context, status=409 if refused else 200)


class SheetView(View):
    """The case sheet as a page of the browser, in the language of the page, to be printed."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the victim's papers."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        name = "incidents_incident_sheet"
        return path("<int:pk>/communications/<int:person>/<slug:form>/", view, name=name)

    def get(self, request: HttpRequest, pk: int, person: int, form: str) -> HttpResponse:
        """The sheet, or why there is none (409)."""
        chosen = Form.of(form)
        subject = _subject(self.section, request, pk, person)
        if chosen is None or not chosen.is_sheet:
            raise Http404
        _require_printing(request)
        language = get_language() or settings.LANGUAGE_CODE
        context: dict[str, Any] = {"back": _address(pk, person), "form": chosen}
        status = 200
        user = staff_member(request)
        try:
            paper = fill(
                chosen, subject, language=language, today=timezone.localdate(), reader=user
            )
        except Refused as refused:
            status = 409
            context["refused"] = [lacking_of(subject, user, gap) for gap in refused.gaps]
        else:
            is_export(request, f"{chosen.code} page {language}, person {person}")
            made_on = render_date(UncertainDate.parse(paper.made_on.isoformat()))
            context |= {
                "paper": paper,
                "sections": _laid_out(paper),
                "publisher": publisher(),
                "made_on": made_on,
            }
        template = "admin/incidents/communications/sheet.html"
        return TemplateResponse(request, template, context, status=status)


def _laid_out(paper: Paper) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Sections, their rows, and what these say, for the page."""
    return [
        (
            section.title,
            [
                (row.label, [steadied(said, rtl=paper.is_rtl) for said in row.statements])
                for row in section.rows
            ],
        )
        for section in paper.sections
    ]


def _incident(section: StaffModelAdmin, request: HttpRequest, pk: int) -> Incident:
    incident: Incident | None = visible_rows(request, Incident).filter(pk=pk).first()
    if not section.has_view_or_change_permission(request, incident):
        raise PermissionDenied
    if incident is None:
        raise Http404
    return incident


def _subject(section: StaffModelAdmin, request: HttpRequest, pk: int, person: int) -> Subject:
    incident = _incident(section, request, pk)
    if not visible_rows(request, Person).filter(pk=person).exists():
        raise Http404
    subject = subject_of(read_subjects(incident), person)
    if subject is None:
        raise Http404
    return subject


def _is_typed_here(gap: Gap) -> bool:
    """Whether what stands in the way is mended in the box on the page."""
    return gap.code == "steps" or gap.where is Where.HERE


def _require_printing(request: HttpRequest) -> None:
    if not staff_member(request).has_perm(PRINT):
        raise PermissionDenied


def _address(incident: int, person: int) -> str:
    return reverse("admin:incidents_incident_papers", args=[incident, person])


def _choice(
    section: StaffModelAdmin,
    request: HttpRequest,
    original: Incident | Person,
    links: list[tuple[str, str]],
) -> HttpResponseBase:
    if len(links) == 1:
        return HttpResponseRedirect(links[0][1])
    context = {
        **section.admin_site.each_context(request),
        "title": _("Communications"),
        "subtitle": str(original),
        "opts": section.opts,
        "original": original,
        "links": links,
    }
    template = "admin/incidents/communications/choice.html"
    return TemplateResponse(request, template, context)


VIEWS: Final = (CommunicationsView, PapersView, SheetView)
"""The pages below the section of incidents."""
