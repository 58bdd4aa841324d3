"""The page on which somebody watches a batch being tried out, brought in or undone."""

from django.http import HttpRequest
from django.http.response import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from incidents.admin.imports.access import BEFORE
from incidents.admin.imports.pages import BatchPage
from incidents.admin.job_words import kind_in_words, standing_of
from incidents.admin.jobs import may_stop


class ProgressPage(BatchPage):
    """How far the job of the batch is. Closing the page does not stop it."""

    name = "progress"
    template = "admin/incidents/importbatch/progress.html"
    for_work = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Bar, figures, and state in words."""
        job = self.batch.job
        if job is None:
            return self.page(title=_("Bringing in"), job=None)
        return self.page(
            title=_("Bringing in"),
            job=job,
            job_words=kind_in_words(job),
            standing=standing_of(job),
            progress_address=reverse("admin:incidents_job_progress", args=[job.pk]),
            may_stop=may_stop(self.user, job),
            show_report=self.batch.state not in BEFORE or bool(self.batch.figures),
        )
