"""Steps of review and publication taken with many cases at once, in the background.

The job goes through the same door as the page of a single case, case by case: what stands in the
way of one is listed for it and does not keep back the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import staff_member
from incidents.admin.comments import comments_address
from incidents.admin.confirming import Concerned, Question, ask, is_confirmed
from incidents.admin.standing import open_comments
from incidents.admin.steps import STEPS, Step
from incidents.bulk_jobs import ask_for_step
from incidents.models import Incident, ReviewComment, StaffMember
from incidents.review_comments import open_on

BULK: dict[str, Promise] = {
    "submit": _("Submit for review"),
    "verify": _("Verify"),
    "approve": _("Approve for publication"),
    "publish": _("Publish"),
}
"""Steps that can be taken with many cases, and the kinds of job that take them."""


APPROVE: Final = "approve"

MOST_NAMED: Final = 50
"""Cases that a question lists, with a link to each; of the others it says how many there are."""


@dataclass(frozen=True, slots=True)
class BulkStep:
    """A step, and how many of the cases stand where it begins."""

    code: str
    label: Promise
    count: int


def steps_for(user: StaffMember, cases: QuerySet[Incident]) -> list[BulkStep]:
    """The steps that this person may take with some of these cases."""
    standing = list(cases.order_by().values_list("stage", "publication"))
    found = []
    for code, label in BULK.items():
        step = STEPS[code]
        count = sum(
            stage in step.stages and publication in step.publications
            for stage, publication in standing
        )
        if count and user.has_perm(step.permission):
            found.append(BulkStep(code, label, count))
    return found


def take_step(
    request: HttpRequest, code: str, cases: QuerySet[Incident], *, back: str, opts: Any
) -> HttpResponse:
    """Ask for a job that takes a step with those of the cases that stand where it begins.

    What becomes public is asked once more before, and so is an approval of cases on which comments
    are open. Leads to the page of the job.
    """
    user = staff_member(request)
    if code not in BULK:
        messages.error(request, gettext("Choose what is to be done."))
        return HttpResponseRedirect(back)
    step = STEPS[code]
    if not user.has_perm(step.permission):
        raise PermissionDenied
    chosen = list(_where_it_begins(step, cases))
    if not chosen:
        messages.warning(request, gettext("None of these cases stands where this step begins."))
        return HttpResponseRedirect(back)
    if not is_confirmed(request):
        if step.warning is not None:
            return _ask(request, step, len(chosen), back, opts)
        if code == APPROVE and (commented := open_on(chosen)):
            return _ask_in_spite_of(commented, request, step, back, opts)
    job = ask_for_step(code, chosen, by=user, language=get_language() or "")
    return HttpResponseRedirect(reverse("admin:incidents_job_change", args=[job.pk]))


def _action(code: str) -> Any:
    """An action of a list, offered to whoever may take the step on a single case."""

    def act(section: Any, request: HttpRequest, queryset: QuerySet[Incident]) -> HttpResponse:
        cases = section.get_queryset(request).filter(pk__in=queryset.values("pk"))
        return take_step(request, code, cases, back=request.get_full_path(), opts=section.opts)

    act.__name__ = f"{code}_cases"
    act.allowed_permissions = [f"take_{code}"]  # type: ignore[attr-defined]
    act.short_description = BULK[code]  # type: ignore[attr-defined]
    return act


BULK_ACTIONS = tuple(_action(code) for code in BULK)


class BulkSteps:
    """For a section of cases: who is offered which of the actions."""

    def has_take_submit_permission(self, request: HttpRequest) -> bool:
        """Whoever may change cases."""
        return may_take("submit", staff_member(request))

    def has_take_verify_permission(self, request: HttpRequest) -> bool:
        """Reviewers."""
        return may_take("verify", staff_member(request))

    def has_take_approve_permission(self, request: HttpRequest) -> bool:
        """Reviewers."""
        return may_take("approve", staff_member(request))

    def has_take_publish_permission(self, request: HttpRequest) -> bool:
        """Publishers."""
        return may_take("publish", staff_member(request))


def may_take(code: str, user: StaffMember) -> bool:
    """Whether a person's role allows a step at all."""
    return user.has_perm(STEPS[code].permission)


def _where_it_begins(step: Step, cases: QuerySet[Incident]) -> Iterator[int]:
    found = cases.filter(stage__in=step.stages, publication__in=step.publications)
    yield from found.order_by("pk").values_list("pk", flat=True).distinct()


def _ask(request: HttpRequest, step: Step, number: int, back: str, opts: Any) -> HttpResponse:
    question = Question(
        title=str(step.label),
        sentences=[
            ngettext("%(number)d case becomes public.", "%(number)d cases become public.", number)
            % {"number": number},
            str(step.warning),
        ],
        button=str(step.label),
        back=back,
    )
    return ask(request, question, opts=opts)


def _ask_in_spite_of(
    commented: Mapping[Incident, Sequence[ReviewComment]],
    request: HttpRequest,
    step: Step,
    back: str,
    opts: Any,
) -> HttpResponse:
    """Name the open comments before anything is approved, as the page of a single case does."""
    number = len(commented)
    sentences = [
        ngettext(
            "Comments are open on %(number)d of these cases. Look at them before you approve it.",
            "Comments are open on %(number)d of these cases. Look at them before you approve them.",
            number,
        )
        % {"number": number},
        open_comments(sum(map(len, commented.values()))),
    ]
    if number > MOST_NAMED:
        sentences.append(
            gettext("The first %(number)d of these cases are listed.") % {"number": MOST_NAMED}
        )
    question = Question(
        title=str(step.label),
        sentences=sentences,
        button=str(step.label),
        back=back,
        concerned=[
            Concerned(
                address=comments_address(case),
                label=str(case),
                told=[f"{each.about}: {each.text}" if each.about else each.text for each in row],
            )
            for case, row in list(commented.items())[:MOST_NAMED]
        ],
    )
    return ask(request, question, opts=opts)
