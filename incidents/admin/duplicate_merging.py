"""Merging two people after they were found to be one: who stays, why, and a confirmation."""

from typing import Any, Self

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents import combining, publishing
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.duplicate_pair import visible_pair
from incidents.admin.duplicates import pair_address
from incidents.admin.identity_numbers import on_identity_numbers
from incidents.admin.labels import joined, person_label
from incidents.models import LikenessDecision, Merger, Person
from incidents.publishing import PublicationRefused
from incidents.publishing.merging import permission_to_merge
from record.errors import WritingError


class SurvivorForm(forms.Form):
    """Which of two records stays, and why the two are one."""

    survivor = forms.TypedChoiceField(
        coerce=int,
        label=_("The one that stays"),
        widget=forms.RadioSelect,
        help_text=_(
            "Everything recorded of the other one is moved here. A public address of the other "
            "one leads here from then on. This can be taken back."
        ),
    )
    text = forms.CharField(
        label=_("Why these are one"),
        widget=AdminTextareaWidget(attrs={"dir": "auto", "rows": 2}),
    )

    def __init__(self, pair: tuple[Person, Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_public = any(person.reference for person in pair)
        self.fields["survivor"].choices = [  # type: ignore[attr-defined]
            (
                person.pk,
                joined(
                    (
                        person_label(person),
                        f"#{person.pk}",
                        person.reference or gettext("not published"),
                    )
                ),
            )
            for person in pair
        ]
        self.fields["text"].help_text = (
            gettext("A sentence; it is published, so it must name nobody who is protected.")
            if self.is_public
            else gettext("A sentence for colleagues. Nothing of this is public.")
        )


class MergePairView(View):
    """Choose who stays, confirm, merge."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the two people."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path(
            "duplicates/<int:one>-<int:other>/merge/", view, name="incidents_person_pair_merge"
        )

    def get(self, request: HttpRequest, one: int, other: int) -> HttpResponseBase:
        """Ask who stays. The published one, or the older record, is proposed."""
        pair = visible_pair(self.section, request, one, other)
        if (refused := self._refused(request, pair)) is not None:
            return refused
        proposed = min(pair, key=lambda person: (person.reference is None, person.pk))
        decided = LikenessDecision.objects.of(*pair)
        is_public = any(person.reference for person in pair)
        initial = {
            "survivor": proposed.pk,
            # A reason given among colleagues may name people: it is not put where it is published.
            "text": decided.reason if decided and not is_public else "",
        }
        return self._page(request, pair, SurvivorForm(pair, initial=initial))

    def post(self, request: HttpRequest, one: int, other: int) -> HttpResponseBase:
        """Merge after a confirmation."""
        pair = visible_pair(self.section, request, one, other)
        if (refused := self._refused(request, pair)) is not None:
            return refused
        form = SurvivorForm(pair, request.POST)
        if not form.is_valid():
            return self._page(request, pair, form)
        survivor, loser = sorted(
            pair, key=lambda person: person.pk != form.cleaned_data["survivor"]
        )
        if not is_confirmed(request):
            return self._ask(request, loser, survivor)
        try:
            with transaction.atomic():
                publishing.merge(
                    loser, survivor, by=staff_member(request), note=form.cleaned_data["text"]
                )
        except PublicationRefused as refusal:
            for obstacle in refusal.obstacles:
                messages.error(request, obstacle.message)
            return HttpResponseRedirect(request.path)
        except (combining.CombiningRefused, WritingError) as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
        messages.success(request, gettext("Merged. This can be taken back on this page."))
        return HttpResponseRedirect(_change(survivor))

    def _refused(
        self, request: HttpRequest, pair: tuple[Person, Person]
    ) -> HttpResponseBase | None:
        """Where somebody else has to do it, the decision stands and waits for them."""
        if not self.section.has_change_permission(request):
            raise PermissionDenied
        back = HttpResponseRedirect(pair_address(pair[0].pk, pair[1].pk))
        if Merger.objects.standing().filter(loser__in=pair).exists():
            messages.error(request, gettext("One of them was merged already."))
            return back
        if not staff_member(request).has_perm(permission_to_merge(*pair)):
            messages.warning(
                request,
                gettext(
                    "Your decision is remembered. One of the two is public, so somebody who may "
                    "publish has to merge them."
                ),
            )
            return back
        return None

    def _ask(self, request: HttpRequest, loser: Person, survivor: Person) -> HttpResponseBase:
        question = Question(
            title=gettext("Merge: %s") % loser,
            sentences=[
                gettext("This one goes: %s") % person_label(loser),
                gettext("This one stays: %s") % person_label(survivor),
                gettext("Everything recorded of the one that goes is moved to the one that stays."),
                gettext(
                    "It can be taken back on the page of the one that stays, until something "
                    "public of either changes."
                ),
                *on_identity_numbers(loser, survivor),
            ],
            button=gettext("Merge"),
            back=pair_address(loser.pk, survivor.pk),
        )
        return ask(request, question, opts=self.section.opts, original=loser)

    def _page(
        self, request: HttpRequest, pair: tuple[Person, Person], form: SurvivorForm
    ) -> HttpResponseBase:
        context = {
            **self.section.admin_site.each_context(request),
            "title": gettext("The same person: which record stays?"),
            "opts": self.section.opts,
            "explanation": gettext(
                "The names, acts, statuses, consents and list rows of both end up on one record."
            ),
            "form": form,
            "media": form.media,
            "button": gettext("Go on"),
        }
        return TemplateResponse(request, "admin/incidents/record_form.html", context)


def _change(person: Person) -> str:
    return reverse("admin:incidents_person_change", args=[person.pk])
