"""The section of sources: what became of their addresses, and asking now."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import staff_member
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.link_checking import askable
from incidents.link_checking.jobs import MAY_ASK, ask_for_check
from incidents.models import LinkCheck, LinkOutcome, Source
from incidents.models.link_check import BROKEN, LinkProblem, latest_check

_SHOWN = 10
"""Checks on the page of a source."""


class LinkFilter(admin.SimpleListFilter):
    """Sources by what their address answered last."""

    title = _("link")
    parameter_name = "link"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Broken as a whole first, then each outcome, then what was never asked."""
        return [
            ("broken", _("link broken")),
            *((outcome.value, outcome.label) for outcome in LinkOutcome),
            ("never", _("never asked")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The sources of which that holds."""
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen == "broken":
            return queryset.filter(link_outcome__in=BROKEN)
        if chosen == "never":
            return queryset.filter(~Q(url=""), link_outcome__isnull=True)
        if chosen in LinkOutcome.values:
            return queryset.filter(link_outcome=chosen)
        raise IncorrectLookupParameters


def with_links(sources: QuerySet[Any]) -> QuerySet[Any]:
    """The sources with the outcome and time of the last check of their present address."""
    annotated: QuerySet[Any] = sources.annotate(
        link_outcome=latest_check("outcome"), link_checked=latest_check("checked_at")
    )
    return annotated


def link_in_words(source: Any) -> str:
    """What the address answered, and how long ago: “page gone, 3 days ago”."""
    if not source.link_outcome:
        return ""
    outcome = capfirst(LinkOutcome(source.link_outcome).label)
    return gettext("%(outcome)s, %(age)s ago") % {
        "outcome": outcome,
        "age": timesince(source.link_checked, depth=1),
    }


def checks_in_words(source: Source) -> SafeString | str:
    """The last checks of a source, one a line; what the public is told follows from them."""
    checks = list(source.link_checks.order_by("-pk")[:_SHOWN]) if source.pk else []
    if not checks:
        return gettext("Never asked.") if settings.GAWAH_CHECK_LINKS else _why_not()
    return format_html_join("", "{}<br>", ((_check_in_words(each),) for each in checks))


def _check_in_words(check: LinkCheck) -> SafeString:
    said = [f"{check.checked_at:%Y-%m-%d %H:%M} UTC", capfirst(check.get_outcome_display())]
    if check.problem:
        said.append(str(LinkProblem(check.problem).label))
    if check.status:
        said.append(f"HTTP {check.status}")
    words = " · ".join(said)
    # No link: whoever follows it from here tells the other side where they came from and when.
    end = format_html(' → <bdi dir="ltr">{}</bdi>', check.final_address)
    return format_html("{}{}", words, end if check.final_address else "")


def _why_not() -> str:
    return gettext(
        "Links are not checked here. GAWAH_CHECK_LINKS=1 allows it: each request then "
        "tells the server of a publisher that this one looks at the page."
    )


@admin.action(description=_("Check links now"), permissions=["check_links"])
def check_links_now(
    section: Any, request: HttpRequest, queryset: QuerySet[Source]
) -> HttpResponse | None:
    """Ask for a job that asks the addresses of these sources, after a word of warning."""
    seen = section.get_queryset(request).filter(pk__in=queryset.values("pk"))
    chosen = list(askable().filter(pk__in=seen.values("pk")).values_list("pk", flat=True))
    left_out = seen.count() - len(chosen)
    if not chosen:
        messages.warning(request, f"{gettext('None of these can be asked.')} {_who_is_asked()}")
        return None
    if not is_confirmed(request):
        question = Question(
            title=gettext("Check links now"),
            sentences=_warnings(len(chosen), left_out),
            button=gettext("Check links now"),
            back=request.get_full_path(),
        )
        return ask(request, question, opts=section.opts)
    job = ask_for_check(chosen, by=staff_member(request))
    return HttpResponseRedirect(reverse("admin:incidents_job_change", args=[job.pk]))


class ChecksLinks:
    """For the section of sources: who is offered the action."""

    def has_check_links_permission(self, request: HttpRequest) -> bool:
        """Whoever may change sources, where the settings allow asking at all."""
        return settings.GAWAH_CHECK_LINKS and staff_member(request).has_perm(MAY_ASK)


def _warnings(asked: int, left_out: int) -> list[str]:
    sentences = [
        ngettext("%(number)d address is asked.", "%(number)d addresses are asked.", asked)
        % {"number": asked},
        gettext(
            "The server of each publisher is asked from this server, so it can see when and from "
            "where the page was looked at."
        ),
    ]
    if left_out:
        number = ngettext("%(number)d is left out.", "%(number)d are left out.", left_out)
        sentences.append(f"{number % {'number': left_out}} {_who_is_asked()}")
    return sentences


def _who_is_asked() -> str:
    return gettext(
        "Only published sources that are not confidential are asked, and only at the address that "
        "is published."
    )
