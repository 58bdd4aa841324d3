"""Submitting, verifying, approving and publishing the cases of a batch together."""

from django.http import HttpRequest
from django.http.response import HttpResponse

from incidents.admin.bulk import take_step
from incidents.admin.imports.access import cases_of
from incidents.admin.imports.pages import BatchPage, address_of


class ReviewPage(BatchPage):
    """Takes a step with all cases of the batch that this person may see and that are there."""

    name = "review"
    for_work = False
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the job, after a confirmation where something becomes public."""
        return take_step(
            request,
            request.POST.get("step", ""),
            cases_of(self.batch, self.user),
            back=address_of(self.batch, "report"),
            opts=self.section.opts,
        )
