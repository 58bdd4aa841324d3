"""Long work in the background: who asked for it, how far it is, and stopping it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.job_words import kind_in_words, standing_of
from incidents.jobs import ask_to_stop
from incidents.models import Incident, Job, JobRefusal, JobState, StaffMember
from incidents.reviewing import REVIEW
from incidents.visibility import visible_to

REFUSALS_SHOWN = 100


def may_stop(user: StaffMember, job: Job) -> bool:
    """Whoever asked for it, and reviewers, as long as it is not over."""
    unfinished = job.state in (JobState.WAITING, JobState.RUNNING)
    return unfinished and (job.asked_by_id == user.pk or user.has_perm(REVIEW))


def refusals_of(job: Job, user: StaffMember) -> QuerySet[JobRefusal]:
    """The refused cases of a job that this person may know of, with their obstacles."""
    cases = visible_to(user, Incident.objects.all())
    rows = job.refusals.filter(incident__in=cases)
    return rows.select_related("incident").order_by("incident_id", "pk")


@admin.register(Job)
class JobAdmin(StaffModelAdmin):
    """A list to look at; the only thing that can be done is to stop a job."""

    list_display = ("what", "progress_column", "asked_by", "asked_at", "finished_at")
    list_select_related = ("asked_by",)
    list_filter = ("state",)

    @admin.display(description=_("what"))
    def what(self, job: Job) -> str:
        """What it does."""
        return kind_in_words(job)

    @admin.display(description=_("state"), ordering="state")
    def progress_column(self, job: Job) -> str:
        """How far it is, in words."""
        return standing_of(job).words

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Jobs are asked for where their cases are."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits a job."""
        return False

    def get_urls(self) -> list[Any]:
        """The figures for the script of a page, and stopping."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/progress.json", view(self.progress), name="incidents_job_progress"),
            path("<int:pk>/stop/", view(require_POST(self.stop)), name="incidents_job_stop"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """How far the job is, and the cases that it could not deal with."""
        job = self._job(request, object_id)
        user = staff_member(request)
        refusals = Paginator(refusals_of(job, user), REFUSALS_SHOWN)
        context = {
            **self.admin_site.each_context(request),
            "title": kind_in_words(job),
            "opts": self.opts,
            "job": job,
            "job_words": kind_in_words(job),
            "standing": standing_of(job),
            "progress_address": reverse("admin:incidents_job_progress", args=[job.pk]),
            "may_stop": may_stop(user, job),
            "page": refusals.get_page(request.GET.get("p")),
            "batch_pk": job.arguments.get("batch"),
        }
        return TemplateResponse(request, "admin/incidents/job/page.html", context)

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far the job is, for the script that keeps a page up to date."""
        answer = JsonResponse(standing_of(self._job(request, pk)).to_json())
        answer["Cache-Control"] = "no-store"
        return answer

    def stop(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask the job to stop; it does so at its next step."""
        job = self._job(request, pk)
        if not may_stop(staff_member(request), job):
            raise PermissionDenied
        ask_to_stop(job)
        messages.info(request, gettext("The job has been asked to stop."))
        return HttpResponseRedirect(_back(request, job))

    def _job(self, request: HttpRequest, pk: Any) -> Job:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Job.objects.select_related("asked_by")
        job = found.filter(pk=pk).first() if str(pk).isdecimal() else None
        if job is None:
            raise Http404
        return job


def _back(request: HttpRequest, job: Job) -> str:
    """The page on which the button was pressed."""
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return page
    return reverse("admin:incidents_job_change", args=[job.pk])
