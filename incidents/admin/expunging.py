"""Removing content for good: one person asks, another agrees, and what went is said."""

from collections import Counter
from typing import Any, Self

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents.accounts.proving import prove_again
from incidents.accounts.watching import is_about
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.forms import StaffForm
from incidents.expunging import (
    AGREE,
    ExpungingRefused,
    ask_for,
    carry_out,
    fit,
    plan_of,
    root_model,
    turn_down,
)
from incidents.models import Expunging, StaffMember

FILES = "files"


class ExpungingForm(StaffForm):
    """What is to go, and why."""

    reader: StaffMember
    """Whose form it is: set by the section."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse what is not there, is public, or lives on in another record."""
        cleaned = super().clean()
        if not self.errors:
            try:
                fit(
                    self.cleaned_data["kind"],
                    self.cleaned_data["row_id"],
                    seen_by=self.reader,
                )
            except ExpungingRefused as refused:
                raise forms.ValidationError(str(refused), code="unfit") from refused
        return cleaned


@admin.register(Expunging)
class ExpungingAdmin(StaffModelAdmin):
    """What was removed for good and what waits for a second person. Nothing of the content."""

    form = ExpungingForm
    list_display = (
        "asked_at",
        "kind",
        "row_id",
        "reference",
        "ground",
        "standing",
        "asked_by",
        "agreed_by",
    )
    list_select_related = ("asked_by", "agreed_by", "refused_by")
    list_filter = ("kind", "ground")
    small_texts = ("words",)
    fieldsets = (
        (
            None,
            {
                "description": _(
                    "What is removed here is gone from the case file and from its whole history, "
                    "for good. Do this only where a law, an order of a court, or somebody whom "
                    "it concerns asks for it, and withdraw the record first. Nothing goes before "
                    "somebody else has agreed."
                ),
                "fields": (("kind", "row_id"), "ground", "request_reference", "words"),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was asked; and of one that stands, by whom and what went."""
        if obj is None:
            return self.fieldsets
        shown = (
            *("kind", "row_id", "reference", "ground", "request_reference", "words"),
            *("asked_by", "asked_at", "standing", "agreed_by", "refused_by", "what_went"),
        )
        return ((None, {"fields": shown}),)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """The form, which knows whose it is."""
        form: Any = super().get_form(request, obj, change, **options)
        return type(form)(form.__name__, (form,), {"reader": staff_member(request)})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nothing of one that stands can be changed."""
        return ("standing", "what_went") if obj is not None else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes what was asked for; the database would refuse."""
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page for asking, for somebody who has just proved who they are."""
        if self.has_add_permission(request):
            prove_again(request)
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep the wish."""
        ask_for(obj, by=staff_member(request))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """The page of one, with what this person may still do about it."""
        waits = obj is not None and obj.done_at is None and obj.refused_at is None
        user = staff_member(request)
        own = waits and obj.asked_by_id == user.pk
        may = waits and user.has_perm(AGREE)
        context |= {"may_agree": may and not own, "may_turn_down": may or own}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self) -> list[Any]:
        """The two answers of the second person."""
        return [AgreeView.address(self), TurnDownView.address(self), *super().get_urls()]

    @admin.display(description=_("standing"))
    def standing(self, expunging: Any) -> str:
        """Whether it waits, was done, or was turned down."""
        if expunging.done_at is not None:
            return str(gettext("removed on %s") % expunging.done_at.date().isoformat())
        if expunging.refused_at is not None:
            return gettext("turned down")
        return gettext("waits for a second person")

    @admin.display(description=_("what went"), empty_value="–")
    def what_went(self, expunging: Any) -> str:
        """How much of which kind."""
        return " · ".join(in_words(expunging.counts))


class AnswerView(View):
    """An answer to an expunging that waits: a page that says what it does, and a button."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]
    answer = ""

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the expunging."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        name = f"incidents_expunging_{cls.answer.replace('-', '_')}"
        return path(f"<int:pk>/{cls.answer}/", view, name=name)

    def question(self, request: HttpRequest, expunging: Expunging) -> Question:
        """What will happen. Raises ExpungingRefused."""
        raise NotImplementedError

    def give(self, request: HttpRequest, expunging: Expunging) -> str:
        """Do it; returns what to tell. Raises ExpungingRefused."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say what will happen."""
        return self._answered(request, pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Do it after the question."""
        return self._answered(request, pk)

    def _answered(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        expunging = self._expunging(request, pk)
        try:
            if not is_confirmed(request):
                question = self.question(request, expunging)
                return ask(request, question, opts=self.section.opts, original=expunging)
            messages.success(request, self.give(request, expunging))
        except ExpungingRefused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(_page(expunging))

    def _expunging(self, request: HttpRequest, pk: int) -> Expunging:
        user = staff_member(request)
        found: Expunging | None = Expunging.objects.filter(pk=pk).first()
        own = found is not None and found.asked_by_id == user.pk
        if not (user.has_perm(AGREE) or own):
            raise PermissionDenied
        if found is None:
            raise Http404
        prove_again(request)
        is_about(request, root_model(found.kind), found.row_id)
        return found


class AgreeView(AnswerView):
    """The second person agrees, and it goes."""

    answer = "agree"

    def question(self, request: HttpRequest, expunging: Expunging) -> Question:
        """Everything that will go, by kind and number, and where to read it first."""
        root = fit(expunging.kind, expunging.row_id, seen_by=staff_member(request))
        plan = plan_of(root)
        return Question(
            title=gettext("Remove for good: %s") % expunging,
            sentences=[
                _link_to(root),
                *_rest_in_words(plan.rest),
                gettext("These go, with every earlier value of them: %s.")
                % " · ".join(in_words(plan.counts())),
                gettext(
                    "The record stays as an empty row under its number, because others point to "
                    "it. What other cases say in their own words stays: search for it and change "
                    "it there, and expunge those where a law asks for that as well."
                ),
                gettext(
                    "Files are deleted, not overwritten. Backups, the files of imported lists, "
                    "and what somebody has downloaded keep what they hold."
                ),
                gettext("Why: %s") % expunging.words,
                gettext(
                    "This cannot be taken back. That it was done, by whom and why, stays for good."
                ),
            ],
            button=gettext("I agree: remove it now"),
            back=_page(expunging),
        )

    def give(self, request: HttpRequest, expunging: Expunging) -> str:
        """Remove it."""
        carry_out(expunging, by=staff_member(request))
        return gettext("It was removed, with its whole history.")


class TurnDownView(AnswerView):
    """It is not done."""

    answer = "turn-down"

    def question(self, request: HttpRequest, expunging: Expunging) -> Question:
        """That it was asked for stays."""
        return Question(
            title=gettext("Turn down: %s") % expunging,
            sentences=[
                gettext("Nothing is removed. That somebody asked for it stays on record."),
                gettext("Why: %s") % expunging.words,
            ],
            button=gettext("Turn it down"),
            back=_page(expunging),
        )

    def give(self, request: HttpRequest, expunging: Expunging) -> str:
        """Let it be."""
        turn_down(expunging, by=staff_member(request))
        return gettext("It was turned down. Nothing was removed.")


def in_words(counts: dict[str, int]) -> list[str]:
    """Each kind of row with its number, what the history holds of all of them, and the files."""
    kinds = {model._meta.db_table: model for model in apps.get_models()}
    rows, earlier = Counter[str](), 0
    for table, number in counts.items():
        model = kinds.get(table)
        if model is None:
            continue
        if hasattr(model, "pgh_tracked_model"):
            earlier += number
        else:
            rows[str(capfirst(str(model._meta.verbose_name_plural)))] += number
    told = [f"{name}: {number}" for name, number in rows.items()]
    told += [gettext("Earlier values: %d") % earlier] if earlier else []
    return told + ([gettext("Files: %d") % counts[FILES]] if counts.get(FILES) else [])


def _link_to(root: Model) -> str:
    """Where to read what will go: whoever agrees has to know what."""
    address = reverse(f"admin:incidents_{root._meta.model_name}_change", args=[root.pk])
    words = gettext("Read the record first, so that it is the right one:")
    return format_html('{} <a href="{}">{}</a>', words, address, address)


def _rest_in_words(files: int) -> list[str]:
    """What imported files keep of it."""
    if not files:
        return []
    return [
        ngettext(
            "The rows of %d imported file that told of it are emptied, and every file of that list "
            "is deleted: what it says of others stays here, row by row. Its mapping stays: look "
            "whether it says something of it.",
            "The rows of %d imported files that told of it are emptied, and every file of these "
            "lists is deleted: what they say of others stays here, row by row. Their mappings "
            "stay: look whether they say something of it.",
            files,
        )
        % files
    ]


def _page(expunging: Expunging) -> str:
    return reverse("admin:incidents_expunging_change", args=[expunging.pk])
