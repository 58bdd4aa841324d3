"""People and groups, and the victims among them as a section of their own."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, F, Model, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffInline, StaffModelAdmin, visible_rows
from incidents.admin.communications import VictimCommunicationsView
from incidents.admin.consents import (
    NotAskedYet,
    ask_before,
    held_while_saving,
    obey_saved_page,
)
from incidents.admin.counts.filters import VictimsOfActs
from incidents.admin.duplicate_hints import HintsView, remind_of_duplicates
from incidents.admin.duplicate_merging import MergePairView
from incidents.admin.duplicate_pair import PairView
from incidents.admin.duplicates import DecisionsView, DuplicatesView
from incidents.admin.filters import TermFilter, monitoring_filter, term_filter
from incidents.admin.forms import QUOTATION, SOURCES, WHERE, CitedForm
from incidents.admin.labels import person_label
from incidents.admin.list_rows import ListRowInline
from incidents.admin.merging import MergeView
from incidents.admin.paging import ColumnsApart
from incidents.admin.person_roles import roles_of
from incidents.admin.pictures import (
    PictureFileView,
    PictureInline,
    TakeDownView,
    public_photograph,
)
from incidents.admin.places import district_names
from incidents.admin.postings import PostingOfPersonInline
from incidents.admin.search import people_like
from incidents.admin.separating import SeparateView, mergers_of
from incidents.admin.withdrawing import WithdrawView
from incidents.models import (
    Citation,
    Consent,
    Contact,
    Incident,
    Merger,
    Person,
    PersonName,
    PersonRelation,
    StatusEntry,
    Victim,
    Violation,
)
from incidents.pictures.receiving import all_or_none
from reference.date_text import render_date
from reference.models import Term
from reference.names import fold


class PersonForm(CitedForm):
    """A person. Sources known from restricted cases alone are not shown, and stay."""

    def standing_citations(self) -> list[Citation]:
        """The citations whose source this person may know of."""
        rows = super().standing_citations()
        known = self.offered_sources.filter(pk__in=[row.source_id for row in rows])
        shown = set(known.values_list("pk", flat=True)) if rows else set()
        return [row for row in rows if row.source_id in shown]


class NameInline(StaffInline):
    """The names of a person, each in one script."""

    model = PersonName
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "honorific"),
                    ("given", "fathers_name", "tribe_or_place"),
                )
            },
        ),
    )

    def get_extra(self, request: HttpRequest, obj: Any = None, **options: Any) -> int:
        """Two boxes for somebody new: one for each script."""
        return 2 if obj is None else 0


class RelationInline(StaffInline):
    """How people are connected. Never published."""

    model = PersonRelation
    fk_name = "person"
    autocomplete_fields = ("other",)
    select_related = ("kind", "person", "other")
    prefetch_related = ("other__names", "person__names")
    fieldsets = ((None, {"fields": (("kind", "other"), ("since", "until"))}),)


class ContactInline(StaffInline):
    """Where somebody can be reached."""

    asks_why = False
    model = Contact
    verbose_name_plural = _("Contacts – never published, in no form")
    small_texts = ("text",)
    select_related = ("person",)
    prefetch_related = ("person__names",)
    fieldsets = ((None, {"fields": ("text", ("since", "until"))}),)


class ConsentInline(StaffInline):
    """Who allowed what."""

    asks_why = False
    model = Consent
    select_related = ("use", "answer")
    small_texts = ("note",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("use", "answer"),
                    ("giver", "giver_name"),
                    ("method", "language"),
                    ("given_on", "expires", "withdrawn_on"),
                    "note",
                )
            },
        ),
    )


class StatusFilter(TermFilter):
    """Victims by their latest status."""

    title = _("current status")
    parameter_name = "status"
    vocabulary = "victim-status"
    column = "latest_status"

    def condition(self, chosen: Term) -> dict[str, Any]:
        """The latest entry has this status or one below it."""
        below = Term.objects.within(chosen).values("pk")
        return {"latest_status__in": below}


@admin.register(Person)
class PersonAdmin(ColumnsApart, StaffModelAdmin):
    """Everybody who is named or described in a case."""

    form = PersonForm
    inlines = (
        NameInline,
        PictureInline,
        RelationInline,
        PostingOfPersonInline,
        ConsentInline,
        ContactInline,
        ListRowInline,
    )
    readonly_fields = ("roles_shown",)
    search_fields = ("names__folded",)
    search_help_text = _("A name in either script and any spelling, or a public reference.")
    list_display: Any = (
        "name_column",
        "fathers_name_column",
        "sex",
        "occupation",
        "unit",
        "name_protection",
        "cases",
        "reference",
    )
    list_select_related = ("sex", "occupation", "unit")
    list_filter: ClassVar[Any] = (
        "name_protection",
        term_filter("sex", "sex", _("sex")),
        term_filter("unit", "counting-unit", _("one person or a group")),
        monitoring_filter(),
    )
    fieldsets = (
        (
            _("Who this is"),
            {
                "fields": (
                    "unit",
                    "sex",
                    "birth",
                    ("occupation", "function"),
                    "occupation_note",
                    "identity_number",
                    "roles_shown",
                )
            },
        ),
        (
            _("A group, or somebody without a name"),
            {
                "classes": ("collapse",),
                "fields": (
                    "description",
                    "description_local",
                    "group_size",
                    "size_estimated",
                    "size_note",
                ),
            },
        ),
        (
            _("What the public learns"),
            {
                "description": _(
                    "Until you decide otherwise the name is withheld and no place below the "
                    "district appears. Choose the least that still tells what happened: a name "
                    "that was published cannot be called back from those who copied it."
                ),
                "fields": (
                    "name_protection",
                    ("place_protection", "date_protection"),
                    "photo_allowed",
                    "publication_ground",
                    "risk_assessment",
                    "about",
                    "about_local",
                ),
            },
        ),
        (_("On what it rests"), {"classes": ("collapse",), "fields": (SOURCES, WHERE, QUOTATION)}),
        (
            _("For the office only"),
            {
                "classes": ("collapse",),
                "fields": ("received_on", "project", "monitoring", "internal_notes"),
            },
        ),
    )

    def with_columns(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """People with their names and number of visible cases."""
        cases = (
            Violation.objects.filter(
                person=OuterRef("pk"), incident__in=visible_rows(request, Incident)
            )
            .order_by()
            .values("person")
            .annotate(number=Count("incident", distinct=True))
        )
        number = Coalesce(Subquery(cases.values("number")), 0)
        counted: QuerySet[Any] = rows.prefetch_related("names").annotate(case_count=number)
        return counted

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes a record that was merged: the person lives on in another one."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not Merger.objects.losers().filter(loser=obj.pk).exists())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nothing points yet to somebody who is new."""
        found = super().get_fieldsets(request, obj)
        if obj is not None:
            return found
        return [
            (title, {**options, "fields": [f for f in options["fields"] if f != "roles_shown"]})
            for title, options in found
        ]

    @admin.display(description=_("Roles"))
    def roles_shown(self, person: Any) -> str:
        """What this person is, and in which records."""
        shown: str = getattr(person, "roles_read", "")
        return shown

    @admin.display(description=_("name"))
    def name_column(self, person: Any) -> str:
        """All own names, or the description."""
        return str(person)

    @admin.display(description=_("father’s name"))
    def fathers_name_column(self, person: Any) -> str:
        """In the scripts in which it is known."""
        names = dict.fromkeys(name.fathers_name for name in person.names.all())
        return " · ".join(name for name in names if name)

    @admin.display(description=_("cases"), ordering="case_count")
    def cases(self, person: Any) -> int:
        """Cases in which something was done to this person, as far as the reader may know."""
        count: int = person.case_count
        return count

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """People by any name, in either script and any spelling; in lists and boxes alike.

        Whoever lives on in another record is found there.
        """
        text = search_term.replace("\0", "").strip()
        people = queryset.exclude(pk__in=Merger.objects.losers())
        return (people.filter(people_like(text)) if text else people), False

    def nearest_first(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Those whose name resembles the text most."""
        folded = fold(text)
        if not folded:
            return queryset
        likeness = (
            PersonName.objects.filter(person=OuterRef("pk"))
            .annotate(likeness=TrigramWordSimilarity(folded, "folded"))
            .order_by("-likeness")
            .values("likeness")
        )
        found: QuerySet[Any] = queryset.annotate(likeness=Subquery(likeness[:1]))
        return found.order_by(F("likeness").desc(nulls_last=True), "pk")

    def autocomplete_labels(self, request: HttpRequest, rows: Iterable[Model]) -> dict[Any, str]:
        """Name, father's name, age and district: enough to tell namesakes apart."""
        found: list[Any] = list(rows)
        acts: dict[int, Any] = {}
        for act in (
            Violation.objects.filter(
                person__in=[row.pk for row in found], incident__in=visible_rows(request, Incident)
            )
            .select_related("incident")
            .order_by("-pk")
        ):
            acts[act.person_id] = act
        places = {pk: act.area_id or act.incident.area_id for pk, act in acts.items()}
        districts = district_names(places.values())
        return {
            row.pk: person_label(
                row, _age(row, acts.get(row.pk)), districts.get(places.get(row.pk) or 0, "")
            )
            for row in found
        }

    def get_urls(self) -> list[Any]:
        """The pages for withdrawing a person, for finding, merging and separating two, and for
        photographs."""
        views = (
            WithdrawView,
            MergeView,
            DuplicatesView,
            DecisionsView,
            HintsView,
            PairView,
            MergePairView,
            SeparateView,
            TakeDownView,
            VictimCommunicationsView,
        )
        return [
            *(view.address(self) for view in views),
            *PictureFileView.addresses(self),
            *super().get_urls(),
        ]

    def changeform_view(self, request: HttpRequest, *arguments: Any, **options: Any) -> Any:
        """The page of a person; where saving it is undone, the files sent with it go too.

        Saving asks once more where something public would have to follow from it.
        """
        try:
            key = arguments[0] if arguments else options.get("object_id")
            with all_or_none(), held_while_saving(request, key):
                return super().changeform_view(request, *arguments, **options)
        except NotAskedYet as asked:
            return ask_before(request, asked)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """The page of a person, with the mergers in which the record had part."""
        if obj is not None:
            context |= mergers_of(request, obj) | public_photograph(obj)
            obj.roles_read = roles_of(obj, request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rest of a person; tell who else it may be, also where no script runs."""
        super().save_related(request, form, formsets, change)
        obey_saved_page(request, form.instance)
        if form.changed_data or any(formset.has_changed() for formset in formsets):
            remind_of_duplicates(request, form.instance)


@admin.register(Victim)
class VictimAdmin(PersonAdmin):
    """People to whom something was done."""

    list_display = (
        "name_column",
        "fathers_name_column",
        "status_column",
        "sex",
        "occupation",
        "name_protection",
        "cases",
        "reference",
    )
    list_filter = (VictimsOfActs, StatusFilter, *PersonAdmin.list_filter)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Victims of visible cases."""
        acts = Violation.objects.filter(incident__in=visible_rows(request, Incident))
        victims: QuerySet[Any] = super().get_queryset(request)
        return victims.filter(pk__in=acts.values("person"))

    def with_columns(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Victims with their statuses in order."""
        entries = StatusEntry.objects.filter(incident__in=visible_rows(request, Incident))
        latest = entries.filter(person=OuterRef("pk")).in_order().reverse()
        in_time = Prefetch("statuses", entries.in_order().select_related("status"), "in_time")
        victims: QuerySet[Any] = super().with_columns(request, rows)
        victims = victims.annotate(latest_status=Subquery(latest.values("status")[:1]))
        return victims.prefetch_related(in_time)

    @admin.display(description=_("current status"))
    def status_column(self, person: Any) -> str:
        """The last status in order of time."""
        return str(person.in_time[-1].status) if person.in_time else ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A person becomes a victim by a violation, on the page of an incident."""
        return False

    def get_urls(self) -> list[Any]:
        """Withdrawing and merging are pages of the section of people."""
        return super(PersonAdmin, self).get_urls()


def _age(person: Person, act: Any) -> str:
    """The age at the time of a violation, or the birth where no age is known."""
    if act is not None and (act.age_low or act.age_high):
        ages = dict.fromkeys(str(age) for age in (act.age_low, act.age_high) if age)
        return "–".join(ages)
    if person.birth.is_unknown:
        return ""
    return gettext("born %(date)s") % {"date": render_date(person.birth)}
