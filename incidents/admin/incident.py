"""Incidents: a whole case on one page, found again in one list."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import connection
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import CheckboxSelectMultiple, Field, ModelMultipleChoiceField
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents import reviewing
from incidents.admin import communications
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.being_read import is_being_read
from incidents.admin.bulk import BULK_ACTIONS, BulkSteps
from incidents.admin.changes import ChangesView
from incidents.admin.comments import CommentStepView, CommentView
from incidents.admin.consents import obey_statuses
from incidents.admin.evidence import BundleView
from incidents.admin.filters import DistrictFilter, monitoring_filter, term_filter
from incidents.admin.forms import CITING
from incidents.admin.imports.filters import BatchFilter
from incidents.admin.incident_forms import IncidentForm
from incidents.admin.incident_inlines import INLINES
from incidents.admin.keeping import KeepsTyping
from incidents.admin.labels import incident_label
from incidents.admin.merging import MergeView
from incidents.admin.new_case import NewCaseView
from incidents.admin.overtaken import bring_up_to_date, is_overtaken
from incidents.admin.paging import ColumnsApart
from incidents.admin.places import district_in_words, district_names, with_district
from incidents.admin.publication import PublicationView
from incidents.admin.restricting import (
    WouldUnpublish,
    ask_before_unpublishing,
    held_while_saving_case,
    obey_saved_case,
)
from incidents.admin.same_again import SameAgainView
from incidents.admin.search import in_any_order, incidents_like
from incidents.admin.standing import standing_of
from incidents.citing import cite_the_uncited
from incidents.history.looking import glance
from incidents.models import Incident, StaffMember, Stage, Violation
from incidents.visibility import SEES_ALL, visible_to
from reference.date_text import render_date
from reference.vocabularies import UnknownTerm, inverse, label

IN_REVIEW = (Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED)
"""Stages in which somebody relies on the case as it stands."""


@admin.register(Incident)
class IncidentAdmin(KeepsTyping, BulkSteps, ColumnsApart, StaffModelAdmin):
    """The heart of the staff side."""

    form = IncidentForm
    inlines = INLINES
    autocomplete_fields = ("area",)
    readonly_fields = ("standing", "district_shown", "linked_from_shown", "tasks_shown")
    search_fields = ("title",)
    search_help_text = _("Title, reference, place, or the name of a victim in any spelling.")
    list_display = (
        "title",
        "date_shown",
        "district_column",
        "kind",
        "stage_link",
        "publication",
        "grade_column",
        "victims",
        "reference_column",
    )
    list_select_related = ("kind", "grade")
    list_filter = (
        "stage",
        "publication",
        term_filter("kind", "incident-kind", _("kind")),
        DistrictFilter,
        term_filter("grade", "grade", _("grade")),
        monitoring_filter(),
        "restricted",
        BatchFilter,
    )
    actions = BULK_ACTIONS
    fieldsets = (
        (None, {"fields": ("standing", "source_of_the_rest", "seen")}),
        (
            _("What happened, and when"),
            {
                "fields": (
                    "title",
                    "title_local",
                    "kind",
                    ("date", "date_basis"),
                    "time_of_day",
                    "end",
                )
            },
        ),
        (
            _("Where"),
            {
                "fields": (
                    ("area", "area_basis"),
                    "district_shown",
                    "place_text",
                    "place_text_local",
                    "place_precision",
                    ("latitude", "longitude"),
                )
            },
        ),
        (
            _("Public account"),
            {
                "fields": ("public_account", "public_account_local", *CITING),
                "description": _(
                    "Write [1] after a sentence that rests on the first of the sources cited "
                    "for what happened, [2] for the second, and so on. A sentence may have "
                    "several. The page shows them as numbered notes."
                ),
            },
        ),
        (
            _("How well established"),
            {
                "fields": (
                    "grade",
                    "grade_reason",
                    "violation_status",
                    "violation_status_note",
                )
            },
        ),
        (_("Who may see it"), {"fields": ("restricted", "assigned")}),
        (
            _("For the office only"),
            {
                "classes": ("collapse",),
                "fields": (
                    "received_on",
                    "project",
                    "monitoring",
                    "internal_notes",
                    "linked_from_shown",
                    "tasks_shown",
                ),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new case has no standing yet, and no other case links to it."""
        found = super().get_fieldsets(request, obj)
        if obj is not None:
            return found
        unknown = {"standing", "district_shown", "linked_from_shown", "tasks_shown"}
        return [
            (title, {**options, "fields": [f for f in options["fields"] if f not in unknown]})
            for title, options in found
        ]

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Field | None:
        """People are assigned from a list, since clerks may not look into staff records."""
        if db_field.name == "assigned":
            return ModelMultipleChoiceField(
                StaffMember.objects.filter(is_active=True, is_staff=True).order_by("username"),
                required=False,
                label=capfirst(str(db_field.verbose_name)),
                widget=CheckboxSelectMultiple,
                help_text=_(
                    "Only these people, and administrators of the whole system, can open the "
                    "case while it is restricted."
                ),
            )
        return super().formfield_for_dbfield(db_field, request, **options)

    # ---------------------------------------------------------------------------- the list

    def with_columns(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Cases with their district and number of victims."""
        victims = (
            Violation.objects.filter(incident=OuterRef("pk"))
            .order_by()
            .values("incident")
            .annotate(people=Count("person", distinct=True))
        )
        cases: QuerySet[Any] = with_district(rows)
        number = Coalesce(Subquery(victims.values("people")), 0)
        return cases.annotate(victim_count=number)  # type: ignore[no-any-return]

    @admin.display(description=_("date"), ordering="date_earliest")
    def date_shown(self, incident: Any) -> str:
        """The date in words."""
        return render_date(incident.date)

    @admin.display(description=_("district"), ordering="district")
    def district_column(self, incident: Any) -> str | None:
        """The district that the area is or lies in."""
        district: str | None = incident.district
        return district

    @admin.display(description=_("grade"), ordering="grade__order")
    def grade_column(self, incident: Any) -> str:
        """How well established it is."""
        return str(incident.grade)

    @admin.display(description=_("reference"), ordering="reference")
    def reference_column(self, incident: Any) -> str | None:
        """The public reference."""
        reference: str | None = incident.reference
        return reference

    @admin.display(description=_("victims"), ordering="victim_count")
    def victims(self, incident: Any) -> int:
        """How many people or groups something was done to."""
        count: int = incident.victim_count
        return count

    @admin.display(description=_("stage"), ordering="stage")
    def stage_link(self, incident: Any) -> SafeString:
        """The stage, leading to review and publication."""
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:incidents_incident_publication", args=[incident.pk]),
            incident.get_stage_display(),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Cases by title, place or victim."""
        text = search_term.replace("\0", "").strip()
        return (queryset.filter(in_any_order(text, incidents_like)) if text else queryset), False

    def autocomplete_labels(self, request: HttpRequest, rows: Iterable[Model]) -> dict[Any, str]:
        """Title, date and district."""
        found: list[Any] = list(rows)
        districts = district_names(row.area_id for row in found)
        return {row.pk: incident_label(row, districts.get(row.area_id, "")) for row in found}

    # ---------------------------------------------------------------------------- the page

    @admin.display(description=_("Standing"))
    def standing(self, incident: Any) -> SafeString:
        """Stage and publication, open comments, and whether others changed something since."""
        return standing_of(incident, changed_since=getattr(incident, "changed_since", None))

    @admin.display(description=_("District"))
    def district_shown(self, incident: Any) -> str:
        """The district, and how it is known."""
        return district_in_words(incident)

    @admin.display(description=_("Linked from"))
    def linked_from_shown(self, incident: Any) -> SafeString:
        """Links that were entered on other incidents, as they read from here."""
        links = incident.links_in.select_related("kind", "from_incident")
        user: StaffMember = incident.shown_to
        return format_html_join(
            "",
            '<p>{}: <a href="{}">{}</a></p>',
            (
                (
                    _inverse_label(link.kind.code),
                    reverse("admin:incidents_incident_change", args=[link.from_incident_id]),
                    link.from_incident.title,
                )
                for link in visible_to(user, links)
            ),
        )

    @admin.display(description=_("To do"))
    def tasks_shown(self, incident: Any) -> SafeString:
        """Open tasks of the case, and where to add one."""
        lines = [
            (reverse("admin:incidents_task_change", args=[task.pk]), task.what, task.due)
            for task in incident.tasks.open()
        ]
        line = '<p><a href="{}"><bdi>{}</bdi></a> <span dir="ltr">{}</span></p>'
        shown = format_html_join("", line, lines)
        if not incident.shown_to.has_perm("incidents.add_task"):
            return shown
        return format_html(
            '{}<p><a href="{}?incident={}">{}</a></p>',
            shown,
            reverse("admin:incidents_task_add"),
            incident.pk,
            gettext("Add a task"),
        )

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The case, knowing who looks at it. Two who save it do so one after the other, so that
        the second is told of the first."""
        if request.method == "POST" and connection.in_atomic_block:
            _lock(object_id)
        incident = super().get_object(request, object_id, from_field)
        if incident is not None:
            incident.shown_to = staff_member(request)
        return incident

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """The page of a case. Opening it is a look at it, unless others have changed something
        that this person has not been shown."""
        if obj is not None and is_being_read(request):
            obj.changed_since = glance(obj, staff_member(request))
        form = context["adminform"].form
        if obj is not None and form.is_bound and is_overtaken(form):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["meanwhile"] = bring_up_to_date(form, formsets, obj, by=staff_member(request))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None
    ) -> Any:
        """Fold away what is empty, so that a new case is a short page."""
        for inline, formset in zip(inline_instances, formsets, strict=True):
            if not formset.total_form_count():
                inline.classes = ["collapse"]
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    # ---------------------------------------------------------------------------- saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The page of a case. Saving asks once more where something public would have to go."""
        try:
            with held_while_saving_case(request, object_id):
                return super().changeform_view(request, object_id, form_url, extra_context)
        except WouldUnpublish as asked:
            return ask_before_unpublishing(request, asked)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows; then cite, assign, and take a case in review back to draft."""
        super().save_related(request, form, formsets, change)
        incident, user = form.instance, staff_member(request)
        obey_saved_case(request, incident)  # first, so that nothing is told that is undone
        obey_statuses(request, formsets)
        changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        if source := form.cleaned_data.get("source_of_the_rest"):
            number = cite_the_uncited(incident, source, by=user)
            self.message_user(request, gettext("Facts that now rest on this source: %d.") % number)
        if incident.restricted and not user.has_perm(SEES_ALL):
            incident.assigned.add(user)
        if change and changed:
            self.note_change(request, incident, by_rows=not form.changed_data)

    def note_change(self, request: HttpRequest, incident: Incident, *, by_rows: bool) -> None:
        """Take a case in review back to draft; otherwise write who changed rows of it."""
        user = staff_member(request)
        stage = Stage(incident.stage)
        if stage in IN_REVIEW:
            reviewing.reopen(incident, by=user)
            self.message_user(
                request,
                gettext(
                    "The case was: %(stage)s. Because you changed it, it is a draft again. "
                    "Submit it anew when you are done."
                )
                % {"stage": stage.label},
                messages.WARNING,
            )
        elif by_rows:
            incident.changed_by = user
            incident.save(update_fields=["changed_by", "changed_at"])

    # ---------------------------------------------------------------------------- other pages

    def get_urls(self) -> list[Any]:
        """The pages for review and publication, for merging, and for handing evidence on."""
        return [
            PublicationView.address(self),
            MergeView.address(self),
            ChangesView.address(self),
            CommentView.address(self),
            CommentStepView.address(self),
            BundleView.address(self),
            NewCaseView.address(self),
            SameAgainView.address(self),
            *(view.address(self) for view in communications.VIEWS),
            *super().get_urls(),
        ]


def _lock(object_id: str) -> None:
    """Keep others from saving the case until this request is done."""
    key = unquote(object_id)
    if key.isascii() and key.isdecimal() and len(key) < 16:
        case = Incident.objects.select_for_update(no_key=True).order_by().filter(pk=key)
        list(case.values_list("pk"))


def _inverse_label(code: str) -> str:
    try:
        return label("incident-link", inverse("incident-link", code))
    except (KeyError, UnknownTerm):
        return label("incident-link", code)
