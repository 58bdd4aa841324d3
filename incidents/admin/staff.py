"""Staff and their groups. An administrator hands over one-time passwords and sees no case."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, Field, ModelMultipleChoiceField
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from incidents.accounts.proving import prove_again
from incidents.accounts.recording import Act, record
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.locking import STEPS
from incidents.admin.password import give_one_time_password
from incidents.models import StaffMember


@admin.register(StaffMember)
class StaffMemberAdmin(StaffModelAdmin):
    """The people who log in."""

    list_display = (
        "username",
        "pseudonym",
        "groups_column",
        "is_active",
        "frozen_at",
        "is_superuser",
        "last_login",
    )
    list_filter = ("is_active", ("frozen_at", admin.EmptyFieldListFilter), "groups")
    search_fields = ("username", "pseudonym")
    ordering = ("username",)
    readonly_fields = ("must_change_password", "frozen_at", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "pseudonym", "email")}),
        (_("What they may do"), {"fields": ("groups", "is_active")}),
        (
            _("Log-in"),
            {"fields": ("must_change_password", "frozen_at", "last_login", "date_joined")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Staff with their groups. Only one of them sees those who may do everything."""
        staff = super().get_queryset(request).prefetch_related("groups")
        return staff if request.user.is_superuser else staff.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nothing about log-ins before there was one."""
        return self.fieldsets if obj is not None else self.fieldsets[:2]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody changes what they may do themselves."""
        own = obj is not None and obj.pk == request.user.pk
        return (*self.readonly_fields, *(("groups", "is_active") if own else ()))

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Field | None:
        """Groups as check boxes; rights are given by groups alone."""
        if db_field.name == "groups":
            return ModelMultipleChoiceField(
                Group.objects.order_by("name"),
                required=False,
                label=gettext("Groups"),
                widget=CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **options)

    @admin.display(description=_("groups"))
    def groups_column(self, member: Any) -> str:
        """The names of the groups."""
        return ", ".join(gettext(group.name) for group in member.groups.all())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Somebody new may open the admin, and cannot log in before a password was given."""
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the one-time password of somebody new."""
        return self._show_one_time_password(request, obj)

    def changeform_view(self, request: HttpRequest, *arguments: Any, **options: Any) -> Any:
        """Whoever gives rights proves again who they are."""
        if self.has_view_or_change_permission(request):
            prove_again(request)
        return super().changeform_view(request, *arguments, **options)

    def get_urls(self) -> list[Any]:
        """The pages that give a new one-time password, lock and unlock."""
        view = self.admin_site.admin_view(self.one_time_password)
        name = "incidents_staffmember_one_time_password"
        steps = [step.address(self) for step in STEPS]
        return [path("<int:pk>/one-time-password/", view, name=name), *steps, *super().get_urls()]

    def one_time_password(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Replace a password that was forgotten, or that others may know."""
        member = self.get_queryset(request).filter(pk=pk).first()
        if not self.has_change_permission(request, member):
            raise PermissionDenied
        if member is None:
            raise Http404
        change = reverse("admin:incidents_staffmember_change", args=[pk])
        if request.method != "POST":
            return HttpResponseRedirect(change)
        if member.pk == staff_member(request).pk:
            messages.error(request, gettext("Choose your own password under “Change password”."))
            return HttpResponseRedirect(change)
        prove_again(request)
        return self._show_one_time_password(request, member)

    @sensitive_variables("password")
    def _show_one_time_password(self, request: HttpRequest, member: Any) -> HttpResponse:
        password = give_one_time_password(member)
        by = staff_member(request)
        record(Act.PASSWORD_GIVEN, member=by, about=member, request=request)
        response = TemplateResponse(
            request,
            "admin/incidents/one_time_password.html",
            {
                **self.admin_site.each_context(request),
                "title": gettext("One-time password"),
                "subtitle": str(member),
                "member": member,
                "password": password,
                "opts": self.opts,
            },
        )
        response.headers["Cache-Control"] = "no-store"
        return response


@admin.register(Group)
class GroupAdmin(StaffModelAdmin):
    """What each group may do. The program sets it; nobody edits it here."""

    list_display = ("name",)
    fields = ("name", "permissions_shown")
    readonly_fields = ("name", "permissions_shown")

    @admin.display(description=_("permissions"))
    def permissions_shown(self, group: Any) -> str:
        """Every permission, one a line."""
        permissions = group.permissions.select_related("content_type")
        return "\n".join(sorted(str(permission) for permission in permissions))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There are the groups that the program knows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rights follow from the program, so that two offices mean the same by a group."""
        return False
