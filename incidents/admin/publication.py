"""Review and publication of a case: how it stands, what is in the way, what the world will see."""

from typing import Self

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.being_read import is_being_read
from incidents.admin.changes import news_of, visible_case
from incidents.admin.comments import comments_of
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.preview import preview
from incidents.admin.standing import open_comments
from incidents.admin.steps import STEPS, Step
from incidents.authorship import authors_of
from incidents.documents.case import fingerprint
from incidents.documents.casefile import read_cases
from incidents.models import Incident, Publication, StaffMember
from incidents.publishing import PublicationRefused
from incidents.readiness import obstacles
from incidents.reidentification import singled_out
from incidents.review_comments import COMMENT
from incidents.reviewing import ReviewRefused
from record.errors import WritingError
from reference.vocabularies import terms

PUBLIC_PAGE = "staff-public-page"
"""Name of the address that shows a case as its public page; there only where pages are served."""


NOT_A_PUBLISHER = "not-a-publisher"
"""The one obstacle that speaks of the reader's role and not of the case."""


class PublicationView(View):
    """One page for every decision on a case as a whole."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the case."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("<int:pk>/publication/", view, name="incidents_incident_publication")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How the case stands and what can be done with it."""
        return self._page(request, self._case(request, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Take a step; refusals are told, and nothing of the step remains."""
        incident = self._case(request, pk)
        user = staff_member(request)
        step = STEPS.get(request.POST.get("step", ""))
        if step is None:
            messages.error(request, _("Choose what is to be done."))
            return self._back(incident)
        if not user.has_perm(step.permission):
            raise PermissionDenied
        if step.warning is not None and not is_confirmed(request):
            return self._ask(request, incident, step)
        try:
            with transaction.atomic():
                step.act(incident, user, request.POST)
        except PublicationRefused as refused:
            for obstacle in refused.obstacles:
                messages.error(request, obstacle.message)
        except (ReviewRefused, WritingError) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Done: %s.") % step.label)
        return self._back(incident)

    def _case(self, request: HttpRequest, pk: int) -> Incident:
        return visible_case(self.section, request, pk)

    def _back(self, incident: Incident) -> HttpResponse:
        return HttpResponseRedirect(_address_of(incident))

    def _ask(self, request: HttpRequest, incident: Incident, step: Step) -> HttpResponse:
        sentences = [str(step.warning)]
        if reason := request.POST.get("reason"):
            labels = {term.code: term.label for term in terms("withdrawal-reason")}
            sentences.append(_("Reason: %s") % labels.get(reason, reason))
        if text := request.POST.get("text"):
            sentences.append(_("Public note: %s") % text)
        question = Question(
            title=f"{step.label}: {incident}",
            sentences=sentences,
            button=str(step.label),
            back=_address_of(incident),
        )
        return ask(request, question, opts=self.section.opts, original=incident)

    def _page(self, request: HttpRequest, incident: Incident) -> HttpResponse:
        user = staff_member(request)
        [case] = read_cases(Incident.objects.filter(pk=incident.pk))
        shown = preview(case)
        # A published case that would be published unchanged has nothing in its way.
        settled = incident.publication == Publication.PUBLISHED and not shown.revisions
        comments = list(comments_of(incident))
        still_open = sum(each.is_open for each in comments)
        in_the_way = [] if settled else obstacles(case, by=user)
        context = {
            **self.section.admin_site.each_context(request),
            "title": _("Review and publication"),
            "subtitle": str(incident),
            "opts": self.section.opts,
            "original": incident,
            "reviews": incident.reviews.select_related("reviewer", "author", "grade"),
            "obstacles": [each for each in in_the_way if each.code != NOT_A_PUBLISHER],
            "warnings": singled_out(case, among=Incident.objects.visible_to(user)),
            "is_author": user.pk in authors_of(incident),
            "preview": shown,
            "seen": fingerprint(case),
            "steps": _offered(incident, user, settled),
            "reasons": [(term.code, term.label) for term in terms("withdrawal-reason")],
            "public_page": _public_page(incident),
            "news": news_of(incident, user, looks=is_being_read(request)),
            "comments": comments,
            "may_comment": user.has_perm(COMMENT),
            "open_comments": open_comments(still_open) if still_open else "",
        }
        return TemplateResponse(request, "admin/incidents/incident/publication.html", context)


def _offered(incident: Incident, user: StaffMember, settled: bool) -> list[Step]:
    return [
        step
        for step in STEPS.values()
        if step.is_offered(incident, user) and not (settled and step.code == "correct")
    ]


def _address_of(incident: Incident) -> str:
    return reverse("admin:incidents_incident_publication", args=[incident.pk])


def _public_page(incident: Incident) -> str | None:
    try:
        return reverse(PUBLIC_PAGE, args=[incident.pk])
    except NoReverseMatch:
        return None
