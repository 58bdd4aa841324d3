"""Tasks: who does what about a case, and by when."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Field
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from incidents.admin.base import StaffModelAdmin, staff_member, stamp
from incidents.admin.forms import StaffForm
from incidents.models import Incident, StaffMember, Task
from incidents.visibility import visible_to


class TaskForm(StaffForm):
    """A task can only be given to somebody who may open its case."""

    def clean(self) -> dict[str, Any]:
        """Refuse somebody for whom the case does not exist."""
        data: dict[str, Any] = super().clean() or {}
        case, assignee = data.get("incident"), data.get("assignee")
        if case and assignee and not _may_open(assignee, case):
            self.add_error(
                "assignee",
                ValidationError(
                    _("%(person)s may not open this case. Assign them to the case first."),
                    params={"person": assignee},
                ),
            )
        return data


class StandingFilter(admin.SimpleListFilter):
    """What is still to be done, unless somebody asks for more."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """To do, done, and both."""
        return [("done", _("done")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        """The first choice is what is shown without one."""
        first, *others = super().choices(changelist)
        return [{**first, "display": _("to do")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The chosen tasks."""
        if self.value() == "all":
            return queryset
        return queryset.filter(done_on__isnull=self.value() != "done")


class WhoseFilter(admin.SimpleListFilter):
    """One's own tasks, and those that anybody may take."""

    title = _("by whom")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Mine, and nobody's."""
        return [("mine", _("me")), ("nobody", _("nobody yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The chosen tasks."""
        if self.value() == "mine":
            return queryset.filter(assignee=staff_member(request))
        if self.value() == "nobody":
            return queryset.filter(assignee__isnull=True)
        return queryset


@admin.register(Task)
class TaskAdmin(StaffModelAdmin):
    """The list of what is to be done, and the page of one task."""

    form = TaskForm
    autocomplete_fields = ("incident",)
    list_display = ("what", "due", "kind", "incident", "assignee_shown", "done_on")
    list_select_related = ("incident", "assignee")
    list_filter = (StandingFilter, WhoseFilter, "kind")
    search_fields = ("what", "incident__title")
    ordering = ("due", "pk")
    actions = ("mark_done",)
    fieldsets = (
        (None, {"fields": ("incident", "kind", "what", ("due", "assignee"))}),
        (_("When it is done"), {"fields": ("done_on", "outcome")}),
    )

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Field | None:
        """People are chosen from a list, since clerks may not look into staff records."""
        if db_field.name == "assignee":
            return forms.ModelChoiceField(
                StaffMember.objects.filter(is_active=True, is_staff=True).order_by("username"),
                required=False,
                label=_("By whom"),
                help_text=db_field.help_text,
                empty_label=str(_("anybody")),
            )
        return super().formfield_for_dbfield(db_field, request, **options)

    @admin.display(description=_("by whom"), ordering="assignee__username")
    def assignee_shown(self, task: Task) -> str:
        """Who is to do it."""
        return str(task.assignee) if task.assignee is not None else str(_("nobody yet"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The case from whose page somebody comes, as far as they may open it."""
        asked = QueryDict(request.META.get("QUERY_STRING", "")).get("incident", "")
        cases = visible_to(staff_member(request), Incident.objects.all())
        known = asked.isdecimal() and len(asked) < 19 and cases.filter(pk=asked).exists()
        return {"incident": asked} if known else {}

    @admin.action(description=_("Mark as done today"), permissions=("change",))
    def mark_done(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Note that the chosen tasks are done; what is done already stays as it is."""
        tasks = list(queryset.filter(done_on__isnull=True))
        for task in tasks:
            task.done_on = timezone.localdate()
            stamp(task, staff_member(request))
            task.save(update_fields=["done_on", "changed_by", "changed_at"])
        text = ngettext("%d task is done now.", "%d tasks are done now.", len(tasks))
        self.message_user(request, text % len(tasks), messages.SUCCESS)


def _may_open(member: StaffMember, case: Incident) -> bool:
    return visible_to(member, Incident.objects.filter(pk=case.pk)).exists()
