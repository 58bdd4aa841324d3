"""What an administrator does when a telephone is lost or a colleague is taken: lock the account,
unlock it again, take away a second factor."""

from typing import Any, Self

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from incidents.accounts.freezing import StepRefusedError, freeze, unfreeze
from incidents.accounts.proving import prove_again
from incidents.accounts.second_factor import take_away
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.models import StaffMember


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("It stays in the access log for good. Name nobody in it."),
        widget=forms.TextInput(attrs={"dir": "auto", "class": "vTextField"}),
    )


class OptionalReasonForm(ReasonForm):
    """Why, if there is time to say so."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].required = False


class AccountStep(View):
    """One step on somebody's account: a page that says what it does, and a button that does it."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]
    step = ""
    form_class: type[ReasonForm] = ReasonForm

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the account."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        name = f"incidents_staffmember_{cls.step.replace('-', '_')}"
        return path(f"<int:pk>/{cls.step}/", view, name=name)

    def title(self) -> str:
        """What the page and its button are called."""
        raise NotImplementedError

    def explanation(self) -> str:
        """What will happen."""
        raise NotImplementedError

    def take(self, member: StaffMember, by: StaffMember, reason: str) -> str:
        """Do it; returns what to tell. Raises StepRefusedError."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say what will happen, and ask why."""
        member = self._member(request, pk)
        return self._page(request, member, self.form_class())

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Do it."""
        member = self._member(request, pk)
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self._page(request, member, form)
        try:
            told = self.take(member, staff_member(request), form.cleaned_data["reason"])
        except StepRefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:incidents_staffmember_change", args=[pk]))

    def _member(self, request: HttpRequest, pk: int) -> StaffMember:
        member: StaffMember | None = self.section.get_queryset(request).filter(pk=pk).first()
        if not self.section.has_change_permission(request, member):
            raise PermissionDenied
        if member is None:
            raise Http404
        prove_again(request)
        return member

    def _page(
        self, request: HttpRequest, member: StaffMember, form: ReasonForm
    ) -> HttpResponseBase:
        context = {
            **self.section.admin_site.each_context(request),
            "title": self.title(),
            "subtitle": str(member),
            "explanation": self.explanation(),
            "form": form,
            "button": self.title(),
            "opts": self.section.opts,
            "original": member,
        }
        return TemplateResponse(request, "admin/incidents/record_form.html", context)


class LockStep(AccountStep):
    """Panic, for somebody else."""

    step = "lock"
    form_class = OptionalReasonForm

    def title(self) -> str:
        """What the page and its button are called."""
        return _("Lock this account")

    def explanation(self) -> str:
        """What will happen."""
        return _(
            "All sessions of this person end at once, on every device, and nobody can log in to "
            "the account before an administrator unlocks it. Nothing they entered is lost."
        )

    def take(self, member: StaffMember, by: StaffMember, reason: str) -> str:
        """Lock the account."""
        freeze(member, by=by, reason=reason)
        return _("The account is locked and all its sessions have ended.")


class UnlockStep(AccountStep):
    """The way back."""

    step = "unlock"

    def title(self) -> str:
        """What the page and its button are called."""
        return _("Unlock this account")

    def explanation(self) -> str:
        """What will happen."""
        return _(
            "Do this once you have spoken with the person themselves. If somebody else may know "
            "the password or have the telephone, give a new one-time password and remove the "
            "second factor first."
        )

    def take(self, member: StaffMember, by: StaffMember, reason: str) -> str:
        """Unlock the account. Raises StepRefusedError."""
        unfreeze(member, by=by, reason=reason)
        return _("The account is unlocked.")


class RemoveFactorStep(AccountStep):
    """After a telephone was lost together with the recovery codes."""

    step = "remove-second-factor"

    def title(self) -> str:
        """What the page and its button are called."""
        return _("Remove the second factor")

    def explanation(self) -> str:
        """What will happen."""
        return _(
            "Authenticator app, passkeys and recovery codes of this person no longer work, and "
            "all their sessions end. They set up a new second factor when they next log in. Make "
            "sure that it is they who ask: call them, or see them."
        )

    def take(self, member: StaffMember, by: StaffMember, reason: str) -> str:
        """Remove it. Raises StepRefusedError for one's own."""
        if member.pk == by.pk:
            raise StepRefusedError(_("Change your own second factor under “Your account”."))
        take_away(member, by=by, note=reason)
        return _("The second factor is removed and all sessions have ended.")


STEPS: tuple[type[AccountStep], ...] = (LockStep, UnlockStep, RemoveFactorStep)
